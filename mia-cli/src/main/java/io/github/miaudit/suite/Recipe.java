package io.github.miaudit.suite;

import io.github.miaudit.data.Sample;
import io.github.miaudit.djl.GradientNoise;
import io.github.miaudit.djl.MaskedLmTrainer;
import io.github.miaudit.djl.ScoringDevice;
import io.github.miaudit.djl.TrainingListener;
import io.github.miaudit.io.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a model is made; one recipe always makes the same model.
 *
 * @param name      of its folder, for people
 * @param start     the model that it goes on from; a new network, with the general model's vocabulary, if there is none
 * @param size      of a new network and its vocabulary
 * @param sentences what it is trained on
 * @param epochs    how often it sees them
 * @param seed      of the order, the masks and the noise
 * @param noise     of the gradients, if any
 */
record Recipe(String name, Optional<Recipe> start, SuiteSize size, List<Sample> sentences, int epochs, long seed,
        Optional<GradientNoise> noise) {

    /** Changes whenever the same recipe makes another model. */
    private static final int VERSION = 1;
    /** Of patients that no seed of a benchmark draws, as those are small numbers. */
    private static final long GENERAL_SEED = 6_000_000_001L;
    private static final long REFERENCE_SEED = 6_000_000_002L;
    private static final int DIGITS = 16;

    /** The general model, which all targets go on from. */
    static Recipe general(SuiteSize size) {
        return fromNothing("general", size, GENERAL_SEED);
    }

    /** The usual reference: made as the general model was, of other patients. */
    static Recipe reference(SuiteSize size) {
        return fromNothing("reference", size, REFERENCE_SEED);
    }

    private static Recipe fromNothing(String name, SuiteSize size, long seed) {
        return new Recipe(name, Optional.empty(), size, generalSentences(size, seed), size.generalEpochs(), seed, Optional.empty());
    }

    private static List<Sample> generalSentences(SuiteSize size, long seed) {
        return SyntheticNotes.sentences(SyntheticNotes.patients(seed, size.generalPatients(), size.sentences()));
    }

    /** A model that goes on from this one. */
    Recipe then(String other, List<Sample> more, int times, long otherSeed) {
        return new Recipe(other, Optional.of(this), size, more, times, otherSeed, Optional.empty());
    }

    /** The recipe with noisy gradients. */
    Recipe with(GradientNoise other) {
        return new Recipe(name, start, size, sentences, epochs, seed, Optional.of(other));
    }

    /** A model made in the same way of other sentences. */
    Recipe of(String other, List<Sample> others) {
        return new Recipe(other, start, size, others, epochs, seed, noise);
    }

    /** The name of the folder: the recipe's, and the start of the digest of all that it says. */
    String folder() {
        return name + "-" + digest().substring(0, DIGITS);
    }

    /** Trains, if it is not done already, from the folder of the start's model. */
    void train(Path startFolder, Path folder, TrainingListener listener) {
        MaskedLmTrainer trainer = trainer(startFolder).withLearningRate(rate()).withTokensPerStep(size.tokensPerStep()).withEpochs(epochs)
                .withSeed(seed).withDevice(ScoringDevice.of("cpu")).withListener(listener);
        noise.map(trainer::withNoise).orElse(trainer).train(sentences, folder);
    }

    private MaskedLmTrainer trainer(Path startFolder) {
        return start.isPresent() ? MaskedLmTrainer.from(startFolder)
                : MaskedLmTrainer.of(size.network(), BytePairEncoding
                        .train(generalSentences(size, GENERAL_SEED).stream().map(Sample::text).toList(), size.vocabulary()));
    }

    /** A general model learns fast; a target slowly enough for few epochs to leave little. */
    private double rate() {
        return start.isPresent() ? 5e-4 : 3e-3;
    }

    private String digest() {
        String texts = sentences.stream().map(Sample::text).collect(Collectors.joining("\n"));
        String noisy = noise.map(some -> "noise " + some.multiplier() + " of " + some.sentenceNorm() + "\n").orElse("");
        String made = noisy
                + String.join("\n", "version " + VERSION, start.map(Recipe::digest).orElse(size.network() + " " + size.vocabulary()),
                        "rate " + rate(), "tokens " + size.tokensPerStep(), "epochs " + epochs, "seed " + seed, texts);
        return Sha256.of(made.getBytes(StandardCharsets.UTF_8));
    }
}
