package io.github.miaudit.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.Audit;
import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Sample;
import io.github.miaudit.likelihood.FakeScorer;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.membership.CombinedAttack;
import io.github.miaudit.membership.LikelihoodRatioAttack;
import io.github.miaudit.membership.LossAttack;
import io.github.miaudit.report.Comparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The fake scorer's log-likelihood depends on the characters alone, so it has no memory: every effect is shift. */
class ValidityTest {

    private static final Evaluation QUICK = Evaluation.withDefaults().withBootstrapReplicates(100).withPermutations(1000);
    private static final String[] WORDS = {"pain", "fever", "cough", "chest", "scan", "ward", "night", "rash", "gait", "pulse"};

    /** Nothing tells the sets apart, but nor does the attack find anything that a difference could not hide. */
    @Test
    void setsThatDifferInNothingAreUndecidedWithoutALeak() {
        Validity validity = validity(notes(1, "", 40), notes(2, "", 40));
        assertEquals(Validity.Verdict.UNDECIDED, validity.verdict(), validity.toString());
        assertEquals(List.of("reference-only", "length", "bag-of-words", "target-within-reference-strata", "propensity-weighted"),
                validity.checks().stream().map(Validity.Check::name).toList());
        assertTrue(validity.reasons().get(0).startsWith("no blind check"), validity.reasons().toString());
        assertTrue(validity.shiftPValue().orElseThrow() > 0.05, validity.toString());
    }

    @Test
    void aStrongLeakBetweenSetsThatAreAlikeIsValid() {
        List<Sample> members = notes(1, "", 150);
        List<Sample> others = notes(2, "", 150);
        AttackDataset data = AttackDataset.of(members, others);
        Comparison comparison = Audit.of(data, new FakeScorer("target", "t", -1.5, others.stream().map(Sample::text).toList()::contains))
                .withReference(new FakeScorer("reference", "t", 0)).withEvaluation(QUICK).run().document().main();
        assertEquals(Validity.Verdict.VALID, comparison.validity().verdict(), comparison.validity().toString());
        assertEquals(Conclusion.MEMBERS_CAN_BE_TOLD, comparison.conclusion());
        double shift = comparison.validity().checks().stream().flatMap(check -> check.effectUpTo().stream())
                .mapToDouble(Double::doubleValue).max().orElseThrow();
        assertTrue(shift < Validity.TOLERATED_SHARE * (comparison.attacks().get(0).aucInterval().orElseThrow().lower() - 0.5));
    }

    @Test
    void setsOfAnotherStyleAreNotInterpretable() {
        Validity validity = validity(notes(1, "", 40), notes(2, "zzz ", 40));
        assertEquals(Validity.Verdict.NOT_INTERPRETABLE, validity.verdict(), validity.toString());
        assertTrue(validity.reasons().get(0).contains("never looks at the target"), validity.reasons().toString());
        assertEquals(1, validity.checks().get(2).auc(), 0.02);
        assertEquals(0.001, validity.shiftPValue().orElseThrow(), 1e-9);
    }

    /** The style moves the control as it moves the target, so what is left is memory or nothing. */
    @Test
    void aControlTellsStyleFromMemory() {
        List<Sample> members = notes(1, "", 40);
        AttackDataset data = AttackDataset.of(members, notes(2, "zzz ", 40));
        Audit audit = Audit.of(data, new FakeScorer("target", "t", -0.1)).withReference(new FakeScorer("reference", "t", 0))
                .withAttacks(LikelihoodRatioAttack.withDefaults()).withEvaluation(QUICK);
        Comparison beside = audit.withControl(new FakeScorer("control", "t", -0.2)).run().document().main();
        assertEquals(Validity.Verdict.SHIFTED, beside.validity().verdict(), beside.validity().toString());
        assertEquals(Conclusion.NO_DIFFERENCE_DETECTED, beside.conclusion());
        Comparison leaking = Audit.of(data, new FakeScorer("target", "t", 1.5, members.stream().map(Sample::text).toList()::contains))
                .withReference(new FakeScorer("reference", "t", 0)).withControl(new FakeScorer("control", "t", -0.2)).withEvaluation(QUICK)
                .run().document().main();
        assertEquals(Conclusion.MEMBERS_CAN_BE_TOLD, leaking.conclusion(), leaking.tests().toString());
    }

    /** Under another digest the same model, as saved anew with another configuration: nothing is judged by comparing it with itself. */
    @Test
    void aControlThatIsTheTargetIsNoCheck() {
        List<Sample> members = notes(1, "", 40);
        FakeScorer target = new FakeScorer("target", "t", 1.5, members.stream().map(Sample::text).toList()::contains);
        FakeScorer same = new FakeScorer("copy", "t", 1.5, members.stream().map(Sample::text).toList()::contains);
        AttackDataset data = AttackDataset.of(members, notes(2, "", 40));
        Validity controlled = Audit.of(data, target).withReference(new FakeScorer("reference", "t", 0)).withControl(same)
                .withAttacks(LikelihoodRatioAttack.withDefaults()).withEvaluation(QUICK).run().document().main().validity();
        assertEquals(Validity.Verdict.NOT_CHECKED, controlled.verdict(), controlled.reasons().toString());
        assertTrue(controlled.reasons().contains("by likelihood-ratio the control orders all sentences as the target does: are they one"
                + " model?"), controlled.reasons().toString());
        Validity referred = Audit.of(data, new FakeScorer("target", "t", 0.5)).withReference(new FakeScorer("copy", "t", 0.5))
                .withAttacks(LikelihoodRatioAttack.withDefaults().withRule(MaskingRule.maskless())).withEvaluation(QUICK).run().document()
                .main().validity();
        assertEquals(Validity.Verdict.NOT_CHECKED, referred.verdict(), referred.reasons().toString());
        assertTrue(referred.reasons().contains("likelihood-ratio gives every sentence the same score: are two models one?"),
                referred.reasons().toString());
    }

    @Test
    void membersThatScoreLowerAreToldTheOtherWay() {
        List<Sample> others = notes(2, "", 40);
        Comparison swapped = Audit
                .of(AttackDataset.of(notes(1, "", 40), others),
                        new FakeScorer("target", "t", 1.5, others.stream().map(Sample::text).toList()::contains))
                .withReference(new FakeScorer("reference", "t", 0)).withEvaluation(QUICK).run().document().main();
        assertEquals(Conclusion.TOLD_THE_OTHER_WAY, swapped.conclusion(), swapped.tests().toString());
    }

    @Test
    void anAttackThatLearnsTheDirectionDoesNotHideThatMembersScoreLower() {
        List<Sample> others = notes(2, "", 40);
        Comparison swapped = Audit
                .of(AttackDataset.of(notes(1, "", 40), others),
                        new FakeScorer("target", "t", 1.5, others.stream().map(Sample::text).toList()::contains))
                .withReference(new FakeScorer("reference", "t", 0))
                .withAttacks(LikelihoodRatioAttack.withDefaults(), CombinedAttack.withDefaults()).withEvaluation(QUICK).run().document()
                .main();
        assertEquals("likelihood-ratio", swapped.strongestAttack(), swapped.tests().toString());
        assertTrue(swapped.attacks().get(0).auc() < 0.3 && swapped.attacks().get(1).auc() > 0.7, swapped.tests().toString());
        assertEquals(Conclusion.TOLD_THE_OTHER_WAY, swapped.conclusion(), swapped.tests().toString());
    }

    @Test
    void sentencesThatStandInBothSetsAreCounted() {
        List<Sample> others = new ArrayList<>(notes(2, "", 10));
        others.add(Sample.of("copy", "q0", " " + notes(1, "", 10).get(0).text().toUpperCase(Locale.ROOT) + " "));
        assertTrue(validity(notes(1, "", 10), others).reasons().stream()
                .anyMatch(reason -> reason.matches("[1-9]\\d* non-members are, but for case.*")));
    }

    @Test
    void sentencesThatNearlyStandInBothSetsAreCounted() {
        List<Sample> others = new ArrayList<>(notes(2, "", 10));
        others.add(Sample.of("copy", "q0", "The patient was admitted with chest pain and a fever."));
        List<Sample> members = new ArrayList<>(notes(1, "", 10));
        members.add(Sample.of("original", "p0", "The patient was admitted with chest pain and fever."));
        Validity validity = validity(members, others);
        int near = validity.overlap().orElseThrow().near();
        assertTrue(near >= 1, validity.toString());
        assertTrue(validity.reasons().contains(near + " more non-members are nearly members (Jaccard similarity at least 0.8)"),
                validity.reasons().toString());
    }

    @Test
    void onePatientASideCantBeJudged() {
        List<Sample> members = List.of(Sample.of("1", "p", "chest pain"), Sample.of("2", "p", "night fever"));
        List<Sample> others = List.of(Sample.of("3", "q", "gait ward"), Sample.of("4", "q", "rash scan"));
        Validity validity = validity(members, others);
        assertEquals(Validity.Verdict.NOT_CHECKED, validity.verdict());
        assertTrue(validity.reasons().contains("the sets could not be tested: it takes a blind check, and 5 patients, or sentences, of each"
                + " set"), validity.reasons().toString());
    }

    @Test
    void whatCannotBeCheckedIsSaid() {
        AttackDataset data = AttackDataset.of(notes(1, "", 5), notes(2, "", 5));
        Validity alone = Audit.of(data, new FakeScorer("target", "t", 0)).withAttacks(LossAttack.withDefaults())
                .run().document().main().validity();
        assertEquals(Validity.Verdict.NOT_CHECKED, alone.verdict(), alone.reasons().toString());
        assertTrue(alone.reasons().contains("without a reference model, reference-only could not be checked"), alone.reasons().toString());
    }

    @Test
    void patientsOnOneSideAloneAreNoCheckedComparison() {
        List<Sample> nobodies = notes(2, "", 40).stream().map(sample -> Sample.of(sample.id(), sample.text())).toList();
        Validity validity = validity(notes(1, "", 40), nobodies);
        assertEquals(Validity.Verdict.NOT_CHECKED, validity.verdict());
        assertTrue(validity.reasons().stream().anyMatch(reason -> reason.startsWith("patients are known among the members alone")),
                validity.reasons().toString());
    }

    /** Words drawn alike: a classifier that saw a sentence of the same patient would do better than chance here. */
    @Test
    void wordsAloneFindNothingWhereThereIsNothing() {
        double sum = 0;
        for (int trial = 0; trial < 20; trial++) {
            List<Sample> sentences = new ArrayList<>(notes(2 * trial, "", 30));
            sentences.addAll(notes(2 * trial + 1, "", 30));
            BagOfWords words = new BagOfWords(sentences, IntStream.range(0, 240).map(row -> row / 4).toArray());
            sum += words.areaUnderCurve(IntStream.range(0, 30).toArray(), IntStream.range(30, 60).toArray());
        }
        assertTrue(sum / 20 < 0.53, "mean AUC " + sum / 20); // below 0.5 on average, as is usual out of fold
    }

    /**
     * scikit-learn's counterpart by hand, of two folds' worth of words: patients 0 to 4 are members, one a fold, each of one sentence "a a
     * b"
     * (others "b b c"): without its fold, a member's "a" has odds (8 + 1) / (0 + 1) over words of (8 + 4 + 3) and (8 + 4 + 3).
     */
    @Test
    void wordsAreWeighedByTheirOddsInTheOtherFolds() {
        List<Sample> sentences = IntStream.range(0, 10).mapToObj(row -> Sample.of("s" + row, row < 5 ? "a a b" : "b, B c")).toList();
        double[] scores = new BagOfWords(sentences, IntStream.range(0, 10).toArray()).scores(new int[] {0, 1, 2, 3, 4},
                new int[] {5, 6, 7, 8, 9});
        assertEquals(2 * Math.log(9.0 / 1) + Math.log(5.0 / 9), scores[0], 1e-12);
        assertEquals(2 * Math.log(5.0 / 9) + Math.log(1.0 / 5), scores[9], 1e-12);
    }

    private static Validity validity(List<Sample> members, List<Sample> others) {
        return Audit.of(AttackDataset.of(members, others), new FakeScorer("target", "t", -0.1))
                .withReference(new FakeScorer("reference", "t", 0)).withAttacks(LikelihoodRatioAttack.withDefaults()).withEvaluation(QUICK)
                .run().document().main().validity();
    }

    /** Four sentences a patient; a patient has words of its own. */
    private static List<Sample> notes(long seed, String style, int patients) {
        Random random = new Random(seed);
        List<Sample> notes = new ArrayList<>();
        for (int patient = 0; patient < patients; patient++) {
            String own = WORDS[random.nextInt(WORDS.length)];
            for (int sentence = 0; sentence < 4; sentence++) {
                StringBuilder text = new StringBuilder(style);
                int length = 3 + random.nextInt(6);
                for (int word = 0; word < length; word++) {
                    text.append(random.nextInt(3) == 0 ? own : WORDS[random.nextInt(WORDS.length)]).append(' ');
                }
                notes.add(Sample.of(patient + "-" + sentence, seed + "p" + patient, text.toString().strip()));
            }
        }
        return notes;
    }
}
