package io.github.miaudit.evaluation;

import io.github.miaudit.metrics.GroupReduction;
import io.github.miaudit.metrics.Interval;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How attacks are evaluated. Immutable; {@code with…} returns a copy.
 *
 * @param falsePositiveRates  the rates at which the true positive rate is reported, in the order of the report
 * @param confidence          the level of all intervals, such as 0.95
 * @param areaMethod          of the AUC's interval where sentences are grouped
 * @param rateMethod          of the TPR's interval where rows have nothing to do with one another
 * @param bootstrapReplicates how often groups are drawn anew
 * @param permutations        of the permutation test; 0 for none
 * @param seed                of the bootstrap, the permutations, the folds and the split into calibration and evaluation
 * @param groupReduction      how the scores of a group's sentences become one
 * @param prior               the share of members among those that an attacker asks about, if it is stated
 * @param canaryGuesses       of how many canaries the attacker guesses the membership, if the sentences are canaries
 * @param smallestCount       reports tell no count of patients from 1 to below this, nor a figure that betrays one
 */
public record Evaluation(List<Double> falsePositiveRates, double confidence, Interval.Method areaMethod, Interval.Method rateMethod,
        int bootstrapReplicates, int permutations, long seed, GroupReduction groupReduction, OptionalDouble prior,
        OptionalInt canaryGuesses, int smallestCount) {

    private static final Evaluation DEFAULTS = new Evaluation(List.of(0.1, 0.01, 0.001), 0.95, Interval.Method.CLUSTER_BOOTSTRAP,
            Interval.Method.CLOPPER_PEARSON, 2000, 10_000, 1, GroupReduction.mean(), OptionalDouble.empty(), OptionalInt.empty(), 5);

    /**
     * Checks the bounds.
     *
     * @param falsePositiveRates  in [0, 1]
     * @param confidence          in (0, 1)
     * @param areaMethod          cluster bootstrap, by percentiles or BCa
     * @param rateMethod          Clopper and Pearson's or Wilson's
     * @param bootstrapReplicates at least 100
     * @param permutations        0, or at least 100
     * @param seed                any number
     * @param groupReduction      kept
     * @param prior               in [0, 1]
     * @param canaryGuesses       at least 1
     * @param smallestCount       at least 1; 1 hides nothing
     * @throws IllegalArgumentException if a value is out of bounds
     */
    public Evaluation {
        falsePositiveRates = List.copyOf(falsePositiveRates);
        for (double rate : falsePositiveRates) {
            require(rate >= 0 && rate <= 1, "false positive rate " + rate + " is not in [0, 1]");
        }
        require(confidence > 0 && confidence < 1, "confidence level is " + confidence + "; it must lie in (0, 1)");
        require(areaMethod == Interval.Method.CLUSTER_BOOTSTRAP || areaMethod == Interval.Method.CLUSTER_BOOTSTRAP_BCA,
                "interval of the AUC is " + areaMethod.label() + "; it must be cluster-bootstrap or cluster-bootstrap-bca");
        require(rateMethod == Interval.Method.CLOPPER_PEARSON || rateMethod == Interval.Method.WILSON,
                "interval of the TPR is " + rateMethod.label() + "; it must be clopper-pearson or wilson");
        require(bootstrapReplicates >= 100, "bootstrap replicates are " + bootstrapReplicates + "; at least 100 are needed");
        require(permutations == 0 || permutations >= 100, "permutations are " + permutations + "; at least 100 are needed, or 0 for no test");
        require(prior.isEmpty() || prior.getAsDouble() >= 0 && prior.getAsDouble() <= 1,
                "prior is " + prior.orElse(0) + "; it must lie in [0, 1]");
        require(canaryGuesses.isEmpty() || canaryGuesses.getAsInt() >= 1, "canary guesses are " + canaryGuesses.orElse(0) + "; at least 1 is needed");
        require(smallestCount >= 1, "the smallest count is " + smallestCount + "; at least 1 is needed, which hides nothing");
    }

    /**
     * False positive rates 0.1, 0.01 and 0.001; intervals at 95 %, by percentiles of 2000 bootstrap replicates or Clopper
     * and Pearson's; 10 000 permutations; seed 1; patients scored by the mean; no prior, no canaries;
     * counts of fewer than 5 patients are not told.
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
        return new Evaluation(Arrays.stream(rates).boxed().toList(), confidence, areaMethod, rateMethod, bootstrapReplicates, permutations, seed,
                groupReduction, prior, canaryGuesses, smallestCount);
    }

    /**
     * The evaluation with intervals at another level.
     *
     * @param level in (0, 1)
     * @return a copy
     * @throws IllegalArgumentException if it is not in (0, 1)
     */
    public Evaluation withConfidence(double level) {
        return new Evaluation(falsePositiveRates, level, areaMethod, rateMethod, bootstrapReplicates, permutations, seed, groupReduction, prior, canaryGuesses, smallestCount);
    }

    /**
     * The evaluation with another interval of the AUC, where sentences are grouped; elsewhere it is DeLong's.
     *
     * @param other {@link Interval.Method#CLUSTER_BOOTSTRAP} or {@link Interval.Method#CLUSTER_BOOTSTRAP_BCA}
     * @return a copy
     * @throws IllegalArgumentException if it is another
     */
    public Evaluation withAreaMethod(Interval.Method other) {
        return new Evaluation(falsePositiveRates, confidence, other, rateMethod, bootstrapReplicates, permutations, seed, groupReduction, prior, canaryGuesses, smallestCount);
    }

    /**
     * The evaluation with another interval of the TPR, where rows are patients or not grouped; elsewhere it is by cluster
     * bootstrap.
     *
     * @param other {@link Interval.Method#CLOPPER_PEARSON} or {@link Interval.Method#WILSON}
     * @return a copy
     * @throws IllegalArgumentException if it is another
     */
    public Evaluation withRateMethod(Interval.Method other) {
        return new Evaluation(falsePositiveRates, confidence, areaMethod, other, bootstrapReplicates, permutations, seed, groupReduction, prior, canaryGuesses, smallestCount);
    }

    /**
     * The evaluation with another number of bootstrap replicates, where sentences are grouped.
     *
     * @param replicates at least 100
     * @return a copy
     * @throws IllegalArgumentException if it is below 100
     */
    public Evaluation withBootstrapReplicates(int replicates) {
        return new Evaluation(falsePositiveRates, confidence, areaMethod, rateMethod, replicates, permutations, seed, groupReduction, prior, canaryGuesses, smallestCount);
    }

    /**
     * The evaluation with another number of permutations; they cost as many passes over the rows.
     *
     * @param number at least 100, or 0 for no permutation test
     * @return a copy
     * @throws IllegalArgumentException if it is another number below 100
     */
    public Evaluation withPermutations(int number) {
        return new Evaluation(falsePositiveRates, confidence, areaMethod, rateMethod, bootstrapReplicates, number, seed, groupReduction, prior, canaryGuesses, smallestCount);
    }

    /**
     * The evaluation with other draws.
     *
     * @param other any number
     * @return a copy
     */
    public Evaluation withSeed(long other) {
        return new Evaluation(falsePositiveRates, confidence, areaMethod, rateMethod, bootstrapReplicates, permutations, other, groupReduction, prior, canaryGuesses, smallestCount);
    }

    /**
     * The evaluation with patients scored in another way. Where p-values are combined, those of sentences are conformal,
     * calibrated on half of the other population's patients, who are not evaluated then.
     *
     * @param other the reduction
     * @return a copy
     */
    public Evaluation withGroupReduction(GroupReduction other) {
        return new Evaluation(falsePositiveRates, confidence, areaMethod, rateMethod, bootstrapReplicates, permutations, seed, other, prior, canaryGuesses, smallestCount);
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
        return new Evaluation(falsePositiveRates, confidence, areaMethod, rateMethod, bootstrapReplicates, permutations, seed, groupReduction,
                OptionalDouble.of(share), canaryGuesses, smallestCount);
    }

    /**
     * The evaluation of canaries: sentences of which each was put into the training data or left out by the toss of a
     * fair coin, independently, as {@link io.github.miaudit.data.Canaries} does. Then a lower bound of epsilon can be
     * stated, by the first attack of the audit alone: the best of several would be too high. It must look at one canary at
     * a time, which RMIA and quantile regression don't. Nothing checks that all this is so.
     *
     * @param guesses of how many the attacker guesses whether they are members: half of them the highest scores, half
     *                the lowest; to be fixed before looking at any score
     * @return a copy
     * @throws IllegalArgumentException if it is below 1
     */
    public Evaluation withCanaryGuesses(int guesses) {
        return new Evaluation(falsePositiveRates, confidence, areaMethod, rateMethod, bootstrapReplicates, permutations, seed, groupReduction, prior,
                OptionalInt.of(guesses), smallestCount);
    }

    /**
     * The evaluation that tells other counts of patients. Whoever reads that 3 of 40 patients are exposed may know the three.
     *
     * @param smallest reports tell no count of patients from 1 to below this; 1 hides nothing
     * @return a copy
     * @throws IllegalArgumentException if it is below 1
     */
    public Evaluation withSmallestCount(int smallest) {
        return new Evaluation(falsePositiveRates, confidence, areaMethod, rateMethod, bootstrapReplicates, permutations, seed, groupReduction, prior, canaryGuesses, smallest);
    }

    /**
     * Whether a count of patients is too small to be told.
     *
     * @param patients how many
     * @return whether it is
     */
    public boolean hides(long patients) {
        return patients > 0 && patients < smallestCount;
    }

    Evaluation withoutCanaries() {
        return new Evaluation(falsePositiveRates, confidence, areaMethod, rateMethod, bootstrapReplicates, permutations, seed, groupReduction, prior,
                OptionalInt.empty(), smallestCount);
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
