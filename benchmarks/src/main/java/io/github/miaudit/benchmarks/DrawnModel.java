package io.github.miaudit.benchmarks;

import io.github.miaudit.data.Sample;
import io.github.miaudit.likelihood.Casing;
import io.github.miaudit.likelihood.LengthPolicy;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ScoringListener;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.likelihood.SequenceScorer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A model that draws what it says of a sentence, always the same of the same: words of {@link #sentence} are its tokens, sentences are as
 * likely to all models as they are, and those of members are a little likelier to it.
 *
 * @param remembered by how much, nats a token
 */
record DrawnModel(String name, double remembered) implements SequenceScorer {

    private static final int WORDS = 30_000;
    private static final int FEWEST = 8;
    private static final int MOST = 45;
    private static final double MEAN = -2;
    private static final double HARD = 0.5;
    private static final double NOISE = 0.2;

    /** A sentence of words, of which few are frequent; ids of members begin with m. */
    static Sample sentence(String id, String patient, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        String text = IntStream.range(0, random.nextInt(FEWEST, MOST))
                .mapToObj(word -> "w" + (int) (WORDS * Math.pow(random.nextDouble(), 3))).reduce((all, next) -> all + " " + next)
                .orElseThrow();
        return Sample.of(id, patient, text);
    }

    @Override
    public ModelIdentity model() {
        return new ModelIdentity(name, "digest-of-" + name, "words", WORDS, Casing.CASED, "float64", LengthPolicy.WINDOW, "drawn");
    }

    @Override
    public Map<MaskingRule, List<SequenceScore>> score(List<Sample> samples, Set<MaskingRule> rules, ScoringListener listener) {
        Map<MaskingRule, List<SequenceScore>> scores = new LinkedHashMap<>();
        rules.forEach(rule -> scores.put(rule, samples.stream().map(sample -> score(sample, rule)).toList()));
        return scores;
    }

    private SequenceScore score(Sample sample, MaskingRule rule) {
        int[] tokens = sample.text().isEmpty() ? new int[0]
                : List.of(sample.text().split(" ")).stream().mapToInt(word -> Math.floorMod(number(word), WORDS)).toArray();
        double mean = MEAN + HARD * new SplittableRandom(sample.text().hashCode()).nextGaussian()
                + (sample.id().startsWith("m") ? remembered : 0);
        SplittableRandom noise = new SplittableRandom(31L * (name + rule.label()).hashCode() + sample.text().hashCode());
        return new SequenceScore(sample, tokens, IntStream.range(0, tokens.length)
                .mapToDouble(token -> Math.min(-1e-3, mean + NOISE * noise.nextGaussian())).toArray());
    }

    private static int number(String word) {
        return word.matches("w\\d+") ? Integer.parseInt(word.substring(1)) : word.hashCode();
    }

    @Override
    public void close() { // nothing to free
    }
}
