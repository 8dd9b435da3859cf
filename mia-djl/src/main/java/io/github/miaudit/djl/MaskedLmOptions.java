package io.github.miaudit.djl;

import ai.djl.Device;
import io.github.miaudit.likelihood.LengthPolicy;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** How a {@link MaskedLmScorer} computes. Immutable; {@code with…} returns a copy. */
public final class MaskedLmOptions {

    private static final int USUAL_BUDGET = 2048;
    private static final int USUAL_BUDGET_ON_GPU = 32_768;
    private static final MaskedLmOptions DEFAULTS = new MaskedLmOptions(new Draft());

    private final Draft options;

    private MaskedLmOptions(Draft options) {
        this.options = options;
    }

    /**
     * A GPU if there is one; float32 and 2048 tokens a batch on a CPU, half precision and 32768 tokens on a GPU; windows for
     * sentences that are longer than the model; no exported models.
     */
    public static MaskedLmOptions withDefaults() {
        return DEFAULTS;
    }

    /** The options on another device. */
    public MaskedLmOptions withDevice(ScoringDevice other) {
        return with(draft -> draft.device = other);
    }

    /**
     * The options in another precision. Half precision takes half the memory for weights and hidden states and, on a GPU or a CPU
     * with AMX or AVX-512 BF16, about half the time; benchmarks/README.md says what it does to scores. How rows are packed then
     * changes a token's log-likelihood by up to about 0.1 nats in bfloat16 and 0.02 in float16.
     */
    public MaskedLmOptions withPrecision(Precision other) {
        return with(draft -> draft.precision = Optional.of(other));
    }

    /**
     * The options with another token budget: how many tokens are passed through the network at once, though always at least one
     * row. It bounds the memory of a batch: about 40 KB a token at RoBERTa-base shape in float32, and the logits of up to 1024
     * scored tokens, of about 10 bytes &times; vocabulary each, with moments 24. A scored token counts as 4, and so does any token
     * of an exported model, which makes logits of all at once. Scores don't depend on it beyond the precision's rounding.
     *
     * @throws IllegalArgumentException if it is not at least 1
     */
    public MaskedLmOptions withTokenBudget(int tokens) {
        Arguments.requireAtLeast("token budget", tokens, 1);
        return with(draft -> draft.tokenBudget = OptionalInt.of(tokens));
    }

    /** The options with another way to treat sentences that are longer than the model. */
    public MaskedLmOptions withLengthPolicy(LengthPolicy other) {
        return with(draft -> draft.lengthPolicy = other);
    }

    /** The options with {@link io.github.miaudit.likelihood.SequenceScore#moments()} for every scored token, in the same pass. */
    public MaskedLmOptions withVocabularyMoments() {
        return with(draft -> draft.moments = true);
    }

    /**
     * The options that allow to run {@code model.pt}, a TorchScript program of whoever made it, where a folder holds no weights.
     * Before it is run, whatever it calls is compared with a list of what networks need; still, take it only from whom you would
     * take a program.
     */
    public MaskedLmOptions withExportedModels() {
        return with(draft -> draft.exportedModels = true);
    }

    /** The options with somebody who is told, phase by phase, what opening a model spends its time on. */
    public MaskedLmOptions withStartUpListener(StartUpListener other) {
        return with(draft -> draft.startUpListener = other);
    }

    ScoringDevice device() {
        return options.device;
    }

    Optional<Precision> precision() {
        return options.precision;
    }

    int tokenBudget(Device on) {
        return options.tokenBudget.orElse(on.isGpu() ? USUAL_BUDGET_ON_GPU : USUAL_BUDGET);
    }

    LengthPolicy lengthPolicy() {
        return options.lengthPolicy;
    }

    boolean moments() {
        return options.moments;
    }

    Readout readout() {
        return options.moments ? Readout.MOMENTS : Readout.PLAIN;
    }

    boolean exportedModels() {
        return options.exportedModels;
    }

    StartUpListener startUpListener() {
        return options.startUpListener;
    }

    private MaskedLmOptions with(Consumer<Draft> change) {
        return new MaskedLmOptions(options.with(change));
    }

    /** The options; changed only before they are anybody's. */
    private static final class Draft implements Cloneable {
        private ScoringDevice device = ScoringDevice.auto();
        private Optional<Precision> precision = Optional.empty();
        private OptionalInt tokenBudget = OptionalInt.empty();
        private LengthPolicy lengthPolicy = LengthPolicy.WINDOW;
        private boolean moments;
        private boolean exportedModels;
        private StartUpListener startUpListener = StartUpListener.NONE;

        private Draft with(Consumer<Draft> change) {
            try {
                Draft copy = (Draft) clone();
                change.accept(copy);
                return copy;
            } catch (CloneNotSupportedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
