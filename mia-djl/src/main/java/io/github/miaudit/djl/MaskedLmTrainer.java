package io.github.miaudit.djl;

import io.github.miaudit.checkpoint.Architecture;
import io.github.miaudit.data.Sample;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.io.InvalidFileException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Trains a masked language model, from a checkpoint on or from nothing: reference and shadow models from one's own
 * data, without leaving Java. The network is the scorer's own program, run backward, so what is trained is what is
 * scored.
 *
 * <ul>
 * <li>Masks: 15 % of a sentence's content tokens, at least one, are targets, drawn anew in each epoch; 80 % of them are
 *     shown as the mask token, 10 % as a random token of the vocabulary and 10 % as they are (Devlin et al. 2019).
 *     Sentences that are longer than the model are cut into windows as the scorer does, and each token is a target in
 *     one of them.</li>
 * <li>Updates: the loss is the mean over an update's targets, in nats. Each epoch is a fixed number of updates of about
 *     equally many tokens. AdamW (Loshchilov and Hutter 2019; 0.9, 0.999, 1e-8) in float32, with weight decay for
 *     matrices and embeddings alone, not for biases and normalisations; the gradient is clipped by its norm over all
 *     weights; the learning rate rises in a line over the warm-up and then falls in a line towards zero.</li>
 * <li>No dropout: a model that is trained for long learns its sentences by heart sooner than one with it. Train
 *     references as long as a held-out loss falls.</li>
 * </ul>
 *
 * <p>A training writes its state beside the folder-to-be every so many updates, as {@code NAME-training/checkpoint-N}:
 * an ordinary Hugging Face folder with the optimiser's state in it. After a kill, the same call goes on from there and
 * comes to the same weights, bit for bit on the same machine. A state of other settings or other sentences is refused.
 *
 * <p>Immutable; {@code with…} returns a copy. One training at a time in a process, because DJL collects gradients
 * globally. Memory: four times the weights, and all sentences' tokens.
 */
public final class MaskedLmTrainer {

    private final TrainingStart start;
    private final TrainingSettings settings;
    private final List<Sample> heldOut;
    private final TrainingConduct conduct;

    private MaskedLmTrainer(TrainingStart start, TrainingSettings settings, List<Sample> heldOut, TrainingConduct conduct) {
        this.start = start;
        this.settings = settings;
        this.heldOut = heldOut;
        this.conduct = conduct;
    }

    /**
     * A trainer of a new RoBERTa network with random weights: 10 epochs at a learning rate of 0.001, 1024 tokens an update;
     * otherwise as {@link #from}. The tokenizer is in the format of {@code tokenizer.json}, with {@code <mask>} and, at id 1,
     * {@code <pad>}.
     */
    public static MaskedLmTrainer of(NetworkSize size, String tokenizerJson) {
        return new MaskedLmTrainer(new NetworkStart(size, tokenizerJson), TrainingSettings.FROM_NOTHING, List.of(), TrainingConduct.USUAL);
    }

    /**
     * A trainer that goes on from a Hugging Face folder, of any family that {@link MaskedLmScorer} reads as weights: 3 epochs at a
     * learning rate of 0.00005, warm-up over 6 % of the updates, weight decay 0.01, gradients clipped to 1, 4096 tokens an update,
     * seed 1, a checkpoint every 500 updates, on a GPU if there is one. The model's configuration and tokenizer are carried over;
     * of its weights, those of the masked language model. The folder is read when training begins.
     */
    public static MaskedLmTrainer from(Path checkpoint) {
        return new MaskedLmTrainer(new CheckpointStart(checkpoint), TrainingSettings.FROM_CHECKPOINT, List.of(), TrainingConduct.USUAL);
    }

    /**
     * The trainer with a number of passes over the sentences, instead of a number of updates.
     *
     * @throws IllegalArgumentException if it is not at least 1
     */
    public MaskedLmTrainer withEpochs(int number) {
        Arguments.requireAtLeast("epochs", number, 1);
        return with(draft -> draft.length = new TrainingLength(TrainingLength.Unit.EPOCHS, number));
    }

    /**
     * The trainer with a number of updates, instead of a number of passes over the sentences; 0 writes the model as it is at the
     * start.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public MaskedLmTrainer withSteps(int number) {
        Arguments.requireAtLeast("steps", number, 0);
        return with(draft -> draft.length = new TrainingLength(TrainingLength.Unit.STEPS, number));
    }

    /**
     * The trainer with another highest learning rate.
     *
     * @throws IllegalArgumentException if it is not a positive number
     */
    public MaskedLmTrainer withLearningRate(double rate) {
        Arguments.requirePositive("learning rate", rate);
        return with(draft -> draft.learningRate = rate);
    }

    /**
     * The trainer with another warm-up, a share of all updates.
     *
     * @throws IllegalArgumentException if it is not in [0, 1)
     */
    public MaskedLmTrainer withWarmUp(double share) {
        if (!(share >= 0 && share < 1)) {
            throw new IllegalArgumentException("warm-up is " + share + "; it must be a share of the steps in [0, 1)");
        }
        return with(draft -> draft.warmUp = share);
    }

    /**
     * The trainer with another weight decay: a matrix loses this share, times the learning rate, in each update.
     *
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public MaskedLmTrainer withWeightDecay(double decay) {
        if (!(decay >= 0 && decay < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("weight decay is " + decay + "; it must be at least 0");
        }
        return with(draft -> draft.weightDecay = decay);
    }

    /**
     * The trainer with another limit for the gradient's Euclidean norm over all weights; {@link Double#MAX_VALUE} for none.
     *
     * @throws IllegalArgumentException if it is not a positive number
     */
    public MaskedLmTrainer withGradientLimit(double limit) {
        Arguments.requirePositive("gradient limit", limit);
        return with(draft -> draft.gradientLimit = limit);
    }

    /**
     * The trainer with another size of an update: about how many tokens it looks at, special tokens included.
     *
     * @throws IllegalArgumentException if it is not at least 1
     */
    public MaskedLmTrainer withTokensPerStep(int tokens) {
        Arguments.requireAtLeast("tokens per step", tokens, 1);
        return with(draft -> draft.tokensPerStep = tokens);
    }

    /**
     * The trainer with another token budget: how many tokens pass through the network at once, though always at least one sentence.
     * It bounds the memory of a pass (about 1.5 MB a token at RoBERTa-base shape); an update that looks at more takes several
     * passes.
     *
     * @throws IllegalArgumentException if it is not at least 1
     */
    public MaskedLmTrainer withTokenBudget(int tokens) {
        Arguments.requireAtLeast("token budget", tokens, 1);
        return with(draft -> draft.tokenBudget = tokens);
    }

    /**
     * The trainer with another precision of the network and its gradients: {@link Precision#BFLOAT16} takes little more than half the
     * time on a CPU with AVX-512 BF16; what it gains on a GPU has not been measured yet. The weights, which are cast to it in each
     * pass, the optimiser's state, the vocabulary's softmax and the loss stay in float32. float32 unless asked for otherwise, on GPUs
     * too.
     *
     * @throws IllegalArgumentException if it is {@link Precision#FLOAT16}, in which small gradients are zero unless losses are scaled
     */
    public MaskedLmTrainer withPrecision(Precision other) {
        if (other == Precision.FLOAT16) {
            throw new IllegalArgumentException(
                    "precision is float16, in which small gradients vanish; training knows float32 and bfloat16");
        }
        return with(draft -> draft.precision = other);
    }

    /**
     * The trainer with noisy gradients, in the way of DP-SGD though without its promise: {@link GradientNoise} says what is computed, and
     * what is missing. Each sentence is passed through the network alone, so it takes longer, and once the weights more of memory. The
     * gradient limit holds for what the noise has been added to; a listener is told losses without noise and norms with it.
     */
    public MaskedLmTrainer withNoise(GradientNoise noise) {
        return with(draft -> draft.noise = Optional.of(noise));
    }

    /** The trainer with another seed for the first weights of a new network, the order, the masks and the noise. */
    public MaskedLmTrainer withSeed(long other) {
        return with(draft -> draft.seed = other);
    }

    /**
     * The trainer with sentences that it is to measure its loss on and not to learn from, and tell through
     * {@link TrainingListener#heldOutMeasured}. They are masked once, in the same way whatever the seed and the model, so that
     * losses compare.
     */
    public MaskedLmTrainer withHeldOut(List<Sample> sentences) {
        return new MaskedLmTrainer(start, settings, List.copyOf(sentences), conduct);
    }

    /**
     * The trainer with another distance of its checkpoints, in updates. It does not matter to the result.
     *
     * @throws IllegalArgumentException if it is not at least 1
     */
    public MaskedLmTrainer withCheckpointEvery(int steps) {
        Arguments.requireAtLeast("checkpoint every", steps, 1);
        return with(new TrainingConduct(conduct.device(), steps, conduct.listener()));
    }

    /** The trainer on another device. */
    public MaskedLmTrainer withDevice(ScoringDevice other) {
        return with(new TrainingConduct(other, conduct.checkpointEvery(), conduct.listener()));
    }

    /** The trainer with somebody watching. */
    public MaskedLmTrainer withListener(TrainingListener other) {
        return with(new TrainingConduct(conduct.device(), conduct.checkpointEvery(), other));
    }

    /**
     * Trains a model and writes it as a Hugging Face folder: {@code config.json}, {@code model.safetensors} in float32, the
     * tokenizer's files, and {@code training.json}, which says how it was trained and holds digests of the texts. The folder, which
     * does not exist or is empty, appears when all is there. If it is there already, trained in the same way from and on the same,
     * nothing is done; if a training of it was interrupted, that goes on. Sentences without content tokens teach nothing.
     *
     * @throws InvalidFileException if a file of the start is missing, broken or of an unsupported kind, if the folder
     *                              holds something else, if what was interrupted was another training, or if a file can't
     *                              be written
     * @throws AuditException       if a sentence can't be tokenised, none has a token, the loss is no longer finite, or
     *                              another process trains to the same folder
     */
    public void train(List<Sample> sentences, Path folder) {
        TrainingRecord record = TrainingRecord.of(start, settings, sentences, heldOut);
        if (Files.exists(folder.resolve(TrainingRecord.FILE_NAME))) {
            TrainingRecord.read(folder).requireSameAs(record, folder);
            TrainingFolders.removeLeftovers(folder);
            return;
        }
        try (TrainingFolders folders = TrainingFolders.open(folder)) {
            start.writeModelFiles(folders.modelFiles());
            Architecture architecture = Architecture.read(folders.modelFiles());
            try (MaskedLmTokenizer tokenizer = MaskedLmTokenizer.open(folders.modelFiles())) {
                tokenizer.requireFit(architecture);
                TokenMasker masker = new TokenMasker(tokenizer.maskId(), tokenizer.vocabularySize());
                TrainingPlan plan = new TrainingPlan(tokens(sentences, tokenizer, architecture), masker, settings);
                List<TrainingBatch> measured = heldOut.isEmpty() ? List.of()
                        : new TrainingPlan(tokens(heldOut, tokenizer, architecture), masker, settings).heldOut();
                new TrainingRun(folder.toAbsolutePath().normalize().getFileName().toString(), start, settings, record, folders, conduct)
                        .train(architecture, plan, measured);
            }
        }
    }

    long seed() {
        return settings.seed();
    }

    private MaskedLmTrainer with(Consumer<TrainingSettings.Draft> change) {
        return new MaskedLmTrainer(start, settings.with(change), heldOut, conduct);
    }

    private MaskedLmTrainer with(TrainingConduct other) {
        return new MaskedLmTrainer(start, settings, heldOut, other);
    }

    private static List<MaskableTokens> tokens(List<Sample> sentences, MaskedLmTokenizer tokenizer, Architecture architecture) {
        List<MaskableTokens> tokens = sentences.stream()
                .flatMap(sentence -> MaskableTokens.of(tokenizer.tokenise(sentence), architecture.maximumLength()).stream()).toList();
        if (tokens.isEmpty()) {
            throw new AuditException("none of the " + sentences.size() + " sentences has a token to learn from");
        }
        return tokens;
    }
}
