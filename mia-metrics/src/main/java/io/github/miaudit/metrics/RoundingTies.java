package io.github.miaudit.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/** Scores that differ by the noise of their computation alone, made equal, so that they count as the ties that they are. */
public final class RoundingTies {

    /** Of the largest score: how far two may lie apart and be one. Sums of a patient's sentences differ by less in another order. */
    private static final double NOISE = 1e-12;

    private RoundingTies() {
    }

    /**
     * The scores of two classes, those of a run of neighbours that lie no more than 1e-12 of the largest magnitude apart all replaced by
     * the lowest of the run. O(n log n).
     *
     * @return the members' and the non-members', in their orders
     * @throws IllegalArgumentException if a score is not finite
     */
    public static List<double[]> joined(double[] members, double[] nonMembers) {
        Arguments.requireFinite("member", members);
        Arguments.requireFinite("non-member", nonMembers);
        double[] ascending = DoubleStream.concat(Arrays.stream(members), Arrays.stream(nonMembers)).sorted().toArray();
        double noise = NOISE * Arrays.stream(ascending).map(Math::abs).max().orElse(0);
        double[] lowest = ascending.clone();
        for (int place = 1; place < ascending.length; place++) {
            if (ascending[place] - ascending[place - 1] <= noise) {
                lowest[place] = lowest[place - 1];
            }
        }
        return List.of(replaced(members, ascending, lowest), replaced(nonMembers, ascending, lowest));
    }

    private static double[] replaced(double[] scores, double[] ascending, double[] lowest) {
        return Arrays.stream(scores).map(score -> lowest[SortedOrder.countBelow(ascending, score)]).toArray();
    }
}
