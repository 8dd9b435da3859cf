package io.github.miaudit.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** How attacks are evaluated. Immutable; {@code with…} returns a copy. */
public final class Evaluation {

    private static final Evaluation DEFAULTS = new Evaluation(List.of(0.1, 0.01, 0.001), 0.95, 2000, 1, OptionalDouble.empty());

    private final List<Double> falsePositiveRates;
    private final double confidence;
    private final int bootstrapReplicates;
    private final long seed;
    private final OptionalDouble prior;

    private Evaluation(List<Double> falsePositiveRates, double confidence, int bootstrapReplicates, long seed, OptionalDouble prior) {
        this.falsePositiveRates = falsePositiveRates;
        this.confidence = confidence;
        this.bootstrapReplicates = bootstrapReplicates;
        this.seed = seed;
        this.prior = prior;
    }

    /**
     * False positive rates 0.1, 0.01 and 0.001; intervals at 95 %; 2000 bootstrap replicates with seed 1.
     *
     * @return the shared default
     */
    public static Evaluation withDefaults() {
        return DEFAULTS;
    }

    /**
     * The evaluation at other false positive rates.
     *
     * @param rates in [0, 1], in the order of the report
     * @return a copy
     * @throws IllegalArgumentException if a rate is not in [0, 1]
     */
    public Evaluation withFalsePositiveRates(double... rates) {
        List<Double> checked = new ArrayList<>();
        for (double rate : rates) {
            if (!(rate >= 0 && rate <= 1)) {
                throw new IllegalArgumentException("false positive rate " + rate + " is not in [0, 1]");
            }
            checked.add(rate);
        }
        return new Evaluation(List.copyOf(checked), confidence, bootstrapReplicates, seed, prior);
    }

    /**
     * The evaluation with intervals at another level.
     *
     * @param level in (0, 1)
     * @return a copy
     * @throws IllegalArgumentException if it is not in (0, 1)
     */
    public Evaluation withConfidence(double level) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("confidence level is " + level + "; it must lie in (0, 1)");
        }
        return new Evaluation(falsePositiveRates, level, bootstrapReplicates, seed, prior);
    }

    /**
     * The evaluation with another number of bootstrap replicates, where sentences are grouped.
     *
     * @param replicates at least 100
     * @return a copy
     * @throws IllegalArgumentException if it is below 100
     */
    public Evaluation withBootstrapReplicates(int replicates) {
        if (replicates < 100) {
            throw new IllegalArgumentException("bootstrap replicates are " + replicates + "; at least 100 are needed");
        }
        return new Evaluation(falsePositiveRates, confidence, replicates, seed, prior);
    }

    /**
     * The evaluation with other bootstrap draws.
     *
     * @param other any number
     * @return a copy
     */
    public Evaluation withSeed(long other) {
        return new Evaluation(falsePositiveRates, confidence, bootstrapReplicates, other, prior);
    }

    /**
     * The evaluation with the positive predictive value at a prior: what an accusation is worth where that share of
     * people are members.
     *
     * @param share in [0, 1]
     * @return a copy
     * @throws IllegalArgumentException if it is not in [0, 1]
     */
    public Evaluation withPrior(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("prior is " + share + "; it must lie in [0, 1]");
        }
        return new Evaluation(falsePositiveRates, confidence, bootstrapReplicates, seed, OptionalDouble.of(share));
    }

    /**
     * The share of members among those that an attacker asks about.
     *
     * @return empty if it is not stated
     */
    public OptionalDouble prior() {
        return prior;
    }

    /**
     * The rates at which the true positive rate is reported.
     *
     * @return in the order of the report
     */
    public List<Double> falsePositiveRates() {
        return falsePositiveRates;
    }

    /**
     * The level of all intervals.
     *
     * @return such as 0.95
     */
    public double confidence() {
        return confidence;
    }

    /**
     * How often groups are drawn anew.
     *
     * @return at least 100
     */
    public int bootstrapReplicates() {
        return bootstrapReplicates;
    }

    /**
     * The seed of the bootstrap and of the split into calibration and evaluation.
     *
     * @return any number
     */
    public long seed() {
        return seed;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Evaluation evaluation && toString().equals(evaluation.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    @Override
    public String toString() {
        return "Evaluation[" + falsePositiveRates + ", " + confidence + ", " + bootstrapReplicates + ", " + seed + ", " + prior + "]";
    }
}
