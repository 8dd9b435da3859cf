package io.github.miaudit.report.output;

import io.github.miaudit.AuditReport;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.membership.LossFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;

/** Reports on made-up losses. */
final class Reports {

    private Reports() {
    }

    /** Members whose losses are lower by so much than the reference's than others', 10 sentences a patient; externals are shifted. */
    static AuditReport of(int patients, double leak, Evaluation evaluation) {
        return of(patients, leak, evaluation, "");
    }

    /** With a control that the members are no likelier to. */
    static AuditReport controlled() {
        return controlled(Evaluation.withDefaults());
    }

    static AuditReport controlled(Evaluation evaluation) {
        return of(40, 0.5, evaluation, ",control_loss");
    }

    private static AuditReport of(int patients, double leak, Evaluation evaluation, String control) {
        Random random = new Random(1);
        StringBuilder rows = new StringBuilder("population,id,group,target_loss,reference_loss" + control + "\n");
        for (String population : new String[] {"member", "non_member", "external"}) {
            for (int row = 0; row < 10 * patients; row++) {
                double reference = 12 + random.nextGaussian() + (population.equals("external") ? 2 : 0);
                double target = reference - 0.5 * random.nextGaussian() - (population.equals("member") ? leak : 0);
                rows.append(String.format(Locale.ROOT, "%s,%d,%s%d,%.6f,%.6f%s%n", population, row, population, row / 10, target, reference,
                        control.isEmpty() ? "" : String.format(Locale.ROOT, ",%.6f", reference - 0.5 * random.nextGaussian())));
            }
        }
        try {
            Path file = Files.createTempFile("losses", ".csv");
            Files.writeString(file, rows);
            AuditReport report = AuditReport.ofLosses(file, LossFile.ATTACKS, evaluation);
            Files.delete(file);
            return report;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static AuditReport leaking() {
        return of(40, 0.5, Evaluation.withDefaults());
    }
}
