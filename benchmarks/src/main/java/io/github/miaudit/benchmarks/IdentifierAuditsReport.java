package io.github.miaudit.benchmarks;

import io.github.miaudit.IdentifierAudit;
import io.github.miaudit.benchmarks.SimulatedNotes.Remembered;
import io.github.miaudit.data.Patient;
import io.github.miaudit.exposure.Alikeness;
import io.github.miaudit.exposure.ExtractedSet;
import io.github.miaudit.exposure.ExtractionResults;
import io.github.miaudit.exposure.ExtractionSettings;
import io.github.miaudit.exposure.IdentifierResults;
import io.github.miaudit.exposure.PatientExposure;
import io.github.miaudit.exposure.Preference;
import io.github.miaudit.exposure.Recovery;
import io.github.miaudit.exposure.TypeResult;
import io.github.miaudit.likelihood.FillingSettings;
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
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.commons.math3.distribution.UniformRealDistribution;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;

/**
 * Whether whole audits of identifiers say what is true, of simulated notes ({@link SimulatedNotes}): four types at once, clinicians that
 * patients share, a control and non-members; and what models write themselves. Prints Markdown tables. The first argument is the number
 * of audits a row where nothing is remembered (default 500; two fifths of it elsewhere), the second, if given, a CSV file to write the
 * p-values of these to. Others, if given, name the tables to make: {@code NOTHING_REMEMBERED}, {@code PREFERENCE},
 * {@code NOTHING_RECALLED}, {@code RECALL}.
 */
public final class IdentifierAuditsReport {

    /** What is simulated. */
    private enum Table {

        NOTHING_REMEMBERED(IdentifierAuditsReport::nothingRemembered), PREFERENCE(IdentifierAuditsReport::preferenceFound),
        NOTHING_RECALLED(IdentifierAuditsReport::nothingRecalled), RECALL(IdentifierAuditsReport::recallFound);

        private final Consumer<IdentifierAuditsReport> simulation;

        Table(Consumer<IdentifierAuditsReport> simulation) {
            this.simulation = simulation;
        }
    }

    private static final double ALPHA = IdentifierResults.ALPHA;
    private static final SimulatedModel.Liking USUAL = new SimulatedModel.Liking(1, 0.5, 0.5, 0, 0);
    /** They like some names much more than others, and a patient's identifiers with the same number together. */
    private static final SimulatedModel.Liking DEPENDENT = new SimulatedModel.Liking(1, 2, 0.5, 1.5, 0);

    private static final int CLINICIANS = 5;
    private static final ExtractionSettings EXTRACTION = ExtractionSettings.withDefaults().withSearch(new FillingSettings(10, 1));
    private static final List<String> WRITTEN = List.of("exact, first", "exact, of 10", "one edit, first", "one edit, of 10");
    private static final Function<IdentifierAudit, IdentifierResults> AUDITED = audit -> audit.run().confidential();
    private static final Function<IdentifierAudit, ExtractionResults> EXTRACTED = audit -> audit.withExtraction(EXTRACTION).run()
            .confidentialExtraction().orElseThrow();

    /** Of a hundred audits so many are made for figures that need fewer. */
    private static final int OTHERS = 40;

    private final int audits;
    private final List<String> pValues = new ArrayList<>(List.of("audits,of,p"));

    private IdentifierAuditsReport(int audits) {
        this.audits = audits;
    }

    public static void main(String[] arguments) throws IOException {
        IdentifierAuditsReport report = new IdentifierAuditsReport(arguments.length == 0 ? 500 : Integer.parseInt(arguments[0]));
        List<Table> tables = arguments.length <= 2 ? List.of(Table.values()) : Stream.of(arguments).skip(2).map(Table::valueOf).toList();
        tables.forEach(table -> table.simulation.accept(report));
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
        nothingRemembered(30, 50, "usual", USUAL);
        nothingRemembered(30, 50, "dependent", DEPENDENT);
    }

    private void nothingRemembered(int patients, int surrogates, String words, SimulatedModel.Liking models) {
        List<IdentifierResults> all = run(audits, SimulatedNotes.of(patients, surrogates, CLINICIANS, models),
                SimulatedNotes::wholeAudit, AUDITED);
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
        String audited = patients + " patients K = " + surrogates + " " + words;
        cells.add(uniform(audited + ",all", all.stream()
                .filter(audit -> !audit.rankings().isEmpty())
                .mapToDouble(audit -> audit.rankings().get(0).preference().pValue()).toArray()));
        for (String type : SimulatedNotes.TYPES) {
            cells.add(uniform(audited + "," + type,
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
        heading("Preference found by whole audits; 20 patients", "K", "models", "remembered", "what of them", "effect", "`PREFERRED`",
                "of them by a type by itself alone", "date", "hospital", "record-number", "surname", "patients found, of those remembered",
                "false ones among found", List.of());
        for (Remembered what : Remembered.values()) {
            preferenceFound(15, "usual", USUAL, 1, what, 0.5);
            preferenceFound(15, "usual", USUAL, 0.2, what, 4);
        }
        for (double effect : new double[] {0.5, 1, 4}) {
            preferenceFound(50, "usual", USUAL, 0.5, Remembered.EVERYTHING, effect);
        }
        preferenceFound(50, "dependent", DEPENDENT, 0.5, Remembered.EVERYTHING, 4);
        preferenceFound(200, "usual", USUAL, 0.2, Remembered.EVERYTHING, 4);
        preferenceFound(200, "dependent", DEPENDENT, 0.2, Remembered.EVERYTHING, 4);
    }

    private void preferenceFound(int surrogates, String words, SimulatedModel.Liking models, double share, Remembered what,
            double effect) {
        SimulatedNotes notes = SimulatedNotes.of(20, surrogates, CLINICIANS, with(models, effect)).withExposed(share, what);
        List<IdentifierResults> all = run(audits * OTHERS / 100, notes, SimulatedNotes::audit, AUDITED);
        List<Object> cells = new ArrayList<>(List.of(surrogates, words, percent(share), what.name().toLowerCase(Locale.ROOT), effect,
                share(all, audit -> audit.preference() == Preference.PREFERRED),
                share(all, audit -> audit.preference() == Preference.PREFERRED && audit.adjustedPValue() > ALPHA)));
        SimulatedNotes.TYPES.forEach(type -> cells.add(share(all,
                audit -> type(audit, type).filter(result -> result.preference() == Preference.PREFERRED).isPresent())));
        List<Double> found = new ArrayList<>();
        List<Double> falseOnes = new ArrayList<>();
        for (int seed = 0; seed < all.size(); seed++) {
            Set<Patient> exposed = notes.exposed(seed).stream().map(name -> Patient.of(Optional.of(name))).collect(Collectors.toSet());
            List<Patient> called = all.get(seed).patients().stream().filter(patient -> patient.adjustedPValue() <= ALPHA)
                    .map(PatientExposure::patient).toList();
            long right = called.stream().filter(exposed::contains).count();
            if (!exposed.isEmpty()) {
                found.add((double) right / exposed.size());
            }
            falseOnes.add(called.isEmpty() ? 0 : 1 - (double) right / called.size());
        }
        cells.add(mean(found));
        cells.add(mean(falseOnes));
        row(cells);
    }

    private void nothingRecalled() {
        heading("What models write themselves, nothing remembered; 20 patients, K = 15, beams of 10", "models",
                "the target writes of lists", "the reference does", "any of four, p ≤ 0.05", "surname", "hospital",
                WRITTEN.stream().map(goal -> "of the four: " + goal).toList());
        nothingRecalled("usual", USUAL, 0.5, 0.5);
        nothingRecalled("usual", USUAL, 0.8, 0);
        nothingRecalled("dependent", DEPENDENT, 0.8, 0);
    }

    private void nothingRecalled(String words, SimulatedModel.Liking models, double byTarget, double byReference) {
        List<ExtractionResults> all = run(audits, SimulatedNotes.of(20, 15, CLINICIANS, models)
                .withWritten(new SimulatedNotes.Written(byTarget, byReference, 0)), SimulatedNotes::audit, EXTRACTED);
        List<Object> cells = new ArrayList<>(List.of(words, percent(byTarget), percent(byReference)));
        cells.addAll(anyWritten(all));
        cells.addAll(eachWritten(all));
        row(cells);
        all.stream().map(ExtractionResults::all).filter(set -> !set.recoveries().isEmpty())
                .forEach(set -> pValues.add("written " + words + " " + percent(byTarget) + " and " + percent(byReference)
                        + ",smallest of four corrected," + set.recoveries().stream().mapToDouble(Recovery::pValue).min().orElseThrow()));
    }

    private void recallFound() {
        heading("Surnames recalled; 20 patients, K = 15, usual models, beams of 10", "the true one is written in",
                "the target writes of lists", "the reference does", "any of four, p ≤ 0.05", "surname", "hospital",
                WRITTEN.stream().map(goal -> "of the four: " + goal).toList());
        for (double recalled : new double[] {0.1, 0.3}) {
            recallFound(recalled, 0.5, 0.5);
            recallFound(recalled, 0.8, 0);
        }
    }

    private void recallFound(double recalled, double byTarget, double byReference) {
        List<ExtractionResults> all = run(audits * OTHERS / 100, SimulatedNotes.of(20, 15, CLINICIANS, USUAL)
                .withExposed(1, Remembered.SURNAMES).withWritten(new SimulatedNotes.Written(byTarget, byReference, recalled)),
                SimulatedNotes::audit, EXTRACTED);
        List<Object> cells = new ArrayList<>(List.of(percent(recalled), percent(byTarget), percent(byReference)));
        cells.addAll(anyWritten(all));
        cells.addAll(eachWritten(all));
        row(cells);
    }

    private static List<String> anyWritten(List<ExtractionResults> all) {
        List<String> cells = new ArrayList<>(List.of(share(all, audit -> isAnyWritten(audit.all()))));
        Stream.of("surname", "hospital").forEach(type -> cells.add(share(all,
                audit -> Optional.ofNullable(audit.types().get(type)).filter(IdentifierAuditsReport::isAnyWritten).isPresent())));
        return cells;
    }

    /** In the order of the goals. */
    private static List<String> eachWritten(List<ExtractionResults> all) {
        return IntStream.range(0, WRITTEN.size()).mapToObj(goal -> share(all,
                audit -> !audit.all().recoveries().isEmpty() && audit.all().recoveries().get(goal).pValue() <= ALPHA)).toList();
    }

    private static boolean isAnyWritten(ExtractedSet set) {
        return set.recoveries().stream().anyMatch(recovery -> recovery.pValue() <= ALPHA);
    }

    private static Optional<TypeResult> type(IdentifierResults audit, String type) {
        return audit.types().stream().filter(result -> result.type().equals(type)).findFirst();
    }

    /** By their seeds, from 0 on. */
    private static <T> List<T> run(int audits, SimulatedNotes notes, BiFunction<SimulatedNotes, Long, IdentifierAudit> made,
            Function<IdentifierAudit, T> found) {
        return LongStream.range(0, audits).parallel().mapToObj(seed -> found.apply(made.apply(notes, seed))).toList();
    }

    private String uniform(String of, double[] values) {
        Arrays.stream(values).forEach(value -> pValues.add(of + "," + value));
        return String.format(Locale.ROOT, "%.2f",
                new KolmogorovSmirnovTest().kolmogorovSmirnovTest(new UniformRealDistribution(0, 1), values));
    }

    /** With the interval of 95 % that so many audits leave. */
    private static <T> String share(List<T> all, Predicate<T> holds) {
        int count = (int) all.stream().filter(holds).count();
        Interval interval = BinomialInterval.of(count, all.size(), 0.95);
        return String.format(Locale.ROOT, "%.1f %% [%.1f, %.1f]", 100.0 * count / all.size(), 100 * interval.lower(),
                100 * interval.upper());
    }

    /** With two standard errors. */
    private static String mean(List<Double> shares) {
        double[] values = shares.stream().mapToDouble(Double::doubleValue).toArray();
        return String.format(Locale.ROOT, "%.1f ± %.1f %%", 100 * StatUtils.mean(values),
                200 * Math.sqrt(StatUtils.variance(values) / values.length));
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
