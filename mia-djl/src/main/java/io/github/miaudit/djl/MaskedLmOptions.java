package io.github.miaudit.djl;

import io.github.miaudit.likelihood.LengthPolicy;

/** How a {@link MaskedLmScorer} computes. Immutable; {@code with…} returns a copy. */
public final class MaskedLmOptions {

    private static final MaskedLmOptions DEFAULTS = new MaskedLmOptions(ScoringDevice.auto(), 2048, LengthPolicy.WINDOW, false);

    private final ScoringDevice device;
    private final int tokenBudget;
    private final LengthPolicy lengthPolicy;
    private final boolean moments;

    private MaskedLmOptions(ScoringDevice device, int tokenBudget, LengthPolicy lengthPolicy, boolean moments) {
        this.device = device;
        this.tokenBudget = tokenBudget;
        this.lengthPolicy = lengthPolicy;
        this.moments = moments;
    }

    /**
     * A GPU if there is one, 2048 tokens a batch, windows for sentences that are longer than the model.
     *
     * @return the shared default
     */
    public static MaskedLmOptions withDefaults() {
        return DEFAULTS;
    }

    /**
     * The options on another device.
     *
     * @param other the device
     * @return a copy
     */
    public MaskedLmOptions withDevice(ScoringDevice other) {
        return new MaskedLmOptions(other, tokenBudget, lengthPolicy, moments);
    }

    /**
     * The options with another token budget: how many tokens are passed through the network at once. It bounds the
     * memory of a batch (about 40 KB a token at RoBERTa-base shape, and 4 bytes &times; vocabulary for each token
     * that a row scores, of which there are at most a quarter of the budget); scores don't depend on it beyond float
     * noise.
     *
     * @param tokens at least 1; a batch always holds at least one row
     * @return a copy
     * @throws IllegalArgumentException if it is not at least 1
     */
    public MaskedLmOptions withTokenBudget(int tokens) {
        if (!(tokens >= 1)) {
            throw new IllegalArgumentException("token budget is " + tokens + "; it must be at least 1");
        }
        return new MaskedLmOptions(device, tokens, lengthPolicy, moments);
    }

    /**
     * The options with another way to treat sentences that are longer than the model.
     *
     * @param other the policy
     * @return a copy
     */
    public MaskedLmOptions withLengthPolicy(LengthPolicy other) {
        return new MaskedLmOptions(device, tokenBudget, other, moments);
    }

    /**
     * The options with {@link io.github.miaudit.likelihood.SequenceScore#moments()} for every scored token, in the
     * same pass.
     *
     * @return a copy
     */
    public MaskedLmOptions withVocabularyMoments() {
        return new MaskedLmOptions(device, tokenBudget, lengthPolicy, true);
    }

    ScoringDevice device() {
        return device;
    }

    int tokenBudget() {
        return tokenBudget;
    }

    LengthPolicy lengthPolicy() {
        return lengthPolicy;
    }

    boolean moments() {
        return moments;
    }
}
