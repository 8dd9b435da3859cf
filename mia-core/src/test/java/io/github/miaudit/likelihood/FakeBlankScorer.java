package io.github.miaudit.likelihood;

import io.github.miaudit.metrics.CounterRandom;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
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
    private final Optional<Function<Blank, List<String>>> writing;
    private int calls;
    private int most;

    /**
     * A model.
     *
     * @param name   its name, which its chance depends on
     * @param liking whom it likes more
     */
    public FakeBlankScorer(String name, Liking liking) {
        this(new ModelIdentity(name, "digest-of-" + name, "tokenizer", 1000, Casing.CASED, "float64", LengthPolicy.REJECT, "fake"), liking,
                Optional.empty(), Optional.empty());
    }

    private FakeBlankScorer(ModelIdentity model, Liking liking, Optional<SequenceScorer> sentences,
            Optional<Function<Blank, List<String>>> writing) {
        this.model = model;
        this.liking = liking;
        this.sentences = sentences;
        this.writing = writing;
    }

    /** The same model, which scores sentences too. */
    public FakeBlankScorer withSentences(SequenceScorer scorer) {
        return new FakeBlankScorer(model, liking, Optional.of(scorer), writing);
    }

    @Override
    public Optional<SequenceScorer> sentences() {
        return sentences;
    }

    /** A model that likes what stands there by so many nats more. */
    public static FakeBlankScorer ofTrue(String name, double nats) {
        return new FakeBlankScorer(name, (blank, candidate) -> blank.with(candidate).equals(blank.sample().text()) ? nats : 0);
    }

    /** The same that would write something in blanks, the likeliest first; nothing where it can't. */
    public FakeBlankScorer writing(Function<Blank, List<String>> texts) {
        return new FakeBlankScorer(model, liking, sentences, Optional.of(texts));
    }

    @Override
    public Optional<BlankFiller> filler() {
        return writing.map(Filler::new);
    }

    /** Writes what it is told to; a word is a token. */
    private final class Filler implements BlankFiller {

        private final Function<Blank, List<String>> texts;

        private Filler(Function<Blank, List<String>> texts) {
            this.texts = texts;
        }

        @Override
        public ModelIdentity model() {
            return model;
        }

        @Override
        public List<Optional<BlankFillings>> fill(List<Blank> blanks, FillingSettings settings, ScoringListener listener) {
            return blanks.stream().map(blank -> {
                List<String> written = texts.apply(blank);
                return written.isEmpty() ? Optional.<BlankFillings>empty()
                        : Optional.of(new BlankFillings(
                                IntStream.range(0, Math.min(written.size(), settings.width()))
                                        .mapToObj(place -> new Filling(reading(written.get(place)), place + 1, -place)).toList(),
                                blank.candidates().stream().map(Filler::reading).toList()));
            }).toList();
        }

        private static Reading reading(String text) {
            return new Reading(text, text.split(" ").length);
        }
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
