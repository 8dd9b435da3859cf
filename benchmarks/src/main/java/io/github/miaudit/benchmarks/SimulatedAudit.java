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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

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

    /** Says what was drawn, whatever the rule: a sentence is one token. */
    private final class Model implements SequenceScorer {

        private final String name;
        private final ToDoubleFunction<Likelihoods> says;

        private Model(String name, ToDoubleFunction<Likelihoods> says) {
            this.name = name;
            this.says = says;
        }

        @Override
        public ModelIdentity model() {
            return new ModelIdentity(name, "digest-of-" + name, "drawn", 1, Casing.CASED, "float64", LengthPolicy.REJECT, "drawn");
        }

        @Override
        public Map<MaskingRule, List<SequenceScore>> score(List<Sample> samples, Set<MaskingRule> rules, ScoringListener listener) {
            List<SequenceScore> scores = samples.stream().map(sample -> new SequenceScore(sample, new int[1],
                    new double[] {says.applyAsDouble(likelihoods.get(sample.id()))})).toList();
            return rules.stream().collect(Collectors.toMap(rule -> rule, rule -> scores));
        }

        @Override
        public void close() { // nothing to free
        }
    }
}
