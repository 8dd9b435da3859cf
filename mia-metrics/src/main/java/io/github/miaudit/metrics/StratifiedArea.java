package io.github.miaudit.metrics;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** The AUC among pairs that are alike in something else. */
public final class StratifiedArea {

    private StratifiedArea() {
    }

    /**
     * The AUC of pairs of a member and a non-member from the same stratum, scores being higher = more likely a member: strata are
     * cut at the quantiles of the covariate over all rows, and their AUCs are weighted by their pairs,
     * {@code sum_b U_b / sum_b m_b n_b}; empty if no stratum has both a member and a non-member. Equal covariates are in the same
     * stratum, so there may be fewer strata than asked for. With the reference's log-likelihood as covariate it says how well a
     * score separates sentences that the reference finds equally likely. O(n log n).
     *
     * @throws IllegalArgumentException if a class is empty, a value is not finite, lengths differ or strata are below 1
     */
    public static OptionalDouble of(double[] memberScores, double[] nonMemberScores, double[] memberCovariates,
            double[] nonMemberCovariates, int strata) {
        Arguments.requireScores("member", memberScores);
        Arguments.requireScores("non-member", nonMemberScores);
        Arguments.requireFinite("member covariate", memberCovariates);
        Arguments.requireFinite("non-member covariate", nonMemberCovariates);
        Arguments.requireSameLength("member scores", memberScores.length, "covariates", memberCovariates.length);
        Arguments.requireSameLength("non-member scores", nonMemberScores.length, "covariates", nonMemberCovariates.length);
        Arguments.requireAtLeast("strata", strata, 1);
        double[] all = DoubleStream.concat(Arrays.stream(memberCovariates), Arrays.stream(nonMemberCovariates)).sorted().toArray();
        double weighted = 0;
        double pairs = 0;
        double floor = Double.NEGATIVE_INFINITY;
        for (int stratum = 1; stratum <= strata; stratum++) {
            double ceiling = stratum == strata ? Double.POSITIVE_INFINITY : all[(int) ((long) stratum * all.length / strata)];
            double[] members = within(memberScores, memberCovariates, floor, ceiling);
            double[] nonMembers = within(nonMemberScores, nonMemberCovariates, floor, ceiling);
            if (members.length > 0 && nonMembers.length > 0) {
                double count = (double) members.length * nonMembers.length;
                weighted += count * RocCurve.of(members, nonMembers).areaUnderCurve();
                pairs += count;
            }
            floor = ceiling;
        }
        return pairs == 0 ? OptionalDouble.empty() : OptionalDouble.of(weighted / pairs);
    }

    /** The scores whose covariate is at least the floor and below the ceiling. */
    private static double[] within(double[] scores, double[] covariates, double floor, double ceiling) {
        return IntStream.range(0, scores.length).filter(index -> covariates[index] >= floor && covariates[index] < ceiling)
                .mapToDouble(index -> scores[index]).toArray();
    }
}
