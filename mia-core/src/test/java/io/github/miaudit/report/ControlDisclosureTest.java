package io.github.miaudit.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.github.miaudit.AuditReport;
import io.github.miaudit.evaluation.AttackResult;
import io.github.miaudit.evaluation.Evaluation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlDisclosureTest {

    @TempDir
    private Path folder;

    /** Of 40 patients all but a few are found. */
    private AuditReport report(int missed) throws IOException {
        Random random = new Random(3);
        StringBuilder rows = new StringBuilder("population,id,group,target_loss,reference_loss,control_loss\n");
        for (String population : List.of("member", "non_member")) {
            for (int row = 0; row < 40; row++) {
                double leak = population.equals("member") && row >= missed ? 20 : 0;
                rows.append(String.format(Locale.ROOT, "%s,%d,%s%d,%.6f,%.6f,%.6f%n", population, row, population, row,
                        40 + random.nextGaussian() - leak, 40 + 0.1 * random.nextGaussian(), 40 + random.nextGaussian()));
            }
        }
        return AuditReport.ofLosses(Files.writeString(folder.resolve(missed + ".csv"), rows), List.of("loss"),
                Evaluation.withDefaults().withFalsePositiveRates(0.2).withBootstrapReplicates(100).withPermutations(0));
    }

    /** All areas from 1 - 5 / 40 on are told as one; so a difference to the control's is told in steps that are no finer. */
    @Test
    void aDifferenceToTheControlDoesNotTellAnAreaThatIsToldRoughly() throws IOException {
        for (int missed : List.of(1, 3)) {
            AuditReport report = report(missed);
            AttackResult exact = report.confidential().comparisons().get(0).attacks().get(0);
            Attack told = report.document().main().attacks().get(0);
            double difference = exact.control().orElseThrow().difference().difference();

            assertNotEquals(exact.areaUnderCurve(), told.auc());
            assertEquals(0.15 * Math.ceil(difference / 0.15), told.control().orElseThrow().difference(), 1e-9);
            assertEquals(0.15 * Math.floor(exact.control().orElseThrow().difference().interval().lower() / 0.15),
                    told.control().orElseThrow().interval().lower(), 1e-9);
        }
    }
}
