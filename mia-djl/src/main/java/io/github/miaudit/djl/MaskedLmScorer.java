package io.github.miaudit.djl;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import io.github.miaudit.AuditException;
import io.github.miaudit.InvalidFileException;
import io.github.miaudit.data.Sample;
import io.github.miaudit.likelihood.MaskedRow;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ScoringListener;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.likelihood.SequenceScorer;
import io.github.miaudit.likelihood.TokenSequence;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Scores sentences with a RoBERTa masked language model from a Hugging Face folder: {@code config.json},
 * {@code model.safetensors} (float32, memory-mapped) and {@code tokenizer.json}; nothing exported from Python.
 *
 * <p>For each target position i of each row, the log-probability is
 * {@code logit_i[w_i] - logsumexp(logit_i)} in float32, natural logarithm, over the full vocabulary. Content tokens
 * are those that the tokenizer's post-processor did not add. Rows of all sentences of a call are packed by exact
 * token length up to the token budget, so there is no padding; memory is bounded by the budget.
 *
 * <p>Thread-safe until closed.
 */
public final class MaskedLmScorer implements SequenceScorer {

    private final ModelIdentity model;
    private final MaskedLmTokenizer tokenizer;
    private final ScoringProgram program;
    private final RobertaConfiguration configuration;
    private final int tokenBudget;

    private MaskedLmScorer(ModelIdentity model, MaskedLmTokenizer tokenizer, ScoringProgram program,
            RobertaConfiguration configuration, int tokenBudget) {
        this.model = model;
        this.tokenizer = tokenizer;
        this.program = program;
        this.configuration = configuration;
        this.tokenBudget = tokenBudget;
    }

    /**
     * Opens a checkpoint with the default options.
     *
     * @param folder the Hugging Face folder
     * @return the scorer, to be closed by the caller
     * @throws InvalidFileException if a file is missing, broken or of an unsupported kind
     */
    public static MaskedLmScorer open(Path folder) {
        return open(folder, MaskedLmOptions.withDefaults());
    }

    /**
     * Opens a checkpoint.
     *
     * @param folder  the Hugging Face folder
     * @param options device and token budget
     * @return the scorer, to be closed by the caller
     * @throws InvalidFileException if a file is missing, broken or of an unsupported kind
     * @throws AuditException       if the device is not there
     */
    public static MaskedLmScorer open(Path folder, MaskedLmOptions options) {
        Checkpoint checkpoint = Checkpoint.open(folder);
        MaskedLmTokenizer tokenizer = MaskedLmTokenizer.open(folder);
        try {
            requireVocabulary(folder, tokenizer, checkpoint.configuration());
            ModelIdentity model = new ModelIdentity(String.valueOf(folder.toAbsolutePath().normalize().getFileName()),
                    checkpoint.digest(), tokenizer.digest(), "float32", engine(options.device()));
            return new MaskedLmScorer(model, tokenizer, ScoringProgram.load(checkpoint, options.device()),
                    checkpoint.configuration(), options.tokenBudget());
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
    public List<SequenceScore> score(List<Sample> samples, MaskingRule rule, ScoringListener listener) {
        List<TokenSequence> sentences = samples.stream().map(this::tokenise).toList();
        double[][] byPosition = new double[sentences.size()][];
        List<List<MaskedRow>> rows = new ArrayList<>(sentences.size());
        for (int sentence = 0; sentence < sentences.size(); sentence++) {
            rows.add(rule.rows(sentences.get(sentence)));
            byPosition[sentence] = new double[sentences.get(sentence).length()];
            Arrays.fill(byPosition[sentence], Double.NaN); // until scored; NaN is refused below
        }
        long total = rows.stream().mapToLong(List::size).sum();
        Progress progress = new Progress(listener, rule, total);
        RowPacker packer = new RowPacker(tokenBudget, batch -> {
            score(batch, samples, byPosition);
            progress.add(batch.size());
        });
        for (int sentence = 0; sentence < sentences.size(); sentence++) {
            for (MaskedRow row : rows.get(sentence)) {
                packer.add(new RowBatch.Row(sentence, sentences.get(sentence), row));
            }
        }
        packer.flush();
        return collect(samples, sentences, byPosition);
    }

    @Override
    public void close() {
        program.close();
        tokenizer.close();
    }

    private TokenSequence tokenise(Sample sample) {
        TokenSequence tokens = tokenizer.tokenise(sample);
        if (tokens.length() > configuration.maximumLength()) {
            throw new AuditException("sentence " + sample.id() + " has " + tokens.length() + " tokens with the special ones, more than"
                    + " the " + configuration.maximumLength() + " that model " + model.name() + " takes; split it or leave it out");
        }
        return tokens;
    }

    private void score(RowBatch batch, List<Sample> samples, double[][] byPosition) {
        float[] values;
        try {
            values = program.logProbabilities(batch, tokenizer.maskId());
        } catch (EngineException e) {
            throw new AuditException("model " + model.name() + " failed on " + batch.size() + " rows of " + batch.length()
                    + " tokens; if memory ran out, lower the token budget of " + tokenBudget, e);
        }
        int next = 0;
        for (RowBatch.Row row : batch.rows()) {
            for (int position : row.mask().targets()) {
                if (!Float.isFinite(values[next])) {
                    throw new AuditException("model " + model.name() + " gives sentence " + samples.get(row.sentence()).id()
                            + " a log-likelihood of " + values[next] + " at token " + position + "; are its weights finite?");
                }
                byPosition[row.sentence()][position] = values[next++];
            }
        }
    }

    private static List<SequenceScore> collect(List<Sample> samples, List<TokenSequence> sentences, double[][] byPosition) {
        List<SequenceScore> scores = new ArrayList<>(samples.size());
        for (int sentence = 0; sentence < samples.size(); sentence++) {
            TokenSequence tokens = sentences.get(sentence);
            double[] values = byPosition[sentence];
            scores.add(new SequenceScore(samples.get(sentence),
                    Arrays.stream(tokens.contentPositions()).map(tokens::id).toArray(),
                    Arrays.stream(tokens.contentPositions()).mapToDouble(position -> values[position]).toArray()));
        }
        return List.copyOf(scores);
    }

    private static void requireVocabulary(Path folder, MaskedLmTokenizer tokenizer, RobertaConfiguration configuration) {
        if (tokenizer.vocabularySize() > configuration.vocabularySize()) {
            throw new InvalidFileException(folder.resolve("tokenizer.json"), "has token ids up to " + (tokenizer.vocabularySize() - 1)
                    + " but config.json a vocab_size of " + configuration.vocabularySize() + "; the files belong to different models");
        }
    }

    private static String engine(ScoringDevice device) {
        Device resolved = device.resolve();
        String name = resolved.isGpu() ? "gpu:" + resolved.getDeviceId() : resolved.getDeviceType();
        return "DJL " + Engine.getDjlVersion() + ", PyTorch " + Engine.getEngine("PyTorch").getVersion() + ", " + name;
    }

    /** Counts rows for a listener. */
    private final class Progress {
        private final ScoringListener listener;
        private final MaskingRule rule;
        private final long total;
        private long done;

        private Progress(ScoringListener listener, MaskingRule rule, long total) {
            this.listener = listener;
            this.rule = rule;
            this.total = total;
            add(0);
        }

        private void add(int rows) {
            done += rows;
            listener.progressed(model, rule, done, total);
        }
    }
}
