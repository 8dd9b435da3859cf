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
import io.github.miaudit.likelihood.FakeScorer;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.SequenceScorer;
import io.github.miaudit.membership.LikelihoodRatioAttack;
import io.github.miaudit.membership.LossAttack;
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
        String answer = document.answer(document.verdicts().get(0));
        assertTrue(answer.startsWith(start) && document.toText().startsWith(start), answer);
        assertTrue(document.nextStep(document.verdicts().get(0)).endsWith("."));
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
        Set<VersionVerdict> tried = EnumSet.of(VersionVerdict.ATTACKS_DISAGREE);
        comparisons().forEach(each -> tried.add((VersionVerdict) each.get()[2]));
        assertEquals(EnumSet.allOf(VersionVerdict.class), tried);
    }

    @Test
    void speaksOfPatientsOfBothWithTheVerdict() {
        ComparisonDocument document = run(PATIENTS, QUICK, target("b", 0.2, MUCH), target("a", 0.2, LITTLE), BASE);
        String answer = document.answer(document.verdicts().get(0));
        assertTrue(answer.matches(".* after correction\\. (By .* that was not found\\. )?With 10 % false alarms an attacker would find"
                + " (fewer than 5|\\d+) of 24 patients with after, and (all but fewer than 5|\\d+) with before\\..*"), answer);
    }

    /** And what they say stands below. */
    @Test
    void rejectedDifferencesDecideNothing() {
        ComparisonDocument document = audit(PATIENTS, QUICK, target("b", 0.2, MUCH), target("a", 0.2, LITTLE)).withReference("base", BASE)
                .withReference("knowing", KNOWING).run().document();
        assertEquals(VersionVerdict.LEAKS_LESS, document.verdicts().get(0).verdict());
        assertTrue(document.counted("after").stream().allMatch(counted -> counted.reference().equals(Optional.of("base"))));
        String text = document.toText();
        String below = text.substring(text.indexOf("Differences that count for nothing"));
        assertTrue(below.contains("after, likelihood-ratio with knowing by patient against non-members: "), below);
        assertTrue(below.contains("can't be told: the sets differ in more than membership"), below);
        assertFalse(text.substring(0, text.indexOf("Differences that")).contains("ratio with knowing by"), text);
    }

    @Test
    void attacksThatDisagreeAreNoAnswer() {
        ComparisonDocument document = run(PATIENTS, QUICK, target("b", 0.2, MUCH), target("a", 0.2, LITTLE), BASE);
        ComparisonDocument torn = with(document, 3, 0.2, true, VersionVerdict.ATTACKS_DISAGREE);
        assertTrue(torn.answer(torn.verdicts().get(0))
                .startsWith("Whether after leaks less or more than before can't be told: it leaks less"
                        + " by likelihood-ratio with base by patient, likelihood-ratio with base by sentence, loss by patient, and more by loss by"
                        + " sentence."),
                torn.toText());
        ComparisonDocument half = with(document, 3, -0.1, false, VersionVerdict.LEAKS_LESS);
        assertTrue(half.answer(half.verdicts().get(0)).contains(" By loss by sentence that was not found."), half.toText());
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
                List.of(new TargetVerdict("after", verdict)), differences, document.cells());
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
