package io.github.miaudit.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.data.Population;
import io.github.miaudit.data.preparation.DatasetPreparation;
import io.github.miaudit.data.preparation.Datasheet;
import io.github.miaudit.data.preparation.PreparedDataset;
import io.github.miaudit.data.preparation.SentenceSearch;
import io.github.miaudit.io.AuditException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two tasks at a time in this process. */
class ClusterOverlapsTest {

    private static final String ENCRYPTION = "spark.io.encryption.enabled";

    @TempDir
    private static Path temporary;
    private static SparkSession spark;

    @BeforeAll
    static void open() {
        spark = SparkSession.builder().master("local[2]").config("spark.ui.enabled", false).config("spark.driver.host", "localhost")
                .config("spark.local.dir", temporary.resolve("local").toString()).config(ENCRYPTION, true)
                .config("spark.sql.warehouse.dir", temporary.resolve("warehouse").toString()).getOrCreate();
        GeneratedNotes.write(temporary, 80, 1);
    }

    @AfterAll
    static void close() {
        spark.stop();
    }

    private static Dataset<Row> notes() {
        return GeneratedNotes.read(spark, temporary);
    }

    private static DatasetPreparation preparation() {
        return GeneratedNotes.whole(temporary);
    }

    private static Dataset<Row> notes(List<Row> rows, int parts) {
        return spark.createDataFrame(JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(rows, parts), notes().schema());
    }

    /** In partitions some of which are empty, and notes in any order. */
    @Test
    void setsAreThoseOfOneMachineHoweverNotesAreParted() {
        PreparedDataset expected = preparation().prepare();
        List<Row> rows = new ArrayList<>(notes().collectAsList());
        for (int parts : new int[] {1, 7, 90}) {
            Collections.shuffle(rows, new Random(parts));
            assertEquals(expected, preparation().withTrainingSearch(ClusterOverlaps.of(notes(rows, parts), "patient", "text")).prepare());
        }
        Datasheet.SetCounts others = expected.datasheet().sets().get(Population.NON_MEMBERS);
        assertTrue(others.inTraining() > 5 && others.nearlyInTraining() > 0, others.toString());
    }

    /** Where the sentences that are looked for first are too few, the table is read twice. */
    @Test
    void aSampleThatIsNotFilledAtFirstIsSearchedForAgain() {
        List<SentenceSearch> searches = new ArrayList<>();
        ClusterOverlaps cluster = ClusterOverlaps.of(notes(), "patient", "text");
        DatasetPreparation some = GeneratedNotes.preparation(temporary).withSize(DatasetPreparation.ALL, 25).withMostPerPatient(1);
        assertEquals(some.prepare(), some.withTrainingSearch(search -> {
            searches.add(search);
            return cluster.find(search);
        }).prepare());
        assertEquals(2, searches.size());
        assertTrue(searches.get(0).size() < searches.get(1).size());
    }

    @Test
    void aTableOfOtherNotesIsRefused() {
        List<Row> rows = notes().collectAsList();
        Row first = rows.get(0);
        for (Row other : Arrays.asList(null, rows.get(1), RowFactory.create("7", first.getString(1)),
                RowFactory.create(first.getString(0), first.getString(1) + "\r"))) {
            List<Row> others = new ArrayList<>(rows.subList(1, rows.size()));
            Stream.ofNullable(other).forEach(others::add);
            AuditException refused = assertThrows(AuditException.class,
                    () -> preparation().withTrainingSearch(ClusterOverlaps.of(notes(others, 2), "patient", "text")).prepare());
            assertTrue(refused.getMessage().startsWith("overlaps were searched for in "), refused.getMessage());
        }
    }

    @Test
    void nothingIsSearchedWithoutEncryption() {
        spark.sparkContext().conf().set(ENCRYPTION, "false");
        try {
            assertEquals("the sentences that are looked for, which Spark brings to all executors, may be written to local disks in clear;"
                    + " start Spark with --conf spark.io.encryption.enabled=true", refusal(notes(), "patient", "text"));
        } finally {
            spark.sparkContext().conf().set(ENCRYPTION, "true");
        }
    }

    @Test
    void columnsAreChecked() {
        assertEquals("column note, which is to hold the note, is not there; the table has patient, text",
                refusal(notes(), "patient", "note"));
        assertEquals("column text, which is to hold the note, is of type bigint; it must be string",
                refusal(notes().withColumn("text", functions.lit(1L)), "patient", "text"));
        assertThrows(IllegalArgumentException.class, () -> ClusterOverlaps.of(notes(), "text", "text"));
    }

    private static String refusal(Dataset<Row> notes, String patient, String text) {
        DatasetPreparation preparation = preparation().withTrainingSearch(ClusterOverlaps.of(notes, patient, text));
        return assertThrows(RuntimeException.class, preparation::prepare).getMessage();
    }

    /** A reader quotes a line that it can't read. */
    @Test
    void whatCannotBeReadIsNotQuoted(@TempDir Path input) throws IOException {
        Path file = Files.writeString(input.resolve("notes.json"), "{\"patient\":\"2\", \"text\":\"Marker Secretson\", no\n");
        Dataset<Row> strict = spark.read().schema("patient STRING, text STRING").option("mode", "FAILFAST").json(file.toUri().toString());
        AuditException refused = assertThrows(AuditException.class,
                () -> preparation().withTrainingSearch(ClusterOverlaps.of(strict, "patient", "text")).prepare());
        StringWriter all = new StringWriter();
        refused.printStackTrace(new PrintWriter(all));
        assertFalse(all.toString().contains("Secretson"), all.toString());
        assertTrue(
                refused.getMessage().startsWith("the notes can't be searched: searching notes: failed by Spark's error FAILED_READ_FILE"),
                refused.getMessage());
        assertTrue(refused.getMessage().endsWith("; mend it and search again"), refused.getMessage());
    }
}
