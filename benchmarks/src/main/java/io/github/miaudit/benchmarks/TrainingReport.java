package io.github.miaudit.benchmarks;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.sun.management.OperatingSystemMXBean;
import io.github.miaudit.data.Sample;
import io.github.miaudit.djl.MaskedLmTrainer;
import io.github.miaudit.djl.Precision;
import io.github.miaudit.djl.ScoringDevice;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How fast a step of training is, in float32 and bfloat16, against float32 matrix products by the same libtorch between the steps. The
 * device is the first argument: {@code cpu} if there is none, or {@code gpu}. DistilRoBERTa-base shape, 4096 tokens a step in sentences of
 * 64, 15 % of whose tokens are targets. On a CPU all is in seconds of CPU time, so that what else a machine does matters less; run it with
 * {@code OMP_NUM_THREADS=1}. Prints Markdown; takes about one such minute.
 */
public final class TrainingReport {

    private static final NetworkShape SHAPE = NetworkShape.DISTILROBERTA_BASE;
    private static final int LENGTH = 64;
    private static final int TARGETS = (int) Math.round(0.15 * (LENGTH - 2));
    private static final int SENTENCES_A_STEP = 64;
    private static final int STEPS = 3; // of which the first warms up
    private static final int PASSES = 3; // forward, and backward to inputs and to weights
    private static final int PRODUCTS = 5;

    private final String device;
    private final List<Double> seconds = new ArrayList<>();
    private final List<Double> peaks = new ArrayList<>();

    private TrainingReport(String device) {
        this.device = device;
    }

    /** In nanoseconds: of this process's CPU time, or where a GPU computes of time. */
    private long clock() {
        return device.equals("cpu") ? ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime()
                : System.nanoTime();
    }

    public static void main(String[] arguments) throws IOException {
        String device = arguments.length == 0 ? "cpu" : arguments[0];
        System.out.println("| precision | s a step | tokens/s | needed arithmetic | share of float32 GEMM peak |\n|---|---|---|---|---|");
        try (RandomCheckpoint checkpoint = RandomCheckpoint.create(SHAPE)) {
            for (Precision precision : List.of(Precision.FLOAT32, Precision.BFLOAT16)) {
                TrainingReport report = new TrainingReport(device);
                report.train(checkpoint, precision);
                report.print(precision);
            }
        }
    }

    /** Whole steps, updates included; each is compared with the products just before it. */
    private void train(RandomCheckpoint checkpoint, Precision precision) throws IOException {
        Random random = new Random(1);
        List<Sample> sentences = IntStream.range(0, SENTENCES_A_STEP)
                .mapToObj(number -> RandomCheckpoint.sentence(SHAPE, "s" + number, LENGTH, random)).toList();
        long[] start = new long[1];
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            MaskedLmTrainer.from(checkpoint.folder()).withDevice(ScoringDevice.of(device)).withPrecision(precision).withSteps(STEPS)
                    .withListener(progress -> {
                        if (progress.step() > 1) {
                            seconds.add((clock() - start[0]) / 1e9);
                        }
                        if (progress.step() < STEPS) {
                            peaks.add(peak());
                        }
                        start[0] = clock();
                    }).train(sentences, folder.path().resolve("model"));
        }
    }

    private void print(Precision precision) {
        double operations = PASSES * SENTENCES_A_STEP * SHAPE.operations(LENGTH, TARGETS);
        double middle = median(seconds.stream());
        double share = median(IntStream.range(0, seconds.size()).mapToObj(step -> operations / seconds.get(step) / peaks.get(step)));
        System.out.printf(Locale.ROOT, "| %s | %.1f | %.0f | %.0f GFLOP/s | %.0f %% of %.0f GFLOP/s |%n", precision.label(), middle,
                SENTENCES_A_STEP * LENGTH / middle, operations / middle / 1e9, 100 * share, median(peaks.stream()) / 1e9);
    }

    /** Floating-point operations a second of the fastest of some products of a feed-forward layer's shape. */
    private double peak() {
        int rows = SENTENCES_A_STEP * LENGTH;
        double best = Double.MAX_VALUE;
        try (NDManager manager = NDManager.newBaseManager(device.equals("cpu") ? Device.cpu() : Device.gpu(), "PyTorch")) {
            NDArray tokens = manager.randomNormal(0f, 1f, new Shape(rows, SHAPE.width()), DataType.FLOAT32);
            NDArray weights = manager.randomNormal(0f, 1f, new Shape(SHAPE.width(), SHAPE.feedForwardWidth()), DataType.FLOAT32);
            for (int time = 0; time < PRODUCTS; time++) {
                long start = clock();
                try (NDArray product = tokens.matMul(weights); NDArray element = product.get(0, 0)) {
                    element.getFloat(); // so that it has been computed
                }
                best = Math.min(best, (clock() - start) / 1e9);
            }
        }
        return 2.0 * rows * SHAPE.width() * SHAPE.feedForwardWidth() / best;
    }

    private static double median(Stream<Double> values) {
        List<Double> sorted = values.sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
