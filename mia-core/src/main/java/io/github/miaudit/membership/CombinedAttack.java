package io.github.miaudit.membership;

import com.google.auto.service.AutoService;
import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Patient;
import io.github.miaudit.data.PerPopulation;
import io.github.miaudit.data.Population;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.metrics.OneWayCrossFit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Several statistics by several rules in one score, experimental: the log-odds that a sentence is a member by a logistic regression of
 * the members against the non-members. It is the audit's <b>upper estimate</b> of what can be told from log-likelihoods: whoever makes
 * this attack needs sentences of which they know whether they are members, such as some of their own. It learns the direction too, so it
 * tells members that the target finds less likely than others just as well. Needs a reference with the target's tokenizer; of several, the
 * mean of a token's log-likelihoods counts.
 *
 * <p>The features by each rule are the mean of the gaps {@code ll_T,t - ll_R,t} over tokens and their sum, the mean of {@code ll_T,t}, the
 * share of positive gaps, the log of gains over losses, the mean gap weighted by the reference's surprisal, and the least gap. By
 * default the rules are {@code within-word-l2r}, {@code original} and {@code partition}; the ridge penalty is 1 on standardised features,
 * fixed beforehand.
 *
 * <p>No sentence is scored by a fit that saw its patient, and of two patients at most one is scored by a fit that saw the other
 * ({@link OneWayCrossFit}), so that tests may take the scores as they take those of any attack. Intervals of the AUC are of what would be
 * learned from as many other patients, by {@link #refits} without each part of them. A sentence of nobody known is a patient of its own.
 * Externals are dealt like the
 * others and never learned from. Scores don't depend on the order of the sentences nor on what patients are called: patients are dealt in
 * the order of their sentences' ids. Of a set of more than {@value LearnedSentences#MOST} sentences that many are learned from, as evenly
 * of the patients as they have sentences, drawn by a hash of the ids.
 *
 * <p>It would learn whatever tells the sets apart, so a {@link #blindTwin()} stands beside it.
 */
public final class CombinedAttack implements WholeTableAttack {

    private static final CombinedAttack DEFAULTS = new CombinedAttack(
            List.of(MaskingRule.withinWordLeftToRight(), MaskingRule.original(), MaskingRule.partition()), 1, 1, Sight.OF_THE_TARGET);

    /** What is put in the place of the target's log-likelihoods. */
    private enum Sight {
        /** Themselves. */
        OF_THE_TARGET,
        /** What a model would say that finds all tokens of all sentences equally likely: the mean of the reference's. */
        OF_THE_REFERENCE_ALONE
    }

    /**
     * What was learned.
     *
     * @param numbers         of the patients
     * @param inPlaceOfTarget by each rule
     */
    private record Learned(Map<Patient, Integer> numbers, double[] inPlaceOfTarget, OneWayCrossFit fit) {

        double score(double[] features, Patient patient) {
            return fit.score(features, Objects.requireNonNull(numbers.get(patient)));
        }

        Learned without(int... groups) {
            return new Learned(numbers, inPlaceOfTarget, fit.without(groups));
        }
    }

    private final List<MaskingRule> rules;
    private final double penalty;
    private final long seed;
    private final Sight sight;

    private CombinedAttack(List<MaskingRule> rules, double penalty, long seed, Sight sight) {
        this.rules = rules;
        this.penalty = penalty;
        this.seed = seed;
        this.sight = sight;
    }

    /** The attack by the rules {@code within-word-l2r}, {@code original} and {@code partition}, penalty 1, seed 1. */
    public static CombinedAttack withDefaults() {
        return DEFAULTS;
    }

    /**
     * The attack by other rules.
     *
     * @param others at least one; those given twice count once
     * @throws IllegalArgumentException if there is none
     */
    public CombinedAttack withRules(MaskingRule... others) {
        if (others.length == 0) {
            throw new IllegalArgumentException("0 rules; at least 1 is needed");
        }
        return new CombinedAttack(Stream.of(others).distinct().toList(), penalty, seed, sight);
    }

    /**
     * The attack with another penalty; choose it without looking at the data that are evaluated.
     *
     * @param other of half the squares of the coefficients of standardised features, above 0
     * @throws IllegalArgumentException if it is not positive and finite
     */
    public CombinedAttack withPenalty(double other) {
        if (!(other > 0 && other < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("penalty is " + other + "; it must be positive");
        }
        return new CombinedAttack(rules, other, seed, sight);
    }

    /** The attack with patients dealt in another way. */
    public CombinedAttack withSeed(long other) {
        return new CombinedAttack(rules, penalty, other, sight);
    }

    @Override
    public String name() {
        return sight == Sight.OF_THE_TARGET ? "experimental-combined" : "experimental-combined-blind";
    }

    @Override
    public String definition() {
        return "s = log-odds of a logistic regression (ridge penalty " + penalty + ", seed " + seed
                + ") on other patients, standardised; of "
                + Stream.of(TokenFeature.values()).map(TokenFeature::label).collect(Collectors.joining(", ")) + " by "
                + rules.stream().map(MaskingRule::label).collect(Collectors.joining(", "))
                + (sight == Sight.OF_THE_TARGET ? "" : ", with the reference's mean in the place of the target");
    }

    @Override
    public Set<MaskingRule> targetRules() {
        return Collections.unmodifiableSet(new LinkedHashSet<>(rules));
    }

    @Override
    public Set<MaskingRule> referenceRules() {
        return targetRules();
    }

    @Override
    public void requireApplicable(ModelIdentity target, List<ModelIdentity> references) {
        PairedTokens.requireApplicable(name(), 1, target, references);
    }

    /**
     * {@inheritDoc} Always says that it is an upper estimate.
     *
     * @throws AuditException if there are too few patients to learn from
     */
    @Override
    public List<String> caveats(AttackDataset dataset, List<ModelIdentity> references) {
        requireEnough(
                PerPopulation.of(population -> dataset.samples(population).stream().map(sample -> Patient.of(sample.group())).toList()));
        return List
                .of("attack " + name() + " learns from sentences of which it is told whether they are members: it is an upper estimate of"
                        + " what others can tell, who need such sentences too");
    }

    /**
     * The same attack with the target's log-likelihoods left out: in their place stands the mean of the reference's over all tokens, so
     * that all features are of the reference alone. What it tells apart differs in more than membership.
     *
     * @return empty of the twin itself
     */
    @Override
    public Optional<MembershipAttack> blindTwin() {
        return sight == Sight.OF_THE_TARGET ? Optional.of(new CombinedAttack(rules, penalty, seed, Sight.OF_THE_REFERENCE_ALONE))
                : Optional.empty();
    }

    /**
     * {@inheritDoc}
     *
     * @throws AuditException if there are too few patients to learn from, or a reference did not score the tokens of a sentence that the
     *                        target did
     */
    @Override
    public PerPopulation<double[]> membershipScores(ScoreTable table) {
        Learned learned = learn(table);
        return PerPopulation.of(population -> {
            List<Patient> patients = table.patients().of(population);
            double[] scores = new double[patients.size()];
            for (int row = 0; row < scores.length; row++) {
                scores[row] = learned.score(features(table, learned.inPlaceOfTarget, population, row), patients.get(row));
            }
            return scores;
        });
    }

    /**
     * {@inheritDoc} Of each set up to 25 parts of the patients are left out in turn, and as many sentences are scored anew as are learned
     * from, so that it takes about 300 regressions more.
     */
    @Override
    public Optional<Refits> refits(ScoreTable table) {
        Learned learned = learn(table);
        PerPopulation<int[]> rows = PerPopulation.of(population -> LearnedSentences.of(table, population, LearnedSentences.MOST));
        PerPopulation<List<Patient>> patients = PerPopulation
                .of(population -> IntStream.of(rows.of(population)).mapToObj(table.patients().of(population)::get).toList());
        PerPopulation<double[][]> features = PerPopulation.of(population -> IntStream.of(rows.of(population))
                .mapToObj(row -> features(table, learned.inPlaceOfTarget, population, row)).toArray(double[][]::new));
        Function<Learned, AttackScores> scored = fit -> new AttackScores(name(), definition(),
                PerPopulation.of(population -> IntStream.range(0, rows.of(population).length)
                        .mapToDouble(row -> fit.score(features.of(population)[row], patients.of(population).get(row))).toArray()),
                patients);
        Map<Integer, Patient> byNumber = new HashMap<>();
        learned.numbers.forEach((patient, number) -> byNumber.put(number, patient));
        List<Refits.Without> refits = new ArrayList<>();
        for (Population population : List.of(Population.MEMBERS, Population.NON_MEMBERS)) {
            for (int[] groups : learned.fit.parts(part(population))) {
                refits.add(new Refits.Without(population, IntStream.of(groups).mapToObj(byNumber::get).collect(Collectors.toSet()),
                        scored.apply(learned.without(groups))));
            }
        }
        return Optional.of(new Refits(scored.apply(learned), refits));
    }

    private Learned learn(ScoreTable table) {
        requireEnough(table.patients());
        List<OneWayCrossFit.Part> parts = new ArrayList<>();
        Map<Patient, Integer> numbers = numbers(table, parts);
        double[] inPlaceOfTarget = rules.stream().mapToDouble(rule -> inPlaceOfTarget(table, rule)).toArray();
        List<OneWayCrossFit.Row> learned = new ArrayList<>();
        for (Population population : List.of(Population.MEMBERS, Population.NON_MEMBERS)) {
            List<ScoreTable.Row> rows = table.rows(population);
            IntStream.of(LearnedSentences.of(table, population, LearnedSentences.MOST)).boxed()
                    .sorted(Comparator.comparing(row -> rows.get(row).id()))
                    .map(row -> new OneWayCrossFit.Row(features(table, inPlaceOfTarget, population, row), part(population),
                            Objects.requireNonNull(numbers.get(table.patients().of(population).get(row)))))
                    .forEach(learned::add);
        }
        return new Learned(numbers, inPlaceOfTarget, OneWayCrossFit.of(parts, learned, penalty, seed));
    }

    /** Numbers the patients, and tells what each is dealt as: in the order of the least id that each has in the first set it is in. */
    private static Map<Patient, Integer> numbers(ScoreTable table, List<OneWayCrossFit.Part> parts) {
        Map<Patient, Integer> numbers = new HashMap<>();
        for (Population population : Population.values()) {
            List<ScoreTable.Row> rows = table.rows(population);
            Map<Patient, String> leastIds = new HashMap<>();
            for (int row = 0; row < rows.size(); row++) {
                Patient patient = table.patients().of(population).get(row);
                if (!numbers.containsKey(patient)) {
                    leastIds.merge(patient, rows.get(row).id(), (one, other) -> one.compareTo(other) <= 0 ? one : other);
                }
            }
            leastIds.entrySet().stream().sorted(Map.Entry.comparingByValue()).forEach(each -> {
                numbers.put(each.getKey(), parts.size());
                parts.add(part(population));
            });
        }
        return numbers;
    }

    /** Of a sentence, those of all rules. */
    private double[] features(ScoreTable table, double[] inPlaceOfTarget, Population population, int row) {
        TokenFeature[] each = TokenFeature.values();
        double[] features = new double[rules.size() * each.length];
        for (int rule = 0; rule < rules.size(); rule++) {
            PairedTokens paired = PairedTokens.of(name(), table, rules.get(rule), population, row);
            PairedTokens tokens = sight == Sight.OF_THE_TARGET ? paired : paired.withTarget(inPlaceOfTarget[rule]);
            for (TokenFeature feature : each) {
                features[rule * each.length + feature.ordinal()] = feature.of(tokens);
            }
        }
        return features;
    }

    /** Of a rule the mean of the reference's over all tokens of all sentences, where the target is left out. */
    private double inPlaceOfTarget(ScoreTable table, MaskingRule rule) {
        return sight == Sight.OF_THE_TARGET ? 0 : Stream.of(Population.values())
                .flatMapToDouble(population -> IntStream.range(0, table.rows(population).size()).boxed()
                        .flatMapToDouble(row -> DoubleStream.of(PairedTokens.of(name(), table, rule, population, row).reference())))
                .average().orElseThrow();
    }

    private static OneWayCrossFit.Part part(Population population) {
        return switch (population) {
            case MEMBERS -> OneWayCrossFit.Part.FIRST;
            case NON_MEMBERS -> OneWayCrossFit.Part.SECOND;
            case EXTERNALS -> OneWayCrossFit.Part.NEITHER;
        };
    }

    private void requireEnough(PerPopulation<? extends List<Patient>> patients) {
        Set<Patient> members = new HashSet<>(patients.of(Population.MEMBERS));
        Set<Patient> others = new HashSet<>(patients.of(Population.NON_MEMBERS));
        others.removeAll(members); // who is both is dealt with the members
        int fewest = Math.min(members.size(), others.size());
        if (fewest < OneWayCrossFit.FEWEST_GROUPS) {
            throw new AuditException("attack " + name() + " learns from other patients: there are " + members.size()
                    + " of the members and " + others.size() + " more of the non-members, and at least " + OneWayCrossFit.FEWEST_GROUPS
                    + " each are needed; give more, or leave the attack out");
        }
    }

    /** The attack by its name, for {@link java.util.ServiceLoader}. */
    @AutoService(NamedAttack.class)
    public static final class ByName extends NamedAttack {
        public ByName() {
            super("experimental-combined", "an upper estimate, which learns from the members",
                    settings -> DEFAULTS.withRules(settings.logLikelihood().rule(), MaskingRule.original(), MaskingRule.partition()));
        }
    }
}
