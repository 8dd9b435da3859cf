package io.github.miaudit.likelihood;

import io.github.miaudit.io.AuditException;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * How a sentence's token log-likelihoods become one number, in nats per unit: their sum divided by the number of
 * units. Only {@link #MEAN} depends on how a tokenizer cuts the text, so it doesn't compare models with different
 * tokenizers.
 */
public enum Reduction {

    /** The sum: log-likelihood of the whole sentence. */
    SUM("sum", score -> 1),

    /** The sum per token; minicons' default. */
    MEAN("mean", SequenceScore::tokenCount),

    /** The sum per Unicode code point of the text. */
    PER_CHARACTER("per-character", score -> score.measures().characters()),

    /** The sum per word, separated by white space. */
    PER_WORD("per-word", score -> score.measures().words());

    private final String label;
    private final ToIntFunction<SequenceScore> units;

    Reduction(String label, ToIntFunction<SequenceScore> units) {
        this.label = label;
        this.units = units;
    }

    /** The name in options and reports; lower case, such as {@code per-character}. */
    public String label() {
        return label;
    }

    /**
     * Reduces one sentence.
     *
     * @param score a scored sentence
     * @return nats per unit, higher = likelier
     * @throws AuditException if the sentence has no unit to divide by (no token; no word, only white space)
     */
    public double reduce(SequenceScore score) {
        int count = units.applyAsInt(score);
        if (score.tokenCount() == 0 || count == 0) {
            throw new AuditException("sentence " + score.id() + " has nothing to take the " + label + " over (" + score.tokenCount()
                    + " tokens, " + score.measures().words() + " words); leave it out or choose another reduction");
        }
        return score.sum() / count;
    }

    /**
     * Reduces sentences.
     *
     * @param scores scored sentences
     * @return nats per unit, in the same order
     * @throws AuditException as {@link #reduce(SequenceScore)}
     */
    public double[] reduce(List<SequenceScore> scores) {
        return scores.stream().mapToDouble(this::reduce).toArray();
    }
}
