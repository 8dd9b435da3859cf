package io.github.miaudit.benchmarks;

import io.github.miaudit.data.Sample;
import io.github.miaudit.likelihood.Casing;
import io.github.miaudit.likelihood.LengthPolicy;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ScoringListener;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.likelihood.SequenceScorer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A language model that is trained in no time: how often words follow one and two others, smoothed by how often they are at all. */
final class WordModel implements SequenceScorer {

    private static final double[] WEIGHTS = {0.3, 0.3, 0.3}; // of one word, two and three; the rest is spread over all words there are
    private static final double SPREAD = 0.1 / 1e4;

    private final String name;
    /** How often so many words follow each other, by their text; of none, how many words there are. */
    private final Map<String, Integer> counts = new HashMap<>();

    private WordModel(String name) {
        this.name = name;
    }

    static WordModel of(String name, List<String> sentences) {
        WordModel model = new WordModel(name);
        for (String sentence : sentences) {
            String[] words = words(sentence);
            for (int end = 1; end <= words.length; end++) {
                for (int length = 0; length <= Math.min(WEIGHTS.length, end); length++) {
                    model.counts.merge(last(words, end, length), 1, Integer::sum);
                }
            }
        }
        return model;
    }

    private static String[] words(String sentence) {
        return sentence.toLowerCase(Locale.ROOT).split("\\W+");
    }

    private static String last(String[] words, int end, int length) {
        return IntStream.range(end - length, end).mapToObj(place -> words[place]).collect(Collectors.joining(" ", length + " ", ""));
    }

    private double likelihood(String[] words, int end) {
        double probability = SPREAD;
        for (int length = 1; length <= Math.min(WEIGHTS.length, end); length++) {
            int before = counts.getOrDefault(last(words, end - 1, length - 1), 0);
            probability += before == 0 ? 0 : WEIGHTS[length - 1] * counts.getOrDefault(last(words, end, length), 0) / before;
        }
        return Math.log(probability);
    }

    @Override
    public ModelIdentity model() {
        return new ModelIdentity(name, "digest-of-" + name, "words", 10_000, Casing.CASED, "float64", LengthPolicy.REJECT, "counted");
    }

    @Override
    public Map<MaskingRule, List<SequenceScore>> score(List<Sample> samples, Set<MaskingRule> rules, ScoringListener listener) {
        List<SequenceScore> scores = samples.stream().map(sample -> {
            String[] words = words(sample.text());
            return new SequenceScore(sample, Stream.of(words).mapToInt(String::hashCode).toArray(),
                    IntStream.rangeClosed(1, words.length).mapToDouble(end -> likelihood(words, end)).toArray());
        }).toList();
        return rules.stream().collect(Collectors.toMap(rule -> rule, rule -> scores));
    }

    @Override
    public void close() { // nothing to free
    }
}
