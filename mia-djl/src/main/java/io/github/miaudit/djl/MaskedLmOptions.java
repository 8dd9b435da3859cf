package io.github.miaudit.djl;

import ai.djl.Device;
import io.github.miaudit.likelihood.LengthPolicy;
import java.util.Optional;
import java.util.OptionalInt;

/** How a {@link MaskedLmScorer} computes. Immutable; {@code with…} returns a copy. */
public final class MaskedLmOptions {

    private static final int USUAL_BUDGET = 2048;
    private static final int USUAL_BUDGET_ON_GPU = 32_768;
    private static final MaskedLmOptions DEFAULTS = new MaskedLmOptions(ScoringDevice.auto(), Optional.empty(), OptionalInt.empty(), LengthPolicy.WINDOW, false);

    private final ScoringDevice device;
    private final Optional<Precision> precision;
    private final OptionalInt tokenBudget;
    private final LengthPolicy lengthPolicy;
    private final boolean moments;

    private MaskedLmOptions(ScoringDevice device, Optional<Precision> precision, OptionalInt tokenBudget, LengthPolicy lengthPolicy, boolean moments) {
        this.device = device;
        this.precision = precision;
        this.tokenBudget = tokenBudget;
        this.lengthPolicy = lengthPolicy;
        this.moments = moments;
    }

    /**
     * A GPU if there is one; float32 and 2048 tokens a batch on a CPU, half precision and 32768 tokens on a GPU; windows for
     * sentences that are longer than the model.
     */
    public static MaskedLmOptions withDefaults() {
        return DEFAULTS;
    }

    /** The options on another device. */
    public MaskedLmOptions withDevice(ScoringDevice other) {
        return new MaskedLmOptions(other, precision, tokenBudget, lengthPolicy, moments);
    }

    /**
     * The options in another precision. Half precision takes half the memory for weights and hidden states and, on a GPU or a CPU
     * with AMX or AVX-512 BF16, about half the time; benchmarks/README.md says what it does to scores. How rows are packed then
     * changes a token's log-likelihood by up to about 0.1 nats in bfloat16 and 0.02 in float16.
     */
    public MaskedLmOptions withPrecision(Precision other) {
        return new MaskedLmOptions(device, Optional.of(other), tokenBudget, lengthPolicy, moments);
    }

    /**
     * The options with another token budget: how many tokens are passed through the network at once. It bounds the
     * memory of a batch: about 40 KB a token at RoBERTa-base shape in float32, and the logits of up to 1024 scored tokens, of
     * about 10 bytes &times; vocabulary each, with moments 24. A scored token counts as 4, and so does any token of an exported
     * model, which makes logits of all at once. Scores don't depend on it beyond the precision's rounding.
     *
     * @param tokens at least 1; a batch always holds at least one row
     * @throws IllegalArgumentException if it is not at least 1
     */
    public MaskedLmOptions withTokenBudget(int tokens) {
        if (!(tokens >= 1)) {
            throw new IllegalArgumentException("token budget is " + tokens + "; it must be at least 1");
        }
        return new MaskedLmOptions(device, precision, OptionalInt.of(tokens), lengthPolicy, moments);
    }

    /** The options with another way to treat sentences that are longer than the model. */
    public MaskedLmOptions withLengthPolicy(LengthPolicy other) {
        return new MaskedLmOptions(device, precision, tokenBudget, other, moments);
    }

    /** The options with {@link io.github.miaudit.likelihood.SequenceScore#moments()} for every scored token, in the same pass. */
    public MaskedLmOptions withVocabularyMoments() {
        return new MaskedLmOptions(device, precision, tokenBudget, lengthPolicy, true);
    }

    ScoringDevice device() {
        return device;
    }

    Optional<Precision> precision() {
        return precision;
    }

    int tokenBudget(Device on) {
        return tokenBudget.orElse(on.isGpu() ? USUAL_BUDGET_ON_GPU : USUAL_BUDGET);
    }

    LengthPolicy lengthPolicy() {
        return lengthPolicy;
    }

    boolean moments() {
        return moments;
    }
}
