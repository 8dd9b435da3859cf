package io.github.miaudit.examples;

import io.github.miaudit.Audit;
import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Sample;
import io.github.miaudit.io.Sha256;
import io.github.miaudit.likelihood.Casing;
import io.github.miaudit.likelihood.LengthPolicy;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ScoringListener;
import io.github.miaudit.likelihood.ScoringProgress;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.likelihood.SequenceScorer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A model of one's own, by which words follow each other.
 * Run: {@code OwnScorer [DATASET]}, by default the demonstration's.
 */
public record OwnScorer(ModelIdentity model, Map<String, Long> counts) implements SequenceScorer {

    private static final double UNSEEN = 0.01; // of each pair of words, so often did it stand there too

    static OwnScorer learn(String name, List<Sample> samples) {
        Map<String, Long> counts = samples.stream().flatMap(OwnScorer::pairs).flatMap(pair -> Stream.of(pair[0], pair[0] + " " + pair[1]))
                .collect(Collectors.groupingBy(words -> words, TreeMap::new, Collectors.counting()));
        String hash = Sha256.of(counts.toString().getBytes(StandardCharsets.UTF_8));
        return new OwnScorer(
                new ModelIdentity(name, hash, "words", counts.size() + 1, Casing.CASED, "float64", LengthPolicy.WINDOW, "Java"),
                counts);
    }

    public static void main(String[] arguments) {
        String folder = arguments.length > 0 ? arguments[0] : "mia-cli/src/main/resources/io/github/miaudit/cli/demo/dataset";
        AttackDataset data = AttackDataset.readJsonLines(Path.of(folder));
        System.out.println(Audit.of(data, learn("target", data.samples(Population.MEMBERS)))
                .withReference(learn("reference", data.samples(Population.EXTERNALS))).run().toText());
    }

    @Override
    public Map<MaskingRule, List<SequenceScore>> score(List<Sample> samples, Set<MaskingRule> rules, ScoringListener listener) {
        listener.progressed(new ScoringProgress(model, 0, samples.size(), Duration.ZERO));
        List<SequenceScore> scores = samples.stream().map(sample -> new SequenceScore(sample,
                pairs(sample).mapToInt(pair -> pair[1].hashCode()).toArray(), pairs(sample).mapToDouble(this::logLikelihood).toArray()))
                .toList();
        listener.progressed(new ScoringProgress(model, samples.size(), samples.size(), Duration.ZERO));
        return rules.stream().collect(Collectors.toMap(rule -> rule, rule -> scores)); // whatever is masked: it sees what is left of a word
    }

    /** Of a word after another, in nats. */
    private double logLikelihood(String[] pair) {
        return Math.log((counts.getOrDefault(pair[0] + " " + pair[1], 0L) + UNSEEN)
                / (counts.getOrDefault(pair[0], 0L) + UNSEEN * model.vocabularySize()));
    }

    /** Each word with the one before it, the first with none. */
    private static Stream<String[]> pairs(Sample sample) {
        String[] words = Stream.of(sample.text().split("\\s+")).filter(word -> !word.isEmpty()).toArray(String[]::new);
        return IntStream.range(0, words.length).mapToObj(place -> new String[] {place == 0 ? "" : words[place - 1], words[place]});
    }

    @Override
    public void close() { // nothing to free
    }
}
