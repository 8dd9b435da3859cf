package io.github.miaudit.likelihood;

import io.github.miaudit.AuditException;
import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Sample;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** One model's scores of a dataset: for each rule and population one score a sentence, in dataset order. Immutable. */
public final class ModelScores {

    private final ModelIdentity model;
    private final Map<MaskingRule, Map<Population, List<SequenceScore>>> scores;

    private ModelScores(ModelIdentity model, Map<MaskingRule, Map<Population, List<SequenceScore>>> scores) {
        this.model = model;
        this.scores = Collections.unmodifiableMap(scores);
    }

    /**
     * Scores a dataset with a model.
     *
     * @param scorer   the model
     * @param dataset  the sentences
     * @param rules    the rules to score by
     * @param listener is told of progress
     * @return the scores
     * @throws AuditException as {@link SequenceScorer#score(List, Set, ScoringListener)}, and if the scorer
     *                        returns other sentences than it was given
     */
    public static ModelScores of(SequenceScorer scorer, AttackDataset dataset, Set<MaskingRule> rules, ScoringListener listener) {
        List<Sample> samples = Stream.of(Population.values()).flatMap(population -> dataset.samples(population).stream()).toList();
        Map<MaskingRule, List<SequenceScore>> all = rules.isEmpty() ? Map.of() : scorer.score(samples, rules, listener);
        Map<MaskingRule, Map<Population, List<SequenceScore>>> scores = new LinkedHashMap<>();
        for (MaskingRule rule : rules) {
            Iterator<SequenceScore> paired = requirePaired(scorer, samples, all.get(rule)).iterator();
            Map<Population, List<SequenceScore>> byPopulation = new EnumMap<>(Population.class);
            for (Population population : Population.values()) {
                byPopulation.put(population, dataset.samples(population).stream().map(sample -> paired.next()).toList());
            }
            scores.put(rule, byPopulation);
        }
        return new ModelScores(scorer.model(), scores);
    }

    /**
     * The model that made the scores.
     *
     * @return its identity
     */
    public ModelIdentity model() {
        return model;
    }

    /**
     * The rules that were scored, in order.
     *
     * @return an unmodifiable set
     */
    public Set<MaskingRule> rules() {
        return scores.keySet();
    }

    /**
     * The scores of one population by one rule.
     *
     * @param rule       the rule
     * @param population the population
     * @return one score a sentence, in dataset order
     * @throws IllegalArgumentException if the rule was not scored
     */
    public List<SequenceScore> scores(MaskingRule rule, Population population) {
        if (!scores.containsKey(rule)) {
            throw new IllegalArgumentException("model " + model.name() + " was not scored by rule " + rule.label()
                    + ", only by " + scores.keySet().stream().map(MaskingRule::label).toList());
        }
        return scores.get(rule).get(population);
    }

    ModelScores map(Population population, UnaryOperator<List<SequenceScore>> change) {
        Map<MaskingRule, Map<Population, List<SequenceScore>>> changed = new LinkedHashMap<>();
        scores.forEach((rule, byPopulation) -> {
            Map<Population, List<SequenceScore>> copy = new EnumMap<>(byPopulation);
            copy.computeIfPresent(population, (same, list) -> change.apply(list));
            changed.put(rule, copy);
        });
        return new ModelScores(model, changed);
    }

    // A scorer that mixes up sentences would mis-pair target and reference without anybody noticing.
    private static List<SequenceScore> requirePaired(SequenceScorer scorer, List<Sample> samples, List<SequenceScore> scores) {
        if (scores == null) {
            throw new AuditException("model " + scorer.model().name() + " returned no scores for a rule that it was asked for");
        }
        if (scores.size() != samples.size()) {
            throw new AuditException("model " + scorer.model().name() + " returned " + scores.size() + " scores for "
                    + samples.size() + " sentences; a scorer must return one each");
        }
        for (int row = 0; row < samples.size(); row++) {
            if (!scores.get(row).id().equals(samples.get(row).id())) {
                throw new AuditException("model " + scorer.model().name() + " returned sentence " + scores.get(row).id()
                        + " in the place of sentence " + samples.get(row).id() + "; a scorer must keep the order");
            }
        }
        return scores;
    }
}
