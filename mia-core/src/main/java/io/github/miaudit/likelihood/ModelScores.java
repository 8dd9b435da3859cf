package io.github.miaudit.likelihood;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.PerPopulation;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Rewriting;
import io.github.miaudit.data.Sample;
import io.github.miaudit.io.AuditException;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One model's scores of a dataset: for each rule and population one score a sentence, in dataset order; possibly of
 * rewritings of the sentences too. Immutable.
 */
public final class ModelScores {

    private final ModelIdentity model;
    private final Map<MaskingRule, PerPopulation<List<SequenceScore>>> scores;
    private final Map<Rewriting, Map<MaskingRule, PerPopulation<List<List<SequenceScore>>>>> rewritten;
    /** By rules whose tokens are not kept, but were counted. */
    private final Map<MaskingRule, PerPopulation<TokenFrequencies>> counted;
    /** By rules of which neither is known. */
    private final Map<MaskingRule, PerPopulation<TokenSpread>> spreads;
    private final Optional<ModelProbe> probe;

    private ModelScores(ModelIdentity model, Map<MaskingRule, PerPopulation<List<SequenceScore>>> scores,
            Map<Rewriting, Map<MaskingRule, PerPopulation<List<List<SequenceScore>>>>> rewritten,
            Map<MaskingRule, PerPopulation<TokenFrequencies>> counted, Map<MaskingRule, PerPopulation<TokenSpread>> spreads,
            Optional<ModelProbe> probe) {
        this.model = model;
        this.scores = Collections.unmodifiableMap(scores);
        this.rewritten = Collections.unmodifiableMap(rewritten);
        this.counted = Map.copyOf(counted);
        this.spreads = Map.copyOf(spreads);
        this.probe = probe;
    }

    /**
     * Scores a dataset with a model.
     *
     * @param scorer   the model
     * @param dataset  the sentences
     * @param rules    the rules to score by
     * @param listener is told of progress
     * @throws AuditException as {@link SequenceScorer#score(List, Set, ScoringListener)}, if the scorer
     *                        returns other sentences than it was given, and if most of its scores are above 0, as losses are
     */
    public static ModelScores of(SequenceScorer scorer, AttackDataset dataset, Set<MaskingRule> rules, ScoringListener listener) {
        PerPopulation<List<Sample>> samples = PerPopulation.of(dataset::samples);
        List<Sample> flat = samples.stream().flatMap(List::stream).toList();
        Map<MaskingRule, List<SequenceScore>> all = rules.isEmpty() ? Map.of() : scorer.score(flat, rules, listener);
        Map<MaskingRule, PerPopulation<List<SequenceScore>>> scores = new LinkedHashMap<>();
        for (MaskingRule rule : rules) {
            Iterator<SequenceScore> paired = requirePaired(scorer, flat, all.get(rule)).iterator();
            scores.put(rule, samples.map(list -> list.stream().map(sample -> paired.next()).toList()));
        }
        ModelScores unshared = new ModelScores(scorer.model(), scores, Map.of(), Map.of(), Map.of(), Optional.empty());
        return unshared.sharing(unshared);
    }

    /**
     * Scores that were made somewhere.
     *
     * @param model     that made them
     * @param sentences of which they are
     * @param columns   the scores by each rule, at least one
     * @throws IllegalArgumentException if there is no column, or one is of another number of sentences
     * @throws AuditException           if most scores of a set are above 0, as losses are
     */
    public static ModelScores of(ModelIdentity model, ScoredSentences sentences, Map<MaskingRule, ScoreColumn> columns) {
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("model " + model.name() + " has scores by no rule; at least one is needed");
        }
        Map<MaskingRule, ScoreColumn> scores = new LinkedHashMap<>();
        columns.forEach((rule, column) -> {
            if (column.size() != sentences.size()) {
                throw new IllegalArgumentException("model " + model.name() + " scored " + column.size() + " sentences by rule "
                        + rule.label() + "; there are " + sentences.size());
            }
            scores.put(rule, column.inOrder(sentences.order()));
        });
        ModelScores made = ofOrdered(model, sentences, scores);
        made.scores.values().forEach(ofRule -> ofRule.stream().forEach(set -> requireLogLikelihoods(model, set)));
        return made;
    }

    /** Of columns that stand in the sentences' order. */
    static ModelScores ofOrdered(ModelIdentity model, ScoredSentences sentences, Map<MaskingRule, ScoreColumn> columns) {
        Map<MaskingRule, PerPopulation<List<SequenceScore>>> scores = new LinkedHashMap<>();
        Map<MaskingRule, PerPopulation<TokenFrequencies>> counted = new HashMap<>();
        columns.forEach((rule, column) -> {
            scores.put(rule, PerPopulation.of(population -> column.of(sentences, population)));
            column.frequencies().ifPresent(frequencies -> counted.put(rule, frequencies));
        });
        return new ModelScores(model, scores, Map.of(), counted, Map.of(), Optional.empty());
    }

    /** The scores with what the model said when it was probed. */
    public ModelScores withProbe(ModelProbe other) {
        return new ModelScores(model, scores, rewritten, counted, spreads, Optional.of(other));
    }

    /** The same scores, of which each holds what the sentence's first score by another model holds too, where it is the same. */
    ModelScores sharing(ModelScores other) {
        if (other.scores.isEmpty()) {
            return this;
        }
        PerPopulation<List<SequenceScore>> first = other.scores.values().iterator().next();
        Map<MaskingRule, PerPopulation<List<SequenceScore>>> shared = new LinkedHashMap<>(scores);
        shared.replaceAll((rule, ofRule) -> PerPopulation.of(population -> {
            Iterator<SequenceScore> others = first.of(population).iterator();
            return ofRule.of(population).stream().map(score -> score.sharing(others.next())).toList();
        }));
        return new ModelScores(model, shared, rewritten, counted, spreads, probe);
    }

    /**
     * The scores with those of rewritings of the sentences.
     *
     * @param scorer    the same model
     * @param dataset   the same sentences
     * @param rewriting what to make of each
     * @param rules     the rules to score the rewritings by
     * @param listener  is told of progress
     * @throws AuditException as {@link #of}
     */
    public ModelScores withRewritten(SequenceScorer scorer, AttackDataset dataset, Rewriting rewriting, Set<MaskingRule> rules,
            ScoringListener listener) {
        PerPopulation<List<List<Sample>>> samples = PerPopulation
                .of(population -> rewriting.rewriteAll(dataset.samples(population)));
        List<Sample> flat = samples.stream().flatMap(List::stream).flatMap(List::stream).toList();
        Map<MaskingRule, List<SequenceScore>> all = scorer.score(flat, rules, listener);
        Map<MaskingRule, PerPopulation<List<List<SequenceScore>>>> ofRewriting = new LinkedHashMap<>();
        for (MaskingRule rule : rules) {
            Iterator<SequenceScore> paired = requirePaired(scorer, flat, all.get(rule)).iterator();
            ofRewriting.put(rule,
                    samples.map(lists -> lists.stream().map(list -> list.stream().map(sample -> paired.next()).toList()).toList()));
        }
        Map<Rewriting, Map<MaskingRule, PerPopulation<List<List<SequenceScore>>>>> more = new LinkedHashMap<>(rewritten);
        more.put(rewriting, ofRewriting);
        return new ModelScores(model, scores, more, counted, spreads, probe);
    }

    /**
     * The scores with what the model says when it is probed.
     *
     * @param scorer  the same model
     * @param dataset the same sentences
     * @throws AuditException           as {@link #of}
     * @throws IllegalArgumentException if there are no scores by any rule
     */
    public ModelScores withProbe(SequenceScorer scorer, AttackDataset dataset) {
        if (scores.isEmpty()) {
            throw new IllegalArgumentException("model " + model.name() + " was scored by no rule; it must be by one to be probed");
        }
        return new ModelScores(model, scores, rewritten, counted, spreads, Optional.of(ModelProbe.of(scorer, dataset, this)));
    }

    /** What the model says when it is probed, if it was. */
    public Optional<ModelProbe> probe() {
        return probe;
    }

    /** The model that made the scores. */
    public ModelIdentity model() {
        return model;
    }

    /** The rules that were scored, in order. */
    public Set<MaskingRule> rules() {
        return scores.keySet();
    }

    /**
     * The rule by which the model itself is judged: the first that shows sentences as long as they are, or the first of all if none does.
     *
     * @throws java.util.NoSuchElementException if no rule was scored
     */
    public MaskingRule mainRule() {
        return scores.keySet().stream().min(Comparator.comparing(rule -> rule.paddedLength().isPresent())).orElseThrow();
    }

    /**
     * The scores of one population by one rule.
     *
     * @return one score a sentence, in dataset order
     * @throws IllegalArgumentException if the rule was not scored
     */
    public List<SequenceScore> scores(MaskingRule rule, Population population) {
        if (!scores.containsKey(rule)) {
            throw new IllegalArgumentException("model " + model.name() + " was not scored by rule " + rule.label() + ", only by "
                    + scores.keySet().stream().map(MaskingRule::label).toList());
        }
        return scores.get(rule).of(population);
    }

    /**
     * How often the sentences of each population that were scored by a rule have each token. Where a sentence's sum alone is kept, those
     * that were left out of the scores later, for what another model made of them, are counted too.
     *
     * @return empty if neither the tokens nor their counts are known
     * @throws IllegalArgumentException if the rule was not scored
     */
    public Optional<PerPopulation<TokenFrequencies>> frequencies(MaskingRule rule) {
        PerPopulation<List<SequenceScore>> sentences = PerPopulation.of(population -> scores(rule, population));
        if (counted.containsKey(rule)) {
            return Optional.of(counted.get(rule));
        }
        Supplier<Stream<SequenceScore>> scored = () -> sentences.stream().flatMap(List::stream).filter(ModelScores::hasScoredToken);
        if (scored.get().findFirst().isEmpty() || !scored.get().allMatch(SequenceScore::hasTokens)) {
            return Optional.empty();
        }
        return Optional.of(sentences.map(list -> {
            TokenFrequencies.Builder frequencies = new TokenFrequencies.Builder();
            list.stream().filter(ModelScores::hasScoredToken).forEach(score -> frequencies.add(score.tokenIds()));
            return frequencies.build();
        }));
    }

    /** The scores with how the tokens spread by rules of which only sums are known. */
    ModelScores withSpreads(Map<MaskingRule, PerPopulation<TokenSpread>> others) {
        return new ModelScores(model, scores, rewritten, counted, others, probe);
    }

    /**
     * How the tokens of the sentences of each population that were scored by a rule spread, as far as it is known.
     *
     * @throws IllegalArgumentException if the rule was not scored
     */
    public Optional<PerPopulation<TokenSpread>> spread(MaskingRule rule) {
        return frequencies(rule).map(known -> known.map(TokenFrequencies::spread)).or(() -> Optional.ofNullable(spreads.get(rule)));
    }

    static boolean hasScoredToken(SequenceScore score) {
        return score.status().isScored() && score.tokenCount() > 0;
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
        PerPopulation<List<List<SequenceScore>>> scored = rewritten.getOrDefault(rewriting, Map.of()).get(rule);
        if (scored == null) {
            throw new IllegalArgumentException(
                    "model " + model.name() + " was not scored on rewriting " + rewriting.label() + " by rule " + rule.label());
        }
        return scored.of(population);
    }

    /** What became of a sentence by each rule and, if there are any, of its rewritings. */
    Stream<SequenceScore.Status> statuses(Population population, int row) {
        Stream<SequenceScore.Status> own = scores.values().stream().map(byPopulation -> byPopulation.of(population).get(row).status());
        Stream<SequenceScore.Status> others = rewritten.values().stream().flatMap(byRule -> byRule.values().stream())
                .map(byPopulation -> byPopulation.of(population).get(row))
                .flatMap(list -> list.isEmpty() ? Stream.of(SequenceScore.Status.NOT_REWRITTEN) : list.stream().map(SequenceScore::status));
        return Stream.concat(own, others);
    }

    /** Adds the rows that were not scored by some rule, or of which a rewriting was not. */
    void addUnscored(Population population, BitSet rows) {
        scores.values().forEach(byPopulation -> {
            List<SequenceScore> list = byPopulation.of(population);
            for (int row = 0; row < list.size(); row++) {
                SequenceScore.Status status = list instanceof ScoreColumn.View column ? column.status(row) : list.get(row).status();
                if (!status.isScored()) {
                    rows.set(row);
                }
            }
        });
        rewritten.values().stream().flatMap(byRule -> byRule.values().stream()).map(lists -> lists.of(population)).forEach(lists -> {
            for (int row = 0; row < lists.size(); row++) {
                if (lists.get(row).isEmpty() || !lists.get(row).stream().allMatch(score -> score.status().isScored())) {
                    rows.set(row);
                }
            }
        });
    }

    ModelScores select(PerPopulation<int[]> rows) {
        Map<Rewriting, Map<MaskingRule, PerPopulation<List<List<SequenceScore>>>>> kept = new LinkedHashMap<>(); // keeps the order
        rewritten.forEach((rewriting, byRule) -> kept.put(rewriting, select(byRule, rows)));
        return new ModelScores(model, select(scores, rows), kept, counted, spreads, probe);
    }

    private static <T> Map<MaskingRule, PerPopulation<List<T>>> select(Map<MaskingRule, PerPopulation<List<T>>> all,
            PerPopulation<int[]> rows) {
        Map<MaskingRule, PerPopulation<List<T>>> selected = new LinkedHashMap<>(all);
        selected.replaceAll((rule, lists) -> select(lists, rows));
        return selected;
    }

    static <T> PerPopulation<List<T>> select(PerPopulation<List<T>> lists, PerPopulation<int[]> rows) {
        return PerPopulation.of(population -> select(lists.of(population), rows.of(population)));
    }

    /** Some of a list, in ascending order; the list itself if it is all of it. */
    static <T> List<T> select(List<T> list, int[] rows) {
        return rows.length == list.size() ? list : new ScoredSentences.Range<>(0, rows.length) {
            @Override
            T at(int place) {
                return list.get(rows[place]);
            }
        };
    }

    // A scorer that mixes up sentences would mis-pair target and reference without anybody noticing.
    static List<SequenceScore> requirePaired(SequenceScorer scorer, List<Sample> samples,
            @Nullable List<SequenceScore> scores) {
        if (scores == null) {
            throw new AuditException("model " + scorer.model().name() + " returned no scores for a rule that it was asked for");
        }
        if (scores.size() != samples.size()) {
            throw new AuditException("model " + scorer.model().name() + " returned " + scores.size() + " scores for " + samples.size()
                    + " sentences; a scorer must return one each");
        }
        for (int row = 0; row < samples.size(); row++) {
            if (!scores.get(row).id().equals(samples.get(row).id())) {
                throw new AuditException("model " + scorer.model().name() + " returned sentence " + scores.get(row).id()
                        + " in the place of sentence " + samples.get(row).id() + "; a scorer must keep the order");
            }
        }
        requireLogLikelihoods(scorer.model(), scores);
        return scores;
    }

    /** Losses have the other sign, and would turn every answer round: a leak would look like none. */
    private static void requireLogLikelihoods(ModelIdentity model, List<SequenceScore> scores) {
        List<SequenceScore> above = scores.stream().filter(SequenceScore::isAboveZero).toList();
        if (2 * above.size() > scores.size()) {
            throw new AuditException("model " + model.name() + " gives " + above.size() + " of " + scores.size()
                    + " sentences a log-likelihood above 0, such as sentence " + above.get(0).id() + " " + above.get(0).sum()
                    + "; that of a probability is at most 0: if these are losses, swap their sign");
        }
    }
}
