package io.github.miaudit.likelihood;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.data.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every {@link SequenceScorer} must do; a scorer's test extends this and says how to open one. */
public abstract class SequenceScorerContract {

    /** Float noise of a sentence's sum, in nats. */
    private static final double NOISE = 1e-4;

    private static final List<Sample> SENTENCES = List.of(
            Sample.of("a", "The chest was clear."), Sample.of("b", "No pain"), Sample.of("empty", ""),
            Sample.of("c", "The chest was clear."), Sample.of("d", "She denies chest pain, nausea or fever."),
            Sample.of("e", "x"), Sample.of("f", "No rain"));

    /**
     * Opens a scorer.
     *
     * @return closed by the test
     */
    protected abstract SequenceScorer open();

    static Stream<MaskingRule> rules() {
        return Stream.of(MaskingRule.original(), MaskingRule.withinWordLeftToRight(), MaskingRule.wholeWord(),
                MaskingRule.globalLeftToRight(), MaskingRule.globalLeftToRightMaskingEnd(), MaskingRule.energy(),
                MaskingRule.partition().withRepetitions(2), MaskingRule.progressive(), MaskingRule.maskless(),
                MaskingRule.seedCompatibleLoss());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void givesOneScoreASentenceInOrderWithItsId(MaskingRule rule) {
        try (SequenceScorer scorer = open()) {
            List<SequenceScore> scores = scorer.score(SENTENCES, rule);
            assertEquals(SENTENCES.stream().map(Sample::id).toList(), scores.stream().map(SequenceScore::id).toList());
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void onlyASentenceWithoutTokensIsEmpty(MaskingRule rule) {
        try (SequenceScorer scorer = open()) {
            for (SequenceScore score : scorer.score(SENTENCES, rule)) {
                assertEquals(score.id().equals("empty"), score.status() == SequenceScore.Status.EMPTY, score.id());
                assertTrue(score.sum() <= 0, score.toString());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void aScoreDoesNotDependOnTheOtherSentencesOrTheirOrder(MaskingRule rule) {
        try (SequenceScorer scorer = open()) {
            List<Sample> shuffled = new ArrayList<>(SENTENCES);
            Collections.shuffle(shuffled, new Random(7));
            Map<String, SequenceScore> byId = new HashMap<>();
            scorer.score(shuffled, rule).forEach(score -> byId.put(score.id(), score));
            for (Sample sentence : SENTENCES) {
                SequenceScore alone = scorer.score(List.of(sentence), rule).get(0);
                assertArrayEquals(alone.tokenIds(), byId.get(sentence.id()).tokenIds());
                assertArrayEquals(alone.logLikelihoods(), byId.get(sentence.id()).logLikelihoods(), NOISE);
            }
            assertArrayEquals(byId.get("a").logLikelihoods(), byId.get("c").logLikelihoods(), NOISE);
        }
    }

    @Test
    void rulesScoredTogetherScoreAsEachAlone() {
        try (SequenceScorer scorer = open()) {
            Map<MaskingRule, List<SequenceScore>> together = scorer.score(SENTENCES, rules().collect(Collectors.toSet()),
                    ScoringListener.NONE);
            rules().forEach(rule -> {
                List<SequenceScore> alone = scorer.score(SENTENCES, rule);
                for (int sentence = 0; sentence < SENTENCES.size(); sentence++) {
                    assertArrayEquals(alone.get(sentence).tokenIds(), together.get(rule).get(sentence).tokenIds(), rule.label());
                    assertArrayEquals(alone.get(sentence).logLikelihoods(), together.get(rule).get(sentence).logLikelihoods(), NOISE,
                            rule.label());
                    assertEquals(alone.get(sentence).sum(), together.get(rule).get(sentence).sum(), NOISE, rule.label());
                }
            });
        }
    }

    @Test
    void noSentenceGivesNoScore() {
        try (SequenceScorer scorer = open()) {
            assertTrue(scorer.score(List.of(), MaskingRule.original()).isEmpty());
        }
    }

    @Test
    void statesTheSameIdentityEachTime() {
        try (SequenceScorer first = open(); SequenceScorer second = open()) {
            assertEquals(first.model(), second.model());
            assertFalse(first.model().modelDigest().isEmpty());
            assertFalse(first.model().tokenizerDigest().isEmpty());
        }
    }

    @Test
    void reportsProgressFromNothingToAll() {
        List<ScoringProgress> calls = new ArrayList<>();
        try (SequenceScorer scorer = open()) {
            scorer.score(SENTENCES, Set.of(MaskingRule.original()), calls::add);
            assertTrue(calls.stream().allMatch(call -> call.model().equals(scorer.model())));
        }
        assertEquals(0, calls.get(0).sentencesDone());
        assertTrue(calls.get(0).remaining().isEmpty());
        assertEquals(calls.get(0).sentencesTotal(), calls.get(calls.size() - 1).sentencesDone());
        assertEquals(Duration.ZERO, calls.get(calls.size() - 1).remaining().orElseThrow());
        for (int call = 1; call < calls.size(); call++) {
            assertTrue(calls.get(call).sentencesDone() >= calls.get(call - 1).sentencesDone());
        }
    }
}
