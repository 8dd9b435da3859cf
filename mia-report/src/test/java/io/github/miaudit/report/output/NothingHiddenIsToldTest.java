package io.github.miaudit.report.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.AuditReport;
import io.github.miaudit.data.Strata;
import io.github.miaudit.evaluation.AttackResult;
import io.github.miaudit.evaluation.AuditResults;
import io.github.miaudit.evaluation.ComparisonResult;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.evaluation.Finding;
import io.github.miaudit.metrics.GroupReduction;
import io.github.miaudit.metrics.RocPoint;
import io.github.miaudit.report.StrataFigures;
import io.github.miaudit.report.output.dossier.Dossier;
import io.github.miaudit.report.output.dossier.DossierFacts;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whoever walks through all that a report offers, getter by getter, or reads any of its outputs, meets no hidden count. So that a
 * count can't be met by chance, counts of fewer than 60 are hidden here, and those from 20 to 59 looked for: as numbers, and as
 * shares of as many rows.
 */
class NothingHiddenIsToldTest {

    private static final int SMALLEST = 60;
    private static final int LEAST_SOUGHT = 20;
    /**
     * Numbers that are no counts of accepted rows: settings, sizes, what a rate allows, what follows from figures that are told; so does
     * the range of the first sentence's number.
     */
    private static final List<String> OTHER_NUMBERS = List.of("settings", "falsePositivesAllowed", "calibrationNonMembers",
            "calibrationNonMembersNeeded", "neededForNear",
            "columns", "sentences", "bestAdvantage.advantage", "schemaVersion", "thresholds", "seed");

    @TempDir
    private Path folder;

    private AuditReport report(int patients, int sentences, int exposed, long seed) throws IOException {
        Random random = new Random(seed);
        StringBuilder rows = new StringBuilder("population,id,group,target_loss,reference_loss\n");
        for (String population : List.of("member", "non_member", "external")) {
            for (int row = 0; row < patients * sentences; row++) {
                boolean known = population.equals("member") && row / sentences < exposed;
                rows.append(String.format(Locale.ROOT, "%s,%d,%s%d,%.9f,%.9f%n", population, row, population, row / sentences,
                        30 + random.nextGaussian() - (known ? 20 : 0), 30 + 0.01 * random.nextGaussian()));
            }
        }
        Path file = Files.writeString(folder.resolve("losses.csv"), rows);
        return AuditReport.ofLosses(file, List.of("likelihood-ratio", "loss"),
                Evaluation.withDefaults().withFalsePositiveRates(0.2, 0.1, 0.01, 0)
                        .withBootstrapReplicates(100).withPermutations(1000).withPrior(0.1).withSmallestCount(SMALLEST));
    }

    @ParameterizedTest
    @CsvSource({"211, 1, 23, 1", "211, 1, 37, 2", "223, 2, 29, 3", "197, 3, 11, 4", "53, 3, 31, 5"})
    void noGetterAndNoOutputTellsAHiddenCount(int patients, int sentences, int exposed, long seed) throws IOException {
        AuditReport report = report(patients, sentences, exposed, seed);
        Set<Integer> hidden = hiddenCounts(report.confidential());
        assertFalse(hidden.isEmpty(), "nothing to look for");

        List<String> met = new ArrayList<>();
        int[] visits = new int[1];
        walk("report", report, (path, value) -> {
            visits[0]++;
            if (value instanceof Number number && OTHER_NUMBERS.stream().noneMatch(path::contains)) {
                double share = sentences == 1 || path.contains("byPatient") ? number.doubleValue() * patients : Double.NaN;
                hidden.stream().filter(count -> number.doubleValue() == count || Math.abs(share - count) < 1e-9)
                        .forEach(count -> met.add(path + " tells " + count));
            } else if (value instanceof CharSequence text) {
                hidden.stream().filter(count -> isIn(count, text)).forEach(count -> met.add(path + " says " + count + ": " + text));
            }
        });
        assertTrue(visits[0] > 1500, visits[0] + " visits are no walk");
        Publication publication = Publication.of(report);
        PolicyOutcome outcome = publication.check(Policy.read(Files.writeString(folder.resolve("policy.yaml"), """
                limits:
                  - {figure: tpr, fpr: 0.1, at-most: 0.001}
                  - {figure: patients-exposed, fpr: 0.1, at-most: 1}
                  - {figure: patients-exposed-upper-bound, fpr: 0.1, at-most: 1}
                """)));
        Map.of("JSON",
                report.toJson().replaceAll("\"(" + String.join("|", OTHER_NUMBERS) + ")\": -?\\d+|\\[[\\d,. E-]*]|\\[[\\dnul,]*]", ""),
                "text", report.toText(), "page",
                publication.toHtml()
                        .replaceAll(
                                "<text class=.axis-text-[xy][^>]*>[^<]*<|<(g|path|rect|line|circle|text|tspan) [^>]*>| viewBox=\"[^\"]*\"",
                                "")
                        .replaceAll("(?s)<style>.*?</style>", ""),
                "Markdown", publication.toMarkdown(outcome), "card", publication.toModelCard(), "XML", outcome.toJUnitXml(), "policy",
                outcome.toText(),
                "dossier", dossier(report), "log",
                report + " " + report.confidential() + " " + report.confidential().comparisons() + report.confidential().patients())
                .forEach((name, text) -> hidden.stream().filter(
                        count -> isIn(count, text.replaceAll(
                                "SHA-256.*|sha256.*|<code>.*?</code>|Seed: .*|Sure to 95.%: \\d+ to \\d+ of|\\d+ bins|\\[\\d+,["
                                        + " \\u00a0]\\d+]",
                                "")))
                        .forEach(count -> met.add(name + " says " + count)));
        assertEquals(List.of(), met);
    }

    /** All that a dossier holds but the audit's JSON, without digests, and without ends of intervals, which may be any number. */
    private String dossier(AuditReport report) throws IOException {
        Path audit = folder.resolve("audit.json");
        report.writeJson(audit);
        Dossier dossier = Dossier.of(audit,
                DossierFacts.read(Files.writeString(folder.resolve("dossier.yaml"), "unit-of-privacy: patient")),
                Optional.empty(), LocalDate.of(2000, 1, 1));
        return Stream.of("dossier.json", "dossier.html", "edpb.html", "aisvs.html", "sacro.html").map(dossier::text)
                .collect(Collectors.joining()).replaceAll("(?s)<style>.*?</style>|[0-9a-f]{64}|Opinion 28/2024|\\(\\d+ to \\d+\\)", "");
    }

    /** Of 211 a side: so few have a disease, so few of each stratum are exposed, and so few have no row or no sentences. */
    @Test
    void noOutputTellsAHiddenCountOfAStratum() throws IOException {
        Set<Integer> hidden = Set.of(23, 29, 37, 41, 53);
        StringBuilder losses = new StringBuilder("population,id,group,target_loss,reference_loss\n");
        StringBuilder strata = new StringBuilder("patient,sex,disease,ward\n");
        Random random = new Random(9);
        for (String population : List.of("member", "non_member")) {
            for (int patient = 0; patient < 311; patient++) {
                boolean known = population.equals("member") && patient < 41; // of the first sex, and 29 of the rare disease
                losses.append(String.format(Locale.ROOT, "%s,%d,%s%d,%.9f,%.9f%n", population, patient, population, patient,
                        30 + random.nextGaussian() - (known ? 20 : 0), 30 + 0.01 * random.nextGaussian()));
                if (patient < 311 - (population.equals("member") ? 23 : 0)) {
                    strata.append(population).append(patient).append(patient < 151 ? ",f," : ",m,")
                            .append(patient < 29 ? "rare," : "other,")
                            .append(patient % 157 < 37 ? "north\n" : "south\n");
                }
            }
        }
        for (int patient = 0; patient < 53; patient++) {
            strata.append("elsewhere").append(patient).append(",f,other,south\n");
        }
        AuditReport report = AuditReport.ofLosses(Files.writeString(folder.resolve("losses.csv"), losses), List.of("likelihood-ratio"),
                Evaluation.withDefaults().withFalsePositiveRates(0.1).withBootstrapReplicates(100).withPermutations(1000)
                        .withSmallestCount(SMALLEST),
                Optional.of(Strata.read(Files.writeString(folder.resolve("strata.csv"), strata))));
        StrataFigures figures = report.document().strata().orElseThrow();
        assertEquals(List.of("f", "others, together"), figures.variables().get(0).strata().stream().map(each -> each.name()).toList());
        assertEquals(Optional.empty(), figures.patientsNotCompared().patients());
        assertEquals(Optional.empty(), figures.patientsWithoutRow().patients());
        List<String> met = new ArrayList<>();
        walk("strata", figures, (path, value) -> hidden.stream()
                .filter(count -> value instanceof Number number && number.doubleValue() == count
                        || value instanceof CharSequence text && isIn(count, text))
                .forEach(count -> met.add(path + " tells " + count + ": " + value)));
        Map.of("page", Jsoup.parse(Publication.of(report).toHtml()).select("[aria-label^=Strata], h3:contains(By stratum) ~ *").text(),
                "text",
                report.toText().substring(report.toText().indexOf("By stratum")), "dossier", dossier(report))
                .forEach((name, text) -> hidden.stream().filter(count -> isIn(count, text))
                        .forEach(count -> met.add(name + " says " + count)));
        assertEquals(List.of(), met);
    }

    /** Where patients are known on one side alone, or can't be scored by patient, counts of few sentences are of few patients too. */
    @ParameterizedTest
    @ValueSource(strings = {"one side", "one patient"})
    void countsAreHiddenWhereverAnyPatientIsKnown(String kind) throws IOException {
        Random random = new Random(7);
        StringBuilder rows = new StringBuilder("population,id,group,target_loss,reference_loss\n");
        for (String population : List.of("member", "non_member")) {
            for (int row = 0; row < 80; row++) {
                String group = population.equals("member") ? "m" + row / 2 : kind.equals("one side") ? "" : "n";
                rows.append(String.format(Locale.ROOT, "%s,%d,%s,%.9f,%.9f%n", population, row, group,
                        30 + random.nextGaussian() + (population.equals("non_member") ? 0 : row < 6 ? -20 : 10), 30.0));
            }
        }
        AuditReport report = AuditReport.ofLosses(Files.writeString(folder.resolve("losses.csv"), rows), List.of("loss"),
                Evaluation.withDefaults().withFalsePositiveRates(0.01).withBootstrapReplicates(100).withPermutations(0)
                        .withGroupReduction(GroupReduction.fisher()).withSmallestCount(10));
        AttackResult all = report.confidential().comparisons().get(0).attacks().get(0);
        assertTrue(all.byPatient().isEmpty());
        assertEquals(6, all.operatingPoints().get(0).point().confusion().truePositives());
        assertEquals(Optional.empty(), report.document().main().attacks().get(0).tprAtFpr().get(0).truePositives());
        assertEquals(Optional.empty(), report.document().main().attacks().get(0).tprAtFpr().get(0).tpr());
        assertTrue(report.document().main().attacks().get(0).tprAtFpr().get(0).suppressed());
    }

    /** Where externals alone are named, the others' few on top are not told by the back door of a test either. */
    @Test
    void fewOnTopAreHiddenWhereExternalsAloneAreNamed() throws IOException {
        Random random = new Random(7);
        StringBuilder rows = new StringBuilder("population,id,group,target_loss,reference_loss\n");
        for (String population : List.of("member", "non_member", "external")) {
            for (int row = 0; row < 60; row++) {
                rows.append(
                        String.format(Locale.ROOT, "%s,%d,%s,%.9f,%.9f%n", population, row, population.equals("external") ? "x" + row : "",
                                30 + random.nextGaussian() - (population.equals("member") && row < 3 ? 20 : 0), 30.0));
            }
        }
        AuditReport report = AuditReport.ofLosses(Files.writeString(folder.resolve("losses.csv"), rows), List.of("loss"),
                Evaluation.withDefaults().withFalsePositiveRates(0.1).withBootstrapReplicates(100).withPermutations(0));
        assertEquals(3, report.confidential().comparisons().get(0).attacks().get(0).exceedance().orElseThrow().exceeding());
        assertTrue(report.document().main().attacks().get(0).exceeding().orElseThrow().suppressed());
        assertEquals(List.of(Optional.empty()), report.document().main().tests().stream()
                .filter(test -> test.question() == Finding.Question.MORE_ON_TOP).map(test -> test.pValue()).toList());
    }

    /** The rule asks both sides: of enough members against too few others nothing by patient is told either. */
    @Test
    void patientsAreToldOnlyWhereBothSidesHaveEnough() throws IOException {
        AuditReport report = report(53, 3, 31, 5);
        assertTrue(report.confidential().comparisons().get(0).attacks().get(0).byPatient().isPresent());
        assertEquals(Optional.empty(), report.document().main().attacks().get(0).byPatient());
        assertEquals(List.of(), report.document().mostExposedPatients());
        assertEquals(159, report.confidential().patients().stream().mapToInt(patient -> patient.sentences()).sum());
    }

    private static boolean isIn(int count, CharSequence text) {
        return text.toString().replaceAll("(" + String.join("|", OTHER_NUMBERS) + ")=\\d+", "")
                .matches("(?s).*(?<![\\w.,#-])" + count + "(?![\\w.]|,\\d|[ \\u00a0]?%).*");
    }

    private static Set<Integer> hiddenCounts(AuditResults results) {
        Set<Integer> counts = new TreeSet<>();
        for (ComparisonResult comparison : results.comparisons()) {
            comparison.attacks().stream().flatMap(attack -> Stream.concat(Stream.of(attack), attack.byPatient().stream()))
                    .forEach(attack -> {
                        Stream<RocPoint> points = Stream.concat(Stream.of(attack.bestAdvantage()),
                                attack.operatingPoints().stream().map(AttackResult.OperatingPoint::point));
                        points.forEach(
                                point -> counts.addAll(List.of(point.confusion().truePositives(), point.confusion().falsePositives())));
                        attack.calibrated().stream().flatMap(point -> point.decisions().stream())
                                .forEach(decisions -> counts
                                        .addAll(List.of(decisions.confusion().truePositives(), decisions.confusion().falsePositives())));
                    });
        }
        return counts.stream().filter(count -> count >= LEAST_SOUGHT && count < SMALLEST - 1)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private interface Visitor {
        void visit(String path, Object value);
    }

    /**
     * Every public method without parameters of every object of ours that can be reached, but the one that is documented as confidential,
     * and those that tell the object itself.
     */
    private static void walk(String path, Object value, Visitor visitor) {
        visitor.visit(path, value);
        if (value instanceof Optional<?> optional) {
            optional.ifPresent(each -> walk(path, each, visitor));
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, each) -> walk(path + "." + key, each, visitor));
        } else if (value instanceof Collection<?> collection) {
            int index = 0;
            for (Object each : collection) {
                walk(path + "[" + index++ + "]", each, visitor);
            }
        } else if (value != null && !(value instanceof Enum<?>) && value.getClass().getName().startsWith("io.github.miaudit")) {
            visitor.visit(path + ".toString()", value.toString());
            List<Method> getters = Arrays.stream(value.getClass().getMethods()).filter(method -> method.getParameterCount() == 0
                    && method.getDeclaringClass().getName().startsWith("io.github.miaudit") && !Modifier.isStatic(method.getModifiers())
                    && !Set.of("confidential", "hashCode", "toString", "toJson", "toText", "audits").contains(method.getName())).toList();
            for (Method getter : getters) {
                try {
                    walk(path + "." + getter.getName(), getter.invoke(value), visitor);
                } catch (ReflectiveOperationException e) {
                    throw new AssertionError(path + "." + getter.getName(), e);
                }
            }
        }
    }
}
