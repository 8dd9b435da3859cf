package io.github.miaudit.spark;

import io.github.miaudit.io.AuditException;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/** A preparation whose notes are searched by a job; settings of Spark are properties of the system. */
final class OverlapsProgram {

    private OverlapsProgram() {
    }

    /** A folder as {@link GeneratedNotes#write} makes one, and where the dataset goes. */
    public static void main(String[] arguments) throws IOException {
        Path notes = Path.of(arguments[0]);
        try (SparkSession spark = SparkSession.builder().appName("overlaps").getOrCreate()) {
            GeneratedNotes.whole(notes)
                    .withTrainingSearch(ClusterOverlaps.of(GeneratedNotes.read(spark, notes), "patient", "text"))
                    .prepareInto(Path.of(arguments[1]));
            System.out.println("prepared");
        } catch (AuditException e) {
            System.out.println("refused " + e.getMessage());
        }
    }
}
