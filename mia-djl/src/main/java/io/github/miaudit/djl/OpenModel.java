package io.github.miaudit.djl;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import io.github.miaudit.checkpoint.Architecture;
import io.github.miaudit.checkpoint.Checkpoint;
import io.github.miaudit.checkpoint.Configuration;
import io.github.miaudit.checkpoint.ModelFolder;
import io.github.miaudit.checkpoint.ProgramFile;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.likelihood.LengthPolicy;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.TokenSequence;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A checkpoint with its tokenizer, ready to pass rows through. Thread-safe until closed.
 *
 * @param architecture as {@code config.json} says; empty of an exported program
 */
record OpenModel(ModelIdentity identity, MaskedLmTokenizer tokenizer, DevicePool devices, OptionalInt maximumLength, OptionalInt paddingId,
        Optional<Architecture> architecture) implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OpenModel.class);
    /** Nobody can tell in which precision somebody else's program computes. */
    private static final String AS_EXPORTED = "as exported";

    /** Opens a folder: its weights or, where there are none and the options allow it, its exported program. */
    static OpenModel open(Path folder, MaskedLmOptions options, Readout readout) {
        Optional<Path> program = exported(folder);
        return program.isPresent() ? openExported(folder, program.get(), options, readout) : openCheckpoint(folder, options, readout);
    }

    /** The digest of what {@link #open} would open; no weights are loaded and no program is run. */
    static String digest(Path folder) {
        return exported(folder).map(file -> ProgramDescription.ofFile(file).digest()).orElseGet(() -> Checkpoint.open(folder).digest());
    }

    /** The program of a folder that holds no weights; where both are, nobody can tell that they compute the same. */
    static Optional<Path> exported(Path folder) {
        Path files = ModelFolder.of(folder).files();
        return Checkpoint.hasWeights(folder) ? Optional.empty() : ProgramFile.in(files);
    }

    /**
     * The tokenizer, the digest, and PyTorch with the weights after it, each on its own thread. What fails is told in the order in which
     * one after the other would.
     */
    private static OpenModel openCheckpoint(Path folder, MaskedLmOptions options, Readout readout) {
        String name = name(folder);
        try (StartUp startUp = new StartUp(name, options.startUpListener())) {
            Checkpoint checkpoint = startUp.now("config.json and list of tensors", () -> Checkpoint.open(folder));
            Architecture architecture = checkpoint.architecture();
            StartUp.Phase<HeadState> head = startUp.begin("PyTorch", () -> HeadState.of(checkpoint), state -> {
            });
            StartUp.Phase<MaskedLmTokenizer> reading = startUp.begin("tokenizer", () -> MaskedLmTokenizer.open(folder),
                    MaskedLmTokenizer::close);
            StartUp.Phase<String> digest = startUp.beginReading("digest of the weights", checkpoint::digest);
            StartUp.Phase<Computing> computing = head.then("devices",
                    state -> startUp.now("devices", () -> Computing.of(options)), found -> {
                    });
            StartUp.Phase<List<ScoringNetwork>> networks = computing.then("weights",
                    found -> networks(name, found.devices(), startUp, "weights and program",
                            device -> ScoringProgram.load(checkpoint, device, found.precision(), readout)),
                    loaded -> loaded.forEach(ScoringNetwork::close));
            if (head.get() == HeadState.FRESH) {
                LOG.warn("{}: the masked-language-model head was never trained, so its scores are noise; mia check-model shows more",
                        folder);
            }
            MaskedLmTokenizer tokenizer = reading.get();
            tokenizer.requireFit(architecture);
            Computing found = computing.get();
            ModelIdentity identity = identity(name, digest.get(), tokenizer, architecture.vocabularySize(), found.precision().label(),
                    options.lengthPolicy(), found.devices());
            TokenBudget budget = new TokenBudget(options.tokenBudget(found.devices().get(0)));
            DevicePool pool = new DevicePool(name, tokenizer.maskId(), budget, networks.get());
            startUp.keep();
            return new OpenModel(identity, tokenizer, pool, OptionalInt.of(architecture.maximumLength()), architecture.paddingId(),
                    Optional.of(architecture));
        }
    }

    private static OpenModel openExported(Path folder, Path file, MaskedLmOptions options, Readout readout) {
        if (!options.exportedModels()) {
            throw new InvalidFileException(file, "is a program, which can do what you can; if you trust whoever made it as you trust a"
                    + " program of his, run it with --trust-program (MaskedLmOptions.withExportedModels())");
        }
        options.precision().ifPresent(precision -> {
            throw new AuditException(
                    file + ": an exported model computes as it was exported; leave the precision " + precision.label() + " out");
        });
        String name = name(folder);
        try (StartUp startUp = new StartUp(name, options.startUpListener())) {
            ProgramDescription program = startUp.now("reading and digest of the program", () -> ProgramDescription.ofFile(file));
            LOG.warn("{}: a program of somebody's is run, SHA-256 {}; compare it with what its maker says", file, program.digest());
            LOG.info("{}: it calls {}", file, String.join(", ", program.operators()));
            StartUp.Phase<MaskedLmTokenizer> reading = startUp.begin("tokenizer", () -> MaskedLmTokenizer.open(folder),
                    MaskedLmTokenizer::close);
            StartUp.Phase<List<Device>> resolving = startUp.begin("PyTorch", () -> options.device().resolve(), found -> {
            });
            MaskedLmTokenizer tokenizer = reading.get();
            ExportedSettings settings = ExportedSettings.read(folder);
            List<Device> devices = resolving.get();
            ModelIdentity identity = identity(name, program.digest(), tokenizer, tokenizer.vocabularySize(), AS_EXPORTED,
                    options.lengthPolicy(), devices);
            // it makes logits of all tokens
            TokenBudget budget = new TokenBudget(Math.max(1, options.tokenBudget(devices.get(0)) / PlannedRow.SCORED_TOKEN_WEIGHT));
            List<ScoringNetwork> networks = networks(name, devices, startUp, "program",
                    device -> ExportedModel.load(file, tokenizer.trialIds(), device, readout));
            startUp.keep();
            return new OpenModel(identity, tokenizer, new DevicePool(name, tokenizer.maskId(), budget, networks), settings.maximumLength(),
                    settings.paddingId(), Optional.empty());
        }
    }

    /** Where and how a checkpoint is computed. */
    private record Computing(List<Device> devices, Precision precision) {

        static Computing of(MaskedLmOptions options) {
            List<Device> devices = options.device().resolve();
            return new Computing(devices, options.precision().orElseGet(() -> Precision.usualOn(devices)));
        }
    }

    /** One a device; a GPU is started before, so that what it costs is told apart. */
    private static List<ScoringNetwork> networks(String model, List<Device> devices, StartUp startUp, String parts,
            Function<Device, ScoringNetwork> loading) {
        List<ScoringNetwork> networks = new ArrayList<>();
        try {
            for (Device device : devices) {
                String label = ScoringDevice.label(List.of(device));
                if (device.isGpu()) {
                    startUp.now("CUDA on " + label, () -> loaded(model, device, ScoringDevice::start));
                }
                networks.add(startUp.now(parts + " on " + label, () -> loaded(model, device, loading)));
            }
            return networks;
        } catch (RuntimeException e) {
            networks.forEach(ScoringNetwork::close);
            throw e;
        }
    }

    private static <T> T loaded(String model, Device device, Function<Device, T> loading) {
        try {
            return loading.apply(device);
        } catch (EngineException e) {
            String label = ScoringDevice.label(List.of(device));
            throw new AuditException(
                    MemoryShortage.isIn(e)
                            ? "model " + model + ": memory ran out when it was loaded on " + label
                                    + "; free memory there, or choose other devices"
                            : "model " + model + " can't be loaded on " + label,
                    e);
        }
    }

    /** What the model is shown of a sentence that it need not see whole. */
    SentenceView view(TokenSequence tokens, LengthPolicy policy) {
        return SentenceView.of(tokens, maximumLength.orElse(Integer.MAX_VALUE), policy);
    }

    /** What each rule is shown of a sentence; rules that are shown the same share it. */
    Map<MaskingRule, SentenceView> views(TokenSequence tokens, Set<MaskingRule> rules, LengthPolicy policy) {
        SentenceView usual = view(tokens, policy);
        Map<MaskingRule, SentenceView> views = new LinkedHashMap<>();
        rules.forEach(rule -> views.put(rule, rule.paddedLength().isEmpty() ? usual : paddedView(tokens, rule)));
        return views;
    }

    private SentenceView paddedView(TokenSequence tokens, MaskingRule rule) {
        int padding = paddingId.orElseThrow(() -> new AuditException(
                "rule " + rule.label() + " pads sentences, which model " + identity.name() + " does not support; choose another rule"));
        return SentenceView.padded(tokens, Math.min(rule.paddedLength().getAsInt(), maximumLength.orElse(Integer.MAX_VALUE)), padding);
    }

    /** The same model with another readout; its pool is to be closed, before this one's. */
    OpenModel with(Readout readout) {
        return new OpenModel(identity, tokenizer, devices.with(readout), maximumLength, paddingId, architecture);
    }

    /** The same weights read as another architecture says; its pool likewise. */
    OpenModel as(Architecture other, Readout readout) {
        return new OpenModel(identity, tokenizer, devices.as(other, readout), OptionalInt.of(other.maximumLength()), other.paddingId(),
                Optional.of(other));
    }

    /** The same model with another token in the place of masks; its pool likewise. */
    OpenModel withMask(int token, Readout readout) {
        return new OpenModel(identity, tokenizer, devices.withMask(token, readout), maximumLength, paddingId, architecture);
    }

    /** The same model with another tokenizer of the same ids; its pool likewise, and that tokenizer. */
    OpenModel with(MaskedLmTokenizer other, Readout readout) {
        return new OpenModel(identity, other, devices.with(readout), maximumLength, paddingId, architecture);
    }

    /** What a batch should hold at most. */
    TokenBudget budget() {
        return devices.budget();
    }

    /** A way to pass batches through. */
    ScoringPass newPass() {
        return new ScoringPass(devices);
    }

    @Override
    public void close() {
        devices.close();
        tokenizer.close();
    }

    private static String name(Path folder) {
        return String.valueOf(folder.toAbsolutePath().normalize().getFileName());
    }

    private static ModelIdentity identity(String name, String digest, MaskedLmTokenizer tokenizer, int vocabularySize, String precision,
            LengthPolicy lengthPolicy, List<Device> devices) {
        return new ModelIdentity(name, digest, tokenizer.digest(),
                vocabularySize, tokenizer.casing(), precision, lengthPolicy, "DJL " + Engine.getDjlVersion() + ", PyTorch "
                        + NativeLibraries.pytorch().getVersion() + ", " + ScoringDevice.label(devices));
    }

    /** What the files beside an exported model say of it: the longest input and the padding token, where one states them. */
    private record ExportedSettings(OptionalInt maximumLength, OptionalInt paddingId) {

        private static final int NO_LIMIT = 1_000_000; // transformers writes a number far above for "none"

        static ExportedSettings read(Path folder) {
            Optional<Configuration> tokenizer = configuration(folder.resolve("tokenizer_config.json"));
            Optional<Configuration> model = configuration(folder.resolve("config.json"));
            double stated = tokenizer.map(c -> c.number("model_max_length", NO_LIMIT)).orElse((double) NO_LIMIT);
            OptionalInt padding = model.filter(c -> c.has("pad_token_id")).map(c -> OptionalInt.of(c.token("pad_token_id", 0)))
                    .orElse(OptionalInt.empty());
            int positions = model.map(c -> c.size("max_position_embeddings", NO_LIMIT)).orElse(NO_LIMIT);
            int length = (int) Math.min(Math.min(stated, positions), NO_LIMIT);
            return new ExportedSettings(length < NO_LIMIT ? OptionalInt.of(length) : OptionalInt.empty(), padding);
        }

        private static Optional<Configuration> configuration(Path file) {
            return Files.exists(file) ? Optional.of(Configuration.read(file)) : Optional.empty();
        }
    }
}
