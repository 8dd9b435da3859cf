package io.github.miaudit.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.sun.management.OperatingSystemMXBean;
import io.github.miaudit.data.Sample;
import io.github.miaudit.djl.MaskedLmScorer;
import io.github.miaudit.djl.PretendedScorers;
import io.github.miaudit.djl.PretendedScorers.Pace;
import io.github.miaudit.likelihood.Blank;
import io.github.miaudit.likelihood.BlankReading;
import io.github.miaudit.likelihood.ScoringListener;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * What it takes to put many candidates into a blank: RoBERTa-base shape, sentences of 20 tokens, candidates of two tokens of which at
 * most {@value #BEGINNINGS} begin differently; and what of it is the host's, with a network that says nothing. In seconds of CPU time,
 * so that what else a machine does matters less; run it with {@code OMP_NUM_THREADS=1}. Prints Markdown; takes some minutes.
 */
public final class BlankReport {

    private static final NetworkShape SHAPE = NetworkShape.ROBERTA_BASE;
    private static final int LENGTH = 20;
    private static final int TOKENS = 2;
    private static final int BEGINNINGS = 40;
    private static final int BUDGET = 2048;
    private static final int PRODUCTS = 5;

    private final RandomCheckpoint checkpoint;
    private final MaskedLmScorer scorer;
    private final Random random = new Random(1);

    private BlankReport(RandomCheckpoint checkpoint, MaskedLmScorer scorer) {
        this.checkpoint = checkpoint;
        this.scorer = scorer;
    }

    public static void main(String[] arguments) throws IOException {
        System.out.println("| reading | candidates a blank | rows a blank | blanks | s of CPU time | candidates/s | s of the host alone"
                + " | needed arithmetic, share of float32 GEMM peak |\n|---|---|---|---|---|---|---|---|");
        try (RandomCheckpoint checkpoint = RandomCheckpoint.create(SHAPE); MaskedLmScorer scorer = checkpoint.scorer()) {
            BlankReport report = new BlankReport(checkpoint, scorer);
            report.seconds(scorer, report.blanks(20, 15), BlankReading.WHOLE); // warms up
            for (int candidates : new int[] {15, 100, 1000}) {
                report.print(BlankReading.WHOLE, candidates, 100);
            }
            for (int candidates : new int[] {15, 100, 1000}) {
                report.print(BlankReading.LEFT_TO_RIGHT, candidates, 5);
            }
        }
    }

    private void print(BlankReading reading, int candidates, int count) {
        List<Blank> blanks = blanks(count, candidates);
        double peak = peak();
        double taken = seconds(scorer, blanks, reading);
        double host;
        try (MaskedLmScorer pretended = PretendedScorers.open(checkpoint.folder(), Pace.INSTANT, 1, BUDGET)) {
            seconds(pretended, blanks, reading); // warms up
            host = seconds(pretended, blanks, reading);
        }
        int length = LENGTH - 1 + TOKENS;
        int rows = reading == BlankReading.WHOLE ? 1 : 1 + Math.min(BEGINNINGS, candidates);
        double operations = reading == BlankReading.WHOLE ? SHAPE.operations(length, TOKENS) : rows * SHAPE.operations(length, 1);
        System.out.printf(Locale.ROOT, "| %s | %d | %d | %d | %.2f | %.0f | %.2f | %.0f %% of %.0f GFLOP/s |%n", reading, candidates, rows,
                count, taken, count * candidates / taken, host, 100 * count * operations / taken / peak, peak / 1e9);
    }

    /** Sentences of which a word is to be filled by two. */
    private List<Blank> blanks(int count, int candidates) {
        List<String> texts = IntStream.range(0, candidates).mapToObj(number -> "w" + number % BEGINNINGS + " w" + (100 + number)).toList();
        List<Blank> blanks = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            Sample sentence = RandomCheckpoint.sentence(SHAPE, "s" + number, LENGTH, random);
            int start = 0;
            for (int word = random.nextInt(LENGTH - 2); word > 0; word--) {
                start = sentence.text().indexOf(' ', start) + 1;
            }
            int end = sentence.text().indexOf(' ', start);
            blanks.add(new Blank(sentence, start, end < 0 ? sentence.text().length() : end, texts));
        }
        return blanks;
    }

    private double seconds(MaskedLmScorer scoring, List<Blank> blanks, BlankReading reading) {
        long start = clock();
        scoring.blanks().fill(blanks, reading, ScoringListener.NONE);
        return (clock() - start) / 1e9;
    }

    /** Floating-point operations a second of the fastest of some products of a feed-forward layer's shape. */
    private static double peak() {
        double best = Double.MAX_VALUE;
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            NDArray tokens = manager.randomNormal(0f, 1f, new Shape(BUDGET, SHAPE.width()), DataType.FLOAT32);
            NDArray weights = manager.randomNormal(0f, 1f, new Shape(SHAPE.width(), SHAPE.feedForwardWidth()), DataType.FLOAT32);
            for (int time = 0; time < PRODUCTS; time++) {
                long start = clock();
                try (NDArray product = tokens.matMul(weights); NDArray element = product.get(0, 0)) {
                    element.getFloat(); // so that it has been computed
                }
                best = Math.min(best, (clock() - start) / 1e9);
            }
        }
        return 2.0 * BUDGET * SHAPE.width() * SHAPE.feedForwardWidth() / best;
    }

    private static long clock() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
