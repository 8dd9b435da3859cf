package io.github.miaudit.report;

import io.github.miaudit.evaluation.HeldOutLoss;
import io.github.miaudit.metrics.Interval;
import java.util.Optional;

/**
 * How useful a version of a target is, beside what it leaks.
 *
 * @param target      its name
 * @param stated      as whoever compares the versions measured it; higher = more useful; empty unless stated
 * @param heldOutLoss the {@link HeldOutLoss} on the non-members, nats a token, lower = better, to 0.01; empty of few patients
 * @param difference  the version's loss minus the baseline's, paired, to 0.01; above 0, the version is worse; empty of the baseline, of few
 *                    patients, and where the two read the sentences as different tokens or by different rules
 * @param interval    of the difference, outwards to 0.01; empty with fewer than 5 patients
 */
public record VersionUtility(String target, Optional<Double> stated, Optional<Double> heldOutLoss, Optional<Double> difference,
        Optional<Interval> interval) {

    /** @throws IllegalArgumentException if what is stated is not finite, a difference is of no loss, or an interval of no difference */
    public VersionUtility {
        stated.ifPresent(value -> StatedUtilities.requireFinite(target, value));
        if (difference.isPresent() && heldOutLoss.isEmpty() || interval.isPresent() && difference.isEmpty()) {
            throw new IllegalArgumentException("the utility of " + target + " has a difference without a loss, or an interval without a"
                    + " difference");
        }
    }

    static VersionUtility of(HeldOutLoss loss, Disclosure disclosure) {
        Optional<HeldOutLoss> told = Optional.of(loss).filter(some -> disclosure.tellsLoss(some.patients()));
        Optional<HeldOutLoss.Beside> beside = told.flatMap(HeldOutLoss::beside);
        return new VersionUtility(loss.target(), Optional.empty(), told.map(some -> Digits.toHundredth(some.mean())),
                beside.map(some -> Digits.toHundredth(some.difference())),
                beside.flatMap(HeldOutLoss.Beside::interval).map(Digits.HUNDREDTHS::outward));
    }

    VersionUtility withStated(double value) {
        return new VersionUtility(target, Optional.of(value), heldOutLoss, difference, interval);
    }

    /** Whether the loss is higher than the baseline's for all that the interval holds. */
    boolean losesSurely() {
        return interval.filter(ends -> ends.lower() > 0).isPresent();
    }
}
