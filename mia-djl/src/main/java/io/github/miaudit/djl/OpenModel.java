package io.github.miaudit.djl;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import io.github.miaudit.AuditException;
import io.github.miaudit.InvalidFileException;
import io.github.miaudit.data.Sha256;
import io.github.miaudit.likelihood.LengthPolicy;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.TokenSequence;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/** A checkpoint with its tokenizer, ready to pass rows through. Thread-safe until closed. */
final class OpenModel implements AutoCloseable {

    private final ModelIdentity identity;
    private final MaskedLmTokenizer tokenizer;
    private final ScoringNetwork network;
    private final OptionalInt maximumLength;
    private final OptionalInt paddingId;
    private final TokenBudget budget;

    private OpenModel(ModelIdentity identity, MaskedLmTokenizer tokenizer, ScoringNetwork network,
            OptionalInt maximumLength, OptionalInt paddingId, TokenBudget budget) {
        this.identity = identity;
        this.tokenizer = tokenizer;
        this.network = network;
        this.maximumLength = maximumLength;
        this.paddingId = paddingId;
        this.budget = budget;
    }

    /**
     * Opens a folder. Weights win over a TorchScript file beside them unless their family is not supported.
     *
     * @param readout what to compute of each scored token
     */
    static OpenModel open(Path folder, MaskedLmOptions options, Readout readout) {
        if (!Files.isDirectory(folder)) {
            throw new InvalidFileException(folder, "is no folder; expected a checkpoint with config.json, weights and a tokenizer");
        }
        Path exported = ExportedModel.fileIn(folder);
        boolean supported = exported == null || WeightFiles.areIn(folder)
                && Architecture.isSupported(Configuration.read(folder.resolve("config.json")).modelType());
        return supported ? openCheckpoint(folder, options, readout) : openExported(folder, exported, options, readout);
    }

    private static OpenModel openCheckpoint(Path folder, MaskedLmOptions options, Readout readout) {
        Checkpoint checkpoint = Checkpoint.open(folder);
        Architecture architecture = checkpoint.architecture();
        MaskedLmTokenizer tokenizer = MaskedLmTokenizer.open(folder);
        try {
            tokenizer.requireFit(architecture);
            ModelIdentity model = identity(folder, checkpoint.digest(), tokenizer, architecture.vocabularySize(), options);
            return new OpenModel(model, tokenizer, ScoringProgram.load(checkpoint, options.device(), readout),
                    OptionalInt.of(architecture.maximumLength()), architecture.paddingId(), new TokenBudget(options.tokenBudget()));
        } catch (RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    private static OpenModel openExported(Path folder, Path file, MaskedLmOptions options, Readout readout) {
        ModelFile.requireInItsFolder(file);
        MaskedLmTokenizer tokenizer = MaskedLmTokenizer.open(folder);
        try {
            ExportedSettings settings = ExportedSettings.read(folder);
            ModelIdentity model = identity(folder, Sha256.ofFiles(file), tokenizer, tokenizer.vocabularySize(), options);
            return new OpenModel(model, tokenizer, ExportedModel.load(file, tokenizer.trialIds(), options.device(), readout),
                    settings.maximumLength(), settings.paddingId(), new TokenBudget(options.tokenBudget()));
        } catch (RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    ModelIdentity identity() {
        return identity;
    }

    MaskedLmTokenizer tokenizer() {
        return tokenizer;
    }

    /** What the model is shown of a sentence that it need not see whole. */
    SentenceView view(TokenSequence tokens, LengthPolicy policy) {
        return SentenceView.of(tokens, maximumLength.orElse(Integer.MAX_VALUE), policy);
    }

    /** What the model is shown of a sentence that is cut or padded to a length; empty if it knows no padding. */
    Optional<SentenceView> paddedView(TokenSequence tokens, int length) {
        return paddingId.isEmpty() ? Optional.empty()
                : Optional.of(SentenceView.padded(tokens, Math.min(length, maximumLength.orElse(Integer.MAX_VALUE)), paddingId.getAsInt()));
    }

    /** What a batch should hold at most. */
    TokenBudget budget() {
        return budget;
    }

    /** Passes a batch through the network and hands the values to its rows; by halves where memory runs out. */
    void pass(RowBatch batch) {
        if (batch.size() > 1 && batch.weight() > budget.tokens()) { // lowered since it was packed
            batch.halves().forEach(this::pass);
            return;
        }
        Optional<float[]> values = values(batch);
        if (values.isPresent()) {
            batch.accept(values.get());
        } else {
            budget.lowerBelow(batch.weight(), identity.name());
            batch.halves().forEach(this::pass);
        }
    }

    /** As {@link ScoringNetwork#values}; nothing if memory ran out on several rows. */
    private Optional<float[]> values(RowBatch batch) {
        try {
            return Optional.of(network.values(batch, tokenizer.maskId()));
        } catch (EngineException e) {
            if (!MemoryShortage.isIn(e)) {
                throw new AuditException("model " + identity.name() + " failed on " + batch.size() + " rows of " + batch.length() + " tokens", e);
            }
            if (batch.size() == 1) {
                throw new AuditException("sentence " + batch.firstSentence() + ": memory ran out on a single row of " + batch.length() + " tokens, of which model "
                        + identity.name() + " scores " + batch.targetsPerRow() + " at once; free memory, give the process more, or choose a device that has it", e);
            }
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        network.close();
        tokenizer.close();
    }

    private static ModelIdentity identity(Path folder, String digest, MaskedLmTokenizer tokenizer, int vocabularySize, MaskedLmOptions options) {
        Device device = options.device().resolve();
        String name = device.isGpu() ? "gpu:" + device.getDeviceId() : device.getDeviceType();
        return new ModelIdentity(String.valueOf(folder.toAbsolutePath().normalize().getFileName()), digest, tokenizer.digest(),
                vocabularySize, tokenizer.casing(), "float32", options.lengthPolicy(),
                "DJL " + Engine.getDjlVersion() + ", PyTorch " + NativeLibraries.pytorch().getVersion() + ", " + name);
    }

    /**
     * What the files beside an exported model say of it.
     *
     * @param maximumLength the longest input, if any file states one
     * @param paddingId     the padding token, if config.json states it
     */
    private record ExportedSettings(OptionalInt maximumLength, OptionalInt paddingId) {

        private static final int NO_LIMIT = 1_000_000; // transformers writes a number far above for "none"

        static ExportedSettings read(Path folder) {
            Optional<Configuration> tokenizer = configuration(folder.resolve("tokenizer_config.json"));
            Optional<Configuration> model = configuration(folder.resolve("config.json"));
            double stated = tokenizer.map(c -> c.number("model_max_length", NO_LIMIT)).orElse((double) NO_LIMIT);
            OptionalInt padding = model.filter(c -> c.has("pad_token_id")).map(c -> OptionalInt.of(c.token("pad_token_id", 0))).orElse(OptionalInt.empty());
            int positions = model.map(c -> c.size("max_position_embeddings", NO_LIMIT)).orElse(NO_LIMIT);
            int length = (int) Math.min(Math.min(stated, positions), NO_LIMIT);
            return new ExportedSettings(length < NO_LIMIT ? OptionalInt.of(length) : OptionalInt.empty(), padding);
        }

        private static Optional<Configuration> configuration(Path file) {
            return Files.exists(file) ? Optional.of(Configuration.read(file)) : Optional.empty();
        }
    }
}
