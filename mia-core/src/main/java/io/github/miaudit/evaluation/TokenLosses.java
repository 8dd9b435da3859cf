package io.github.miaudit.evaluation;

import io.github.miaudit.data.PerPopulation;
import io.github.miaudit.data.Population;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelScores;
import io.github.miaudit.likelihood.SequenceScore;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A model's losses by one rule, token by token, beside those of models that know less. Immutable. */
final class TokenLosses {

    /** A sentence's tokens and what it measures; equal to another of the same tokens. */
    static final class Sentence {

        private final SequenceScore score;
        private final int[] ids;

        private Sentence(SequenceScore score) {
            this.score = score;
            this.ids = score.tokenIds();
        }

        double mean() {
            return score.sum() / score.tokenCount();
        }

        int tokens() {
            return score.tokenCount();
        }

        int unknown() {
            return score.unknownCount();
        }

        int words() {
            return score.measures().words();
        }

        /** Whether all of it was scored. */
        boolean isWhole() {
            return score.status() == SequenceScore.Status.SCORED || score.status() == SequenceScore.Status.WINDOWED;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Sentence sentence && Arrays.equals(ids, sentence.ids);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(ids);
        }
    }

    private final MaskingRule rule;
    private final int vocabularySize;
    private final PerPopulation<List<Sentence>> sentences;
    private final Map<Integer, Long> frequencies;
    private final long memberTokens;

    private TokenLosses(MaskingRule rule, int vocabularySize, PerPopulation<List<Sentence>> sentences) {
        this.rule = rule;
        this.vocabularySize = vocabularySize;
        this.sentences = sentences;
        this.frequencies = counts(sentences.of(Population.MEMBERS));
        this.memberTokens = frequencies.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The losses by the model's main rule, of sentences that were all scored. */
    static TokenLosses of(ModelScores scores) {
        MaskingRule rule = scores.mainRule();
        return new TokenLosses(rule, scores.model().vocabularySize(),
                PerPopulation.of(population -> scores.scores(rule, population).stream()
                        .filter(score -> score.status().isScored() && score.tokenCount() > 0).map(Sentence::new).toList()));
    }

    MaskingRule rule() {
        return rule;
    }

    int vocabularySize() {
        return vocabularySize;
    }

    List<Sentence> sentences(Population population) {
        return sentences.of(population);
    }

    /** Of all populations. */
    List<Sentence> sentences() {
        return sentences.stream().flatMap(List::stream).toList();
    }

    long tokens(Population population) {
        return sentences.of(population).stream().mapToLong(sentence -> sentence.ids.length).sum();
    }

    long distinctTokens() {
        return sentences().stream().flatMapToInt(sentence -> Arrays.stream(sentence.ids)).distinct().count();
    }

    /** The mean over all scored tokens of minus their log-likelihood, nats. */
    double loss(Population population) {
        return -sentences.of(population).stream().flatMapToDouble(sentence -> Arrays.stream(sentence.score.logLikelihoods())).average()
                .orElse(0);
    }

    /** Nats a character of the text. */
    double lossACharacter(Population population) {
        double characters = sentences.of(population).stream().mapToInt(sentence -> sentence.score.measures().characters()).sum();
        return -sentences.of(population).stream().mapToDouble(sentence -> sentence.score.sum()).sum() / Math.max(1, characters);
    }

    /** Of a model that finds all tokens of the vocabulary equally likely. */
    double uniformLoss() {
        return Math.log(vocabularySize);
    }

    /**
     * Of a model that knows how often the members have each token, and adds one for each of the vocabulary; on a member, how often the
     * others have it.
     */
    double unigramLoss(Population population) {
        double sum = 0;
        long tokens = 0;
        for (Sentence sentence : sentences.of(population)) {
            Map<Integer, Long> own = population == Population.MEMBERS ? counts(List.of(sentence)) : Map.of();
            double all = memberTokens - own.values().stream().mapToLong(Long::longValue).sum() + vocabularySize;
            for (int id : sentence.ids) {
                sum -= Math.log((frequencies.getOrDefault(id, 0L) - own.getOrDefault(id, 0L) + 1) / all);
            }
            tokens += sentence.ids.length;
        }
        return sum / Math.max(1, tokens);
    }

    private static Map<Integer, Long> counts(List<Sentence> sentences) {
        Map<Integer, Long> counts = new HashMap<>();
        sentences.forEach(sentence -> Arrays.stream(sentence.ids).forEach(id -> counts.merge(id, 1L, Long::sum)));
        return counts;
    }
}
