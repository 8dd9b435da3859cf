package io.github.miaudit.benchmarks;

import io.github.miaudit.data.Sample;
import io.github.miaudit.djl.MaskedLmScorer;
import io.github.miaudit.likelihood.MaskingRule;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.regression.SimpleRegression;

/**
 * How the time of scoring grows with the number of sentences and with their length, against the arithmetic that is needed.
 * DistilRoBERTa-base shape, rule {@code original}, float32. Prints Markdown; takes about five minutes.
 */
public final class CostCurveReport {

    private static final NetworkShape SHAPE = NetworkShape.DISTILROBERTA_BASE;

    public static void main(String[] arguments) throws IOException {
        try (RandomCheckpoint checkpoint = RandomCheckpoint.create(SHAPE); MaskedLmScorer scorer = checkpoint.scorer()) {
            time(scorer, Workload.of("16", MaskingRule.original())); // warms up
            print(scorer, "sentences of the same log-normal mix", List.of(10, 20, 40, 80),
                    count -> new Workload(repeated(Workload.drawn(10, 2), count), MaskingRule.original()));
            print(scorer, "tokens of one sentence", List.of(16, 32, 64, 128, 256, 512),
                    length -> new Workload(new int[] {length}, MaskingRule.original()));
        }
    }

    private static void print(MaskedLmScorer scorer, String what, List<Integer> sizes, IntFunction<Workload> workloads) {
        SimpleRegression againstSize = new SimpleRegression();
        SimpleRegression againstOperations = new SimpleRegression();
        System.out.printf("| %s | GFLOP | s | GFLOP/s |%n|---|---|---|---|%n", what);
        for (int size : sizes) {
            Workload workload = workloads.apply(size);
            double operations = workload.operations(SHAPE);
            double seconds = time(scorer, workload);
            againstSize.addData(Math.log(size), Math.log(seconds));
            againstOperations.addData(Math.log(operations), Math.log(seconds));
            System.out.printf(Locale.ROOT, "| %d | %.0f | %.2f | %.0f |%n", size, operations / 1e9, seconds, operations / seconds / 1e9);
        }
        System.out.printf(Locale.ROOT, "%nTime grows with the size to the power of %.2f, with the arithmetic to the power of %.3f.%n%n",
                againstSize.getSlope(), againstOperations.getSlope());
    }

    private static int[] repeated(int[] lengths, int count) {
        return IntStream.range(0, count).map(sentence -> lengths[sentence % lengths.length]).toArray();
    }

    /** Small workloads are timed several times over. */
    private static double time(MaskedLmScorer scorer, Workload workload) {
        List<Sample> sentences = workload.sentences(SHAPE);
        int times = (int) Math.max(1, 3e12 / workload.operations(SHAPE));
        long start = System.nanoTime();
        IntStream.range(0, times).forEach(time -> scorer.score(sentences, workload.rule()));
        return (System.nanoTime() - start) / 1e9 / times;
    }
}
