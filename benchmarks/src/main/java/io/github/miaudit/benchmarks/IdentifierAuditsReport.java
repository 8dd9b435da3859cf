package io.github.miaudit.benchmarks;

import io.github.miaudit.IdentifierAudit;
import io.github.miaudit.benchmarks.SimulatedNotes.Remembered;
import io.github.miaudit.exposure.Alikeness;
import io.github.miaudit.exposure.IdentifierResults;
import io.github.miaudit.exposure.Preference;
import io.github.miaudit.exposure.TypeResult;
import io.github.miaudit.metrics.BinomialInterval;
import io.github.miaudit.metrics.Interval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.commons.math3.distribution.UniformRealDistribution;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;

/**
 * Whether whole audits of identifiers say what is true, of simulated notes ({@link SimulatedNotes}): four types at once, clinicians that
 * patients share, a control and non-members. Prints Markdown tables. The first argument is the number of null audits a row (default 500; two
 * fifths of it for other rows), the second, if given, a CSV file to write the p-values of null audits to.
 */
public final class IdentifierAuditsReport {

    private static final double ALPHA = IdentifierResults.ALPHA;
    private static final SimulatedModel.Liking USUAL = new SimulatedModel.Liking(1, 0.5, 0.5, 0, 0);
    /** They like some names much more than others, and a patient's identifiers with the same number together. */
    private static final SimulatedModel.Liking DEPENDENT = new SimulatedModel.Liking(1, 2, 0.5, 1.5, 0);

    /** Of a hundred audits so many are made for figures that need fewer. */
    private static final int OTHERS = 40;

    private final int audits;
    private final List<String> pValues = new ArrayList<>(List.of("patients,surrogates,models,of,p"));

    private IdentifierAuditsReport(int audits) {
        this.audits = audits;
    }

    public static void main(String[] arguments) throws IOException {
        IdentifierAuditsReport report = new IdentifierAuditsReport(arguments.length == 0 ? 500 : Integer.parseInt(arguments[0]));
        report.nothingRemembered();
        report.preferenceFound();
        if (arguments.length > 1) {
            Files.write(Path.of(arguments[1]), report.pValues);
        }
    }

    private void nothingRemembered() {
        heading("Whole audits, nothing remembered", "Patients", "K", "Models", "`PREFERRED`, all", "any type by itself",
                "a type refused (reference or control)", "`NOT_DETECTED`", "non-members preferred, p ≤ 0.05",
                "members told from them by AUC",
                "any patient exposed", Stream.concat(Stream.of("all"), SimulatedNotes.TYPES.stream()).map(of -> "KS p: " + of).toList());
        nothingRemembered(12, 15, "usual", USUAL);
        nothingRemembered(12, 15, "dependent", DEPENDENT);
    }

    private void nothingRemembered(int patients, int surrogates, String words, SimulatedModel.Liking models) {
        List<IdentifierResults> all = run(audits, SimulatedNotes.of(patients, surrogates, 5, models), SimulatedNotes::wholeAudit);
        List<Object> cells = new ArrayList<>(List.of(patients, surrogates, words,
                share(all, audit -> audit.preference() == Preference.PREFERRED),
                share(all, audit -> audit.types().stream().anyMatch(type -> type.preference() == Preference.PREFERRED)),
                share(all, audit -> audit.types().stream().flatMap(type -> type.checks().stream())
                        .anyMatch(IdentifierAuditsReport::refuses)),
                share(all, audit -> audit.preference() == Preference.NOT_DETECTED),
                share(all, audit -> audit.nonMembers().flatMap(others -> others.ranking()).orElseThrow().preference()
                        .pValue() <= ALPHA),
                share(all, audit -> !audit.nonMembers().flatMap(others -> others.interval()).orElseThrow().contains(0.5)),
                share(all, audit -> audit.exposedPatients() > 0)));
        cells.add(uniform(patients + "," + surrogates + "," + words + ",all", all.stream()
                .filter(audit -> !audit.rankings().isEmpty())
                .mapToDouble(audit -> audit.rankings().get(0).preference().pValue()).toArray()));
        for (String type : SimulatedNotes.TYPES) {
            cells.add(uniform(patients + "," + surrogates + "," + words + "," + type,
                    all.stream().flatMap(audit -> type(audit, type).stream()).filter(result -> !result.rankings().isEmpty())
                            .mapToDouble(result -> result.rankings().get(0).preference().pValue()).toArray()));
        }
        row(cells);
    }

    private static boolean refuses(Alikeness check) {
        return check.adjustedPValue() <= ALPHA;
    }

    private static SimulatedModel.Liking with(SimulatedModel.Liking models, double effect) {
        return new SimulatedModel.Liking(models.shared(), models.own(), models.patient(), models.person(), effect);
    }

    private void preferenceFound() {
        heading("Preference found by whole audits; 20 patients, K = 15, usual models", "remembered", "what of them", "effect",
                "`PREFERRED`", "of them by a type by itself alone", "date", "hospital", "record-number", "surname", List.of());
        for (Remembered what : Remembered.values()) {
            preferenceFound(1, what, 0.5);
            preferenceFound(0.2, what, 4);
        }
    }

    private void preferenceFound(double share, Remembered what, double effect) {
        List<IdentifierResults> all = run(audits * OTHERS / 100, SimulatedNotes.of(20, 15, 5, with(USUAL, effect)).withExposed(share, what),
                SimulatedNotes::audit);
        List<Object> cells = new ArrayList<>(List.of(percent(share), what.name().toLowerCase(Locale.ROOT), effect,
                share(all, audit -> audit.preference() == Preference.PREFERRED),
                share(all, audit -> audit.preference() == Preference.PREFERRED && audit.adjustedPValue() > ALPHA)));
        SimulatedNotes.TYPES.forEach(type -> cells.add(share(all,
                audit -> type(audit, type).filter(result -> result.preference() == Preference.PREFERRED).isPresent())));
        row(cells);
    }

    private static Optional<TypeResult> type(IdentifierResults audit, String type) {
        return audit.types().stream().filter(result -> result.type().equals(type)).findFirst();
    }

    private static List<IdentifierResults> run(int audits, SimulatedNotes notes, BiFunction<SimulatedNotes, Long, IdentifierAudit> made) {
        return LongStream.range(0, audits).parallel().mapToObj(audit -> made.apply(notes, audit).run().confidential()).toList();
    }

    private String uniform(String of, double[] values) {
        Arrays.stream(values).forEach(value -> pValues.add(of + "," + value));
        return String.format(Locale.ROOT, "%.2f",
                new KolmogorovSmirnovTest().kolmogorovSmirnovTest(new UniformRealDistribution(0, 1), values));
    }

    /** With the interval of 95 % that so many audits leave. */
    private static String share(List<IdentifierResults> all, Predicate<IdentifierResults> holds) {
        int count = (int) all.stream().filter(holds).count();
        Interval interval = BinomialInterval.of(count, all.size(), 0.95);
        return String.format(Locale.ROOT, "%.1f %% [%.1f, %.1f]", 100.0 * count / all.size(), 100 * interval.lower(),
                100 * interval.upper());
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }

    private static void heading(String title, Object... columns) {
        List<Object> all = new ArrayList<>(Arrays.asList(columns).subList(0, columns.length - 1));
        all.addAll((List<?>) columns[columns.length - 1]);
        System.out.printf("%n%s:%n%n", title);
        row(all);
        System.out.println("|" + "---|".repeat(all.size()));
    }

    private static void row(List<?> cells) {
        System.out.println("| " + cells.stream().map(Object::toString).collect(Collectors.joining(" | ")) + " |");
    }
}
