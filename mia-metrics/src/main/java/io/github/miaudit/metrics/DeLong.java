package io.github.miaudit.metrics;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * How sure an AUC is. Each member has a placement {@code V10_i}, the share of non-members below it (ties half), each non-member a
 * placement {@code V01_j}, the share of members above it; the AUC is the mean of either. Scores come in groups (patients) that are
 * independent of one another, so the variance is that of leaving out one group at a time (jackknife):
 * {@code (M - 1) / M sum_g (sum_{i in g} (V10_i - AUC) / (m - m_g))² + (N - 1) / N sum_h (sum_{j in h} (V01_j - AUC) / (n - n_h))²} with
 * M groups of m scores, m_g of them in g, and N of n. Where each score is a group of its own, it is DeLong's. Placements are found by
 * sorting, in O(m + n). Immutable.
 *
 * @see <a href="https://doi.org/10.2307/2531595">DeLong, DeLong and Clarke-Pearson 1988</a>
 * @see <a href="https://doi.org/10.2307/2533958">Obuchowski 1997, for groups</a>
 * @see <a href="https://doi.org/10.1109/LSP.2014.2337313">Sun and Xu 2014, for the sorting</a>
 */
public final class DeLong {

    private static final double NOISE = 1e-12; // of sums of shares

    private final Placements members;
    private final Placements nonMembers;
    /** Of scores that were learned. */
    private final Optional<Refitting> refitting;

    private DeLong(Placements members, Placements nonMembers) {
        this(members, nonMembers, Optional.empty());
    }

    private DeLong(Placements members, Placements nonMembers, Optional<Refitting> refitting) {
        this.members = members;
        this.nonMembers = nonMembers;
        this.refitting = refitting;
    }

    /**
     * The placements of two classes of independent scores, higher = more likely a member.
     *
     * @throws IllegalArgumentException if a class is empty or a score is NaN or infinite
     */
    public static DeLong of(double[] memberScores, double[] nonMemberScores) {
        Arguments.requireScores("member", memberScores);
        Arguments.requireScores("non-member", nonMemberScores);
        double[][] shares = shares(memberScores, nonMemberScores);
        return new DeLong(new Placements(shares[0], Groups.each(memberScores.length)),
                new Placements(shares[1], Groups.each(nonMemberScores.length)));
    }

    /** The placements of two classes of scores that come in groups, higher = more likely a member. */
    public static DeLong of(GroupedScores members, GroupedScores nonMembers) {
        double[][] shares = shares(members.values(), nonMembers.values());
        return new DeLong(new Placements(shares[0], members.groups()), new Placements(shares[1], nonMembers.groups()));
    }

    private static double[][] shares(double[] members, double[] nonMembers) {
        int[] memberOrder = SortedOrder.ascendingPlaces(members);
        int[] nonMemberOrder = SortedOrder.ascendingPlaces(nonMembers);
        return new double[][] {sharesBelow(members, memberOrder, nonMembers, nonMemberOrder, 1),
                sharesBelow(nonMembers, nonMemberOrder, members, memberOrder, -1)};
    }

    /**
     * The same of scores that were learned: intervals and differences then are of what would be learned anew from as many other groups,
     * their variance being greater by {@link Refitting#addedVariance()}.
     */
    public DeLong refitted(Refitting of) {
        return new DeLong(members, nonMembers, Optional.of(of));
    }

    /** The placements minus another's, whose area is the difference of the areas. */
    DeLong placementsMinus(DeLong other) {
        return new DeLong(members.minus(other.members), nonMembers.minus(other.nonMembers));
    }

    private static double added(Optional<Refitting> refitting) {
        return refitting.map(Refitting::addedVariance).orElse(0.0);
    }

    /** The area under the ROC curve, as {@link RocCurve#areaUnderCurve()}, up to rounding. */
    public double areaUnderCurve() {
        return members.mean;
    }

    /**
     * The variance of the AUC, not negative.
     *
     * @throws IllegalArgumentException if a class has one group
     */
    public double variance() {
        return covariance(this);
    }

    /**
     * The covariance with the AUC of another score of the same members and non-members, in the same order and groups.
     *
     * @throws IllegalArgumentException if the numbers of members or non-members, or their groups, differ, or a class has one group
     */
    public double covariance(DeLong other) {
        requireSameRows(other);
        return members.covariance(other.members) + nonMembers.covariance(other.nonMembers);
    }

    /**
     * The interval of the AUC: all {@code a} with {@code (AUC - a)² <= z² a (1 - a) (w v / (AUC (1 - AUC)) + (1 - w) u(a))}, where v is
     * the {@link #variance}, z the normal quantile (of {@linkplain #refitted learned} scores v has what refitting adds, which is known less
     * well, and z is Student's with {@code min(M, N) - 1} degrees of freedom), {@code u(a) = (1 + (k - 1) ((1 - a) / (2 - a) + a / (1 +
     * a))) / (M N)} with {@code k = (M + N) / 2} is
     * Newcombe's variance of that AUC of as many independent exponential scores as there are groups, over {@code a (1 - a)}, and
     * {@code w = 1 - 0.75 / sqrt(min(M, N))}. Without overlap of the classes v is 0 and says nothing: w is 0 then, and the interval is
     * Newcombe's method 5, which is no point. The weight is this project's own choice: with few groups near 0 or 1 DeLong's variance
     * is too small too often, Newcombe's alone too large with many; how often the interval holds is measured in {@code benchmarks}.
     *
     * @throws IllegalArgumentException if the level is not in (0, 1) or a class has one group
     * @see <a href="https://doi.org/10.1002/sim.2324">Newcombe 2006</a>
     */
    public Interval interval(double level) {
        Arguments.requireLevel(level);
        double area = areaUnderCurve();
        double variance = variance() + added(refitting);
        double groups = members.groups;
        double others = nonMembers.groups;
        double weight = area == 0 || area == 1 ? 0 : 1 - 0.75 / Math.sqrt(Math.min(groups, others));
        double own = weight == 0 ? 0 : weight * variance / (area * (1 - area));
        double extra = (groups + others) / 2 - 1;
        double z = refitting.isEmpty() ? Interval.NORMAL.inverseCumulativeProbability(0.5 + level / 2)
                : new TDistribution(null, Math.min(groups, others) - 1, PairedDifference.ACCURACY)
                        .inverseCumulativeProbability(0.5 + level / 2);
        DoubleUnaryOperator outside = a -> (area - a) * (area - a) - z * z * a * (1 - a)
                * (own + (1 - weight) * (1 + extra * ((1 - a) / (2 - a) + a / (1 + a))) / (groups * others));
        return new Interval(end(outside, 0, area), end(outside, 1, area), level, Interval.Method.SCORE);
    }

    /** Where the condition of the interval, which holds at the AUC, begins to hold. */
    private static double end(DoubleUnaryOperator outside, double limit, double area) {
        double without = limit;
        double within = area;
        for (int halving = 0; halving < 60 && without != within; halving++) {
            double middle = without / 2 + within / 2;
            if (outside.applyAsDouble(middle) > 0) {
                without = middle;
            } else {
                within = middle;
            }
        }
        return within;
    }

    /**
     * How another score of the same members and non-members, in the same order and groups, separates them: this AUC minus the other's,
     * {@code d}, with the paired variance {@code v} of d by groups, which is that of the placements' differences, and with what refitting
     * adds to it. The test is Student's
     * with {@code min(M, N) - 1} degrees of freedom, which with few groups of unequal sizes errs least (measured in {@code benchmarks}).
     * Where d is not 0 but nothing varies, every group having moved as far as every other, the test is the
     * sign test of {@code min(M, N)} groups, {@code 2^(1 - min(M, N))}, and the interval is
     * {@code d - sqrt((a - a1)² + (b2 - b)²), d + sqrt((a2 - a)² + (b - b1)²)} from those of the two AUCs a and b as if they were
     * independent (Newcombe's square and add).
     *
     * @throws IllegalArgumentException if the numbers or groups differ, a class has one group or the interval's level is not in (0, 1)
     */
    public PairedDifference minus(DeLong other, double level) {
        Arguments.requireLevel(level);
        requireSameRows(other);
        double difference = areaUnderCurve() - other.areaUnderCurve();
        Optional<Refitting> both = refitting.isPresent() && other.refitting.isPresent()
                ? Optional.of(refitting.get().minus(other.refitting.get())) : refitting.or(() -> other.refitting);
        double standardError = Math.sqrt(placementsMinus(other).variance() + added(both));
        int fewest = Math.min(members.groups, nonMembers.groups);
        boolean same = Arrays.equals(members.shares, other.members.shares) && Arrays.equals(nonMembers.shares, other.nonMembers.shares);
        if (same || standardError <= NOISE) {
            Interval interval = same ? new Interval(0, 0, level, Interval.Method.STUDENT) : apart(difference, interval(level), other);
            double pValue = Math.abs(difference) <= NOISE ? 1 : Math.pow(2, 1 - fewest);
            return new PairedDifference(difference, 0, fewest, pValue, interval, same);
        }
        TDistribution student = new TDistribution(null, fewest - 1, PairedDifference.ACCURACY);
        double half = student.inverseCumulativeProbability(0.5 + level / 2) * standardError;
        return new PairedDifference(difference, standardError, fewest,
                2 * student.cumulativeProbability(-Math.abs(difference) / standardError),
                new Interval(Math.max(-1, difference - half), Math.min(1, difference + half), level, Interval.Method.STUDENT), false);
    }

    private Interval apart(double difference, Interval here, DeLong other) {
        Interval there = other.interval(here.level());
        double below = Math.hypot(areaUnderCurve() - here.lower(), there.upper() - other.areaUnderCurve());
        double above = Math.hypot(here.upper() - areaUnderCurve(), other.areaUnderCurve() - there.lower());
        return new Interval(Math.max(-1, difference - below), Math.min(1, difference + above), here.level(), Interval.Method.STUDENT);
    }

    private void requireSameRows(DeLong other) {
        members.requireSameRows("members", other.members);
        nonMembers.requireSameRows("non-members", other.nonMembers);
    }

    /** The share of non-members below each member. */
    double[] memberPlacements() {
        return members.shares;
    }

    /** The share of members above each non-member. */
    double[] nonMemberPlacements() {
        return nonMembers.shares;
    }

    /** For each score the share of the others below it (or, with sign -1, above it), equals counting half; both in ascending order. */
    private static double[] sharesBelow(double[] scores, int[] order, double[] others, int[] otherOrder, int sign) {
        double[] shares = new double[scores.length];
        int below = 0;
        int notAbove = 0;
        for (int index : order) {
            while (below < others.length && others[otherOrder[below]] < scores[index]) {
                below++;
            }
            notAbove = Math.max(notAbove, below);
            while (notAbove < others.length && others[otherOrder[notAbove]] <= scores[index]) {
                notAbove++;
            }
            long doubled = sign > 0 ? (long) below + notAbove : 2L * others.length - below - notAbove;
            shares[index] = doubled / (2.0 * others.length);
        }
        return shares;
    }

    /** What the scores of one class say of the AUC, in groups that are independent. */
    private static final class Placements {

        private final double[] shares;
        private final Groups rows;
        private final int groups;
        private final double mean;

        private Placements(double[] shares, Groups rows) {
            this.shares = shares;
            this.rows = rows;
            this.groups = rows.count();
            mean = Arrays.stream(shares).sum() / shares.length;
        }

        private Placements minus(Placements other) {
            double[] differences = shares.clone();
            Arrays.setAll(differences, index -> shares[index] - other.shares[index]);
            return new Placements(differences, rows);
        }

        private double variance() {
            return covariance(this);
        }

        private double covariance(Placements other) {
            if (groups == 1) {
                throw new IllegalArgumentException("a class has 1 group; a variance takes at least 2");
            }
            double[] moves = movesWithoutEachGroup();
            double[] others = other == this ? moves : other.movesWithoutEachGroup();
            double products = 0;
            for (int group = 0; group < groups; group++) {
                products += moves[group] * others[group];
            }
            return (groups - 1.0) / groups * products;
        }

        /** By how much the mean falls without each group. */
        private double[] movesWithoutEachGroup() {
            double[] moves = new double[groups];
            for (int index = 0; index < shares.length; index++) {
                moves[rows.number(index)] += shares[index] - mean;
            }
            for (int group = 0; group < groups; group++) {
                moves[group] /= shares.length - rows.size(group);
            }
            return moves;
        }

        private void requireSameRows(String name, Placements other) {
            Arguments.requireSameLength(name, shares.length, name + " of the other score", other.shares.length);
            for (int index = 0; index < shares.length; index++) {
                if (rows.number(index) != other.rows.number(index)) {
                    throw new IllegalArgumentException(name + " are in other groups than those of the other score, from index " + index);
                }
            }
        }
    }
}
