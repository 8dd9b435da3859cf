package io.github.miaudit.benchmarks;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Sample;
import io.github.miaudit.likelihood.Casing;
import io.github.miaudit.likelihood.LengthPolicy;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ScoringListener;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.likelihood.SequenceScorer;
import io.github.miaudit.metrics.CounterRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Sentences, and what three models say of them.
 *
 * @param likelihoods by id
 */
record SimulatedAudit(AttackDataset dataset, Map<String, Likelihoods> likelihoods) {

    /** Mean log-likelihoods of a sentence, in nats. */
    record Likelihoods(double target, double control, double reference) {
    }

    SequenceScorer target() {
        return new Model("target", Likelihoods::target);
    }

    SequenceScorer control() {
        return new Model("control", Likelihoods::control);
    }

    SequenceScorer reference() {
        return new Model("reference", Likelihoods::reference);
    }

    /** The same as a file of losses, which has no texts. */
    String losses(boolean withControl) {
        StringBuilder rows = new StringBuilder(
                "population,id,group,target_loss,reference_loss" + (withControl ? ",control_loss" : "") + "\n");
        for (Population population : List.of(Population.MEMBERS, Population.NON_MEMBERS)) {
            for (Sample sample : dataset.samples(population)) {
                Likelihoods said = likelihoods.get(sample.id());
                rows.append(
                        String.format(Locale.ROOT, "%s,%s,%s,%.9f,%.9f", population.rowLabel(), sample.id(), sample.group().orElseThrow(),
                                -said.target, -said.reference));
                rows.append(withControl ? String.format(Locale.ROOT, ",%.9f%n", -said.control) : "\n");
            }
        }
        return rows.toString();
    }

    /**
     * Says on average a quarter of what was drawn of each word, so that it does better than a table of frequencies; words dealt out by
     * chance are unlikely. Within a sentence words differ, most as they are hard for all models, less by model, least by rule.
     */
    private final class Model implements SequenceScorer {

        private static final double UNLIKELY = -6;
        private static final double HARDNESS = 0.7;
        private static final double OF_MODEL = 0.4;
        private static final double OF_RULE = 0.2;

        private final String name;
        private final ToDoubleFunction<Likelihoods> says;

        private Model(String name, ToDoubleFunction<Likelihoods> says) {
            this.name = name;
            this.says = says;
        }

        @Override
        public ModelIdentity model() {
            return new ModelIdentity(name, "digest-of-" + name, "drawn", 50_000, Casing.CASED, "float64", LengthPolicy.REJECT, "drawn");
        }

        @Override
        public Map<MaskingRule, List<SequenceScore>> score(List<Sample> samples, Set<MaskingRule> rules, ScoringListener listener) {
            return rules.stream().collect(
                    Collectors.toMap(rule -> rule, rule -> samples.stream().map(sample -> score(sample, rule)).toList()));
        }

        private SequenceScore score(Sample sample, MaskingRule rule) {
            int[] words = Stream.of(sample.text().split(" ")).mapToInt(String::hashCode).toArray();
            double[] values = new double[words.length];
            if (likelihoods.containsKey(sample.id())) {
                add(values, HARDNESS, sample.id());
                add(values, OF_MODEL, sample.id() + " by " + name);
                add(values, OF_RULE, sample.id() + " by " + name + " by " + rule.label());
                double mean = says.applyAsDouble(likelihoods.get(sample.id())) / 4;
                Arrays.setAll(values, word -> Math.min(-1e-3, mean + values[word]));
            } else {
                Arrays.fill(values, UNLIKELY);
            }
            return new SequenceScore(sample, words, values);
        }

        /** Normal deviates that are 0 on average. */
        private static void add(double[] values, double deviation, String key) {
            Random random = new Random(CounterRandom.mix(key.hashCode(), 0));
            double[] drawn = IntStream.range(0, values.length).mapToDouble(word -> random.nextGaussian()).toArray();
            double mean = Arrays.stream(drawn).average().orElseThrow();
            Arrays.setAll(values, word -> values[word] + deviation * (drawn[word] - mean));
        }

        @Override
        public void close() { // nothing to free
        }
    }
}
