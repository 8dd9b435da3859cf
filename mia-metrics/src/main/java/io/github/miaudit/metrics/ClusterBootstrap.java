package io.github.miaudit.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;

/**
 * How sure figures are when sentences come in groups: within each class as many groups as there are are drawn with
 * replacement, with all their sentences, and the figure is computed anew; B times. Groups, not sentences, are the
 * independent units. Immutable.
 *
 * <p>Scores are sorted once, in O(n log n); a replicate counts how often each group was drawn and walks the sorted
 * scores, in O(n). Replicates run in parallel; each draws from a generator of its own, keyed by seed and number, so
 * the result is the same for any number of threads.
 *
 * @see <a href="https://doi.org/10.1080/00031305.2015.1089789">Hesterberg 2015, on intervals expanded for few groups</a>
 * @see <a href="https://doi.org/10.1017/CBO9780511802843">Davison and Hinkley 1997, sections 3.2 and 5.3</a>
 */
public final class ClusterBootstrap {

    private final GroupedScores members;
    private final GroupedScores nonMembers;
    private final int replicates;
    private final long seed;
    /** For each score, descending: its group; those of non-members come after those of members. */
    private final int[] groups;
    /** For each score, descending: whether the next one is lower. */
    private final boolean[] last;

    private ClusterBootstrap(GroupedScores members, GroupedScores nonMembers, int replicates, long seed, int[] groups, boolean[] last) {
        this.members = members;
        this.nonMembers = nonMembers;
        this.replicates = replicates;
        this.seed = seed;
        this.groups = groups;
        this.last = last;
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
        int[] memberOrder = SortedOrder.descending(members.scores());
        int[] nonMemberOrder = SortedOrder.descending(nonMembers.scores());
        int size = Math.addExact(memberOrder.length, nonMemberOrder.length);
        int[] groups = new int[size];
        boolean[] last = new boolean[size];
        double previous = Double.POSITIVE_INFINITY;
        int member = 0;
        int nonMember = 0;
        for (int place = 0; place < size; place++) {
            boolean isMember = nonMember == nonMemberOrder.length
                    || member < memberOrder.length && members.score(memberOrder[member]) >= nonMembers.score(nonMemberOrder[nonMember]);
            double score = isMember ? members.score(memberOrder[member]) : nonMembers.score(nonMemberOrder[nonMember]);
            groups[place] = isMember ? members.group(memberOrder[member++])
                    : members.groupCount() + nonMembers.group(nonMemberOrder[nonMember++]);
            if (place > 0 && score != previous) {
                last[place - 1] = true;
            }
            previous = score;
        }
        last[size - 1] = true;
        return new ClusterBootstrap(members, nonMembers, 2000, 1, groups, last);
    }

    /**
     * The bootstrap with another number of replicates.
     *
     * @throws IllegalArgumentException if it is below 100
     */
    public ClusterBootstrap withReplicates(int number) {
        Arguments.requireAtLeast("bootstrap replicates", number, 100);
        return new ClusterBootstrap(members, nonMembers, number, seed, groups, last);
    }

    /** The bootstrap with other draws. */
    public ClusterBootstrap withSeed(long other) {
        return new ClusterBootstrap(members, nonMembers, replicates, other, groups, last);
    }

    /**
     * The percentile intervals of the TPR at false positive rates, in the order of the rates, the thresholds chosen anew in each
     * replicate as {@link RocCurve#bestAtFalsePositiveRate(double)} does; each interval holds on its own, not all of them at once.
     * Many rates take little longer than the highest of them.
     *
     * @throws IllegalArgumentException if a rate is not in [0, 1] or the level not in (0, 1)
     */
    public List<Interval> truePositiveRates(List<Double> maximumFalsePositiveRates, double level) {
        maximumFalsePositiveRates.forEach(rate -> Arguments.requireRate("maximum false positive rate", rate));
        Arguments.requireLevel(level);
        double[] ascending = maximumFalsePositiveRates.stream().mapToDouble(Double::doubleValue).distinct().sorted().toArray();
        double[][] values = new double[ascending.length][replicates];
        IntStream.range(0, replicates).parallel().forEach(replicate -> {
            double[] rates = truePositiveRates(weights(replicate), ascending);
            for (int rate = 0; rate < rates.length; rate++) {
                values[rate][replicate] = rates[rate];
            }
        });
        List<Interval> intervals = Arrays.stream(values).map(each -> percentiles(each, level)).toList();
        return maximumFalsePositiveRates.stream().map(rate -> intervals.get(Arrays.binarySearch(ascending, rate))).toList();
    }

    /**
     * Whether another score of the same sentences, in the same order and groups, separates members from non-members better or
     * worse: this AUC minus the other, both computed on the same draws of groups, the percentiles of the replicates, and the
     * two-sided p-value at which the interval would end at 0: from the smaller share of replicates on one side of 0 (those at 0 on
     * both), {@code (1 + count) / (1 + B)}, with the same allowance for few groups. Where no replicate is on the other side it is
     * that of the difference in standard errors of the replicates, if that is smaller, so that it can be as small as a correction
     * for many differences needs.
     *
     * @throws IllegalArgumentException if the sentences, groups, replicates or seeds differ, or the interval's level is not in (0, 1)
     */
    public PairedDifference minus(ClusterBootstrap other, double level) {
        Arguments.requireLevel(level);
        if (!members.hasGroupsOf(other.members) || !nonMembers.hasGroupsOf(other.nonMembers) || replicates != other.replicates
                || seed != other.seed) {
            throw new IllegalArgumentException(
                    "a paired comparison needs the same sentences in the same groups, as many replicates and the same seed");
        }
        double[] differences = replicated(weights -> areaUnderCurve(weights) - other.areaUnderCurve(weights));
        double difference = areaUnderCurve() - other.areaUnderCurve();
        double standardError = Math.sqrt(StatUtils.variance(differences));
        long notAbove = Arrays.stream(differences).filter(each -> each <= 0).count();
        long notBelow = Arrays.stream(differences).filter(each -> each >= 0).count();
        long beyond = Math.min(notAbove, notBelow);
        double tail = (1.0 + beyond) / (1 + replicates);
        double pValue = contracted(beyond > 0 || standardError == 0 ? tail
                : Math.min(tail, Interval.NORMAL.cumulativeProbability(-Math.abs(difference) / standardError)));
        return new PairedDifference(difference, standardError, pValue, percentiles(differences, level), OptionalInt.of(fewestGroups()));
    }

    double[] replicatedAreas() {
        return replicated(this::areaUnderCurve);
    }

    /** A figure of the scores, given how often each group counts, in each replicate. */
    private double[] replicated(ToDoubleFunction<int[]> figure) {
        return IntStream.range(0, replicates).parallel().mapToDouble(replicate -> figure.applyAsDouble(weights(replicate))).toArray();
    }

    /** The AUC when each group counts once. */
    double areaUnderCurve() {
        int[] once = new int[members.groupCount() + nonMembers.groupCount()];
        Arrays.fill(once, 1);
        return areaUnderCurve(once);
    }

    /** How often each group is drawn in a replicate. */
    int[] weights(int replicate) {
        int[] weights = new int[members.groupCount() + nonMembers.groupCount()];
        CounterRandom random = new CounterRandom(seed, replicate);
        for (int draw = 0; draw < members.groupCount(); draw++) {
            weights[random.nextInt(members.groupCount())]++;
        }
        for (int draw = 0; draw < nonMembers.groupCount(); draw++) {
            weights[members.groupCount() + random.nextInt(nonMembers.groupCount())]++;
        }
        return weights;
    }

    /**
     * The AUC when each group counts so many times. A table for each class, with 0 for the other's groups, spares a branch that nobody
     * could predict.
     */
    double areaUnderCurve(int[] weights) {
        int[] memberWeights = memberWeights(weights);
        int[] nonMemberWeights = nonMemberWeights(weights);
        long truePositives = 0;
        long tiedTruePositives = 0;
        long tiedFalsePositives = 0;
        long doubledArea = 0;
        for (int place = 0; place < groups.length; place++) {
            tiedTruePositives += memberWeights[groups[place]];
            tiedFalsePositives += nonMemberWeights[groups[place]];
            if (last[place]) {
                doubledArea += tiedFalsePositives * (2 * truePositives + tiedTruePositives);
                truePositives += tiedTruePositives;
                tiedTruePositives = 0;
                tiedFalsePositives = 0;
            }
        }
        return doubledArea / (2.0 * truePositives * nonMembers.weightedSize(weights, members.groupCount()));
    }

    /** The TPR at each of some ascending rates when each group counts so many times. */
    double[] truePositiveRates(int[] weights, double[] maximumFalsePositiveRates) {
        int[] memberWeights = memberWeights(weights);
        int[] nonMemberWeights = nonMemberWeights(weights);
        double allMembers = members.weightedSize(weights, 0);
        double allNonMembers = nonMembers.weightedSize(weights, members.groupCount());
        double[] rates = new double[maximumFalsePositiveRates.length];
        long truePositives = 0;
        long falsePositives = 0;
        long accepted = 0;
        int rate = 0;
        for (int place = 0; place < groups.length && rate < rates.length; place++) {
            truePositives += memberWeights[groups[place]];
            falsePositives += nonMemberWeights[groups[place]];
            if (last[place]) {
                while (rate < rates.length && falsePositives / allNonMembers > maximumFalsePositiveRates[rate]) {
                    rates[rate++] = accepted / allMembers;
                }
                accepted = truePositives;
            }
        }
        Arrays.fill(rates, rate, rates.length, accepted / allMembers);
        return rates;
    }

    private int[] memberWeights(int[] weights) {
        return Arrays.copyOf(Arrays.copyOf(weights, members.groupCount()), weights.length);
    }

    private int[] nonMemberWeights(int[] weights) {
        int[] ofNonMembers = weights.clone();
        Arrays.fill(ofNonMembers, 0, members.groupCount(), 0);
        return ofNonMembers;
    }

    /** From the influence of each group, the two classes being strata. */
    double acceleration(double observed) {
        double cubes = 0;
        double squares = 0;
        for (GroupedScores stratum : new GroupedScores[] {members, nonMembers}) {
            double count = stratum.groupCount();
            for (double without : withoutEachGroup(stratum)) {
                double influence = (count - 1) * (observed - without);
                cubes += influence * influence * influence / (count * count * count);
                squares += influence * influence / (count * count);
            }
        }
        return squares == 0 ? 0 : cubes / (6 * Math.pow(squares, 1.5));
    }

    /** The AUC without each group of a class in turn, in O(n): it is a mean of the class's placements. */
    private double[] withoutEachGroup(GroupedScores stratum) {
        DeLong all = DeLong.of(members.scores(), nonMembers.scores());
        double[] placements = stratum == members ? all.memberPlacements() : all.nonMemberPlacements();
        double[] sums = new double[stratum.groupCount()];
        int[] sizes = stratum.sizes();
        double whole = 0;
        for (int index = 0; index < placements.length; index++) {
            sums[stratum.group(index)] += placements[index];
            whole += placements[index];
        }
        double total = whole;
        return IntStream.range(0, sums.length).mapToDouble(group -> (total - sums[group]) / (placements.length - sizes[group])).toArray();
    }

    /** As {@link GroupedAreaInterval#CLUSTER_BOOTSTRAP} says, of any figure. */
    Interval percentiles(double[] values, double level) {
        double upper = Interval.NORMAL.cumulativeProbability(expanded(level));
        return percentiles(values, level, 1 - upper, upper, GroupedAreaInterval.CLUSTER_BOOTSTRAP);
    }

    /**
     * The normal quantile of a level, wider for few groups: a resample of G varies as if there were {@code G / (G - 1)}
     * times as much data, and its spread is itself an estimate (Hesterberg 2015).
     */
    double expanded(double level) {
        double groups = fewestGroups();
        return Math.sqrt(groups / (groups - 1)) * new TDistribution(null, groups - 1, 1e-14).inverseCumulativeProbability(0.5 + level / 2);
    }

    /** The two-sided p-value of a share of replicates in a tail: what {@link #expanded} does, undone. */
    private double contracted(double tail) {
        if (tail >= 0.5) {
            return 1;
        }
        double groups = fewestGroups();
        double t = Interval.NORMAL.inverseCumulativeProbability(Math.max(tail, Double.MIN_NORMAL)) / Math.sqrt(groups / (groups - 1));
        return 2 * new TDistribution(null, groups - 1, 1e-14).cumulativeProbability(t);
    }

    private int fewestGroups() {
        return Math.min(members.groupCount(), nonMembers.groupCount());
    }

    static Interval percentiles(double[] values, double level, double lower, double upper, Interval.Method method) {
        Arrays.sort(values);
        return new Interval(quantile(values, lower), quantile(values, upper), level, method);
    }

    /** Linear between order statistics (Hyndman and Fan's type 7, as R and NumPy by default). */
    static double quantile(double[] ascending, double probability) {
        double place = probability * (ascending.length - 1);
        int below = (int) Math.floor(place);
        double next = ascending[Math.min(below + 1, ascending.length - 1)];
        return ascending[below] + (place - below) * (next - ascending[below]);
    }
}
