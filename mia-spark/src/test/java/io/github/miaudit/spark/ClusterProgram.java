package io.github.miaudit.spark;

import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.MaskingRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/** A job as somebody would submit it; settings of Spark are properties of the system. */
final class ClusterProgram {

    /** After how many finished buckets the driver ends early. */
    static final String HALT_AFTER = "miaudit.test.haltAfter";
    /** A file that changes once the model is known. */
    static final String TAMPER = "miaudit.test.tamper";

    /** Whether the model is asked again; it is, unless this says otherwise. */
    static final String PROBED = "miaudit.test.probed";

    private ClusterProgram() {
    }

    /** Input, output, model, label of the rule, buckets, share that may fail. */
    public static void main(String[] arguments) throws IOException {
        Path output = Path.of(arguments[1]);
        haltAfter(Integer.getInteger(HALT_AFTER, Integer.MAX_VALUE), output);
        try (SparkSession spark = SparkSession.builder().appName("scores").getOrCreate()) {
            ClusterModel model = ClusterModel.at(Path.of(arguments[2]).toUri().toString());
            if (System.getProperty(TAMPER) != null) {
                Files.writeString(Path.of(System.getProperty(TAMPER)), "{\"model_max_length\": 7}");
            }
            ClusterScoring asking = ClusterScoring.of(Demonstration.read(spark, Path.of(arguments[0])), Demonstration.COLUMNS, model);
            ClusterScores scores = (System.getProperty(PROBED, "true").equals("true") ? asking : asking.withoutProbe())
                    .withRules(MaskingRule.named(arguments[3]).orElseThrow()).withBuckets(Integer.parseInt(arguments[4]))
                    .withFailuresUpTo(Double.parseDouble(arguments[5])).into(output.toUri().toString());
            System.out.println("scores " + scores.count());
        } catch (AuditException e) {
            System.out.println("refused " + e.getMessage());
        }
    }

    private static void haltAfter(int buckets, Path output) {
        Thread watching = new Thread(() -> {
            while (true) {
                try {
                    if (Files.exists(output) && WrittenScores.manifests(output).size() >= buckets) {
                        Runtime.getRuntime().halt(137);
                    }
                    Thread.sleep(1);
                } catch (UncheckedIOException e) {
                    continue; // a file was renamed meanwhile
                } catch (InterruptedException e) {
                    return;
                }
            }
        });
        watching.setDaemon(true);
        watching.start();
    }
}
