package io.github.miaudit.likelihood;

import io.github.miaudit.data.Population;

/**
 * What is meant by the log-likelihood of a sentence: by which rule its tokens are scored, and how they become one number.
 *
 * @param rule      scores the tokens
 * @param reduction makes one number of them
 */
public record LogLikelihood(MaskingRule rule, Reduction reduction) {

    /**
     * The mean over tokens.
     *
     * @param rule scores the tokens
     * @return the mean by that rule
     */
    public static LogLikelihood mean(MaskingRule rule) {
        return new LogLikelihood(rule, Reduction.MEAN);
    }

    /** The log-likelihood by another rule. */
    public LogLikelihood withRule(MaskingRule other) {
        return new LogLikelihood(other, reduction);
    }

    /** The log-likelihood with another reduction. */
    public LogLikelihood withReduction(Reduction other) {
        return new LogLikelihood(rule, other);
    }

    /**
     * What a model says of a population.
     *
     * @param model      scored by the rule
     * @param population the population
     * @return nats per unit, one number a sentence in dataset order, higher = likelier
     * @throws IllegalArgumentException            if the model was not scored by the rule
     * @throws io.github.miaudit.io.AuditException as {@link Reduction#reduce(SequenceScore)}
     */
    public double[] of(ModelScores model, Population population) {
        return reduction.reduce(model.scores(rule, population));
    }

    /** What was computed, for definitions, such as {@code mean of token log-likelihoods by original}. */
    public String label() {
        return reduction.label() + " of token log-likelihoods by " + rule.label();
    }
}
