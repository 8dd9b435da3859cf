package io.github.miaudit.likelihood;

import io.github.miaudit.data.PerPopulation;
import io.github.miaudit.data.Population;
import java.util.Optional;

/**
 * Counts the tokens of sentences whose sums alone will be kept, so that how they spread is known all the same. Not thread-safe.
 */
public final class TokenCounter {

    private final PerPopulation<TokenFrequencies.Builder> counted = PerPopulation.of(population -> new TokenFrequencies.Builder());
    private boolean isEachOnce = true;

    /**
     * Counts the tokens of a sentence, if it was scored.
     *
     * @param population the set it is of
     * @param score      with its tokens
     */
    public void add(Population population, SequenceScore score) {
        if (score.status().isScored()) {
            int[] tokenIds = score.tokenIds();
            isEachOnce &= tokenIds.length == score.tokenCount();
            counted.of(population).add(tokenIds);
        }
    }

    /** How the tokens of each set spread; empty if some were scored more or less often than once, as then a sum is of other counts. */
    public Optional<PerPopulation<TokenSpread>> spread() {
        return isEachOnce ? Optional.of(counted.map(builder -> builder.build().spread())) : Optional.empty();
    }
}
