package io.github.miaudit.evaluation;

import io.github.miaudit.metrics.GroupReduction;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * How attacks are evaluated. Immutable; {@code with…} returns a copy.
 *
 * @param falsePositiveRates  the rates at which the true positive rate is reported, in [0, 1], in the order of the report
 * @param confidence          the level of all intervals, in (0, 1), such as 0.95
 * @param bootstrapReplicates how often groups are drawn anew; at least 100
 * @param permutations        of the tests of the AUC; at least 1000, or 0 for tests by the standard error
 * @param seed                of the bootstrap, the permutations, the folds and the split into calibration and evaluation
 * @param groupReduction      how the scores of a group's sentences become one
 * @param prior               the share of members among those that an attacker asks about, in [0, 1], if it is stated
 * @param canaryGuesses       of how many canaries the attacker guesses the membership, if the sentences are canaries; at least 1
 * @param margin              up to which a difference of two AUCs is as good as none, in (0, 1), if it is stated
 * @param smallestCount       reports tell no count of patients from 1 to below this, nor a figure that betrays one; at least 1, which
 *                            hides nothing
 * @param sharedPatients      whether patients of the members may stand among the others too
 */
public record Evaluation(List<Double> falsePositiveRates, double confidence, int bootstrapReplicates, int permutations, long seed,
        GroupReduction groupReduction, OptionalDouble prior, OptionalInt canaryGuesses, OptionalDouble margin, int smallestCount,
        SharedPatients sharedPatients) {

    private static final Evaluation DEFAULTS = new Evaluation(List.of(0.1, 0.01, 0.001), 0.95, 2000, 10_000, 1, GroupReduction.mean(),
            OptionalDouble.empty(), OptionalInt.empty(), OptionalDouble.empty(), 5, SharedPatients.REFUSED);

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if a value is out of bounds
     */
    public Evaluation {
        falsePositiveRates = List.copyOf(falsePositiveRates);
        for (double rate : falsePositiveRates) {
            require(rate >= 0 && rate <= 1, "false positive rate " + rate + " is not in [0, 1]");
        }
        require(confidence > 0 && confidence < 1, "confidence level is " + confidence + "; it must lie in (0, 1)");
        require(bootstrapReplicates >= 100, "bootstrap replicates are " + bootstrapReplicates + "; at least 100 are needed");
        require(permutations == 0 || permutations >= 1000,
                "permutations are " + permutations + "; at least 1000 are needed, or 0 for tests by the standard error");
        require(prior.isEmpty() || prior.getAsDouble() >= 0 && prior.getAsDouble() <= 1,
                "prior is " + prior.orElse(0) + "; it must lie in [0, 1]");
        require(canaryGuesses.isEmpty() || canaryGuesses.getAsInt() >= 1,
                "canary guesses are " + canaryGuesses.orElse(0) + "; at least 1 is needed");
        require(margin.isEmpty() || margin.getAsDouble() > 0 && margin.getAsDouble() < 1,
                "margin is " + margin.orElse(0) + "; it must lie in (0, 1)");
        require(smallestCount >= 1, "the smallest count is " + smallestCount + "; at least 1 is needed, which hides nothing");
    }

    /**
     * False positive rates 0.1, 0.01 and 0.001; intervals at 95 %, of TPRs from 2000 bootstrap replicates; 10 000
     * permutations; seed 1; patients scored by the mean; no prior, no canaries, no margin; counts of fewer than 5 patients are not told;
     * shared patients are refused.
     */
    public static Evaluation withDefaults() {
        return DEFAULTS;
    }

    /**
     * The evaluation at other false positive rates.
     *
     * @param rates in [0, 1], in the order of the report
     * @throws IllegalArgumentException if a rate is not in [0, 1]
     */
    public Evaluation withFalsePositiveRates(double... rates) {
        return with(draft -> draft.falsePositiveRates = Arrays.stream(rates).boxed().toList());
    }

    /**
     * The evaluation with intervals at another level.
     *
     * @param level in (0, 1)
     * @throws IllegalArgumentException if it is not in (0, 1)
     */
    public Evaluation withConfidence(double level) {
        return with(draft -> draft.confidence = level);
    }

    /**
     * The evaluation with another number of bootstrap replicates, of the TPRs.
     *
     * @param replicates at least 100
     * @throws IllegalArgumentException if it is below 100
     */
    public Evaluation withBootstrapReplicates(int replicates) {
        return with(draft -> draft.bootstrapReplicates = replicates);
    }

    /**
     * The evaluation with another number of permutations; they cost as many passes over the rows.
     *
     * @param number at least 1000, or 0 for tests by the AUC's standard error
     * @throws IllegalArgumentException if it is another number below 1000
     */
    public Evaluation withPermutations(int number) {
        return with(draft -> draft.permutations = number);
    }

    /** The evaluation with other draws. */
    public Evaluation withSeed(long other) {
        return with(draft -> draft.seed = other);
    }

    /**
     * The evaluation with patients scored in another way. Where p-values are combined, those of sentences are conformal,
     * calibrated on half of the other population's patients, who are not evaluated then.
     */
    public Evaluation withGroupReduction(GroupReduction other) {
        return with(draft -> draft.groupReduction = other);
    }

    /**
     * The evaluation with the positive predictive value at a prior: what an accusation is worth where that share of
     * people are members.
     *
     * @param share in [0, 1]
     * @throws IllegalArgumentException if it is not in [0, 1]
     */
    public Evaluation withPrior(double share) {
        return with(draft -> draft.prior = OptionalDouble.of(share));
    }

    /**
     * The evaluation of canaries: sentences of which each was put into the training data or left out by the toss of a
     * fair coin, independently, as {@link io.github.miaudit.data.Canaries} does. Then a lower bound of epsilon can be
     * stated, by the first attack of the audit alone: the best of several would be too high. It must look at one canary at
     * a time, which RMIA and quantile regression don't. Nothing checks that all this is so.
     *
     * @param guesses of how many the attacker guesses whether they are members: half of them the highest scores, half
     *                the lowest; to be fixed before looking at any score
     * @throws IllegalArgumentException if it is below 1
     */
    public Evaluation withCanaryGuesses(int guesses) {
        return with(draft -> draft.canaryGuesses = OptionalInt.of(guesses));
    }

    /**
     * The evaluation that calls two targets alike where their AUCs differ by no more than a margin.
     *
     * @param difference of two AUCs, in (0, 1)
     * @throws IllegalArgumentException if it is not in (0, 1)
     */
    public Evaluation withMargin(double difference) {
        return with(draft -> draft.margin = OptionalDouble.of(difference));
    }

    /**
     * The evaluation that tells other counts of patients. Whoever reads that 3 of 40 patients are exposed may know the three.
     *
     * @param smallest reports tell no count of patients from 1 to below this; 1 hides nothing
     * @throws IllegalArgumentException if it is below 1
     */
    public Evaluation withSmallestCount(int smallest) {
        return with(draft -> draft.smallestCount = smallest);
    }

    /** The evaluation that does something else where patients of the members stand among the others too. */
    public Evaluation withSharedPatients(SharedPatients other) {
        return with(draft -> draft.sharedPatients = other);
    }

    private Evaluation with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return new Evaluation(draft.falsePositiveRates, draft.confidence, draft.bootstrapReplicates, draft.permutations, draft.seed,
                draft.groupReduction, draft.prior, draft.canaryGuesses, draft.margin, draft.smallestCount, draft.sharedPatients);
    }

    /** A copy that can still be changed. */
    private static final class Draft {
        private List<Double> falsePositiveRates;
        private double confidence;
        private int bootstrapReplicates;
        private int permutations;
        private long seed;
        private GroupReduction groupReduction;
        private OptionalDouble prior;
        private OptionalInt canaryGuesses;
        private OptionalDouble margin;
        private int smallestCount;
        private SharedPatients sharedPatients;

        private Draft(Evaluation evaluation) {
            this.falsePositiveRates = evaluation.falsePositiveRates;
            this.confidence = evaluation.confidence;
            this.bootstrapReplicates = evaluation.bootstrapReplicates;
            this.permutations = evaluation.permutations;
            this.seed = evaluation.seed;
            this.groupReduction = evaluation.groupReduction;
            this.prior = evaluation.prior;
            this.canaryGuesses = evaluation.canaryGuesses;
            this.margin = evaluation.margin;
            this.smallestCount = evaluation.smallestCount;
            this.sharedPatients = evaluation.sharedPatients;
        }
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
