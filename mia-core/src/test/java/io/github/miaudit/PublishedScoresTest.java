package io.github.miaudit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.miaudit.evaluation.AttackResult;
import io.github.miaudit.evaluation.ComparisonResult;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.evaluation.Validity;
import io.github.miaudit.membership.LossFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The losses that Mireshghallah et al. released with their 2022 paper. They are other people's data, so they are
 * not part of this project; {@code expected.json} beside them is scikit-learn's.
 */
class PublishedScoresTest {

    private static final Path FOLDER = Path.of(System.getProperty("miaudit.shared", "../../shared")).resolve("published-scores");

    @Test
    void figuresAreScikitLearns() throws IOException {
        assumeTrue(Files.isDirectory(FOLDER), "skipped: the published scores are not there; they belong in " + FOLDER);
        JsonObject expected = JsonParser.parseString(Files.readString(FOLDER.resolve("expected.json"))).getAsJsonObject()
                .getAsJsonObject("mimic_vs_i2b2_long");
        AuditReport report = AuditReport.ofLosses(FOLDER.resolve("mimic_vs_i2b2_long.csv"), LossFile.ATTACKS, Evaluation.withDefaults());

        assertEquals(1, report.confidential().comparisons().size());
        ComparisonResult comparison = report.confidential().comparisons().get(0);
        assertEquals(expected.get("members").getAsInt(), comparison.memberCount());
        assertEquals(expected.get("non_members").getAsInt(), comparison.nonMemberCount());
        assertFigures(expected.getAsJsonObject("likelihood_ratio"), comparison.attacks().get(0));
        assertFigures(expected.getAsJsonObject("loss"), comparison.attacks().get(1));

        // The reference never saw the data, and its loss alone has AUC 1 - 0.3146: the sets differ in more than membership.
        assertEquals(1 - 0.3146, comparison.validity().checks().get(0).auc(), 5e-5);
        assertEquals(Validity.Verdict.SHIFTED, comparison.validity().verdict());
    }

    private static void assertFigures(JsonObject expected, AttackResult actual) {
        assertEquals(expected.get("auc").getAsDouble(), actual.areaUnderCurve(), 1e-9);
        assertEquals(expected.get("max_tpr_minus_fpr").getAsDouble(), actual.bestAdvantage().advantage(), 1e-9);
        assertEquals(expected.get("tpr_at_fpr_0.1").getAsDouble(), actual.operatingPoints().get(0).point().truePositiveRate(), 1e-9);
        assertEquals(expected.get("tpr_at_fpr_0.01").getAsDouble(), actual.operatingPoints().get(1).point().truePositiveRate(), 1e-9);
        assertEquals(expected.get("tpr_at_fpr_0.001").getAsDouble(), actual.operatingPoints().get(2).point().truePositiveRate(), 1e-9);
    }
}
