package io.github.miaudit.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * How sure true positive rates at low false positive rates are: within each class as many groups (patients) as there are are drawn with
 * replacement, with all their sentences, the thresholds are chosen anew and the rates computed; B times. Groups, not sentences, are the
 * independent units. Immutable.
 *
 * <p>Scores are sorted once; a replicate counts how often each group was drawn and walks the sorted scores, in O(n), four replicates
 * in one walk. Walks run in parallel; each replicate draws from a generator of its own, keyed by seed and number, so
 * the result is the same for any number of threads. Memory: 5 bytes a score.
 *
 * @see <a href="https://doi.org/10.1080/00031305.2015.1089789">Hesterberg 2015, on intervals expanded for few groups</a>
 * @see <a href="https://doi.org/10.1017/CBO9780511802843">Davison and Hinkley 1997, sections 3.2 and 5.3</a>
 */
public final class ClusterBootstrap {

    /** With fewer false positives allowed a threshold hangs on too few to say how low its TPR may be. */
    public static final int FEWEST_ALLOWED = 5;

    /** More groups are drawn together, a random part of them at a time, which varies as much and costs less. */
    private static final int MOST_DRAWN = 10_000;

    private static final double ROUNDING = 1e-9; // of a rate times a count

    private final RankedGroups drawn;
    private final int memberGroups;
    private final int nonMembers;
    private final int replicates;
    private final long seed;

    private ClusterBootstrap(RankedGroups drawn, int memberGroups, int nonMembers, int replicates, long seed) {
        this.drawn = drawn;
        this.memberGroups = memberGroups;
        this.nonMembers = nonMembers;
        this.replicates = replicates;
        this.seed = seed;
    }

    /**
     * A bootstrap of 2000 replicates with seed 1, of scores that are higher = more likely a member.
     *
     * @throws IllegalArgumentException if a class has one group
     */
    public static ClusterBootstrap of(GroupedScores members, GroupedScores nonMembers) {
        if (members.groupCount() < 2 || nonMembers.groupCount() < 2) {
            throw new IllegalArgumentException(members.groupCount() + " groups of members and " + nonMembers.groupCount()
                    + " of non-members; an interval needs at least 2 of each");
        }
        return new ClusterBootstrap(new RankedGroups(members.inFewerGroups(MOST_DRAWN), nonMembers.inFewerGroups(MOST_DRAWN)),
                members.groupCount(), nonMembers.size(), 2000, 1);
    }

    /**
     * The bootstrap with another number of replicates.
     *
     * @throws IllegalArgumentException if it is below 100
     */
    public ClusterBootstrap withReplicates(int number) {
        Arguments.requireAtLeast("bootstrap replicates", number, 100);
        return new ClusterBootstrap(drawn, memberGroups, nonMembers, number, seed);
    }

    /** The bootstrap with other draws. */
    public ClusterBootstrap withSeed(long other) {
        return new ClusterBootstrap(drawn, memberGroups, nonMembers, replicates, other);
    }

    /**
     * The intervals of the TPR at false positive rates, in the order of the rates; each holds on its own, not all of them at once. The
     * percentiles of the replicates, the thresholds chosen anew in each as {@link RocCurve#bestAtFalsePositiveRate(double)} does, at
     * {@code Phi(±sqrt(G / (G - 1)) t_{G-1}((1 + level) / 2))} with G the smaller number of groups; but no shorter than Clopper and
     * Pearson's interval of the TPR found with the members' groups as trials, which holds where hardly anybody is found: replicates
     * can't show a patient that was not drawn from the world. Where the rate allows fewer than {@value #FEWEST_ALLOWED} false
     * positives, the lower end is 0.
     *
     * @throws IllegalArgumentException if a rate is not in [0, 1] or the level not in (0, 1)
     */
    public List<Interval> truePositiveRates(List<Double> maximumFalsePositiveRates, double level) {
        maximumFalsePositiveRates.forEach(rate -> Arguments.requireRate("maximum false positive rate", rate));
        Arguments.requireLevel(level);
        double[] ascending = maximumFalsePositiveRates.stream().mapToDouble(Double::doubleValue).distinct().sorted().toArray();
        double[][] values = new double[ascending.length][replicates];
        int walks = (replicates + RankedGroups.LANES - 1) / RankedGroups.LANES;
        IntStream.range(0, walks).parallel().map(walk -> walk * RankedGroups.LANES).forEach(first -> {
            int[][] weights = IntStream.range(first, Math.min(replicates, first + RankedGroups.LANES)).mapToObj(this::weights)
                    .toArray(int[][]::new);
            double[][] rates = drawn.truePositiveRates(weights, ascending);
            for (int lane = 0; lane < weights.length; lane++) {
                for (int rate = 0; rate < ascending.length; rate++) {
                    values[rate][first + lane] = rates[lane][rate];
                }
            }
        });
        int[] once = new int[drawn.groupCount()];
        Arrays.fill(once, 1);
        double[] found = truePositiveRates(once, ascending);
        List<Interval> intervals = IntStream.range(0, ascending.length)
                .mapToObj(rate -> interval(values[rate], found[rate], ascending[rate], level)).toList();
        return maximumFalsePositiveRates.stream().map(rate -> intervals.get(Arrays.binarySearch(ascending, rate))).toList();
    }

    private Interval interval(double[] replicated, double found, double rate, double level) {
        Arrays.sort(replicated);
        double z = expanded(level);
        Interval exact = BinomialInterval.ofShare(found, memberGroups, level);
        boolean few = Math.floor(rate * nonMembers + ROUNDING) < FEWEST_ALLOWED;
        return new Interval(few ? 0 : Math.min(exact.lower(), quantile(replicated, Interval.NORMAL.cumulativeProbability(-z))),
                Math.max(exact.upper(), quantile(replicated, Interval.NORMAL.cumulativeProbability(z))), level,
                Interval.Method.CLUSTER_BOOTSTRAP);
    }

    /** The normal quantile of a level, wider for few groups, of which a plain quantile is too narrow. */
    private double expanded(double level) {
        double groups = Math.min(drawn.memberGroups(), drawn.groupCount() - drawn.memberGroups());
        return Math.sqrt(groups / (groups - 1))
                * new TDistribution(null, groups - 1, PairedDifference.ACCURACY).inverseCumulativeProbability(0.5 + level / 2);
    }

    /** How often each group is drawn in a replicate, members' groups first. */
    int[] weights(int replicate) {
        int ofMembers = drawn.memberGroups();
        int[] weights = new int[drawn.groupCount()];
        CounterRandom random = new CounterRandom(seed, replicate);
        for (int draw = 0; draw < ofMembers; draw++) {
            weights[random.nextInt(ofMembers)]++;
        }
        for (int draw = ofMembers; draw < weights.length; draw++) {
            weights[ofMembers + random.nextInt(weights.length - ofMembers)]++;
        }
        return weights;
    }

    double[] truePositiveRates(int[] weights, double[] ascending) {
        return drawn.truePositiveRates(new int[][] {weights}, ascending)[0];
    }

    /** Linear between order statistics (Hyndman and Fan's type 7, as R and NumPy by default). */
    static double quantile(double[] ascending, double probability) {
        double place = probability * (ascending.length - 1);
        int below = (int) Math.floor(place);
        double next = ascending[Math.min(below + 1, ascending.length - 1)];
        return ascending[below] + (place - below) * (next - ascending[below]);
    }
}
