package io.github.miaudit.report;

import io.github.miaudit.evaluation.Exceedance;
import java.util.List;
import java.util.Optional;

/**
 * How many members, of rows that have nothing to do with one another, score above every other: the few that stand out.
 *
 * @param count      how many; empty if suppressed
 * @param pValue     the exact chance of so many or more if all were drawn alike (Rosenbaum 1954); empty if suppressed
 * @param suppressed whether the count is not told because it is of few, or would tell of few
 */
public record Exceeding(Optional<Integer> count, Optional<Double> pValue, boolean suppressed) {

    /**
     * Checks the p-value.
     *
     * @throws IllegalArgumentException if it is not in [0, 1]
     */
    public Exceeding {
        Shares.require("exceeding", List.of(pValue));
    }

    static Exceeding of(Exceedance found, boolean told) {
        return new Exceeding(OperatingPoint.told(found.exceeding(), !told), OperatingPoint.told(Digits.upToTwo(found.pValue()), !told),
                !told);
    }
}
