package io.github.miaudit.djl;

/** How a {@link MaskedLmScorer} computes. Immutable; {@code with…} returns a copy. */
public final class MaskedLmOptions {

    private static final MaskedLmOptions DEFAULTS = new MaskedLmOptions(ScoringDevice.auto(), 2048);

    private final ScoringDevice device;
    private final int tokenBudget;

    private MaskedLmOptions(ScoringDevice device, int tokenBudget) {
        this.device = device;
        this.tokenBudget = tokenBudget;
    }

    /**
     * A GPU if there is one, and 2048 tokens a batch.
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
        return new MaskedLmOptions(other, tokenBudget);
    }

    /**
     * The options with another token budget: how many tokens are passed through the network at once. It bounds the
     * memory of a batch (about 40 KB a token at RoBERTa-base shape); scores don't depend on it beyond float noise.
     *
     * @param tokens at least 1; a batch always holds at least one row
     * @return a copy
     * @throws IllegalArgumentException if it is not at least 1
     */
    public MaskedLmOptions withTokenBudget(int tokens) {
        if (!(tokens >= 1)) {
            throw new IllegalArgumentException("token budget is " + tokens + "; it must be at least 1");
        }
        return new MaskedLmOptions(device, tokens);
    }

    ScoringDevice device() {
        return device;
    }

    int tokenBudget() {
        return tokenBudget;
    }
}
