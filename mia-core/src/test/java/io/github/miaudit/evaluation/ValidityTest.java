package io.github.miaudit.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.Audit;
import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Sample;
import io.github.miaudit.likelihood.FakeScorer;
import io.github.miaudit.membership.LossAttack;
import io.github.miaudit.metrics.RocCurve;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The fake scorer's log-likelihood depends on the characters alone, so it has no memory: every effect is shift. */
class ValidityTest {

    private static final String[] WORDS = {"pain", "fever", "cough", "chest", "scan", "ward", "night", "rash", "gait", "pulse"};

    @Test
    void setsThatDifferInNothingAreValid() {
        Validity validity = validity(notes(1, "", 40), notes(2, "", 40));
        assertEquals(Validity.Verdict.VALID, validity.verdict(), validity.toString());
        assertEquals(List.of("reference-only", "length", "bag-of-words", "target-within-reference-strata"),
                validity.checks().stream().map(Validity.Check::name).toList());
        assertTrue(validity.reasons().get(0).startsWith("no blind check"), validity.reasons().toString());
    }

    @Test
    void setsOfAnotherStyleAreNotInterpretable() {
        Validity validity = validity(notes(1, "", 40), notes(2, "zzz ", 40));
        assertEquals(Validity.Verdict.NOT_INTERPRETABLE, validity.verdict(), validity.toString());
        assertTrue(validity.reasons().get(0).contains("never looks at the target"), validity.reasons().toString());
        assertEquals(1, validity.checks().get(2).auc(), 0.02);
    }

    @Test
    void sentencesThatStandInBothSetsAreCounted() {
        List<Sample> others = new ArrayList<>(notes(2, "", 10));
        others.add(Sample.of("copy", "q0", " " + notes(1, "", 10).get(0).text().toUpperCase(Locale.ROOT) + " "));
        assertTrue(validity(notes(1, "", 10), others).reasons().stream()
                .anyMatch(reason -> reason.matches("[1-9]\\d* non_members are, but for case.*")));
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
        assertTrue(validity.reasons().contains(near + " more non_members are nearly members (Jaccard similarity at least 0.8)"),
                validity.reasons().toString());
    }

    @Test
    void onePatientASideCantBeJudged() {
        List<Sample> members = List.of(Sample.of("1", "p", "chest pain"), Sample.of("2", "p", "night fever"));
        List<Sample> others = List.of(Sample.of("3", "q", "gait ward"), Sample.of("4", "q", "rash scan"));
        Validity validity = validity(members, others);
        assertTrue(validity.reasons().contains("length could not be judged: an interval takes 5 patients, or sentences, of each set"),
                validity.reasons().toString());
    }

    @Test
    void whatCannotBeCheckedIsSaid() {
        AttackDataset data = AttackDataset.of(notes(1, "", 5), notes(2, "", 5));
        Validity alone = Audit.of(data, new FakeScorer("target", "t", 0)).withAttacks(LossAttack.withDefaults())
                .run().document().main().validity();
        assertTrue(alone.reasons().contains("without a reference model, reference-only could not be checked"), alone.reasons().toString());
    }

    /** Words drawn alike: a classifier that saw a sentence of the same patient would do better than chance here. */
    @Test
    void wordsAloneFindNothingWhereThereIsNothing() {
        double sum = 0;
        for (int trial = 0; trial < 20; trial++) {
            double[][] scores = BagOfWords.outOfFold(notes(2 * trial, "", 30), notes(2 * trial + 1, "", 30), trial);
            sum += RocCurve.of(scores[0], scores[1]).areaUnderCurve();
        }
        assertTrue(sum / 20 < 0.53, "mean AUC " + sum / 20); // below 0.5 on average, as is usual out of fold
    }

    private static Validity validity(List<Sample> members, List<Sample> others) {
        return Audit.of(AttackDataset.of(members, others), new FakeScorer("target", "t", -0.1))
                .withReference(new FakeScorer("reference", "t", 0)).run().document().main().validity();
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
