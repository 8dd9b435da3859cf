package io.github.miaudit.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Weights that make non-members look like members in what is known of both, so that what still tells them apart is something else. The
 * chance {@code e(x)} that a sentence with features x is a member is fitted by logistic regression, and a non-member weighs
 * {@code e / (1 - e)}. Fits are crossed by group: no sentence's chance comes from a fit that saw a sentence of its patient. Immutable.
 *
 * @see <a href="https://arxiv.org/abs/2602.02819">Even et al. 2026, on weights for membership inference under shift</a>
 * @see <a href="https://doi.org/10.1093/biomet/70.1.41">Rosenbaum and Rubin 1983</a>
 */
public final class PropensityWeights {

    private static final int FOLDS = 5;
    private static final double PENALTY = 1;

    private final double[] weights;
    private final int[] groups;
    private final int groupCount;

    private PropensityWeights(double[] weights, GroupedScores nonMembers) {
        this.weights = weights;
        groups = IntStream.range(0, nonMembers.size()).map(nonMembers::group).toArray();
        groupCount = nonMembers.groupCount();
    }

    /**
     * Fits weights on features, at least one, each of the same sentences in the same groups.
     *
     * @param members    the members' features
     * @param nonMembers the non-members', in the same order
     * @param seed       of the folds
     * @throws IllegalArgumentException if there is no feature, the rows differ, or a class has fewer groups than {@value #FOLDS}
     */
    public static PropensityWeights fit(List<GroupedScores> members, List<GroupedScores> nonMembers, long seed) {
        Arguments.requireAtLeast("features", members.size(), 1);
        Arguments.requireSameLength("features of members", members.size(), "features of non-members", nonMembers.size());
        Arguments.requireAtLeast("groups of a class", Math.min(members.get(0).groupCount(), nonMembers.get(0).groupCount()), FOLDS);
        double[][] ofMembers = rows(members);
        double[][] ofOthers = rows(nonMembers);
        int[] foldOfMembers = folds(members.get(0), seed);
        int[] foldOfOthers = folds(nonMembers.get(0), seed);
        double[] weights = new double[ofOthers.length];
        for (int fold = 0; fold < FOLDS; fold++) {
            LogisticRegression fit = LogisticRegression.fit(without(ofMembers, foldOfMembers, fold), without(ofOthers, foldOfOthers, fold),
                    PENALTY);
            for (int row = 0; row < weights.length; row++) {
                weights[row] = foldOfOthers[row] == fold ? Math.exp(fit.logOdds(ofOthers[row])) : weights[row];
            }
        }
        return new PropensityWeights(weights, nonMembers.get(0));
    }

    /** The weight of each non-member, above 0, in order. */
    public double[] weights() {
        return weights.clone();
    }

    /** How many groups of equal weight tell as much: {@code (sum W)² / sum W²} with W the weight of a group's sentences. */
    public double effectiveGroups() {
        double[] ofGroups = new double[groupCount];
        for (int row = 0; row < weights.length; row++) {
            ofGroups[groups[row]] += weights[row];
        }
        double sum = Arrays.stream(ofGroups).sum();
        return sum * sum / Arrays.stream(ofGroups).map(weight -> weight * weight).sum();
    }

    /**
     * The AUC with weighted non-members: the weighted share of them that a member scores above, ties counting half; empty if the groups'
     * effective number is below the least that is asked for. O(n log n).
     *
     * @throws IllegalArgumentException if there are other numbers of non-members, or a score is not finite
     */
    public OptionalDouble areaUnderCurve(double[] members, double[] nonMembers, double fewestGroups) {
        Arguments.requireScores("member", members);
        Arguments.requireScores("non-member", nonMembers);
        Arguments.requireSameLength("non-members", nonMembers.length, "weights", weights.length);
        if (effectiveGroups() < fewestGroups) {
            return OptionalDouble.empty();
        }
        int[] descending = SortedOrder.descending(nonMembers);
        double[] ascending = new double[descending.length];
        double[] below = new double[descending.length + 1];
        for (int place = 0; place < descending.length; place++) {
            int row = descending[descending.length - 1 - place];
            ascending[place] = nonMembers[row];
            below[place + 1] = below[place] + weights[row];
        }
        double won = Arrays.stream(members)
                .map(score -> (below[SortedOrder.countBelow(ascending, score)] + below[SortedOrder.countNotAbove(ascending, score)]) / 2)
                .sum();
        return OptionalDouble.of(won / members.length / below[below.length - 1]);
    }

    private static double[][] rows(List<GroupedScores> features) {
        int size = features.get(0).size();
        features.forEach(feature -> Arguments.requireSameLength("rows", size, "rows of another feature", feature.size()));
        return IntStream.range(0, size).mapToObj(row -> features.stream().mapToDouble(feature -> feature.score(row)).toArray())
                .toArray(double[][]::new);
    }

    /** Groups are dealt evenly. */
    private static int[] folds(GroupedScores of, long seed) {
        int[] order = new CounterRandom(seed, of.groupCount()).sample(IntStream.range(0, of.groupCount()).toArray(), of.groupCount());
        int[] foldOf = new int[of.groupCount()];
        for (int place = 0; place < order.length; place++) {
            foldOf[order[place]] = place % FOLDS;
        }
        return IntStream.range(0, of.size()).map(row -> foldOf[of.group(row)]).toArray();
    }

    private static double[][] without(double[][] rows, int[] folds, int left) {
        return IntStream.range(0, rows.length).filter(row -> folds[row] != left).mapToObj(row -> rows[row]).toArray(double[][]::new);
    }
}
