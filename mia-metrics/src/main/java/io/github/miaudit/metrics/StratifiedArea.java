package io.github.miaudit.metrics;

import java.util.Arrays;
import java.util.OptionalDouble;
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
        double[] ceilings = ceilings(memberCovariates, nonMemberCovariates, strata);
        double[][] members = byStratum(memberScores, memberCovariates, ceilings);
        double[][] nonMembers = byStratum(nonMemberScores, nonMemberCovariates, ceilings);
        double weighted = 0;
        double pairs = 0;
        for (int stratum = 0; stratum < strata; stratum++) {
            if (members[stratum].length > 0 && nonMembers[stratum].length > 0) {
                double count = (double) members[stratum].length * nonMembers[stratum].length;
                weighted += count * RocCurve.of(members[stratum], nonMembers[stratum]).areaUnderCurve();
                pairs += count;
            }
        }
        return pairs == 0 ? OptionalDouble.empty() : OptionalDouble.of(weighted / pairs);
    }

    /** Of all strata but the last, ascending: their covariates are below them. */
    private static double[] ceilings(double[] memberCovariates, double[] nonMemberCovariates, int strata) {
        double[] all = Arrays.copyOf(memberCovariates, Math.addExact(memberCovariates.length, nonMemberCovariates.length));
        System.arraycopy(nonMemberCovariates, 0, all, memberCovariates.length, nonMemberCovariates.length);
        Arrays.parallelSort(all);
        return IntStream.range(1, strata).mapToDouble(stratum -> all[(int) ((long) stratum * all.length / strata)]).toArray();
    }

    /** The scores of each stratum: of those whose covariate is at least the ceiling below it and below its own. */
    private static double[][] byStratum(double[] scores, double[] covariates, double[] ceilings) {
        int[] sizes = new int[ceilings.length + 1];
        for (double covariate : covariates) {
            sizes[SortedOrder.countNotAbove(ceilings, covariate)]++;
        }
        double[][] within = Arrays.stream(sizes).mapToObj(double[]::new).toArray(double[][]::new);
        for (int row = 0; row < scores.length; row++) {
            int stratum = SortedOrder.countNotAbove(ceilings, covariates[row]);
            within[stratum][--sizes[stratum]] = scores[row];
        }
        return within;
    }
}
