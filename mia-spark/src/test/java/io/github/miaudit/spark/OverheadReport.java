package io.github.miaudit.spark;

import com.sun.management.OperatingSystemMXBean;
import io.github.miaudit.djl.MaskedLmOptions;
import io.github.miaudit.djl.MaskedLmScorer;
import io.github.miaudit.djl.ScoringDevice;
import io.github.miaudit.likelihood.MaskingRule;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;

/**
 * What Spark costs: seconds, and processor seconds, to open a model and score sentences by rule {@code original}, by one call or by tasks
 * of {@code local[2]}. Arguments: {@code plain} or the number of buckets; the model; a folder as {@link Demonstration#write} makes one. Run
 * each in a process of its own, {@code plain} with {@code OMP_NUM_THREADS=2}, tasks with 1.
 */
final class OverheadReport {

    private OverheadReport() {
    }

    /** Prints a row of Markdown. */
    public static void main(String[] arguments) throws IOException {
        Path model = Path.of(arguments[1]);
        Path sentences = Path.of(arguments[2]);
        if (arguments[0].equals("plain")) {
            print("one call", () -> {
                try (MaskedLmScorer scorer = MaskedLmScorer.open(model,
                        MaskedLmOptions.withDefaults().withDevice(ScoringDevice.of("cpu")))) {
                    scorer.score(WrittenScores.samples(sentences), MaskingRule.original());
                }
            });
            return;
        }
        Path output = Files.createTempDirectory("overhead");
        try (SparkSession spark = SparkSession.builder().master("local[2]").config("spark.ui.enabled", false)
                .config("spark.driver.host", "localhost").getOrCreate()) {
            spark.range(1).count(); // starts what Spark starts late
            ClusterModel[] found = new ClusterModel[1];
            print("hashing and copying the model", () -> found[0] = ClusterModel.at(model.toUri().toString()));
            ClusterScoring scoring = ClusterScoring.of(Demonstration.read(spark, sentences), Demonstration.COLUMNS, found[0])
                    .withRules(MaskingRule.original()).withBuckets(Integer.parseInt(arguments[0]));
            print("opening the model and " + arguments[0] + " buckets", () -> scoring.into(output.toUri().toString()));
            print("all there already", () -> scoring.into(output.toUri().toString()));
        }
    }

    private static void print(String what, Runnable work) {
        OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory
                .getOperatingSystemMXBean();
        long wall = System.nanoTime();
        long processor = process.getProcessCpuTime();
        work.run();
        System.out.printf(Locale.ROOT, "| %s | %.1f | %.1f |%n", what, (System.nanoTime() - wall) / 1e9,
                (process.getProcessCpuTime() - processor) / 1e9);
    }
}
