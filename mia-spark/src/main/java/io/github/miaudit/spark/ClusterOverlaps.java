package io.github.miaudit.spark;

import io.github.miaudit.data.preparation.Overlaps;
import io.github.miaudit.data.preparation.SentenceSearch;
import io.github.miaudit.data.preparation.TrainingSearch;
import io.github.miaudit.io.AuditException;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Searches the training notes of a {@link io.github.miaudit.data.preparation.DatasetPreparation} on the executors of a cluster, for
 * {@code preparation.withTrainingSearch(ClusterOverlaps.of(notes, "patient", "text"))}. The sets are those that one machine makes, however
 * the notes are parted. Immutable.
 *
 * <p>Each task searches a partition: the sentences that are looked for go to every executor, and of what is found only numbers, owners'
 * places in the seeded order and a digest of the notes come back. No note is shuffled. The table is read once, or twice where the sentences
 * that are looked for first are not enough.
 */
public final class ClusterOverlaps implements TrainingSearch {

    private final Dataset<Row> notes;
    private final String patient;
    private final String text;

    private ClusterOverlaps(Dataset<Row> notes, String patient, String text) {
        this.notes = notes;
        this.patient = patient;
        this.text = text;
    }

    /**
     * A search of a table.
     *
     * @param notes   all notes of the training files, the same each time they are read; a preparation refuses what was searched in others
     * @param patient the column of the patient, as the table spells it: strings or numbers, null where that is not known
     * @param text    the column of the note, as the training files have it, line breaks and all; null where a row has none
     * @throws IllegalArgumentException if both are the same column
     */
    public static ClusterOverlaps of(Dataset<Row> notes, String patient, String text) {
        if (patient.equals(text)) {
            throw new IllegalArgumentException("column " + text + " is to hold patients and notes; name two columns");
        }
        return new ClusterOverlaps(notes, patient, text);
    }

    /**
     * Searches all notes, and waits until that is done.
     *
     * @throws AuditException           if {@code spark.io.encryption.enabled} is not true, since Spark may write the sentences that it
     *                                  brings to executors to their disks; if a task fails, never with a text in the message
     * @throws IllegalArgumentException if a column is not there or of another type
     */
    @Override
    public Overlaps find(SentenceSearch search) {
        SparkSession session = notes.sparkSession();
        RowsOnDisk.requireEncryption(session, "the sentences that are looked for, which Spark brings to all executors, may be written to"
                + " local disks in clear");
        JavaRDD<Row> rows = RowsOnDisk.requireNone(notes.select(SentenceColumns.column(notes, patient, "patient", true),
                SentenceColumns.column(notes, text, "note", false))).toJavaRDD();
        String digest = search.digest();
        Broadcast<String> sought = JavaSparkContext.fromSparkContext(session.sparkContext()).broadcast(search.toJson());
        try {
            List<String> parts = rows.mapPartitions(partition -> OverlapTask.run(sought, digest, partition)).collect();
            Overlaps all = Overlaps.of(search);
            parts.forEach(part -> all.merge(Overlaps.parse(search, part)));
            return all;
        } catch (AuditException e) {
            throw e;
        } catch (Exception e) { // Spark's are not declared
            throw TaskFailure.ofJob("the notes can't be searched", "mend it and search again", e);
        } finally {
            sought.destroy();
        }
    }

    @Override
    public String toString() {
        return "ClusterOverlaps[" + patient + ", " + text + "]";
    }
}
