package io.github.miaudit.djl;

import io.github.miaudit.checkpoint.OtherSetting;
import io.github.miaudit.checkpoint.TextPreparation;
import io.github.miaudit.data.Sample;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.UnorderedDigest;
import io.github.miaudit.likelihood.BlankScorer;
import io.github.miaudit.likelihood.LengthPolicy;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.OtherReading;
import io.github.miaudit.likelihood.ProgressCounter;
import io.github.miaudit.likelihood.ScoringListener;
import io.github.miaudit.likelihood.ScoringPlan;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.likelihood.SequenceScorer;
import io.github.miaudit.likelihood.TokenSequence;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Scores sentences with a masked language model as it lies on disk, nothing exported from Python: a Hugging Face
 * folder of the families {@code bert}, {@code roberta}, {@code xlm-roberta}, {@code camembert}, {@code distilbert},
 * {@code electra} (generator), {@code megatron-bert}, {@code roberta-prelayernorm}, {@code xlm-roberta-xl}, {@code albert},
 * {@code ernie}, {@code mpnet}, {@code rembert}, {@code data2vec-text}, {@code xmod}, {@code modernbert}, {@code longformer},
 * {@code big_bird}, {@code deberta-v2}, {@code nomic_bert} and {@code eurobert}. It holds
 * {@code config.json}; weights as {@code model.safetensors} or {@code pytorch_model.bin}, in one file or in shards with
 * an index, in float32, float16, bfloat16 or float64; and {@code tokenizer.json}, or {@code vocab.json} and
 * {@code merges.txt}, or {@code vocab.txt}.
 *
 * <p>Any other model works when it is exported to TorchScript as
 * {@code (input_ids, attention_mask[, token_type_ids]) -> logits} and laid beside its tokenizer as {@code model.pt}, without
 * weights, if {@link MaskedLmOptions#withExportedModels()} says that this program may be run;
 * it then computes the logits of all positions, of which most are thrown away.
 *
 * <p>For each target position i of each row, the log-probability is
 * {@code logit_i[w_i] - logsumexp(logit_i)} in float32, natural logarithm, over the full vocabulary. Content tokens
 * are those that the tokenizer's post-processor did not add; special tokens typed in a text are read as text. Rows of
 * all sentences and rules of a call are packed one behind the other up to the token budget, without padding; memory, but
 * for the scores, is bounded by the budget, which is lowered (and a warning logged) where it runs out all the same.
 * Sentences of the same text are scored once.
 *
 * <p>Thread-safe until closed. On the CPU several threads score at the same time, each with a batch of its own; a GPU computes
 * one batch after the other.
 */
public final class MaskedLmScorer implements SequenceScorer {

    private static final int MOST_OTHER_MASKS = 8;

    private final Path folder;
    private final OpenModel model;
    private final MaskedLmOptions options;
    private final Runnable closing;
    private @Nullable MaskedLmScorer probing; // made when it is asked for

    MaskedLmScorer(Path folder, OpenModel model, MaskedLmOptions options) {
        this(folder, model, options, model::close);
    }

    private MaskedLmScorer(Path folder, OpenModel model, MaskedLmOptions options, Runnable closing) {
        this.folder = folder;
        this.model = model;
        this.options = options;
        this.closing = closing;
    }

    /** Of a model that shares its tokenizer and weights with the one that it was made of. */
    private static MaskedLmScorer sharing(Path folder, OpenModel model, MaskedLmOptions options) {
        return new MaskedLmScorer(folder, model, options, model.devices()::close);
    }

    /**
     * Opens a checkpoint with the default options, to be closed by the caller.
     *
     * @throws InvalidFileException if a file is missing, broken or of an unsupported kind
     */
    public static MaskedLmScorer open(Path folder) {
        return open(folder, MaskedLmOptions.withDefaults());
    }

    /**
     * Opens a checkpoint, to be closed by the caller. A TorchScript file beside weights is never run.
     *
     * @throws InvalidFileException if a file is missing, broken or of an unsupported kind, or is a program that may not be run or
     *                              that calls what no network needs
     * @throws AuditException       if the device is not there or has too little memory, or if a precision is asked for of an
     *                              exported model
     */
    public static MaskedLmScorer open(Path folder, MaskedLmOptions options) {
        return new MaskedLmScorer(folder, OpenModel.open(folder, options, options.readout()), options);
    }

    /**
     * Which model lies in a folder: the {@link ModelIdentity#modelDigest()} that its scores state. Files are read, nothing is loaded.
     *
     * @throws InvalidFileException if a file is missing, broken or of an unsupported kind
     */
    public static String digest(Path folder) {
        return OpenModel.digest(folder);
    }

    /**
     * Which tokenizer lies in a folder: the {@link ModelIdentity#tokenizerDigest()} that scores state. The tokenizer is opened, no weights
     * are loaded.
     *
     * @throws InvalidFileException if a file is missing, broken or of an unsupported kind
     */
    public static String tokenizerDigest(Path folder) {
        try (MaskedLmTokenizer tokenizer = MaskedLmTokenizer.open(folder)) {
            return tokenizer.digest();
        }
    }

    /**
     * Which texts the model of a folder is known to have been trained on, in whatever order: {@link UnorderedDigest#sealed()} of the
     * SHA-256 of each one's UTF-8. Known where {@link MaskedLmTrainer} trained it, by the record beside it; empty elsewhere, which says
     * nothing.
     */
    public static Optional<String> trainingTexts(Path folder) {
        return TrainingRecord.texts(folder);
    }

    @Override
    public ModelIdentity model() {
        return model.identity();
    }

    @Override
    public Map<MaskingRule, List<SequenceScore>> score(List<Sample> samples, Set<MaskingRule> rules, ScoringListener listener) {
        ProgressCounter progress = new ProgressCounter(listener, model(), samples.size());
        Map<MaskingRule, SequenceScore[]> scores = new LinkedHashMap<>();
        rules.forEach(rule -> scores.put(rule, new SequenceScore[samples.size()]));
        Map<String, Integer> places = new HashMap<>(); // of the first sentence of each text
        List<Integer> first = IntStream.range(0, samples.size())
                .filter(place -> places.putIfAbsent(samples.get(place).text(), place) == null).boxed().toList();
        ScoringPass pass = model.newPass();
        RowPacker packer = new RowPacker(model.budget(), pass::add);
        for (int place : first) {
            if (model.tokenizer().isTooLong(samples.get(place))) {
                SequenceScore unread = new SequenceScore(samples.get(place), new int[0], new double[0])
                        .withStatus(SequenceScore.Status.TOO_LONG);
                rules.forEach(rule -> Objects.requireNonNull(scores.get(rule))[place] = unread);
                progress.add(1);
            }
        }
        ReadAhead.forEach(first.stream().filter(place -> !model.tokenizer().isTooLong(samples.get(place))).toList(),
                place -> samples.get(place).text().length(), place -> prepared(samples.get(place), rules, described -> {
                    described.forEach((rule, score) -> Objects.requireNonNull(scores.get(rule))[place] = score);
                    progress.add(1);
                }), sentence -> sentence.start(packer::add));
        packer.flush();
        pass.finish();
        progress.add(samples.size() - places.size());
        Map<MaskingRule, List<SequenceScore>> lists = new LinkedHashMap<>();
        scores.forEach((rule, ofRule) -> lists.put(rule,
                samples.stream().map(sample -> ofRule[Objects.requireNonNull(places.get(sample.text()))].withId(sample.id())).toList()));
        return lists;
    }

    /** {@inheritDoc} It is known where {@link MaskedLmTrainer} trained the model, by the record beside it. */
    @Override
    public boolean isKnownToBeTrainedOn(List<Sample> sentences) {
        return TrainingRecord.tellsOf(folder, sentences);
    }

    /**
     * {@inheritDoc}
     *
     * @throws AuditException if the sentence can't be tokenised
     */
    @Override
    public Optional<List<String>> tokens(Sample sample) {
        return Optional.of(model.tokenizer().surfaces(sample));
    }

    /**
     * How likely candidates are in blanks, by the same model, as long as it is open; thread-safe likewise.
     *
     * <p>The sentence is tokenised with each candidate in its place. The candidate's tokens are those that hold any of its characters, as
     * a token with a space before a name does, and those between them. What the vocabulary lacks is read as the unknown token, so that
     * such candidates may tie. Rows that are equal once masks are in place are passed through once for all candidates of a blank, and of
     * blanks with the same text around them. At a masked token the logits are computed once, and the log-probabilities of all candidates'
     * tokens gathered from them, in float32; their sums are in float64.
     *
     * <p>Where the text around a blank leaves less than an eighth of the model's length to the candidates, it is cut to a window around
     * the blank, as many tokens on either side as there is room for, which is the same for all candidates; not so with
     * {@link LengthPolicy#REJECT}. What is then still longer than the model is refused, and so is a candidate without a token, such as
     * white space.
     *
     * <p>It has a filler too. Of the likeliest tokens at each step, twice as many as the beam is wide and 48 more, those are left out that
     * no text has or that lengthen the word before, so where most are such a beam is narrower than asked for. Text that is cut is cut in
     * the same way.
     */
    public BlankScorer blanks() {
        return new MaskedLmBlanks(model, options.lengthPolicy(), Optional.of(this));
    }

    /**
     * Works out what scoring would take, without scoring but for a few batches that are timed (a few seconds).
     *
     * @throws AuditException if a sentence can't be tokenised
     */
    public ScoringPlan plan(List<Sample> samples, Set<MaskingRule> rules) {
        Calibration calibration = new Calibration();
        RowPacker packer = new RowPacker(model.budget(), calibration::see);
        Set<String> texts = new HashSet<>();
        ReadAhead.forEach(samples.stream().filter(sample -> texts.add(sample.text()) && !model.tokenizer().isTooLong(sample)).toList(),
                sample -> sample.text().length(),
                sample -> new SentenceScoring(sample, views(sample, rules), done -> {
                }), sentence -> sentence.start(packer::add));
        packer.flush();
        ScoringPass pass = model.newPass();
        Duration estimate = calibration.estimate(pass);
        return new ScoringPlan(model(), samples.size(), calibration.rows, calibration.tokens, calibration.batches, estimate);
    }

    /** {@inheritDoc} It tells the vocabulary's moments. */
    @Override
    public synchronized SequenceScorer forProbing() {
        if (options.moments()) {
            return this;
        }
        if (probing == null) {
            probing = sharing(folder, model.with(Readout.MOMENTS), options.withVocabularyMoments());
        }
        return probing;
    }

    /**
     * {@inheritDoc} Other settings of a checkpoint that fit its weights, as {@link OtherSetting#of} has them; other special tokens in the
     * place
     * of masks; and the text without the tokenizer's normalizer or, where it has none, in lower case.
     */
    @Override
    public List<OtherReading> otherReadings() {
        Stream<OtherReading> settings = model.architecture().stream().flatMap(architecture -> OtherSetting.of(architecture).stream())
                .map(setting -> new OtherReading(setting.words(),
                        () -> sharing(folder, model.as(setting.architecture(), options.readout()), options)));
        Stream<OtherReading> masks = Arrays.stream(model.tokenizer().otherSpecialIds(MOST_OTHER_MASKS))
                .mapToObj(id -> new OtherReading("token " + id + " as mask instead of " + model.tokenizer().maskId(),
                        () -> sharing(folder, model.withMask(id, options.readout()), options)));
        Stream<OtherReading> preparations = model.tokenizer().otherPreparations().stream()
                .map(preparation -> new OtherReading(preparation.words(), () -> prepared(preparation)));
        return Stream.of(settings, masks, preparations).flatMap(Function.identity()).toList();
    }

    private MaskedLmScorer prepared(TextPreparation preparation) {
        OpenModel other = model.with(MaskedLmTokenizer.open(folder, preparation), options.readout());
        return new MaskedLmScorer(folder, other, options, other::close);
    }

    @Override
    public synchronized void close() {
        if (probing != null) {
            probing.close();
        }
        closing.run();
    }

    /** A sentence that is planned, with all that will be said of it; on any thread. Who waits is told its scores. */
    private SentenceScoring prepared(Sample sample, Set<MaskingRule> rules, Consumer<Map<MaskingRule, SequenceScore>> finished) {
        Map<MaskingRule, SentenceView> views = views(sample, rules);
        Map<MaskingRule, Description> descriptions = new LinkedHashMap<>();
        views.forEach((rule, view) -> descriptions.put(rule, Description.of(view, model.tokenizer())));
        return new SentenceScoring(sample, views, done -> {
            Map<MaskingRule, SequenceScore> scores = new LinkedHashMap<>();
            descriptions.forEach((rule, description) -> scores.put(rule, description.of(description.status.isScored()
                    ? done.score(rule, options.moments())
                    : new SequenceScore(sample.id(), done.measures(), new int[0], new double[0]))));
            finished.accept(scores);
        });
    }

    private Map<MaskingRule, SentenceView> views(Sample sample, Set<MaskingRule> rules) {
        return model.views(model.tokenizer().tokenise(sample), rules, options.lengthPolicy());
    }

    /** What the reductions and the report need to know of a sentence beside its log-likelihoods. */
    private record Description(int tokenCount, int unknownCount, boolean specialLiteral, SequenceScore.Status status) {

        static Description of(SentenceView view, MaskedLmTokenizer tokenizer) {
            TokenSequence shown = view.shown();
            return new Description(shown.contentCount(), tokenizer.unknownCount(shown), tokenizer.hasSpecialLiteral(shown),
                    shown.contentCount() == 0 ? SequenceScore.Status.EMPTY : view.status());
        }

        SequenceScore of(SequenceScore score) {
            SequenceScore counted = score.withTokenCount(tokenCount).withUnknownCount(unknownCount).withStatus(status);
            return specialLiteral ? counted.withSpecialLiteral() : counted;
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
            tokens += batch.tokenCount();
        }

        private Duration estimate(ScoringPass pass) {
            if (batches == 0) {
                return Duration.ZERO;
            }
            pass.add(kept[0]); // warms up
            pass.finish();
            long start = System.nanoTime();
            long timedTokens = 0;
            for (int place = 0; place < KEPT && kept[place] != null && System.nanoTime() - start < PATIENCE.toNanos(); place++) {
                pass.add(kept[place]);
                timedTokens += kept[place].tokenCount();
            }
            pass.finish();
            return Duration.ofNanos((long) ((System.nanoTime() - start) / (double) timedTokens * tokens));
        }
    }
}
