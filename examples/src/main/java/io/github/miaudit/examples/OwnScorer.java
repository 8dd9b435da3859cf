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
import java.util.stream.Stream;

/**
 * A model of one's own: a word is as likely as it is frequent in the texts that were learnt. Audits one that learnt the members
 * against one that learnt the externals. Whoever looks at context asks {@code MaskingRule.rows} what is masked and what scored.
 * Run: {@code OwnScorer [DATASET]}, by default the demonstration's.
 */
public final class OwnScorer implements SequenceScorer {

    private final Map<String, Integer> counts = new TreeMap<>();
    private final int total;
    private final ModelIdentity model;

    OwnScorer(String name, List<Sample> learnt) {
        learnt.stream().flatMap(OwnScorer::words).forEach(word -> counts.merge(word, 1, Integer::sum));
        total = counts.values().stream().mapToInt(Integer::intValue).sum();
        model = new ModelIdentity(name, digest(counts.toString()), digest("words by String.hashCode"), counts.size() + 1, Casing.CASED,
                "float64", LengthPolicy.WINDOW, "word counts");
    }

    public static void main(String[] arguments) {
        Path folder = Path.of(arguments.length > 0 ? arguments[0] : "mia-cli/src/main/resources/io/github/miaudit/cli/demo/dataset");
        AttackDataset data = AttackDataset.readJsonLines(folder);
        try (SequenceScorer target = new OwnScorer("target", data.samples(Population.MEMBERS));
             SequenceScorer reference = new OwnScorer("reference", data.samples(Population.EXTERNALS))) {
            System.out.println(Audit.of(data, target).withReference(reference).run().toText());
        }
    }

    @Override
    public ModelIdentity model() {
        return model;
    }

    @Override
    public Map<MaskingRule, List<SequenceScore>> score(List<Sample> samples, Set<MaskingRule> rules, ScoringListener listener) {
        listener.progressed(new ScoringProgress(model, 0, samples.size(), Duration.ZERO));
        List<SequenceScore> scores = samples.stream().map(this::score).toList();
        listener.progressed(new ScoringProgress(model, samples.size(), samples.size(), Duration.ZERO));
        return rules.stream().collect(Collectors.toMap(rule -> rule, rule -> scores)); // whatever is masked, words are as frequent
    }

    private SequenceScore score(Sample sample) {
        int[] tokens = words(sample).mapToInt(String::hashCode).toArray();
        return new SequenceScore(sample, tokens, words(sample).mapToDouble(this::logLikelihood).toArray());
    }

    /** In nats; words that were never seen count as one word, seen once. */
    private double logLikelihood(String word) {
        return Math.log((counts.getOrDefault(word, 0) + 1.0) / (total + counts.size() + 1));
    }

    private static Stream<String> words(Sample sample) {
        return Stream.of(sample.text().split("\\s+")).filter(word -> !word.isEmpty());
    }

    private static String digest(String text) {
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        // nothing to free
    }
}
