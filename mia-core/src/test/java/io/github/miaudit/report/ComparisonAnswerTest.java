package io.github.miaudit.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.miaudit.ComparativeAudit;
import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Sample;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.evaluation.Ranked;
import io.github.miaudit.evaluation.Validity;
import io.github.miaudit.likelihood.FakeScorer;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.SequenceScorer;
import io.github.miaudit.membership.LikelihoodRatioAttack;
import io.github.miaudit.membership.LossAttack;
import io.github.miaudit.metrics.Interval;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Invented comparisons and the first sentence that each must begin with. */
class ComparisonAnswerTest {

    private static final Evaluation QUICK = Evaluation.withDefaults().withFalsePositiveRates(0.1).withBootstrapReplicates(200)
            .withPermutations(1000);
    private static final int PATIENTS = 24;
    private static final Predicate<String> MUCH = text -> Math.floorMod(text.hashCode(), 3) != 0;
    private static final Predicate<String> AS_MUCH = text -> MUCH.test(text) ? Math.floorMod(text.hashCode(), 20) != 5
            : Math.floorMod(text.hashCode(), 10) == 4;
    private static final Predicate<String> LITTLE = text -> Math.floorMod(text.hashCode(), 7) == 0;
    private static final SequenceScorer BASE = new FakeScorer("base", "t", 0.1, text -> text.length() % 2 == 0);
    /** A reference that knows the sets apart: they differ in more than membership. */
    private static final SequenceScorer KNOWING = new FakeScorer("knowing", "t", -0.3, ComparisonAnswerTest::isMember);

    static Stream<Arguments> comparisons() {
        return Stream.of(
                arguments("less", run(PATIENTS, QUICK, target("b", 0.2, MUCH), target("a", 0.2, LITTLE), BASE), VersionVerdict.LEAKS_LESS,
                        "after leaks less than before: a patient among the members scores above another in "),
                arguments("more", run(PATIENTS, QUICK, target("b", 0.2, LITTLE), target("a", 0.2, MUCH), BASE), VersionVerdict.LEAKS_MORE,
                        "after leaks more than before: a patient among the members scores above another in "),
                arguments("none found",
                        run(PATIENTS, QUICK, target("b", 0.2, MUCH), target("a", 0.2, AS_MUCH), BASE),
                        VersionVerdict.NO_DIFFERENCE_FOUND,
                        "No difference was found between after and before, which does not show that there is none: one of "),
                arguments("none found of few",
                        run(8, QUICK, target("b", 0.2, MUCH), target("a", 0.2, AS_MUCH), BASE),
                        VersionVerdict.NO_DIFFERENCE_FOUND,
                        "No difference was found between after and before, which does not show that there is none: of so few patients,"
                                + " or sentences, even one of "),
                arguments("same", run(PATIENTS, QUICK, target("b", 0.2, MUCH), target("a", 0.2, MUCH), BASE), VersionVerdict.SAME,
                        "after leaks the same as before, by every attack that was tried: every sentence has the same place."),
                arguments("within the margin",
                        run(PATIENTS, QUICK.withMargin(0.3), target("b", 0.2, MUCH), target("a", 0.2, AS_MUCH),
                                BASE),
                        VersionVerdict.SAME,
                        "after leaks the same as before, by every attack that was tried: the difference is shown to be within the margin of"
                                + " 30 of 100 pairs."),
                arguments("shifted", run(PATIENTS, QUICK, target("b", 0.2, MUCH), target("a", 0.2, LITTLE), KNOWING),
                        VersionVerdict.NOT_INTERPRETABLE,
                        "Whether after leaks less or more than before can't be told: members and others differ in more than membership"),
                arguments("too few", run(4, QUICK, target("b", 0.2, MUCH), target("a", 0.2, LITTLE), BASE), VersionVerdict.TOO_FEW,
                        "Whether after leaks less or more than before can't be told: there are too few patients, or sentences; it takes at"
                                + " least 5 in each set."),
                arguments("broken", run(PATIENTS, QUICK, target("b", 0.2, MUCH), new FakeScorer("a", "t", -60), BASE),
                        VersionVerdict.MODEL_NOT_WORKING,
                        "Whether after leaks less or more than before can't be told: after does not work as a language model"),
                arguments("broken baseline", run(PATIENTS, QUICK, new FakeScorer("b", "t", -60), target("a", 0.2, MUCH), BASE),
                        VersionVerdict.MODEL_NOT_WORKING,
                        "Whether after leaks less or more than before can't be told: before does not work as a language model"),
                arguments("other way", run(PATIENTS, QUICK, target("b", 0.2, LITTLE), target("a", -0.4, MUCH), BASE),
                        VersionVerdict.TOLD_THE_OTHER_WAY,
                        "Whether after leaks less or more than before can't be told: members score below others"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("comparisons")
    void beginsWithTheAnswer(String name, ComparisonDocument document, VersionVerdict verdict, String start) {
        assertEquals(List.of(new TargetVerdict("after", verdict)), document.verdicts(), document.toText());
        String answer = document.explanation(document.verdicts().get(0));
        assertTrue(answer.startsWith(start) && document.toText().contains(start), answer);
        assertTrue(document.toText().startsWith(ComparisonDecision.of(document).versions().get(0).answer()), document.toText());
        assertFalse(document.toText().contains("p = 0.0000"), document.toText());
        if (!verdict.isAnswer()) {
            assertFalse(answer.contains("an attacker would find"), answer);
        }
        for (String clear : List.of("no more", "leaks nothing", "safe")) {
            assertFalse(answer.contains(clear), answer);
        }
    }

    @Test
    void everyVerdictIsTried() {
        Set<VersionVerdict> tried = EnumSet.of(VersionVerdict.ATTACKS_DISAGREE, VersionVerdict.SHIFT_MAY_EXPLAIN);
        comparisons().forEach(each -> tried.add((VersionVerdict) each.get()[2]));
        assertEquals(EnumSet.allOf(VersionVerdict.class), tried);
    }

    @Test
    void speaksOfPatientsOfBothWithTheVerdict() {
        ComparisonDocument document = run(PATIENTS, QUICK, target("b", 0.2, MUCH), target("a", 0.2, LITTLE), BASE);
        String answer = document.explanation(document.verdicts().get(0));
        assertTrue(answer.matches(".* after correction\\. (By .* that was not found\\. )?With 10 % false alarms an attacker would find"
                + " (fewer than 5|\\d+) of 24 patients with after, and (all but fewer than 5|\\d+) with before\\..*"), answer);
    }

    /**
     * The sets are the same whatever the reference: by one of two the comparison is rejected, as they differ in more than membership, and
     * by that much a version may differ that remembers no less.
     */
    @Test
    void aShiftThatAnyReferenceFindsMayExplainADifference() {
        ComparisonDocument document = audit(PATIENTS, QUICK, target("b", 0.2, MUCH), target("a", 0.2, LITTLE)).withReference("base", BASE)
                .withReference("knowing", KNOWING).run().document();
        assertEquals(VersionVerdict.SHIFT_MAY_EXPLAIN, document.verdicts().get(0).verdict());
        assertEquals(List.of(), document.counted("after"));
        String text = document.toText();
        String below = text.substring(text.indexOf("Differences that count for nothing"));
        assertTrue(below.contains("after, likelihood-ratio with knowing by patient against non-members: "), below);
        assertTrue(below.contains("can't be told: the sets differ in more than membership"), below);
        assertTrue(below.contains("can't be told: the sets' own difference may explain it"), below);
        assertFalse(text.substring(0, text.indexOf("Differences that")).contains("ratio with knowing by"), text);
    }

    /** A shift is found of up to 0.1: differences of more than 0.2 by sentence are beyond it, whatever they are by patient. */
    @Test
    void aDifferenceCountsBesideAShiftLessThanHalfAsLarge() {
        ComparisonDocument document = run(PATIENTS, QUICK.withSmallestCount(1), target("b", 0.2, MUCH), target("a", 0.2, LITTLE), BASE);
        for (double least : new double[] {0.21, 0.2, 0.1, 0}) {
            VersionVerdict verdict = least > 0.2 ? VersionVerdict.LEAKS_LESS : VersionVerdict.SHIFT_MAY_EXPLAIN;
            ComparisonDocument shifted = new ComparisonDocument(document.schemaVersion(), document.subject(), document.targets(),
                    document.references(), List.of(new TargetVerdict("after", verdict)),
                    document.differences().stream().map(old -> old.ranked() == Ranked.PATIENTS ? old : withUpperEnd(old, -least)).toList(),
                    document.utilityName(), document.utilities(), document.cells().stream().map(ComparisonAnswerTest::shifted).toList());
            ComparisonDecision.OfVersion said = ComparisonDecision.of(shifted).versions().get(0);
            assertEquals(verdict == VersionVerdict.LEAKS_LESS ? Decision.Footing.PARTLY : Decision.Footing.CANNOT, said.footing());
            assertEquals(Decision.Light.OPEN, said.light());
        }
    }

    private static ComparisonDocument.Difference withUpperEnd(ComparisonDocument.Difference old, double end) {
        return new ComparisonDocument.Difference(old.target(), old.reference(), old.attack(), old.nonMembers(), old.ranked(),
                old.baselineAuc(), old.auc(), old.difference(), new Interval(-0.9, end, 0.95, Interval.Method.STUDENT), old.standardError(),
                old.pValue(), old.adjustedPValue(), old.detected(), old.same(), old.withinMargin(), old.smallestDetectable());
    }

    private static ComparisonDocument.Cell shifted(ComparisonDocument.Cell cell) {
        AuditDocument audit = cell.audit();
        Comparison old = audit.main();
        Validity validity = new Validity(Validity.Verdict.SHIFTED, List.of("shifted"), Optional.of(0.01), List.of(new Validity.Check(
                "length", true, 0.55, Optional.empty(), Optional.of(0.01), Optional.of(0.1))), Optional.empty());
        Comparison main = new Comparison(old.members(), old.nonMembers(), old.memberCount(), old.nonMemberCount(), old.independent(),
                old.conclusion(), old.strongestAttack(), old.tests(), old.attacks(), validity);
        return new ComparisonDocument.Cell(cell.target(), cell.reference(), new AuditDocument(audit.schemaVersion(), audit.subject(),
                audit.conclusion(), List.of(main), audit.identifiers(), audit.strata(), audit.targetChecks(), audit.histograms(),
                audit.likelihoods(), audit.mostExposedPatients(), audit.excerpts(), audit.models(), audit.warnings(), audit.excluded(),
                audit.datasheet(), audit.settings(), audit.provenance()));
    }

    @Test
    void attacksThatDisagreeAreNoAnswer() {
        ComparisonDocument document = run(PATIENTS, QUICK, target("b", 0.2, MUCH), target("a", 0.2, LITTLE), BASE);
        ComparisonDocument torn = with(document, 3, 0.2, true, VersionVerdict.ATTACKS_DISAGREE);
        assertTrue(torn.explanation(torn.verdicts().get(0))
                .startsWith("Whether after leaks less or more than before can't be told: it leaks less"
                        + " by likelihood-ratio with base by patient, likelihood-ratio with base by sentence, loss by patient, and"
                        + " more by loss by"
                        + " sentence."),
                torn.toText());
        ComparisonDocument half = with(document, 3, -0.1, false, VersionVerdict.LEAKS_LESS);
        assertTrue(half.explanation(half.verdicts().get(0)).contains(" By loss by sentence that was not found."), half.toText());
    }

    /** Of whom many are told sentence by sentence, and patient by patient no longer, or the other way. */
    @Test
    void patientsThatDisagreeWithSentencesAreNoAnswer() {
        ComparisonDocument document = run(PATIENTS, QUICK, target("b", 0.2, MUCH), target("a", 0.2, LITTLE), BASE);
        for (int place : new int[] {0, 1}) {
            assertEquals(place == 0 ? Ranked.PATIENTS : Ranked.SENTENCES, document.differences().get(place).ranked());
            with(document, place, 0.2, true, VersionVerdict.ATTACKS_DISAGREE);
        }
    }

    /** A file whose verdict was changed is no whole report. */
    @Test
    void verdictsFollowFromTheFigures() {
        ComparisonDocument document = run(PATIENTS, QUICK, target("b", 0.2, LITTLE), target("a", 0.2, MUCH), BASE);
        String message = assertThrows(IllegalArgumentException.class,
                () -> with(document, 1, 0.2, true, VersionVerdict.LEAKS_LESS)).getMessage();
        assertTrue(message.contains("from differences and cells follow") && message.contains("LEAKS_MORE"), message);
    }

    private static ComparisonDocument with(ComparisonDocument document, int place, double difference, boolean detected,
            VersionVerdict verdict) {
        List<ComparisonDocument.Difference> differences = new ArrayList<>(document.differences());
        ComparisonDocument.Difference old = differences.get(place);
        differences.set(place, new ComparisonDocument.Difference(old.target(), old.reference(), old.attack(), old.nonMembers(),
                old.ranked(), old.baselineAuc(), old.auc(), difference, old.interval(), old.standardError(), old.pValue(),
                old.adjustedPValue(), detected,
                false, old.withinMargin(), old.smallestDetectable()));
        return new ComparisonDocument(document.schemaVersion(), document.subject(), document.targets(), document.references(),
                List.of(new TargetVerdict("after", verdict)), differences, document.utilityName(),
                document.utilities(), document.cells());
    }

    private static ComparisonDocument run(int patients, Evaluation evaluation, SequenceScorer before, SequenceScorer after,
            SequenceScorer reference) {
        return audit(patients, evaluation, before, after).withReference("base", reference).run().document();
    }

    private static ComparativeAudit audit(int patients, Evaluation evaluation, SequenceScorer before, SequenceScorer after) {
        return ComparativeAudit.of(AttackDataset.of(notes("m", patients), notes("n", patients))).withTarget("before", before)
                .withTarget("after", after)
                .withAttacks(LikelihoodRatioAttack.withDefaults().withRule(MaskingRule.maskless()), LossAttack.withDefaults())
                .withEvaluation(evaluation);
    }

    private static SequenceScorer target(String name, double nats, Predicate<String> remembers) {
        return new FakeScorer(name, "t", nats, text -> isMember(text) && remembers.test(text));
    }

    private static boolean isMember(String text) {
        return text.startsWith("Note m");
    }

    private static List<Sample> notes(String prefix, int patients) {
        return IntStream.range(0, 3 * patients).mapToObj(row -> Sample.of(prefix + row, prefix + "p" + row / 3,
                "Note " + prefix + row * 7919 % 1009 + " says " + "ab".repeat(row % 9))).toList();
    }
}
