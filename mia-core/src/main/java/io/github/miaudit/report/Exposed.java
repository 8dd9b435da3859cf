package io.github.miaudit.report;

import io.github.miaudit.evaluation.AttackResult;
import io.github.miaudit.metrics.Interval;
import java.util.Optional;

/**
 * How many patients are exposed: among the members, taken for members at a false positive rate of patients.
 *
 * @param atFpr      the wanted rate
 * @param members    whether their number is told, and if not, what is said of it
 * @param patients   how many; empty if suppressed
 * @param lower      the lower end of the interval of their number, seldom a whole number; of few or all but few no closer
 *                   than for any such number; else empty if suppressed or with too few patients
 * @param upper      its upper end; of few, no lower than that of any such number; else empty likewise
 * @param resolvable whether the rate allows any false positive; if not, the number is that without a single one
 * @param suppressed whether the number is not told
 */
public record Exposed(double atFpr, Told members, Optional<Integer> patients, Optional<Double> lower, Optional<Double> upper,
        boolean resolvable, boolean suppressed) {

    /**
     * Checks that what is told is what {@code members} and {@code suppressed} say.
     *
     * @throws IllegalArgumentException if it is not
     */
    public Exposed {
        if (lower.isPresent() != upper.isPresent() || members.isExact() != patients.isPresent() || members.isExact() == suppressed) {
            throw new IllegalArgumentException("exposed at " + atFpr + " has members " + members
                    + ", which patients, lower, upper or suppressed contradict");
        }
    }

    static Exposed of(AttackResult.OperatingPoint operating, int members, Disclosure.OfCurve disclosure) {
        Told told = disclosure.membersFound(operating);
        Optional<Interval> interval = disclosure.interval(operating);
        return new Exposed(operating.maximumFalsePositiveRate(), told,
                OperatingPoint.told(operating.point().confusion().truePositives(), !told.isExact()),
                interval.map(ends -> ends.lower() * members), interval.map(ends -> ends.upper() * members), operating.resolvable(),
                !told.isExact());
    }
}
