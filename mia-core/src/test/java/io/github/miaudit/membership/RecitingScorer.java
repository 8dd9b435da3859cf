package io.github.miaudit.membership;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Sample;
import io.github.miaudit.likelihood.FakeScorer;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ModelScores;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.likelihood.ScoringListener;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.likelihood.SequenceScorer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Says of each sentence what it was told to say of that id, whatever the rule: one log-likelihood a token, of which the first has id 0,
 * the next id 1 and so on.
 */
record RecitingScorer(String name, Map<String, double[]> ofIds) implements SequenceScorer {

    /** A table of what target and references say of the sentences of a dataset. */
    static ScoreTable table(AttackDataset dataset, Set<MaskingRule> rules, Map<String, double[]> target,
            List<Map<String, double[]>> references) {
        return ScoreTable.of(dataset, ModelScores.of(new RecitingScorer("target", target), dataset, rules, ScoringListener.NONE),
                IntStream.range(0, references.size()).mapToObj(index -> ModelScores.of(
                        new RecitingScorer("reference " + (index + 1), references.get(index)), dataset, rules, ScoringListener.NONE))
                        .toList());
    }

    @Override
    public ModelIdentity model() {
        return new FakeScorer(name, "t", 0).model();
    }

    @Override
    public Map<MaskingRule, List<SequenceScore>> score(List<Sample> samples, Set<MaskingRule> rules, ScoringListener listener) {
        List<SequenceScore> scores = samples.stream().map(this::score).toList();
        return rules.stream().collect(Collectors.toMap(Function.identity(), rule -> scores));
    }

    private SequenceScore score(Sample sample) {
        double[] values = ofIds.get(sample.id());
        return new SequenceScore(sample, IntStream.range(0, values.length).toArray(), values);
    }

    @Override
    public void close() {
        // holds nothing
    }
}
