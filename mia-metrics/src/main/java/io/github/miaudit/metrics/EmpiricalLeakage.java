package io.github.miaudit.metrics;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.apache.commons.math3.distribution.BinomialDistribution;

/**
 * Leakage on the scale of differential privacy's epsilon, in nats.
 *
 * <p>{@link #ratioBound} describes data as they are; it is <b>no</b> statement on differential privacy, because who is
 * a member was not drawn at random. {@link #oneRunLowerBound} is one, for canaries whose inclusion was.
 */
public final class EmpiricalLeakage {

    private static final double ACCURACY = 1e-10;
    private static final double GREATEST = 100;

    private EmpiricalLeakage() {
    }

    /**
     * How much likelier members are accepted than non-members, at least, in nats: {@code ln((lower(TPR) - delta) / upper(FPR))}
     * with one-sided Clopper-Pearson bounds; empty if the lower bound of the TPR does not exceed delta. If the threshold is the
     * best of several on these data, each is tested at {@code (1 - level) / thresholds} (Bonferroni);
     * thresholds are 1 if it was fixed beforehand.
     *
     * @throws IllegalArgumentException if delta is not in [0, 1), the level not in (0, 1), or the thresholds are fewer than 1
     */
    public static OptionalDouble ratioBound(ConfusionMatrix confusion, double delta, double level, int thresholds) {
        Arguments.requireLevel(level);
        requireDelta(delta);
        Arguments.requireAtLeast("thresholds", thresholds, 1);
        // Two bounds share the error, and each is the end of a two-sided interval of twice its own.
        double corrected = 1 - (1 - level) / thresholds;
        double lowest = BinomialInterval
                .of(confusion.truePositives(), Math.addExact(confusion.truePositives(), confusion.falseNegatives()), corrected).lower();
        double highest = BinomialInterval
                .of(confusion.falsePositives(), Math.addExact(confusion.falsePositives(), confusion.trueNegatives()), corrected).upper();
        return lowest > delta ? OptionalDouble.of(Math.log((lowest - delta) / highest)) : OptionalDouble.empty();
    }

    /**
     * A lower bound of epsilon, in nats, from 0 to 100, from one training run: m canaries were included independently with a chance
     * of one half; an attacker guessed r of them (chosen by a rule fixed in advance) and got v correct. The bound is the largest
     * epsilon at which so many right guesses have a chance below {@code 1 - level}, delta being that of the (epsilon, delta) to be
     * refuted: {@code P[Bin(r, q) >= v] + 2 m delta max_i P[v > Bin(r, q) >= v - i] / i} with {@code q = 1 / (1 + exp(-epsilon))}.
     *
     * @throws IllegalArgumentException unless 1 &le; r &le; m, 0 &le; v &le; r, delta lies in [0, 1) and the level in (0, 1)
     * @see <a href="https://arxiv.org/abs/2305.08846">Steinke, Nasr and Jagielski 2023</a>
     */
    public static double oneRunLowerBound(int canaries, int guesses, int correct, double delta, double level) {
        Arguments.requireLevel(level);
        requireDelta(delta);
        if (!(1 <= guesses && guesses <= canaries && 0 <= correct && correct <= guesses)) {
            throw new IllegalArgumentException(correct + " correct of " + guesses + " guesses on " + canaries
                    + " canaries; there must be at least 1 guess, no more than canaries, and no more correct than guessed");
        }
        double low = 0;
        double high = GREATEST;
        while (high - low > ACCURACY) {
            double middle = (low + high) / 2;
            if (pValue(canaries, guesses, correct, middle, delta) < 1 - level) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /**
     * How many of an attacker's guesses are right who calls the highest {@code ceil(guesses / 2)} scores of canaries members and
     * the lowest {@code floor(guesses / 2)} non-members. Scores are higher = more likely a member, of canaries that were included
     * and of those that were left out. Among equal scores at an end the guesses fall on the wrong ones as far as there are any.
     * {@code O(n log n)}.
     *
     * @throws IllegalArgumentException if there are more guesses than canaries, none, or a score is not finite
     */
    public static int correctGuesses(double[] members, double[] nonMembers, int guesses) {
        Arguments.requireScores("member", members);
        Arguments.requireScores("non-member", nonMembers);
        if (!(1 <= guesses && guesses <= (long) members.length + nonMembers.length)) {
            throw new IllegalArgumentException(guesses + " guesses on " + (members.length + nonMembers.length)
                    + " canaries; there must be at least 1, and no more than canaries");
        }
        double[] negatedNonMembers = Arrays.stream(nonMembers).map(score -> -score).toArray();
        double[] negatedMembers = Arrays.stream(members).map(score -> -score).toArray();
        return highest(members, nonMembers, guesses - guesses / 2) + highest(negatedNonMembers, negatedMembers, guesses / 2);
    }

    /** How many of the highest are of the first kind, the second going first among equals. */
    private static int highest(double[] wanted, double[] others, int count) {
        double[] first = SortedOrder.ascending(wanted);
        double[] second = SortedOrder.ascending(others);
        int taken = 0;
        for (int left = count; left > 0; left--) {
            int nextFirst = first.length - 1 - taken;
            int nextSecond = second.length - 1 - (count - left - taken);
            if (nextSecond < 0 || nextFirst >= 0 && first[nextFirst] > second[nextSecond]) {
                taken++;
            }
        }
        return taken;
    }

    private static void requireDelta(double delta) {
        if (!(delta >= 0 && delta < 1)) {
            throw new IllegalArgumentException("delta is " + delta + "; it must lie in [0, 1)");
        }
    }

    private static double pValue(int canaries, int guesses, int correct, double epsilon, double delta) {
        BinomialDistribution right = new BinomialDistribution(null, guesses, 1 / (1 + Math.exp(-epsilon)));
        double tail = correct == 0 ? 1 : 1 - right.cumulativeProbability(correct - 1);
        double steepest = 0;
        double sum = 0;
        for (int below = 1; below <= correct && delta > 0; below++) {
            sum += right.probability(correct - below);
            steepest = Math.max(steepest, sum / below);
        }
        return Math.min(1, tail + 2.0 * canaries * delta * steepest);
    }
}
