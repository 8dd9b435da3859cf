package io.github.miaudit.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.miaudit.likelihood.MaskingRule;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    private static ClusterScoring scoring() {
        return ClusterScoring.of(Demonstration.read(spark, sentences), Demonstration.COLUMNS,
                ClusterModel.at(Demonstration.model().toUri().toString()));
    }

    /** What the command scores is one rule a call. */
    @ParameterizedTest
    @ValueSource(strings = {"within-word-l2r", "energy"})
    void scoresAreThoseOfOneCallWithoutSpark(String label, @TempDir Path output) {
        MaskingRule rule = MaskingRule.named(label).orElseThrow();
        ClusterScores scores = scoring().withRules(rule).withBuckets(5).into(output.toUri().toString());

        assertEquals(120, scores.count());
        assertEquals(WrittenScores.withoutSpark(sentences, rule), WrittenScores.in(output));
    }

    @Test
    void rulesOfOneCallShareItsPasses(@TempDir Path output) {
        assertEquals(2 * 120, scoring().withRules(RULES).withBuckets(3).into(output.toUri().toString()).count());
        assertEquals(WrittenScores.withoutSpark(sentences, RULES), WrittenScores.in(output));
    }
}
