package io.github.miaudit.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.miaudit.likelihood.MaskingRule;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two tasks at a time in this process. */
class ClusterScoringTest {

    private static final MaskingRule[] RULES = {MaskingRule.withinWordLeftToRight(), MaskingRule.energy()};

    @TempDir
    private static Path temporary;
    private static SparkSession spark;
    private static Path sentences;

    @BeforeAll
    static void open() {
        spark = SparkSession.builder().master("local[2]").config("spark.ui.enabled", false).config("spark.driver.host", "localhost")
                .config("spark.local.dir", temporary.resolve("local").toString())
                .config("spark.sql.warehouse.dir", temporary.resolve("warehouse").toString())
                .config("spark.sql.files.maxPartitionBytes", 4096).getOrCreate();
        sentences = Demonstration.write(temporary.resolve("sentences"), 40);
    }

    @AfterAll
    static void close() {
        spark.stop();
    }

    @Test
    void scoresAreThoseOfOneCallWithoutSpark(@TempDir Path output) {
        ClusterScores scores = ClusterScoring
                .of(Demonstration.read(spark, sentences), Demonstration.COLUMNS, ClusterModel.at(Demonstration.model().toUri().toString()))
                .withRules(RULES).withBuckets(5).into(output.toUri().toString());

        assertEquals(2 * 120, scores.count());
        assertEquals(WrittenScores.withoutSpark(sentences, RULES), WrittenScores.in(output));
    }
}
