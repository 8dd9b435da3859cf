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
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
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
     * Says a quarter of what was drawn of each word, whatever the rule, so that it does better than a table of frequencies; words dealt out
     * by chance are unlikely.
     */
    private final class Model implements SequenceScorer {

        private static final double UNLIKELY = -6;

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
            List<SequenceScore> scores = samples.stream().map(this::score).toList();
            return rules.stream().collect(Collectors.toMap(rule -> rule, rule -> scores));
        }

        private SequenceScore score(Sample sample) {
            int[] words = Stream.of(sample.text().split(" ")).mapToInt(String::hashCode).toArray();
            double[] values = new double[words.length];
            Arrays.fill(values, likelihoods.containsKey(sample.id()) ? says.applyAsDouble(likelihoods.get(sample.id())) / 4 : UNLIKELY);
            return new SequenceScore(sample, words, values);
        }

        @Override
        public void close() { // nothing to free
        }
    }
}
