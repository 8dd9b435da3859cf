package io.github.miaudit.report;

import io.github.miaudit.evaluation.AttackResult;
import java.util.Optional;

/**
 * How many patients are exposed: among the members, taken for members at a false positive rate of patients.
 *
 * @param atFpr      the wanted rate
 * @param patients   how many; empty if suppressed
 * @param lower      the lower end of the interval of their number, seldom a whole number; empty if suppressed or with too few patients
 * @param upper      its upper end; empty if suppressed
 * @param resolvable whether the rate allows any false positive; if not, the number is that without a single one
 * @param suppressed whether the number is not told because it is small
 */
public record Exposed(double atFpr, Optional<Integer> patients, Optional<Double> lower, Optional<Double> upper, boolean resolvable,
        boolean suppressed) {

    /**
     * Checks that an interval is whole, and told only with the number.
     *
     * @throws IllegalArgumentException if it is not
     */
    public Exposed {
        if (lower.isPresent() != upper.isPresent() || lower.isPresent() && patients.isEmpty()) {
            throw new IllegalArgumentException("exposed at " + atFpr + " must tell lower and upper, or neither, and only with patients");
        }
    }

    static Exposed of(AttackResult.OperatingPoint operating, int members, Disclosure.OfCounts disclosure) {
        boolean few = disclosure.hidesMembers(operating.point());
        return new Exposed(operating.maximumFalsePositiveRate(), OperatingPoint.told(operating.point().confusion().truePositives(), few),
                operating.interval().filter(interval -> !few).map(interval -> interval.lower() * members),
                operating.interval().filter(interval -> !few).map(interval -> interval.upper() * members), operating.resolvable(), few);
    }
}
