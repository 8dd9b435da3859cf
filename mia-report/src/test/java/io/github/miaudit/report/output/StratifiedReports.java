package io.github.miaudit.report.output;

import io.github.miaudit.AuditReport;
import io.github.miaudit.data.Strata;
import io.github.miaudit.evaluation.AuditResults;
import io.github.miaudit.evaluation.Evaluation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;

/** Reports by stratum on made-up losses of two sentences a patient. */
final class StratifiedReports {

    private StratifiedReports() {
    }

    /** Of 200 patients a side of whom each tenth has a rare disease: 20 in training who leak; their notes are harder on either side. */
    static AuditReport rare(Evaluation evaluation) {
        return of(200, evaluation, 11, patient -> patient % 10 == 0 ? 2 : 0, patient -> patient % 10 == 0 ? 4 : 0, "sex,disease",
                patient -> (patient % 2 == 1 ? "f" : "m") + "," + (patient % 10 == 0 ? "rare" : "common"));
    }

    /** The same without a leak. */
    static AuditReport ofNothing(Evaluation evaluation) {
        return of(200, evaluation, 12, patient -> 0, patient -> 0, "sex,disease",
                patient -> (patient % 2 == 1 ? "f" : "m") + "," + (patient % 10 == 0 ? "rare" : "common"));
    }

    /** A variable and one of its two values are named so, but for what no file may name. */
    static AuditReport named(String name) {
        String quoted = "\"" + name.substring(0, Math.min(50, name.length())).replace("\"", "\"\"").replace('\uD800', 'x').strip() + "\"";
        return of(40, StrataInAuditTest.QUICK, 3, patient -> 0, patient -> 0, quoted, patient -> patient % 2 == 0 ? quoted : "other");
    }

    /**
     * Losses that are lower for members.
     *
     * @param leak   by how many standard deviations, for each patient among the members
     * @param harder by how many their losses are higher, on either side
     * @param values of each patient on either side, as in the file
     */
    static AuditReport of(int patients, Evaluation evaluation, long seed, IntToDoubleFunction leak, IntToDoubleFunction harder,
            String variables, IntFunction<String> values) {
        Random random = new Random(seed);
        StringBuilder rows = new StringBuilder("population,id,group,target_loss,reference_loss\n");
        StringBuilder strata = new StringBuilder("patient," + variables + "\n");
        for (String population : List.of("member", "non_member")) {
            for (int patient = 0; patient < patients; patient++) {
                double own = random.nextGaussian() + harder.applyAsDouble(patient)
                        - (population.equals("member") ? leak.applyAsDouble(patient) : 0);
                strata.append(population).append(patient).append(',').append(values.apply(patient)).append('\n');
                for (int sentence = 0; sentence < 2; sentence++) {
                    rows.append(String.format(Locale.ROOT, "%s,%d-%d,%s%d,%.6f,%.6f%n", population, patient, sentence, population, patient,
                            30 + own + 0.5 * random.nextGaussian(), 30 + 0.01 * random.nextGaussian()));
                }
            }
        }
        return of(rows.toString(), strata.toString(), evaluation);
    }

    static AuditReport of(String losses, String strata, Evaluation evaluation) {
        try {
            Path folder = Files.createTempDirectory("strata");
            Path file = Files.writeString(folder.resolve("losses.csv"), losses);
            Path ofStrata = Files.writeString(folder.resolve("strata.csv"), strata);
            AuditReport report = AuditReport.of(AuditResults.ofLosses(file, List.of("likelihood-ratio"), evaluation)
                    .withStrata(Strata.read(ofStrata), Optional.empty()));
            Files.delete(file);
            Files.delete(ofStrata);
            Files.delete(folder);
            return report;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
