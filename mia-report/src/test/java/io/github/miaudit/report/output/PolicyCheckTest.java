package io.github.miaudit.report.output;

import static io.github.miaudit.report.output.EditedAudit.at;
import static io.github.miaudit.report.output.EditedAudit.nothing;
import static io.github.miaudit.report.output.EditedAudit.strings;
import static io.github.miaudit.report.output.EditedAudit.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.miaudit.data.Population;
import io.github.miaudit.report.AuditDocument;
import io.github.miaudit.report.Numbers;
import io.github.miaudit.report.output.PolicyOutcome.Check;
import io.github.miaudit.report.output.PolicyOutcome.Status;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.EnumSource;

class PolicyCheckTest {

    private static final double RATE = 0.1;
    private static final String NO_INTERVAL = "the audit has no interval of it: there are too few patients, or sentences; audit more";

    private static List<Check> checks(AuditDocument document, Figure figure, Optional<String> attack, double rate, double bound) {
        return new Policy(Population.NON_MEMBERS,
                List.of(new Limit(figure, attack, figure.isAtARate() ? Optional.of(rate) : Optional.empty(), bound)))
                .check(document, "d1ce57").checks();
    }

    /** Of the first attack, at FPR 0.1. */
    private static Check check(EditedAudit audit, Figure figure, double bound) {
        List<Check> checks = checks(audit.document(), figure, figure.isOfAnAttack() ? Optional.of("likelihood-ratio") : Optional.empty(),
                RATE, bound);
        assertEquals(1, checks.size());
        return checks.get(0);
    }

    /** An audit in which a figure has the value 1/4, or as a count 7, or as a verdict SHIFTED. */
    private static EditedAudit having(Figure figure) {
        return new EditedAudit().withTarget("target").edit(audit -> {
            if (figure.isOfIdentifiers()) {
                audit.withIdentifiers();
            }
            JsonObject attack = audit.attack();
            switch (figure) {
                case AUC -> attack.addProperty("auc", 0.25);
                case AUC_UPPER_BOUND -> upTo(0.25, attack.getAsJsonObject("aucInterval"));
                case TPR -> at(attack, "tprAtFpr", 0).addProperty("tpr", 0.25);
                case TPR_UPPER_BOUND -> upTo(0.25, at(attack, "tprAtFpr", 0).getAsJsonObject("tprInterval"));
                case PATIENT_AUC_UPPER_BOUND -> upTo(0.25, audit.byPatient().getAsJsonObject("aucInterval"));
                case PATIENT_TPR_UPPER_BOUND -> upTo(0.25, at(audit.byPatient(), "tprAtFpr", 0).getAsJsonObject("tprInterval"));
                case PATIENTS_EXPOSED -> at(audit.byPatient(), "exposed", 0).addProperty("patients", 7);
                case PATIENTS_EXPOSED_UPPER_BOUND -> at(audit.byPatient(), "exposed", 0).addProperty("upper", 7);
                case EMPIRICAL_LEAKAGE -> {
                    nothing(attack, "empiricalLeakage");
                    audit.byPatient().add("empiricalLeakage", leakage(0.25));
                }
                case EPSILON_LOWER_BOUND -> attack.add("canaryBound", JsonParser.parseString(
                        "{\"canaries\": 9, \"guesses\": 8, \"correct\": 7, \"epsilonLowerBound\": 0.25, \"delta\": 0, \"level\": 0.95}"));
                case WORST_STRATUM_AUC_UPPER_BOUND -> audit.root().add("strata", strata());
                case EXCLUDED_SENTENCES -> {
                    for (int sentence = 0; sentence < 7; sentence++) {
                        audit.root().getAsJsonArray("excluded")
                                .add(JsonParser.parseString("{\"population\": \"members\", \"id\": \"a\", \"reason\": \"EMPTY\"}"));
                    }
                }
                case OVERLAPPING_SENTENCES -> audit.comparison().getAsJsonObject("validity")
                        .add("overlap", JsonParser.parseString("{\"exact\": 5, \"near\": 2, \"nearAmong\": 480}"));
                case VALIDITY -> audit.comparison().getAsJsonObject("validity").addProperty("verdict", "SHIFTED");
                case IDENTIFIER_EXPOSURE_UPPER_BOUND -> audit.ofAllIdentifiers(
                        ranking -> upTo(0.25, ranking.getAsJsonObject("exposureInterval")));
                case IDENTIFIERS_FIRST_SHARE -> audit.ofAllIdentifiers(
                        ranking -> upTo(0.25, ranking.getAsJsonObject("first").getAsJsonObject("interval")));
                case PATIENTS_EXPOSED_BY_IDENTIFIERS -> {
                    audit.exposedByIdentifiers().addProperty("patients", 7);
                    audit.exposedByIdentifiers().addProperty("surrogatesNeeded", 15);
                }
                default -> throw new AssertionError(figure);
            }
        });
    }

    private static JsonElement leakage(double bound) {
        return JsonParser.parseString("{\"bound\": " + bound + ", \"level\": 0.95, \"thresholds\": 4, \"meaning\": \"none\"}");
    }

    private static JsonObject strata() {
        JsonObject strata = JsonParser.parseString(StratifiedReports.ofNothing(StrataInAuditTest.QUICK).toJson()).getAsJsonObject()
                .getAsJsonObject("strata");
        strata.getAsJsonArray("variables").forEach(variable -> variable.getAsJsonObject().getAsJsonArray("strata")
                .forEach(stratum -> upTo(0.25, stratum.getAsJsonObject().getAsJsonObject("aucInterval"))));
        return strata;
    }

    private static double value(Figure figure) {
        return switch (figure.unit()) {
            case SHARE, NATS, BITS -> 0.25;
            case COUNT -> 7;
            case VERDICT -> 1;
        };
    }

    @ParameterizedTest
    @EnumSource(Figure.class)
    void isKeptAtTheBound(Figure figure) {
        assertEquals(Status.KEPT, check(having(figure), figure, value(figure)).status());
    }

    @ParameterizedTest
    @EnumSource(value = Figure.class, mode = Mode.EXCLUDE, names = "VALIDITY")
    void isBrokenJustBeyondIt(Figure figure) {
        double bound = Math.nextDown(value(figure));
        Check check = check(having(figure), figure, bound);
        assertEquals(Status.BROKEN, check.status());
        assertEquals("it is " + Numbers.plain(value(figure)) + ", and must be at most " + bound, check.reason());
    }

    @Test
    void aVerdictMustBeGoodEnough() {
        EditedAudit shifted = having(Figure.VALIDITY);
        Check check = check(shifted, Figure.VALIDITY, 0);
        assertEquals(Status.BROKEN, check.status());
        assertEquals("validity against non-members is at least VALID", check.limit());
        assertTrue(check.reason().startsWith("it is SHIFTED, and must be at least VALID: no blind check"), check.reason());
        assertEquals(Status.KEPT, check(shifted, Figure.VALIDITY, 2).status());
        shifted.comparison().getAsJsonObject("validity").addProperty("verdict", "VALID");
        assertEquals(Status.KEPT, check(shifted, Figure.VALIDITY, 0).status());
        shifted.comparison().getAsJsonObject("validity").addProperty("verdict", "NOT_INTERPRETABLE");
        assertEquals(Status.BROKEN, check(shifted, Figure.VALIDITY, 1).status());
    }

    /** However low the figures are, for they are low because they are turned round. */
    @Test
    void membersToldTheOtherWayBreakEveryPolicy() {
        EditedAudit turned = new EditedAudit().edit(audit -> {
            audit.root().addProperty("conclusion", "TOLD_THE_OTHER_WAY");
            audit.comparison().addProperty("conclusion", "TOLD_THE_OTHER_WAY");
            audit.attack().addProperty("auc", 0.1);
        });
        Policy policy = new Policy(Population.NON_MEMBERS,
                List.of(new Limit(Figure.AUC, Optional.of("likelihood-ratio"), Optional.empty(), 0.5)));
        PolicyOutcome outcome = Publication.of(turned.report()).check(policy);
        assertEquals(List.of(Status.KEPT, Status.BROKEN), outcome.checks().stream().map(Check::status).toList());
        assertFalse(outcome.isKept());
        assertTrue(outcome.failures().get(0).reason().startsWith("members score lower than others"), outcome.toText());
    }

    @Test
    void whatTheAuditHasNotCannotBeDecided() {
        assertMissing(NO_INTERVAL, Figure.AUC_UPPER_BOUND, audit -> nothing(audit.attack(), "aucInterval"));
        assertMissing(NO_INTERVAL, Figure.TPR_UPPER_BOUND, audit -> nothing(at(audit.attack(), "tprAtFpr", 0), "tprInterval"));
        assertMissing(NO_INTERVAL, Figure.PATIENT_AUC_UPPER_BOUND, audit -> nothing(audit.byPatient(), "aucInterval"));
        Arrays.stream(Figure.values()).filter(figure -> figure.isOfAnAttack() && figure.label().startsWith("patient"))
                .forEach(figure -> assertMissing(
                        "the audit has no figures by patient: name the patient of each sentence of both sets, at least 10 patients each",
                        figure,
                        audit -> nothing(audit.attack(), "byPatient")));
        assertMissing("the audit has none: no rate can be calibrated, or patients are not known on both sides; audit more patients",
                Figure.EMPIRICAL_LEAKAGE,
                audit -> nothing(audit.byPatient(), "empiricalLeakage"));
        assertMissing("the audit has none: it takes an audit of canaries, against non-members, and has it for the first attack alone",
                Figure.EPSILON_LOWER_BOUND, audit -> nothing(audit.attack(), "canaryBound"));
        assertMissing("the scores were computed elsewhere, so the audit does not know what was left out; audit the model itself",
                Figure.EXCLUDED_SENTENCES,
                audit -> nothing(audit.root().getAsJsonObject("provenance"), "target"));
        assertMissing("the audit had no texts to compare; audit the model with its dataset", Figure.OVERLAPPING_SENTENCES,
                audit -> nothing(audit.comparison().getAsJsonObject("validity"), "overlap"));
    }

    private static final List<Figure> OF_IDENTIFIERS = Arrays.stream(Figure.values()).filter(Figure::isOfIdentifiers).toList();

    @Test
    void whatIsNotKnownOfIdentifiersIsNeverKept() {
        String notAudited = "the audit has none, as identifiers were not audited; audit them too (mia audit --list, --format or --pattern)";
        for (Figure figure : OF_IDENTIFIERS) {
            assertMissing(notAudited, figure, audit -> nothing(audit.root(), "identifiers"));
            assertOpen("ward: too few", figure, audit -> audit.identifiers().add("reasons", strings("ward: too few")));
            assertOpen("whether the target works as a language model was not checked", figure, audit -> audit.identifiers()
                    .getAsJsonArray("targetChecks").forEach(check -> check.getAsJsonObject().addProperty("outcome", "NOT_MADE")));
            assertOpen("whether the target works as a language model was not checked", figure,
                    audit -> audit.identifiers().add("targetChecks", new JsonArray()));
        }
        for (Figure figure : OF_IDENTIFIERS.subList(0, 2)) {
            assertMissing("nothing can be told of identifiers: surname: too few", figure, audit -> {
                audit.identifiers().add("rankings", new JsonArray());
                audit.identifiers().add("reasons", strings("surname: too few"));
            });
        }
        assertOpen(
                "with 15 surrogates a single patient can't be told to be exposed, however well remembered; audit with 3423 of a list that"
                        + " has as many (--surrogates)",
                Figure.PATIENTS_EXPOSED_BY_IDENTIFIERS,
                audit -> audit.exposedByIdentifiers().addProperty("surrogatesNeeded", 3423));
        assertMissing("too few patients have identifiers of their own that could be judged: surname: too few",
                Figure.PATIENTS_EXPOSED_BY_IDENTIFIERS, audit -> {
                    nothing(audit.exposedByIdentifiers(), "patients", "among", "surrogatesNeeded");
                    audit.exposedByIdentifiers().addProperty("told", "NOT_AT_ALL");
                    audit.identifiers().add("reasons", strings("surname: too few"));
                });
    }

    /** Broken by what could be judged, but never kept. */
    private static void assertOpen(String why, Figure figure, Consumer<EditedAudit> edit) {
        Check open = check(having(figure).edit(edit), figure, figure.unit() == Figure.Unit.SHARE ? 1 : 1e9);
        assertEquals(Status.UNDECIDABLE, open.status(), figure.label());
        assertEquals("it is " + Numbers.plain(value(figure)) + " by what could be judged, but not all could, so it may be more: " + why,
                open.reason());
        assertEquals(Status.BROKEN, check(having(figure).edit(edit), figure, 0).status());
    }

    @Test
    void aTypeThatIsRememberedIsNotMadeUpForByOthers() {
        EditedAudit audit = having(Figure.IDENTIFIERS_FIRST_SHARE).edit(edited -> {
            JsonObject drugs = at(edited.identifiers(), "types", 0).deepCopy();
            upTo(0.75, at(drugs, "rankings", 0).getAsJsonObject("first").getAsJsonObject("interval"));
            edited.identifiers().getAsJsonArray("types").add(drugs);
        });
        assertEquals(Status.BROKEN, check(audit, Figure.IDENTIFIERS_FIRST_SHARE, 0.5).status());
        assertEquals(Status.KEPT, check(audit, Figure.IDENTIFIERS_FIRST_SHARE, 0.75).status());
    }

    @Test
    void fewPatientsGivenAwayAreKeptOnlyWhereAnyFewWouldBe() {
        EditedAudit audit = having(Figure.PATIENTS_EXPOSED_BY_IDENTIFIERS).edit(few -> {
            nothing(few.exposedByIdentifiers(), "patients");
            few.exposedByIdentifiers().addProperty("told", "FEW");
        });
        assertEquals(Status.BROKEN, check(audit, Figure.PATIENTS_EXPOSED_BY_IDENTIFIERS, 0).status());
        assertEquals(Status.UNDECIDABLE, check(audit, Figure.PATIENTS_EXPOSED_BY_IDENTIFIERS, 3).status());
        assertEquals(Status.KEPT, check(audit, Figure.PATIENTS_EXPOSED_BY_IDENTIFIERS, 4).status());
        audit.exposedByIdentifiers().addProperty("told", "ALL_BUT_FEW");
        assertEquals(Status.BROKEN, check(audit, Figure.PATIENTS_EXPOSED_BY_IDENTIFIERS, 35).status());
        assertEquals(Status.KEPT, check(audit, Figure.PATIENTS_EXPOSED_BY_IDENTIFIERS, 40).status());
    }

    /** 7 were found among 10 sentences of all: of the others each may be in both groups. */
    @Test
    void sentencesThatNobodyLookedAtMayOverlap() {
        EditedAudit audit = having(Figure.OVERLAPPING_SENTENCES);
        int others = audit.comparison().get("nonMemberCount").getAsInt();
        audit.comparison().getAsJsonObject("validity").getAsJsonObject("overlap").addProperty("nearAmong", 10);
        assertEquals(Status.BROKEN, check(audit, Figure.OVERLAPPING_SENTENCES, 6).status());
        assertEquals(Status.UNDECIDABLE, check(audit, Figure.OVERLAPPING_SENTENCES, 7).status());
        assertEquals(Status.KEPT, check(audit, Figure.OVERLAPPING_SENTENCES, 7 + others - 10).status());
    }

    private static void assertMissing(String reason, Figure figure, Consumer<EditedAudit> without) {
        Check check = check(having(figure).edit(without), figure, figure.unit() == Figure.Unit.SHARE ? 1 : 1e9);
        assertEquals(Status.UNDECIDABLE, check.status(), figure.label());
        assertEquals(reason, check.reason());
    }

    @ParameterizedTest
    @EnumSource(Figure.class)
    void anAttackThatWasNotMadeCannotBeDecided(Figure figure) {
        if (figure.isOfAnAttack()) {
            Check check = checks(having(figure).document(), figure, Optional.of("rmia"), RATE, 1).get(0);
            assertEquals(Status.UNDECIDABLE, check.status());
            assertEquals("the audit has no attack of that name, only likelihood-ratio, loss; name one of these, or audit with that attack",
                    check.reason());
        }
    }

    @ParameterizedTest
    @EnumSource(Figure.class)
    void aRateThatIsNotThereOrCannotBeResolvedCannotBeDecided(Figure figure) {
        if (figure.isAtARate()) {
            Optional<String> attack = Optional.of("likelihood-ratio");
            Check notThere = checks(having(figure).document(), figure, attack, 0.05, 1).get(0);
            assertEquals(Status.UNDECIDABLE, notThere.status());
            assertEquals("the audit has no FPR 0.05, only 0.1, 0.01, 0.001; choose one of these, or audit with that rate",
                    notThere.reason());
            Check unresolvable = checks(having(figure).document(), figure, attack, 0.001, 1).get(0);
            assertEquals(Status.UNDECIDABLE, unresolvable.status());
            String others = figure.label().startsWith("patient") ? "40 patients among the non-members" : "400 non-members";
            assertEquals("FPR 0.001 can't be measured with " + others + ": not one false positive is allowed;"
                    + " audit at least 1000 of them, or choose a higher rate",
                    unresolvable.reason());
        }
    }

    @ParameterizedTest
    @EnumSource(Figure.class)
    void aComparisonThatIsNotThereCannotBeDecided(Figure figure) {
        if (figure.isOfIdentifiers()) {
            return; // these need none
        }
        EditedAudit audit = having(figure);
        audit.root().getAsJsonArray("comparisons").remove(1);
        audit.root().getAsJsonArray("histograms")
                .forEach(histogram -> histogram.getAsJsonObject().getAsJsonObject("counts").remove("externals"));
        PolicyOutcome outcome = new Policy(Population.EXTERNALS, List.of(new Limit(figure, Optional.empty(), Optional.empty(), 1)))
                .check(audit.document(), "d1ce57");
        assertFalse(outcome.isKept());
        assertEquals(List.of(Status.UNDECIDABLE), outcome.checks().stream().map(Check::status).toList());
        assertEquals("the audit has no comparison with externals; audit with such sentences, or limit the other comparison",
                outcome.checks().get(0).reason());
    }

    @Test
    void aSmallCountIsKeptOnlyWhereAnySmallCountWouldBe() {
        EditedAudit audit = new EditedAudit().edit(few -> few.hideExposed(0));
        String untold = "it is that of fewer than 5 of 40 patients and not told, so that nobody is recognised; it must be at most ";
        for (double kept : new double[] {4, 5, 40}) {
            Check check = check(audit, Figure.PATIENTS_EXPOSED, kept);
            assertEquals(Status.KEPT, check.status());
            assertEquals(untold + Numbers.plain(kept), check.reason());
        }
        assertEquals(Status.BROKEN, check(audit, Figure.PATIENTS_EXPOSED, 0).status());
        for (double undecidable : new double[] {1, 3, 3.9}) {
            Check check = check(audit, Figure.PATIENTS_EXPOSED, undecidable);
            assertEquals(Status.UNDECIDABLE, check.status());
            assertEquals(untold + Numbers.plain(undecidable) + ", which can't be told: allow 4, or audit more patients", check.reason());
        }
        for (Figure figure : List.of(Figure.PATIENTS_EXPOSED_UPPER_BOUND, Figure.PATIENT_TPR_UPPER_BOUND)) {
            double scale = figure == Figure.PATIENT_TPR_UPPER_BOUND ? 1 : 40;
            assertEquals(NO_INTERVAL, check(audit, figure, scale).reason());
            at(audit.byPatient(), "exposed", 0).addProperty("lower", 0);
            at(audit.byPatient(), "exposed", 0).addProperty("upper", 10);
            at(audit.byPatient(), "tprAtFpr", 0).add("tprInterval", JsonParser
                    .parseString("{\"lower\": 0, \"upper\": 0.25, \"level\": 0.95, \"method\": \"clopper-pearson\"}"));
            assertEquals(Status.KEPT, check(audit, figure, 0.25 * scale).status());
            assertEquals(Status.UNDECIDABLE, check(audit, figure, 0.2 * scale).status());
            nothing(at(audit.byPatient(), "exposed", 0), "lower", "upper");
            nothing(at(audit.byPatient(), "tprAtFpr", 0), "tprInterval");
        }
    }

    /** Who exposes all but few exposes many. */
    @Test
    void allButFewAreTooManyWhereMostAre() {
        EditedAudit audit = new EditedAudit().edit(most -> {
            most.hideExposed(0);
            at(most.byPatient(), "exposed", 0).addProperty("members", "ALL_BUT_FEW");
        });
        assertEquals(Status.BROKEN, check(audit, Figure.PATIENTS_EXPOSED, 35).status());
        assertEquals(Status.UNDECIDABLE, check(audit, Figure.PATIENTS_EXPOSED, 36).status());
        assertEquals(Status.KEPT, check(audit, Figure.PATIENTS_EXPOSED, 40).status());
        assertEquals("it is that of all but fewer than 5 of 40 patients and not told, so that nobody is recognised; it must be at most 35",
                check(audit, Figure.PATIENTS_EXPOSED, 35).reason());
        at(audit.byPatient(), "exposed", 0).addProperty("members", "NOT_AT_ALL");
        assertEquals(Status.UNDECIDABLE, check(audit, Figure.PATIENTS_EXPOSED, 0).status());
        assertEquals(Status.UNDECIDABLE, check(audit, Figure.PATIENTS_EXPOSED_UPPER_BOUND, 40).status());
    }

    @Test
    void aRateOfFewIsKeptOnlyWhereThatOfAnyFewWouldBe() {
        EditedAudit audit = new EditedAudit().edit(few -> { // of 400 members
            JsonObject point = at(few.attack(), "tprAtFpr", 0);
            nothing(point, "tpr");
            point.addProperty("members", "FEW");
            point.addProperty("suppressed", true);
            point.addProperty("tprAtMost", 0.025);
        });
        assertEquals(Status.KEPT, check(audit, Figure.TPR, 0.025).status());
        assertEquals(Status.BROKEN, check(audit, Figure.TPR, 0.002).status());
        Check check = check(audit, Figure.TPR, 0.009);
        assertEquals(Status.UNDECIDABLE, check.status());
        assertEquals("it is that of fewer than 5 patients' sentences and not told, so that nobody is recognised; it must be at most 0.009,"
                + " which can't be told: allow 0.025, or audit more patients", check.reason());
        JsonObject point = at(audit.attack(), "tprAtFpr", 0);
        point.addProperty("members", "ALL_BUT_FEW");
        nothing(point, "tprAtMost");
        point.addProperty("tprAtLeast", 0.975);
        assertEquals(Status.BROKEN, check(audit, Figure.TPR, 0.97).status());
        assertEquals(Status.UNDECIDABLE, check(audit, Figure.TPR, 0.98).status());
        assertEquals(Status.KEPT, check(audit, Figure.TPR, 1).status());
    }

    @Test
    void everyAttackMustKeepALimitThatNamesNone() {
        AuditDocument document = new EditedAudit().edit(audit -> at(audit.comparison(), "attacks", 1).addProperty("auc", 0.1)).document();
        List<Check> checks = checks(document, Figure.AUC, Optional.empty(), RATE, 0.2);
        assertEquals(List.of(Status.BROKEN, Status.KEPT), checks.stream().map(Check::status).toList());
        assertEquals(
                List.of("auc of likelihood-ratio against non-members is at most 0.2", "auc of loss against non-members is at most 0.2"),
                checks.stream().map(Check::limit).toList());
    }

    @Test
    void onlyTheFirstAttackBoundsEpsilon() {
        List<Check> checks = checks(having(Figure.EPSILON_LOWER_BOUND).document(), Figure.EPSILON_LOWER_BOUND, Optional.empty(), RATE, 1);
        assertEquals(List.of(Status.KEPT), checks.stream().map(Check::status).toList());
        List<Check> another = checks(having(Figure.EPSILON_LOWER_BOUND).document(), Figure.EPSILON_LOWER_BOUND, Optional.of("loss"), RATE,
                1);
        assertEquals(List.of(Status.UNDECIDABLE), another.stream().map(Check::status).toList());
    }

    @Test
    void aLeakOfSentencesIsTakenBeforeThatOfPatients() {
        EditedAudit audit = having(Figure.EMPIRICAL_LEAKAGE).edit(edited -> edited.attack().add("empiricalLeakage", leakage(2)));
        assertEquals("it is 2, and must be at most 1", check(audit, Figure.EMPIRICAL_LEAKAGE, 1).reason());
    }

    @Test
    void saysThatALowFigureProvesNothingWhereSetsDiffer() {
        EditedAudit audit = having(Figure.AUC)
                .edit(edited -> edited.comparison().getAsJsonObject("validity").addProperty("verdict", "NOT_INTERPRETABLE"));
        Check check = check(audit, Figure.AUC, 0.5);
        assertEquals(Status.KEPT, check.status());
        assertEquals(
                "it is 0.25, and must be at most 0.5; but the comparison is not interpretable, so that is no proof of anything: limit"
                        + " validity too",
                check.reason());
    }

    @Test
    void limitsTheComparisonThatIsNamed() {
        AuditDocument document = new EditedAudit().document();
        PolicyOutcome outcome = new Policy(Population.EXTERNALS, List.of(new Limit(Figure.AUC, Optional.of("loss"), Optional.empty(), 0)))
                .check(document, "d1ce57");
        double measured = document.comparisons().get(1).attacks().get(1).auc();
        assertEquals("it is " + Numbers.besideBound(measured, 0) + ", and must be at most 0", outcome.checks().get(0).reason());
    }
}
