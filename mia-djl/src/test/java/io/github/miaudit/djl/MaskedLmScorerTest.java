package io.github.miaudit.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.data.Sample;
import io.github.miaudit.likelihood.Casing;
import io.github.miaudit.likelihood.LengthPolicy;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ScoringListener;
import io.github.miaudit.likelihood.ScoringPlan;
import io.github.miaudit.likelihood.ScoringProgress;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.likelihood.SequenceScorer;
import io.github.miaudit.likelihood.SequenceScorerContract;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MaskedLmScorerTest extends SequenceScorerContract {

    private static final List<Sample> SAMPLES = Golden.ROBERTA.plainSentences().stream().map(Golden.Sentence::sample).toList();
    private static final Sample LONG = Golden.ROBERTA.sentences().stream().filter(Golden.Sentence::truncated).findFirst().orElseThrow()
            .sample();

    @Override
    protected SequenceScorer open() {
        return MaskedLmScorer.open(Golden.ROBERTA.folder());
    }

    @Test
    void saysWhetherTheTokenizerKeepsCapitals() {
        try (MaskedLmScorer lowered = MaskedLmScorer.open(Golden.BERT.folder()); SequenceScorer kept = open()) {
            assertEquals(Casing.UNCASED, lowered.model().casing()); // its tokenizer.json says "lowercase": true
            assertEquals(Casing.CASED, kept.model().casing());
        }
    }

    @Test
    void rowsThatRulesShareAreComputedOnce() {
        assertEquals(rows(MaskingRule.withinWordLeftToRight()), rows(MaskingRule.withinWordLeftToRight(), MaskingRule.wholeWord()));
        long both = rows(MaskingRule.original(), MaskingRule.withinWordLeftToRight());
        assertTrue(both < rows(MaskingRule.original()) + rows(MaskingRule.withinWordLeftToRight()), "words of one token share their row");
        assertEquals(rows(MaskingRule.energy()), rows(MaskingRule.energy(), MaskingRule.energy().withDraws(5)));
    }

    private static long rows(MaskingRule... rules) {
        try (MaskedLmScorer scorer = MaskedLmScorer.open(Golden.ROBERTA.folder())) {
            return scorer.plan(SAMPLES, new LinkedHashSet<>(List.of(rules))).rows();
        }
    }

    @Test
    void thePlanCountsRowsAndTokens() {
        try (MaskedLmScorer scorer = MaskedLmScorer.open(Golden.ROBERTA.folder(), MaskedLmOptions.withDefaults().withTokenBudget(100))) {
            ScoringPlan plan = scorer.plan(SAMPLES, Set.of(MaskingRule.original(), MaskingRule.maskless()));
            assertEquals(SAMPLES.size(), plan.sentences());
            List<Golden.Sentence> scored = Golden.ROBERTA.plainSentences().stream().filter(sentence -> sentence.contentIds().length > 0)
                    .toList();
            assertEquals(scored.stream().mapToLong(sentence -> sentence.contentIds().length + 1L).sum(), plan.rows());
            assertEquals(scored.stream().mapToLong(sentence -> sentence.tokenCount() * (sentence.contentIds().length + 1L)).sum(),
                    plan.tokens());
            assertTrue(plan.batches() >= plan.tokens() / 100 && plan.batches() <= plan.rows());
            assertTrue(plan.estimatedTime().toNanos() > 0);
        }
    }

    @Test
    void sentencesOfTheSameTextAreScoredOnce() {
        List<Sample> twice = SAMPLES.stream()
                .flatMap(sample -> Stream.of(sample, new Sample(sample.id() + "-again", Optional.empty(), sample.text()))).toList();
        List<ScoringProgress> calls = new ArrayList<>();
        try (MaskedLmScorer scorer = MaskedLmScorer.open(Golden.ROBERTA.folder())) {
            assertEquals(scorer.plan(SAMPLES, Set.of(MaskingRule.original())).rows(),
                    scorer.plan(twice, Set.of(MaskingRule.original())).rows());
            List<SequenceScore> scores = scorer.score(twice, Set.of(MaskingRule.original()), calls::add).get(MaskingRule.original());
            for (int sentence = 0; sentence < SAMPLES.size(); sentence++) {
                assertEquals(SAMPLES.get(sentence).id(), scores.get(2 * sentence).id());
                assertEquals(SAMPLES.get(sentence).id() + "-again", scores.get(2 * sentence + 1).id());
                assertArrayEquals(scores.get(2 * sentence).logLikelihoods(), scores.get(2 * sentence + 1).logLikelihoods());
            }
        }
        assertEquals(twice.size(), calls.get(calls.size() - 1).sentencesDone());
    }

    @Test
    void energyIsTheSameWhateverElseIsScored() throws InterruptedException {
        try (MaskedLmScorer scorer = MaskedLmScorer.open(Golden.ROBERTA.folder())) {
            List<SequenceScore> all = scorer.score(SAMPLES, MaskingRule.energy());
            List<Thread> threads = new ArrayList<>();
            List<String> wrong = new ArrayList<>();
            for (int first = 0; first < 2; first++) {
                int from = first;
                threads.add(new Thread(() -> {
                    for (int index = from; index < SAMPLES.size(); index += 2) {
                        SequenceScore alone = scorer.score(List.of(SAMPLES.get(index)), MaskingRule.energy()).get(0);
                        boolean same = Arrays.equals(all.get(index).tokenIds(), alone.tokenIds())
                                && Math.abs(all.get(index).sum() - alone.sum()) < 1e-3;
                        if (!same) {
                            synchronized (wrong) {
                                wrong.add(alone.id());
                            }
                        }
                    }
                }));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            assertEquals(List.of(), wrong);
        }
    }

    @Test
    void energyAndPartitionAreMeansOverTheirDraws() {
        Sample sample = SAMPLES.stream().filter(candidate -> candidate.text().length() > 60).findFirst().orElseThrow();
        try (MaskedLmScorer scorer = MaskedLmScorer.open(Golden.ROBERTA.folder())) {
            SequenceScore energy = scorer.score(List.of(sample), MaskingRule.energy()).get(0);
            int masked = Math.max(1, (int) (0.15 * energy.tokenCount()));
            assertEquals(20 * masked, energy.logLikelihoods().length);
            assertEquals(Arrays.stream(energy.logLikelihoods()).average().orElseThrow(), energy.sum() / energy.tokenCount(), 1e-9);
            SequenceScore partition = scorer.score(List.of(sample), MaskingRule.partition().withRepetitions(3)).get(0);
            assertEquals(3 * partition.tokenCount(), partition.logLikelihoods().length);
        }
    }

    @Test
    void windowsScoreEveryTokenOnceAndSaySo() {
        for (MaskingRule rule : List.of(MaskingRule.original(), MaskingRule.maskless(), MaskingRule.wholeWord())) {
            try (MaskedLmScorer scorer = MaskedLmScorer.open(Golden.ROBERTA.folder());
                    MaskedLmTokenizer tokenizer = MaskedLmTokenizer.open(Golden.ROBERTA.folder())) {
                SequenceScore score = scorer.score(List.of(LONG), rule).get(0);
                assertEquals(SequenceScore.Status.WINDOWED, score.status());
                var tokens = tokenizer.tokenise(LONG);
                assertArrayEquals(Arrays.stream(tokens.contentPositions()).map(tokens::id).toArray(), score.tokenIds());
                assertTrue(score.sum() < 0);
            }
        }
    }

    @Test
    void aLimitAboveTheLengthChangesNothing() {
        for (LengthPolicy policy : LengthPolicy.values()) {
            try (MaskedLmScorer plain = MaskedLmScorer.open(Golden.ROBERTA.folder());
                    MaskedLmScorer other = MaskedLmScorer.open(Golden.ROBERTA.folder(),
                            MaskedLmOptions.withDefaults().withLengthPolicy(policy))) {
                List<SequenceScore> expected = plain.score(SAMPLES, MaskingRule.withinWordLeftToRight());
                List<SequenceScore> scores = other.score(SAMPLES, MaskingRule.withinWordLeftToRight());
                IntStream.range(0, SAMPLES.size()).forEach(index -> {
                    assertEquals(expected.get(index).status(), scores.get(index).status());
                    assertArrayEquals(expected.get(index).logLikelihoods(), scores.get(index).logLikelihoods(), 1e-5);
                });
            }
        }
    }

    @Test
    void rejectingLeavesASentenceUnscored() {
        MaskedLmOptions rejecting = MaskedLmOptions.withDefaults().withLengthPolicy(LengthPolicy.REJECT);
        try (MaskedLmScorer scorer = MaskedLmScorer.open(Golden.ROBERTA.folder(), rejecting); SequenceScorer windowing = open()) {
            SequenceScore score = scorer.score(List.of(LONG, SAMPLES.get(0)), MaskingRule.original()).get(0);
            assertEquals(SequenceScore.Status.TOO_LONG, score.status());
            assertEquals(0, score.logLikelihoods().length);
            assertTrue(score.tokenCount() > 126);
            assertNotEquals(scorer.model(), windowing.model(), "the policy is part of the identity");
        }
    }

    /** Its tokenizer is not to see it: among ten million white spaces some end the process. */
    @Test
    void aSentenceOfMoreCharactersThanAnyLeavesOthersScored() {
        Sample endless = Sample.of("endless", "a " + " ".repeat(100_000));
        try (MaskedLmScorer scorer = MaskedLmScorer.open(Golden.ROBERTA.folder())) {
            Set<MaskingRule> rules = Set.of(MaskingRule.original(), MaskingRule.maskless());
            List<Sample> samples = List.of(endless, SAMPLES.get(0), Sample.of("again", endless.text()));
            scorer.score(samples, rules, ScoringListener.NONE).forEach((rule, scores) -> {
                assertEquals(List.of(SequenceScore.Status.TOO_LONG, SequenceScore.Status.SCORED, SequenceScore.Status.TOO_LONG),
                        scores.stream().map(SequenceScore::status).toList());
                assertEquals(List.of("endless", SAMPLES.get(0).id(), "again"), scores.stream().map(SequenceScore::id).toList());
                assertArrayEquals(scorer.score(List.of(SAMPLES.get(0)), rule).get(0).logLikelihoods(), scores.get(1).logLikelihoods(),
                        1e-5);
            });
            assertEquals(scorer.plan(List.of(SAMPLES.get(0)), rules).rows(), scorer.plan(samples, rules).rows());
        }
    }

    @Test
    void momentsComeWithTheSameLogLikelihoods() {
        try (MaskedLmScorer plain = MaskedLmScorer.open(Golden.BERT.folder());
                MaskedLmScorer moments = MaskedLmScorer.open(Golden.BERT.folder(),
                        MaskedLmOptions.withDefaults().withVocabularyMoments())) {
            Set<MaskingRule> rules = Set.of(MaskingRule.original(), MaskingRule.maskless());
            Map<MaskingRule, List<SequenceScore>> without = plain.score(SAMPLES, rules, ScoringListener.NONE);
            Map<MaskingRule, List<SequenceScore>> with = moments.score(SAMPLES, rules, ScoringListener.NONE);
            for (MaskingRule rule : rules) {
                for (int index = 0; index < SAMPLES.size(); index++) {
                    assertArrayEquals(without.get(rule).get(index).logLikelihoods(), with.get(rule).get(index).logLikelihoods(), 2e-5);
                    assertTrue(without.get(rule).get(index).moments().isEmpty());
                    boolean scored = with.get(rule).get(index).status().isScored();
                    assertEquals(scored, with.get(rule).get(index).moments().isPresent());
                }
            }
        }
    }
}
