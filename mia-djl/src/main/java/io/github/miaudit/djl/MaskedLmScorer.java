package io.github.miaudit.djl;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import io.github.miaudit.AuditException;
import io.github.miaudit.InvalidFileException;
import io.github.miaudit.data.Sample;
import io.github.miaudit.data.Sha256;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ScoringListener;
import io.github.miaudit.likelihood.ScoringPlan;
import io.github.miaudit.likelihood.ScoringProgress;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.likelihood.SequenceScorer;
import io.github.miaudit.likelihood.TokenSequence;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Scores sentences with a masked language model as it lies on disk, nothing exported from Python: a Hugging Face
 * folder of the families {@code bert}, {@code roberta}, {@code xlm-roberta}, {@code camembert}, {@code distilbert},
 * {@code electra} (generator) and {@code modernbert}. It holds {@code config.json}; weights as
 * {@code model.safetensors} or {@code pytorch_model.bin}, in one file or in shards with an index, in float32, float16,
 * bfloat16 or float64 (computed in float32); and {@code tokenizer.json}, or {@code vocab.json} and
 * {@code merges.txt}, or {@code vocab.txt}.
 *
 * <p>Any other model works when it is exported to TorchScript as
 * {@code (input_ids, attention_mask[, token_type_ids]) -> logits} and laid beside its tokenizer as {@code model.pt};
 * it then computes the logits of all positions, of which most are thrown away.
 *
 * <p>For each target position i of each row, the log-probability is
 * {@code logit_i[w_i] - logsumexp(logit_i)} in float32, natural logarithm, over the full vocabulary. Content tokens
 * are those that the tokenizer's post-processor did not add; special tokens typed in a text are read as text. Rows of
 * all sentences and rules of a call are packed by exact token length up to the token budget, so there is no padding;
 * memory is bounded by the budget.
 *
 * <p>Thread-safe until closed.
 */
public final class MaskedLmScorer implements SequenceScorer {

    private final ModelIdentity model;
    private final MaskedLmTokenizer tokenizer;
    private final ScoringNetwork network;
    private final OptionalInt maximumLength;
    private final OptionalInt paddingId;
    private final MaskedLmOptions options;

    private MaskedLmScorer(ModelIdentity model, MaskedLmTokenizer tokenizer, ScoringNetwork network,
            OptionalInt maximumLength, OptionalInt paddingId, MaskedLmOptions options) {
        this.model = model;
        this.tokenizer = tokenizer;
        this.network = network;
        this.maximumLength = maximumLength;
        this.paddingId = paddingId;
        this.options = options;
    }

    /**
     * Opens a checkpoint with the default options.
     *
     * @param folder the folder
     * @return the scorer, to be closed by the caller
     * @throws InvalidFileException if a file is missing, broken or of an unsupported kind
     */
    public static MaskedLmScorer open(Path folder) {
        return open(folder, MaskedLmOptions.withDefaults());
    }

    /**
     * Opens a checkpoint. Weights win over a TorchScript file beside them unless their family is not supported.
     *
     * @param folder  the folder
     * @param options device, token budget, length policy
     * @return the scorer, to be closed by the caller
     * @throws InvalidFileException if a file is missing, broken or of an unsupported kind
     * @throws AuditException       if the device is not there
     */
    public static MaskedLmScorer open(Path folder, MaskedLmOptions options) {
        if (!Files.isDirectory(folder)) {
            throw new InvalidFileException(folder, "is no folder; expected a checkpoint with config.json, weights and a tokenizer");
        }
        Path exported = ExportedModel.fileIn(folder);
        boolean supported = exported == null || WeightFiles.areIn(folder)
                && Architecture.isSupported(Configuration.read(folder.resolve("config.json")).modelType());
        return supported ? openCheckpoint(folder, options) : openExported(folder, exported, options);
    }

    private static MaskedLmScorer openCheckpoint(Path folder, MaskedLmOptions options) {
        Checkpoint checkpoint = Checkpoint.open(folder);
        Architecture architecture = checkpoint.architecture();
        MaskedLmTokenizer tokenizer = MaskedLmTokenizer.open(folder);
        try {
            if (tokenizer.vocabularySize() > architecture.vocabularySize()) {
                throw new InvalidFileException(tokenizer.file(), "has token ids up to " + (tokenizer.vocabularySize() - 1)
                        + " but config.json a vocab_size of " + architecture.vocabularySize() + "; the files belong to different models");
            }
            ModelIdentity model = identity(folder, checkpoint.digest(), tokenizer, architecture.vocabularySize(), options);
            return new MaskedLmScorer(model, tokenizer, ScoringProgram.load(checkpoint, options.device(), options.moments()),
                    OptionalInt.of(architecture.maximumLength()), architecture.paddingId(), options);
        } catch (RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    private static MaskedLmScorer openExported(Path folder, Path file, MaskedLmOptions options) {
        MaskedLmTokenizer tokenizer = MaskedLmTokenizer.open(folder);
        try {
            ExportedSettings settings = ExportedSettings.read(folder);
            ModelIdentity model = identity(folder, Sha256.ofFiles(file), tokenizer, tokenizer.vocabularySize(), options);
            return new MaskedLmScorer(model, tokenizer, ExportedModel.load(file, tokenizer.trialIds(), options.device(), options.moments()),
                    settings.maximumLength(), settings.paddingId(), options);
        } catch (RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    @Override
    public ModelIdentity model() {
        return model;
    }

    @Override
    public Map<MaskingRule, List<SequenceScore>> score(List<Sample> samples, Set<MaskingRule> rules, ScoringListener listener) {
        List<TokenSequence> sentences = samples.stream().map(tokenizer::tokenise).toList();
        Progress progress = new Progress(listener, countRows(samples, sentences, rules));
        RowPacker packer = new RowPacker(options.tokenBudget(), batch -> {
            batch.accept(values(batch));
            progress.add(batch.size());
        });
        Map<MaskingRule, SequenceScore[]> scores = new LinkedHashMap<>();
        rules.forEach(rule -> scores.put(rule, new SequenceScore[samples.size()]));
        for (int sentence = 0; sentence < samples.size(); sentence++) {
            int place = sentence;
            Map<MaskingRule, SentenceView> views = views(sentences.get(sentence), rules);
            new SentenceScoring(samples.get(sentence), views, done -> views.forEach((rule, view) ->
                    scores.get(rule)[place] = score(samples.get(place), done, rule, view)))
                    .rows().forEach(packer::add);
        }
        packer.flush();
        Map<MaskingRule, List<SequenceScore>> lists = new LinkedHashMap<>();
        scores.forEach((rule, ofRule) -> lists.put(rule, List.of(ofRule)));
        return lists;
    }

    /**
     * Works out what scoring would take, without scoring but for a few batches that are timed (a few seconds).
     *
     * @param samples the sentences
     * @param rules   what to mask and score
     * @return the plan
     * @throws AuditException if a sentence can't be tokenised
     */
    public ScoringPlan plan(List<Sample> samples, Set<MaskingRule> rules) {
        Calibration calibration = new Calibration();
        RowPacker packer = new RowPacker(options.tokenBudget(), calibration::see);
        for (Sample sample : samples) {
            new SentenceScoring(sample, views(tokenizer.tokenise(sample), rules), done -> { }).rows().forEach(packer::add);
        }
        packer.flush();
        return new ScoringPlan(model, samples.size(), calibration.rows, calibration.tokens, calibration.batches, calibration.estimate(this::values));
    }

    @Override
    public void close() {
        network.close();
        tokenizer.close();
    }

    /** What each rule is shown of a sentence; rules that are shown the same share it. */
    private Map<MaskingRule, SentenceView> views(TokenSequence tokens, Set<MaskingRule> rules) {
        SentenceView usual = SentenceView.of(tokens, maximumLength.orElse(Integer.MAX_VALUE), options.lengthPolicy());
        Map<MaskingRule, SentenceView> views = new LinkedHashMap<>();
        rules.forEach(rule -> views.put(rule, rule.paddedLength().isEmpty() ? usual
                : SentenceView.padded(tokens, Math.min(rule.paddedLength().getAsInt(), maximumLength.orElse(Integer.MAX_VALUE)), paddingId(rule))));
        return views;
    }

    private int paddingId(MaskingRule rule) {
        return paddingId.orElseThrow(() -> new AuditException("rule " + rule.label() + " pads sentences, which model " + model.name()
                + " does not support; choose another rule"));
    }

    /** A rule's score with what the reductions and the report need to know of the sentence. */
    private SequenceScore score(Sample sample, SentenceScoring done, MaskingRule rule, SentenceView view) {
        TokenSequence shown = view.shown();
        SequenceScore score = shown.contentCount() == 0 || !view.status().isScored()
                ? new SequenceScore(sample, new int[0], new double[0])
                : done.score(rule, options.moments());
        SequenceScore described = score.withTokenCount(shown.contentCount()).withUnknownCount(tokenizer.unknownCount(shown));
        if (tokenizer.hasSpecialLiteral(shown)) {
            described = described.withSpecialLiteral();
        }
        return shown.contentCount() == 0 ? described : described.withStatus(view.status());
    }

    private long countRows(List<Sample> samples, List<TokenSequence> sentences, Set<MaskingRule> rules) {
        long rows = 0;
        for (int sentence = 0; sentence < samples.size(); sentence++) {
            rows += new SentenceScoring(samples.get(sentence), views(sentences.get(sentence), rules), done -> { }).rows().size();
        }
        return rows;
    }

    private float[] values(RowBatch batch) {
        try {
            return network.values(batch, tokenizer.maskId());
        } catch (EngineException e) {
            throw new AuditException("model " + model.name() + " failed on " + batch.size() + " rows of " + batch.length()
                    + " tokens; if memory ran out, lower the token budget of " + options.tokenBudget(), e);
        }
    }

    private static ModelIdentity identity(Path folder, String digest, MaskedLmTokenizer tokenizer, int vocabularySize, MaskedLmOptions options) {
        Device device = options.device().resolve();
        String name = device.isGpu() ? "gpu:" + device.getDeviceId() : device.getDeviceType();
        return new ModelIdentity(String.valueOf(folder.toAbsolutePath().normalize().getFileName()), digest, tokenizer.digest(),
                vocabularySize, tokenizer.casing(), "float32", options.lengthPolicy(),
                "DJL " + Engine.getDjlVersion() + ", PyTorch " + Engine.getEngine("PyTorch").getVersion() + ", " + name);
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

    /** Counts rows for a listener. */
    private final class Progress {

        private final ScoringListener listener;
        private final long total;
        private final long start = System.nanoTime();
        private long done;

        private Progress(ScoringListener listener, long total) {
            this.listener = listener;
            this.total = total;
            add(0);
        }

        private void add(int rows) {
            done += rows;
            listener.progressed(new ScoringProgress(model, done, total, Duration.ofNanos(System.nanoTime() - start)));
        }
    }

    /** Counts batches and keeps some, spread over all, to be timed. */
    private static final class Calibration {

        private static final int KEPT = 12;
        private static final Duration PATIENCE = Duration.ofSeconds(5);

        private final RowBatch[] kept = new RowBatch[KEPT];
        private long batches;
        private long rows;
        private long tokens;
        private long every = 1;

        private void see(RowBatch batch) {
            if (batches % every == 0) {
                int place = (int) (batches / every);
                if (place == KEPT) { // keep every other one, and from now on half as often
                    for (int other = 0; other < KEPT / 2; other++) {
                        kept[other] = kept[2 * other];
                    }
                    Arrays.fill(kept, KEPT / 2, KEPT, null);
                    every *= 2;
                    place = KEPT / 2;
                }
                kept[place] = batch;
            }
            batches++;
            rows += batch.size();
            tokens += (long) batch.size() * batch.length();
        }

        private Duration estimate(Consumer<RowBatch> compute) {
            long timedTokens = 0;
            long start = 0;
            for (int place = 0; place < KEPT && kept[place] != null; place++) {
                if (place == 0) {
                    compute.accept(kept[0]); // warms up
                    start = System.nanoTime();
                }
                compute.accept(kept[place]);
                timedTokens += (long) kept[place].size() * kept[place].length();
                if (System.nanoTime() - start > PATIENCE.toNanos()) {
                    break;
                }
            }
            return timedTokens == 0 ? Duration.ZERO : Duration.ofNanos((long) ((System.nanoTime() - start) / (double) timedTokens * tokens));
        }
    }
}
