package io.github.miaudit.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.data.Strata;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.membership.LossFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StratifiedScoresTest {

    /** Expected values by make_strata.py. */
    private static final double[] MEMBERS = {2.1, 0.4, 1.7, 3.0, 1.1, 0.9, 2.6, 1.9, 0.2, 1.4, 2.2, 1.0};
    private static final double[] NON_MEMBERS = {0.5, 1.2, -0.3, 0.8, 1.5, 0.1, 0.7, -1.0, 2.0, 0.6, 0.3, 1.3};

    private static final Evaluation QUICK = Evaluation.withDefaults().withFalsePositiveRates(0.5, 0.1).withBootstrapReplicates(100);

    @TempDir
    private Path folder;

    private Path losses;

    /** The control tells the members of stratum a as well as the target does; those of b are told by nobody. */
    private StratifiedScores scores(boolean controlled) throws IOException {
        StringBuilder rows = new StringBuilder("population,group,target_loss,reference_loss" + (controlled ? ",control_loss\n" : "\n"));
        StringBuilder strata = new StringBuilder("patient,disease\n");
        for (int patient = 0; patient < MEMBERS.length; patient++) {
            add(rows, "member,a", patient, MEMBERS[patient], controlled ? MEMBERS[patient] + 0.01 * (patient % 2) : Double.NaN);
            add(rows, "non_member,x", patient, NON_MEMBERS[patient], controlled ? NON_MEMBERS[patient] + 0.01 : Double.NaN);
            add(rows, "member,b", patient, patient % 5 - 9, controlled ? patient : Double.NaN);
            add(rows, "non_member,y", patient, patient % 4 - 9, controlled ? patient + 0.5 : Double.NaN);
            strata.append("a").append(patient).append(",a\nx").append(patient).append(",a\nb").append(patient).append(",b\ny")
                    .append(patient)
                    .append(",b\n");
        }
        losses = Files.writeString(folder.resolve("losses.csv"), rows);
        AuditResults results = AuditResults.ofLosses(losses, List.of("loss"), QUICK);
        return results.withStrata(Strata.read(Files.writeString(folder.resolve("strata.csv"), strata)),
                controlled ? Optional.of(LossFile.read(losses).controlAttacks().get(1)) : Optional.empty()).strata().orElseThrow();
    }

    private static void add(StringBuilder rows, String population, int patient, double score, double control) {
        rows.append(population).append(patient).append(',').append(30 - score).append(",20")
                .append(Double.isNaN(control) ? "" : "," + (30 - control)).append('\n');
    }

    @Test
    void figuresAreThoseOfTheStratumAlone() throws IOException {
        StratumResult found = scores(false).result(0, Set.of("a"), 0.975);
        assertEquals(0.7708333333333334, found.area(), 1e-12);
        assertEquals(0.5066469804564919, found.areaInterval().lower(), 1e-6);
        assertEquals(0.9154234978325546, found.areaInterval().upper(), 1e-6);
        assertEquals(found.area(), found.sentenceArea(), 1e-12, "one sentence each");
        assertEquals(0.012092127821028078, found.pValue(), 4 * Math.sqrt(0.0121 * 0.988 / 10_000));
        assertEquals(12, found.members());
        // the thresholds are those of all 24 non-members: 12 of stratum a are above all others; 2 of them are accepted at 0.1
        assertEquals(12, found.exposed().get(0));
        assertEquals((int) java.util.Arrays.stream(MEMBERS).filter(score -> score > 1.3).count(), found.exposed().get(1));
    }

    @Test
    void allStrataTogetherAreTheWholeAudit() throws IOException {
        StratifiedScores scores = scores(false);
        StratumResult all = scores.result(0, Set.of("a", "b"), QUICK.confidence());
        assertEquals(scores.ofAll().areaUnderCurve(), all.area(), 1e-12);
        assertEquals(scores.ofAll().areaInterval().orElseThrow(), all.areaInterval());
        assertEquals(scores.ofAll().areaTest().higher(), all.pValue());
        for (int rate = 0; rate < 2; rate++) {
            assertEquals(scores.ofAll().operatingPoints().get(rate).point().confusion().truePositives(), all.exposed().get(rate));
        }
    }

    @Test
    void whatAControlFindsTooIsNoLeak() throws IOException {
        StratifiedScores scores = scores(true);
        assertTrue(scores.isControlled());
        StratumResult found = scores.result(0, Set.of("a"), 0.95);
        assertEquals(0, found.beyondControl().orElseThrow().difference(), 0.03);
        assertTrue(found.pValue() > 0.05, "p = " + found.pValue());
        AuditResults results = AuditResults.ofLosses(losses, List.of("loss"), QUICK);
        Strata strata = Strata.read(folder.resolve("strata.csv"));
        assertThrows(IllegalArgumentException.class, () -> results.withStrata(strata, Optional.empty()));
        StratifiedScores ofFile = AuditResults.ofLosses(losses, List.of("loss", "likelihood-ratio"), QUICK, Optional.of(strata)).strata()
                .orElseThrow();
        assertEquals(found.beyondControl(), ofFile.result(0, Set.of("a"), 0.95).beyondControl(), "of the first attack and its control");
        assertEquals(found.area(), ofFile.result(0, Set.of("a"), 0.95).area());
    }

    @Test
    void strataOfNobodyAreRefused() throws IOException {
        scores(false);
        AuditResults results = AuditResults.ofLosses(losses, List.of("loss"), QUICK);
        Strata others = Strata.read(Files.writeString(folder.resolve("others.csv"), "patient,sex\nq1,f\nq2,m\n"));
        assertEquals("none of the 2 patients with a stratum is among the members or the non-members; name them as the dataset does"
                + " (mia prepare may have put pseudonyms in the place of names)",
                assertThrows(AuditException.class, () -> results.withStrata(others, Optional.empty())).getMessage());
        Path unnamed = Files.writeString(folder.resolve("unnamed.csv"),
                "population,target_loss,reference_loss\nmember,1,2\nnon_member,2,3\n");
        AuditResults ofNobody = AuditResults.ofLosses(unnamed, List.of("loss"), QUICK);
        assertTrue(assertThrows(AuditException.class, () -> ofNobody.withStrata(others, Optional.empty())).getMessage()
                .startsWith("strata are of patients, but the dataset names none among the members"));
    }
}
