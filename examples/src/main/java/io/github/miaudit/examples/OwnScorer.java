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
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A model of one's own: words it learnt are likely, others not. Run: {@code OwnScorer [DATASET]}, by default the demonstration's. */
public record OwnScorer(ModelIdentity model, Set<String> learnt) implements SequenceScorer {

    static OwnScorer learn(String name, List<Sample> samples) {
        Set<String> all = samples.stream().flatMap(OwnScorer::words).collect(Collectors.toCollection(TreeSet::new));
        String hash = Sha256.of(all.toString().getBytes(StandardCharsets.UTF_8));
        return new OwnScorer(new ModelIdentity(name, hash, "words", all.size(), Casing.CASED, "float64", LengthPolicy.WINDOW, "Java"), all);
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
                words(sample).mapToInt(String::hashCode).toArray(),
                words(sample).mapToDouble(word -> Math.log(learnt.contains(word) ? 0.9 : 0.1)).toArray())).toList();
        listener.progressed(new ScoringProgress(model, samples.size(), samples.size(), Duration.ZERO));
        return rules.stream().collect(Collectors.toMap(rule -> rule, rule -> scores)); // whatever is masked: it looks at no context
    }

    private static Stream<String> words(Sample sample) {
        return Stream.of(sample.text().split("\\s+")).filter(word -> !word.isEmpty());
    }

    @Override
    public void close() { // nothing to free
    }
}
