package io.github.miaudit.likelihood;

import io.github.miaudit.data.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * A scorer as a user without DJL may write one: its tokens are the characters, its words are separated by blanks,
 * and the log-likelihood of a target depends on its character, on how many characters its row masks and on a
 * number that stands for the model; it expects -0.5 nats, give or take 2, of any token, and
 * finds those of the words that a probe deals
 * out by chance less likely by 1 nat.
 */
public class FakeScorer implements SequenceScorer {

    private final ModelIdentity model;
    private final double bias;
    private final Predicate<String> biased;

    /**
     * A model.
     *
     * @param name      its name
     * @param tokenizer its tokenizer's digest
     * @param bias      is added to each log-likelihood
     */
    public FakeScorer(String name, String tokenizer, double bias) {
        this(name, tokenizer, bias, text -> true);
    }

    /**
     * A model that finds some sentences likelier.
     *
     * @param name      its name
     * @param tokenizer its tokenizer's digest
     * @param bias      is added to each log-likelihood of those sentences
     * @param biased    whether a text is one of them
     */
    public FakeScorer(String name, String tokenizer, double bias, Predicate<String> biased) {
        this(new ModelIdentity(name, "digest-of-" + name, tokenizer, 0x110000, Casing.CASED, "float64", LengthPolicy.REJECT, "fake"), bias,
                biased);
    }

    private FakeScorer(ModelIdentity model, double bias, Predicate<String> biased) {
        this.model = model;
        this.bias = bias;
        this.biased = biased;
    }

    /**
     * The model as if it computed in another precision.
     *
     * @param precision the name
     * @return a copy
     */
    public FakeScorer withPrecision(String precision) {
        return new FakeScorer(new ModelIdentity(model.name(), model.modelDigest(), model.tokenizerDigest(), model.vocabularySize(),
                model.casing(), precision,
                model.lengthPolicy(), model.engine()), bias, biased);
    }

    /**
     * The same model in a folder of another name.
     *
     * @param name the other name
     * @return a copy
     */
    public FakeScorer withName(String name) {
        return new FakeScorer(new ModelIdentity(name, model.modelDigest(), model.tokenizerDigest(), model.vocabularySize(), model.casing(),
                model.precision(), model.lengthPolicy(), model.engine()), bias, biased);
    }

    @Override
    public ModelIdentity model() {
        return model;
    }

    @Override
    public Map<MaskingRule, List<SequenceScore>> score(List<Sample> samples, Set<MaskingRule> rules, ScoringListener listener) {
        listener.progressed(new ScoringProgress(model, 0, samples.size(), Duration.ZERO));
        Map<MaskingRule, List<SequenceScore>> scores = new LinkedHashMap<>();
        rules.forEach(rule -> scores.put(rule, samples.stream().map(sample -> score(sample, rule)).toList()));
        listener.progressed(new ScoringProgress(model, samples.size(), samples.size(), Duration.ofSeconds(1)));
        return scores;
    }

    @Override
    public void close() {
        // holds nothing
    }

    private SequenceScore score(Sample sample, MaskingRule rule) {
        TokenSequence tokens = tokenise(sample.text());
        TokenSequence shown = rule.paddedLength().isPresent() ? tokens.padded(Math.max(tokens.length(), 64), 0) : tokens;
        TreeMap<Integer, List<Double>> byPosition = new TreeMap<>();
        for (MaskedRow row : rule.rows(shown)) {
            for (int target : row.targets()) {
                byPosition.computeIfAbsent(target, first -> new ArrayList<>())
                        .add((biased.test(sample.text()) ? bias : 0) - 0.01 * shown.id(target) - 0.1 * row.masked().length
                                - (sample.id().startsWith("shuffled-") ? 1 : 0));
            }
        }
        int[] ids = byPosition.entrySet().stream()
                .flatMapToInt(entry -> entry.getValue().stream().mapToInt(value -> shown.id(entry.getKey()))).toArray();
        double[] values = byPosition.values().stream().flatMap(List::stream).mapToDouble(value -> value).toArray();
        double[] means = new double[ids.length];
        double[] deviations = new double[ids.length];
        Arrays.fill(means, -0.5);
        Arrays.fill(deviations, 2);
        return new SequenceScore(sample, ids, values)
                .withTokenCount(tokens.contentCount())
                .withMoments(new SequenceScore.VocabularyMoments(means, deviations));
    }

    /** Characters between a start and an end token. */
    private static TokenSequence tokenise(String text) {
        int[] characters = text.codePoints().toArray();
        int length = characters.length + 2;
        int[] ids = new int[length];
        int[] words = new int[length];
        boolean[] special = new boolean[length];
        special[0] = true;
        special[length - 1] = true;
        words[0] = -1;
        words[length - 1] = -1;
        IntStream.range(0, characters.length).forEach(index -> {
            ids[index + 1] = characters[index];
            words[index + 1] = (int) Arrays.stream(characters, 0, index).filter(character -> character == ' ').count();
        });
        return new TokenSequence(text, ids, words, special);
    }
}
