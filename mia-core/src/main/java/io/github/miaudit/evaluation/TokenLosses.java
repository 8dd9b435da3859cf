package io.github.miaudit.evaluation;

import io.github.miaudit.data.PerPopulation;
import io.github.miaudit.data.Population;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelScores;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.likelihood.TokenFrequencies;
import io.github.miaudit.likelihood.TokenSpread;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** A model's losses by one rule, token by token, beside those of models that know less. Immutable. */
final class TokenLosses {

    /** A sentence's tokens; equal to another of the same tokens. */
    private static final class Tokens {

        private final int[] ids;

        private Tokens(SequenceScore score) {
            this.ids = score.tokenIds();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Tokens tokens && Arrays.equals(ids, tokens.ids);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(ids);
        }
    }

    private final MaskingRule rule;
    private final int vocabularySize;
    private final PerPopulation<List<SequenceScore>> scores;
    private final boolean hasTokens;
    private final Optional<PerPopulation<TokenFrequencies>> frequencies;
    private final Optional<PerPopulation<TokenSpread>> spread;

    private TokenLosses(MaskingRule rule, int vocabularySize, PerPopulation<List<SequenceScore>> scores,
            Optional<PerPopulation<TokenFrequencies>> frequencies, Optional<PerPopulation<TokenSpread>> spread) {
        this.rule = rule;
        this.vocabularySize = vocabularySize;
        this.scores = scores;
        this.hasTokens = sentences().findFirst().isPresent() && sentences().allMatch(SequenceScore::hasTokens);
        this.frequencies = frequencies.filter(known -> Stream.of(Population.values())
                .allMatch(population -> known.of(population).tokens() == tokens(population)));
        this.spread = spread;
    }

    /** The losses by the model's main rule, of sentences that were all scored. */
    static TokenLosses of(ModelScores scores) {
        MaskingRule rule = scores.mainRule();
        return new TokenLosses(rule, scores.model().vocabularySize(), PerPopulation.of(population -> scores.scores(rule, population)),
                scores.frequencies(rule), scores.spread(rule));
    }

    MaskingRule rule() {
        return rule;
    }

    int vocabularySize() {
        return vocabularySize;
    }

    /** Whether each token's loss is known, and not a sentence's sum alone. */
    boolean hasTokens() {
        return hasTokens;
    }

    /** Those with a token; made anew each time, as there may be too many to be kept. */
    Stream<SequenceScore> sentences(Population population) {
        return scores.of(population).stream().filter(score -> score.status().isScored() && score.tokenCount() > 0);
    }

    /** Of all populations. */
    Stream<SequenceScore> sentences() {
        return Stream.of(Population.values()).flatMap(this::sentences);
    }

    /** Whether it is known what the texts measure. */
    boolean isMeasured() {
        return sentences().allMatch(score -> score.measures().isKnown());
    }

    /**
     * The mean log-likelihoods of different sentences: of those with the same tokens the first one's or, where tokens are not known, of
     * those whose texts measure the same.
     */
    double[] means() {
        Set<Object> seen = new HashSet<>();
        return sentences().filter(score -> seen.add(hasTokens ? new Tokens(score) : score.measures()))
                .mapToDouble(score -> score.sum() / score.tokenCount()).toArray();
    }

    /** How many were scored, each as often as it was. */
    long tokens(Population population) {
        return sentences(population).mapToLong(this::tokens).sum();
    }

    private int tokens(SequenceScore score) {
        return hasTokens ? score.tokenIds().length : score.tokenCount();
    }

    /** Whether it is known how often each token stands in just these sentences. */
    boolean hasFrequencies() {
        return frequencies.isPresent();
    }

    /** Nats a token than which no model needs less on a set that only knows how frequent tokens are; empty if that is not known. */
    OptionalDouble leastEntropy(Population population) {
        return spread.isEmpty() || tokens(population) == 0 ? OptionalDouble.empty()
                : OptionalDouble.of(spread.get().of(population).entropyOfPart(tokens(population)));
    }

    /** How many there are at least: where only the spread is known, as many as in the set with the most; empty if nothing is known. */
    OptionalLong distinctTokens() {
        if (frequencies.isPresent()) {
            return OptionalLong.of(frequencies.get().stream().flatMapToInt(TokenFrequencies::ids).distinct().count());
        }
        return spread.isEmpty() ? OptionalLong.empty()
                : Stream.of(Population.values()).filter(population -> tokens(population) > 0)
                        .mapToLong(population -> spread.get().of(population).distinctOfPart(tokens(population))).max();
    }

    /** The mean over all scored tokens of minus their log-likelihood, nats. */
    double loss(Population population) {
        if (hasTokens) {
            return -sentences(population).flatMapToDouble(score -> Arrays.stream(score.logLikelihoods())).average().orElse(0);
        }
        return -sentences(population).mapToDouble(SequenceScore::sum).sum() / Math.max(1, tokens(population));
    }

    /** Nats a character of the text. */
    double lossACharacter(Population population) {
        double characters = sentences(population).mapToLong(score -> score.measures().characters()).sum();
        return -sentences(population).mapToDouble(SequenceScore::sum).sum() / Math.max(1, characters);
    }

    /** Of a model that finds all tokens of the vocabulary equally likely. */
    double uniformLoss() {
        return Math.log(vocabularySize);
    }

    /**
     * Of a model that knows how often the members have each token, and adds one for each of the vocabulary; on a member, how often the
     * others have it. A token counts as often as it was scored.
     */
    double unigramLoss(Population population) {
        TokenFrequencies ofMembers = frequencies.orElseThrow().of(Population.MEMBERS);
        TokenFrequencies own = frequencies.orElseThrow().of(population);
        boolean isOfMembers = population == Population.MEMBERS;
        double[] logCounts = new double[1];
        own.forEach((id, times, sentences) -> logCounts[0] += times * sentences
                * Math.log(ofMembers.count(id) - (isOfMembers ? times : 0) + 1));
        double[] logTotals = new double[1];
        sentences(population).forEach(score -> logTotals[0] += tokens(score)
                * Math.log(ofMembers.tokens() - (isOfMembers ? tokens(score) : 0) + vocabularySize));
        return logTotals[0] / Math.max(1, tokens(population)) - logCounts[0] / Math.max(1, own.tokens());
    }
}
