package io.github.miaudit.likelihood;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Rewriting;
import io.github.miaudit.data.Sample;
import io.github.miaudit.io.AuditException;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One model's scores of a dataset: for each rule and population one score a sentence, in dataset order; possibly of
 * rewritings of the sentences too. Immutable.
 */
public final class ModelScores {

    private final ModelIdentity model;
    private final Map<MaskingRule, Map<Population, List<SequenceScore>>> scores;
    private final Map<Rewriting, Map<MaskingRule, Map<Population, List<List<SequenceScore>>>>> rewritten;

    private ModelScores(ModelIdentity model, Map<MaskingRule, Map<Population, List<SequenceScore>>> scores,
            Map<Rewriting, Map<MaskingRule, Map<Population, List<List<SequenceScore>>>>> rewritten) {
        this.model = model;
        this.scores = Collections.unmodifiableMap(scores);
        this.rewritten = Collections.unmodifiableMap(rewritten);
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
        return new ModelScores(scorer.model(), scores, Map.of());
    }

    /**
     * The scores with those of rewritings of the sentences.
     *
     * @param scorer    the same model
     * @param dataset   the same sentences
     * @param rewriting what to make of each
     * @param rules     the rules to score the rewritings by
     * @param listener  is told of progress
     * @return a copy
     * @throws AuditException as {@link #of}
     */
    public ModelScores withRewritten(SequenceScorer scorer, AttackDataset dataset, Rewriting rewriting, Set<MaskingRule> rules,
            ScoringListener listener) {
        Map<Population, List<List<Sample>>> samples = new EnumMap<>(Population.class);
        Stream.of(Population.values()).forEach(population ->
                samples.put(population, dataset.samples(population).stream().map(rewriting::rewrite).toList()));
        List<Sample> flat = samples.values().stream().flatMap(List::stream).flatMap(List::stream).toList();
        Map<MaskingRule, List<SequenceScore>> all = scorer.score(flat, rules, listener);
        Map<MaskingRule, Map<Population, List<List<SequenceScore>>>> ofRewriting = new LinkedHashMap<>();
        for (MaskingRule rule : rules) {
            Iterator<SequenceScore> paired = requirePaired(scorer, flat, all.get(rule)).iterator();
            Map<Population, List<List<SequenceScore>>> byPopulation = new EnumMap<>(Population.class);
            samples.forEach((population, lists) -> byPopulation.put(population,
                    lists.stream().map(list -> list.stream().map(sample -> paired.next()).toList()).toList()));
            ofRewriting.put(rule, byPopulation);
        }
        Map<Rewriting, Map<MaskingRule, Map<Population, List<List<SequenceScore>>>>> more = new LinkedHashMap<>(rewritten);
        more.put(rewriting, ofRewriting);
        return new ModelScores(model, scores, more);
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

    /**
     * The scores of one population's rewritings by one rule.
     *
     * @param rewriting  what was made of each sentence
     * @param rule       the rule
     * @param population the population
     * @return for each sentence in dataset order one score a rewriting; none for a sentence without rewritings
     * @throws IllegalArgumentException if that was not scored
     */
    public List<List<SequenceScore>> rewritten(Rewriting rewriting, MaskingRule rule, Population population) {
        if (!rewritten.getOrDefault(rewriting, Map.of()).containsKey(rule)) {
            throw new IllegalArgumentException("model " + model.name() + " was not scored on rewriting " + rewriting.label() + " by rule " + rule.label());
        }
        return rewritten.get(rewriting).get(rule).get(population);
    }

    /** What became of a sentence by each rule and, if there are any, of its rewritings. */
    Stream<SequenceScore.Status> statuses(Population population, int row) {
        Stream<SequenceScore.Status> own = scores.values().stream().map(byPopulation -> byPopulation.get(population).get(row).status());
        Stream<SequenceScore.Status> others = rewritten.values().stream().flatMap(byRule -> byRule.values().stream())
                .map(byPopulation -> byPopulation.get(population).get(row))
                .flatMap(list -> list.isEmpty() ? Stream.of(SequenceScore.Status.NOT_REWRITTEN) : list.stream().map(SequenceScore::status));
        return Stream.concat(own, others);
    }

    ModelScores select(Population population, int[] rows) {
        Map<Rewriting, Map<MaskingRule, Map<Population, List<List<SequenceScore>>>>> kept = new LinkedHashMap<>();
        rewritten.forEach((rewriting, byRule) -> kept.put(rewriting, select(byRule, population, rows)));
        return new ModelScores(model, select(scores, population, rows), kept);
    }

    private static <T> Map<MaskingRule, Map<Population, List<T>>> select(Map<MaskingRule, Map<Population, List<T>>> all, Population population, int[] rows) {
        Map<MaskingRule, Map<Population, List<T>>> selected = new LinkedHashMap<>();
        all.forEach((rule, byPopulation) -> {
            Map<Population, List<T>> copy = new EnumMap<>(byPopulation);
            copy.computeIfPresent(population, (same, list) -> Arrays.stream(rows).mapToObj(list::get).toList());
            selected.put(rule, copy);
        });
        return selected;
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
