package io.github.miaudit.likelihood;

import io.github.miaudit.metrics.CounterRandom;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * A model that likes each candidate, in each sentence, by chance, the same at every call, and some by a number of nats more.
 */
public final class FakeBlankScorer implements BlankScorer {

    /** Whom it likes more. */
    @FunctionalInterface
    public interface Liking {

        /** How many nats more it likes a candidate of a blank. */
        double nats(Blank blank, String candidate);
    }

    private final ModelIdentity model;
    private final Liking liking;
    private final Optional<SequenceScorer> sentences;
    private int calls;
    private int most;

    /**
     * A model.
     *
     * @param name   its name, which its chance depends on
     * @param liking whom it likes more
     */
    public FakeBlankScorer(String name, Liking liking) {
        model = new ModelIdentity(name, "digest-of-" + name, "tokenizer", 1000, Casing.CASED, "float64", LengthPolicy.REJECT, "fake");
        this.liking = liking;
        this.sentences = Optional.empty();
    }

    private FakeBlankScorer(ModelIdentity model, Liking liking, SequenceScorer sentences) {
        this.model = model;
        this.liking = liking;
        this.sentences = Optional.of(sentences);
    }

    /** The same model, which scores sentences too. */
    public FakeBlankScorer withSentences(SequenceScorer scorer) {
        return new FakeBlankScorer(model, liking, scorer);
    }

    @Override
    public Optional<SequenceScorer> sentences() {
        return sentences;
    }

    /** A model that likes what stands there by so many nats more. */
    public static FakeBlankScorer ofTrue(String name, double nats) {
        return new FakeBlankScorer(name, (blank, candidate) -> blank.with(candidate).equals(blank.sample().text()) ? nats : 0);
    }

    @Override
    public ModelIdentity model() {
        return model;
    }

    /** How often it was asked. */
    public int calls() {
        return calls;
    }

    /** The most blanks that it was asked for at once. */
    public int mostAtOnce() {
        return most;
    }

    @Override
    public List<double[]> fill(List<Blank> blanks, BlankReading reading, ScoringListener listener) {
        calls++;
        most = Math.max(most, blanks.size());
        List<double[]> scores = new ArrayList<>();
        for (Blank blank : blanks) {
            scores.add(blank.candidates().stream().mapToDouble(candidate -> chance(blank, candidate) + liking.nats(blank, candidate))
                    .toArray());
        }
        return scores;
    }

    /** Of mean 0 and deviation 1. */
    private double chance(Blank blank, String candidate) {
        CRC32 seed = new CRC32();
        seed.update((model.name() + blank.sample().id() + "|" + blank.start() + "|" + candidate).getBytes(StandardCharsets.UTF_8));
        CounterRandom random = new CounterRandom(seed.getValue());
        double sum = 0;
        for (int draw = 0; draw < 12; draw++) {
            sum += random.nextInt(1 << 20) / (double) (1 << 20);
        }
        return sum - 6;
    }
}
