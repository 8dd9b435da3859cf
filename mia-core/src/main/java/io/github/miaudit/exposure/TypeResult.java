package io.github.miaudit.exposure;

import java.util.List;
import java.util.OptionalDouble;

/**
 * The identifiers of one type.
 *
 * @param type           such as {@code surname}
 * @param set            how many
 * @param rankings       by the target less the reference, the target, the reference and the control; none of too few
 * @param checks         of the reference and the control; none of too few
 * @param preference     what is concluded
 * @param adjustedPValue of the preference by the target less the reference, corrected for the number of types that a verdict is
 *                       given of (Holm 1979); empty for others
 */
public record TypeResult(String type, RankedSet set, List<Ranking> rankings, List<Alikeness> checks, Preference preference,
        OptionalDouble adjustedPValue) {

    /** Copies the lists. */
    public TypeResult {
        rankings = List.copyOf(rankings);
        checks = List.copyOf(checks);
    }
}
