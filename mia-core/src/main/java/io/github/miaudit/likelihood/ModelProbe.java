package io.github.miaudit.likelihood;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Sample;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a model says when it is asked again, and when it is asked something else: whether its scores are a function of the text, whether
 * it looks at the context, whether its probabilities mean what they say, and whether its weights work better by other settings. A sample
 * of members and non-members is scored anew,
 * sentence by sentence in another order, and so are the same words dealt out among the sentences by chance.
 *
 * @param sentences        in the sample; none where none was scored
 * @param noise            root mean square of the differences between a sentence's mean log-likelihood and the same scored anew, nats
 * @param spread           standard deviation of the sample's mean log-likelihoods, nats; 0 of a single sentence
 * @param contextGain      mean log-likelihood of a token in its own sentence minus that of a token among words of others, each by
 *                         {@link MaskingRule#partition()}, nats; 0 for a model that looks at no context; empty if no shuffled sentence
 *                         could be scored
 * @param expectation      what it expects of the members' tokens; empty if it does not tell moments, or finds all tokens alike
 * @param bestReading      the same weights by that other setting which makes the members likeliest; empty if the model tells of none, or
 *                         too
 *                         few members could be scored by it
 */
public record ModelProbe(int sentences, double noise, double spread, OptionalDouble contextGain, Optional<Expectation> expectation,
        Optional<BestReading> bestReading) {

    /**
     * The best of a model's {@link SequenceScorer#otherReadings()}, chosen by one half of the members in the sample and measured on the
     * other,
     * by {@link MaskingRule#partition()}.
     *
     * @param words what is otherwise
     * @param gain  by how much it makes a token of a member likelier, mean of the members' means, nats
     * @param error the standard error of that, between members
     * @param tried how many readings could score the members
     * @param all   how many there are
     */
    public record BestReading(String words, double gain, double error, int tried, int all) {
    }

    /**
     * What a model expects of tokens, beside what it finds; means over the tokens. A model that was trained on them has both about equal,
     * as long as its logits are those of its training.
     *
     * @param loss         {@code -log P(w)}, nats
     * @param expectedLoss the entropy of {@code P}, nats
     * @param variance     of {@code log P(v)} with {@code v} drawn from {@code P}, square nats; above 0
     */
    public record Expectation(double loss, double expectedLoss, double variance) {

        /**
         * By what to multiply all logits so that the tokens become likeliest, about: one step of Newton's method from 1,
         * {@code 1 + (expectedLoss - loss) / variance}. Above 1 where the head was scaled down.
         */
        public double bestScale() {
            return 1 + (expectedLoss - loss) / variance;
        }
    }

    private static final int MOST_A_SET = 32;
    private static final int FEWEST_A_SET = 8;
    /** A probe takes so small a part of what the audit itself takes, if that is much. */
    private static final int SHARE = 10;
    private static final double FEWEST_WORDS_A_SENTENCE = 3;
    private static final long SEED = 1;

    /** A sentence and what the model said of it, by each rule. */
    private record Asked(Sample sample, Map<MaskingRule, SequenceScore> scores) {

        private SequenceScore score(MaskingRule rule) {
            return Objects.requireNonNull(scores.get(rule));
        }
    }

    /**
     * How many sentences of a set are asked of, out of so many that were scored: a tenth, from {@value #FEWEST_A_SET} to
     * {@value #MOST_A_SET}, as far as there are.
     */
    public static int sampleSize(long scored) {
        return (int) Math.min(scored, Math.min(MOST_A_SET, Math.max(FEWEST_A_SET, scored / SHARE)));
    }

    /**
     * Probes a model by sentences that somebody chose, for data of which no machine holds all; {@link ModelScores#withProbe} chooses by
     * itself. Sentences that can't be scored by some rule are left out.
     *
     * @param scorer the model
     * @param chosen {@link #sampleSize} members and non-members
     * @param rules  by which to score and ask
     * @return of each rule its probe, of the same sentences
     * @throws io.github.miaudit.io.AuditException as {@link SequenceScorer#score(List, java.util.Set, ScoringListener)}
     */
    public static Map<MaskingRule, ModelProbe> ofChosen(SequenceScorer scorer, AttackDataset chosen, Set<MaskingRule> rules) {
        ModelScores scores = ModelScores.of(scorer, chosen, rules, ScoringListener.NONE);
        return of(scorer, rules, population -> asked(chosen, scores, rules, population));
    }

    /**
     * Probes a model.
     *
     * @param scorer  the model
     * @param dataset the sentences
     * @param scores  what it said of them, by at least one rule
     */
    static ModelProbe of(SequenceScorer scorer, AttackDataset dataset, ModelScores scores) {
        MaskingRule rule = scores.mainRule();
        return Objects.requireNonNull(of(scorer, Set.of(rule), population -> sample(asked(dataset, scores, Set.of(rule), population)))
                .get(rule));
    }

    private static Map<MaskingRule, ModelProbe> of(SequenceScorer scorer, Set<MaskingRule> rules,
            Function<Population, List<Asked>> samples) {
        SequenceScorer model = scorer.forProbing();
        List<Asked> members = samples.apply(Population.MEMBERS);
        List<Asked> all = Stream.concat(members.stream(), samples.apply(Population.NON_MEMBERS).stream()).toList();
        List<Sample> sentences = all.stream().map(Asked::sample).toList();
        List<SequenceScore> inContext = model.score(sentences, MaskingRule.partition());
        OptionalDouble contextGain = contextGain(model, sentences, inContext);
        Optional<BestReading> bestReading = new ReadingTrial(sentences.subList(0, members.size()), inContext.subList(0, members.size()))
                .best(model.otherReadings());
        Map<MaskingRule, ModelProbe> probes = new LinkedHashMap<>();
        for (MaskingRule rule : rules) {
            List<SequenceScore> anew = again(model, rule, sentences);
            double[] first = all.stream().map(asked -> asked.score(rule)).mapToDouble(ModelProbe::mean).toArray();
            double[] second = anew.stream().mapToDouble(ModelProbe::mean).toArray();
            probes.put(rule, new ModelProbe(all.size(),
                    rootMeanSquare(IntStream.range(0, first.length).mapToDouble(row -> first[row] - second[row])), spread(first),
                    contextGain, expectation(anew.subList(0, members.size())), bestReading));
        }
        return probes;
    }

    /** The scored sentences of a set, each made when it is asked for. */
    private static List<Asked> asked(AttackDataset dataset, ModelScores scores, Set<MaskingRule> rules, Population population) {
        List<Sample> samples = dataset.samples(population);
        int[] scored = IntStream.range(0, samples.size())
                .filter(row -> rules.stream().map(rule -> scores.scores(rule, population).get(row)).allMatch(ModelScores::hasScoredToken))
                .toArray();
        return new AbstractList<>() {
            @Override
            public Asked get(int place) {
                int row = scored[place];
                Map<MaskingRule, SequenceScore> said = new LinkedHashMap<>();
                rules.forEach(rule -> said.put(rule, scores.scores(rule, population).get(row)));
                return new Asked(samples.get(row), said);
            }

            @Override
            public int size() {
                return scored.length;
            }
        };
    }

    /** Some of them, evenly over all. */
    private static List<Asked> sample(List<Asked> scored) {
        int size = sampleSize(scored.size());
        return IntStream.range(0, size).mapToObj(place -> scored.get((int) ((long) place * scored.size() / size))).toList();
    }

    /** One sentence a call, the last first: another order, and other batches. */
    private static List<SequenceScore> again(SequenceScorer model, MaskingRule rule, List<Sample> sentences) {
        List<SequenceScore> scores = new ArrayList<>();
        for (int place = sentences.size() - 1; place >= 0; place--) {
            scores.add(model.score(List.of(sentences.get(place)), rule).get(0));
        }
        Collections.reverse(scores);
        return scores;
    }

    private static OptionalDouble contextGain(SequenceScorer model, List<Sample> samples, List<SequenceScore> inContext) {
        OptionalDouble own = meanOfTokens(inContext);
        OptionalDouble shuffled = meanOfTokens(model.score(shuffled(samples), MaskingRule.partition()));
        return own.isEmpty() || shuffled.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(own.getAsDouble() - shuffled.getAsDouble());
    }

    /** The same words, dealt out by chance to sentences of as many words each; characters where there are hardly any words. */
    private static List<Sample> shuffled(List<Sample> samples) {
        List<String[]> words = samples.stream().map(sample -> sample.text().strip().split("\\s+")).toList();
        boolean parted = words.stream().mapToInt(some -> some.length).sum() >= FEWEST_WORDS_A_SENTENCE * samples.size();
        List<String[]> units = parted ? words
                : samples.stream().map(sample -> sample.text().strip().codePoints().mapToObj(Character::toString).toArray(String[]::new))
                        .toList();
        List<String> dealt = units.stream().flatMap(Arrays::stream).collect(Collectors.toCollection(ArrayList::new));
        Collections.shuffle(dealt, new Random(SEED));
        List<Sample> shuffled = new ArrayList<>();
        int next = 0;
        for (int sentence = 0; sentence < samples.size(); sentence++) {
            int end = next + units.get(sentence).length;
            shuffled.add(Sample.of("shuffled-" + (sentence + 1), String.join(parted ? " " : "", dealt.subList(next, end))));
            next = end;
        }
        return shuffled;
    }

    private static OptionalDouble meanOfTokens(List<SequenceScore> scores) {
        long tokens = scores.stream().filter(score -> score.status().isScored()).mapToLong(SequenceScore::tokenCount).sum();
        return tokens == 0 ? OptionalDouble.empty() : OptionalDouble.of(scores.stream().mapToDouble(SequenceScore::sum).sum() / tokens);
    }

    private static Optional<Expectation> expectation(List<SequenceScore> scores) {
        if (scores.stream().anyMatch(score -> score.moments().isEmpty())) {
            return Optional.empty();
        }
        Expectation expectation = new Expectation(-meanOf(scores, SequenceScore::logLikelihoods),
                -meanOf(scores, score -> score.moments().orElseThrow().means()),
                meanOf(scores, score -> Arrays.stream(score.moments().orElseThrow().deviations()).map(each -> each * each).toArray()));
        return expectation.variance > 0 ? Optional.of(expectation) : Optional.empty();
    }

    private static double meanOf(List<SequenceScore> scores, Function<SequenceScore, double[]> values) {
        return scores.stream().flatMapToDouble(score -> Arrays.stream(values.apply(score))).average().orElse(0);
    }

    private static double mean(SequenceScore score) {
        return score.sum() / score.tokenCount();
    }

    private static double spread(double[] values) {
        double mean = Arrays.stream(values).average().orElse(0);
        return rootMeanSquare(Arrays.stream(values).map(value -> value - mean));
    }

    private static double rootMeanSquare(DoubleStream values) {
        return Math.sqrt(values.map(value -> value * value).average().orElse(0));
    }
}
