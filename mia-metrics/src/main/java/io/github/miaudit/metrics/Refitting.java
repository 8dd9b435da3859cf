package io.github.miaudit.metrics;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What fits add to the variance of an AUC of scores that were learned from other groups (patients), by a jackknife in which the scores are
 * learned anew. Without part h of a class, out of B parts of its groups, the scores as they are have the AUC {@code A_h}, the scores that
 * were learned without h the AUC {@code A'_h}. With {@code T_h = A - A_h}, {@code R_h = A_h - A'_h} and means over the parts subtracted,
 * it is
 * {@code sum_classes (B - 1) / B sum_h (R_h² + 2 T_h R_h) - sum_h v_h}, or 0 if that is negative, {@code v_h} being the
 * {@linkplain DeLong#minus paired variance} of R_h by the groups that are scored.
 *
 * <p>T alone gives the variance of scores that were fixed before, so {@code (T + R)²} is the jackknife of the whole procedure. That counts
 * twice what h, when learned from, does to the score of a group g by chance, once as g's and once as h's, and so is too large (Efron and
 * Stein 1981); where nothing can be learned, it would be twice the truth. {@code v_h} is the second count. Immutable.
 *
 * @see <a href="https://doi.org/10.1214/aos/1176345462">Efron and Stein 1981, on the jackknife's variance</a>
 */
public final class Refitting {

    /**
     * The scores without a part of the groups.
     *
     * @param stratum    the class of the part, or any other number that the parts of one kind share
     * @param members    as learned without it, of all rows
     * @param nonMembers likewise
     * @param isMemberKept whether a member's row is of none of the part's groups
     * @param isNonMemberKept likewise
     */
    public record Without(int stratum, double[] members, double[] nonMembers, boolean[] isMemberKept, boolean[] isNonMemberKept) {
    }

    /** T, and the placements of the scores as they are minus those learned anew. */
    private record Part(int stratum, double asScored, DeLong moved) {
    }

    private final List<Part> parts;

    private Refitting(List<Part> parts) {
        this.parts = parts;
    }

    /**
     * From scores as they are and as they are without each part.
     *
     * @throws IllegalArgumentException if a part leaves fewer than two groups of a class, or lengths differ
     */
    public static Refitting of(GroupedScores members, GroupedScores nonMembers, List<Without> refits) {
        double area = DeLong.of(members, nonMembers).areaUnderCurve();
        return new Refitting(refits.stream().map(refit -> {
            DeLong kept = DeLong.of(members.where(refit.isMemberKept), nonMembers.where(refit.isNonMemberKept));
            DeLong anew = DeLong.of(members.withScores(refit.members).where(refit.isMemberKept),
                    nonMembers.withScores(refit.nonMembers).where(refit.isNonMemberKept));
            return new Part(refit.stratum, area - kept.areaUnderCurve(), kept.placementsMinus(anew));
        }).toList());
    }

    /**
     * What they add to the variance of the difference of two AUCs of the same rows.
     *
     * @throws IllegalArgumentException if other parts were left out
     */
    public Refitting minus(Refitting other) {
        Arguments.requireSameLength("refits", parts.size(), "of the other", other.parts.size());
        return new Refitting(IntStream.range(0, parts.size()).mapToObj(index -> {
            Part one = parts.get(index);
            Part two = other.parts.get(index);
            return new Part(one.stratum, one.asScored - two.asScored, one.moved.placementsMinus(two.moved));
        }).toList());
    }

    /** What is to be added to the variance of scores that were fixed before; at least 0. */
    public double addedVariance() {
        double added = 0;
        for (int stratum : parts.stream().mapToInt(Part::stratum).distinct().toArray()) {
            List<Part> ofStratum = parts.stream().filter(part -> part.stratum == stratum).toList();
            double count = ofStratum.size();
            double meanAsScored = ofStratum.stream().mapToDouble(Part::asScored).average().orElseThrow();
            double meanMoved = ofStratum.stream().mapToDouble(part -> part.moved.areaUnderCurve()).average().orElseThrow();
            for (Part part : ofStratum) {
                double moved = part.moved.areaUnderCurve() - meanMoved;
                added += (count - 1) / count * moved * (moved + 2 * (part.asScored - meanAsScored)) - part.moved.variance();
            }
        }
        return Math.max(0, added);
    }
}
