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
 * @param interval    of the difference, outwards to 0.01, not corrected for the number of versions; where counts are hidden as far on one
 *                    side as on the other, since two ends of their own would tell how skewed the patients' differences are, and so
 *                    whether one patient alone differs; empty with fewer than 5 patients
 * @param detected    whether a difference is found, corrected for the number of versions (Holm 1979); empty with fewer than
 *                    {@value HeldOutLoss#FEWEST_TO_FIND} patients
 */
public record VersionUtility(String target, Optional<Double> stated, Optional<Double> heldOutLoss, Optional<Double> difference,
        Optional<Interval> interval, Optional<Boolean> detected) {

    /**
     * @throws IllegalArgumentException if what is stated is not finite, a difference is of no loss, an interval of no difference, or a
     *                                  difference is found, or not, without an interval, or found with 0 within it
     */
    public VersionUtility {
        stated.ifPresent(value -> StatedUtilities.requireFinite(target, value));
        if (difference.isPresent() && heldOutLoss.isEmpty() || interval.isPresent() && difference.isEmpty()) {
            throw new IllegalArgumentException("the utility of " + target + " has a difference without a loss, or an interval without a"
                    + " difference");
        }
        if (detected.isPresent() && interval.isEmpty()
                || detected.orElse(false) && interval.filter(VersionUtility::holdsZero).isPresent()) {
            throw new IllegalArgumentException("detected is " + detected.get() + " of the loss of " + target + " with "
                    + interval.map(ends -> "an interval from " + ends.lower() + " to " + ends.upper()).orElse("no interval")
                    + "; only a difference whose interval does not hold 0 can be found");
        }
    }

    static VersionUtility of(HeldOutLoss loss, Disclosure disclosure) {
        Optional<HeldOutLoss> told = Optional.of(loss).filter(some -> disclosure.tellsLoss(some.patients()));
        Optional<HeldOutLoss.Beside> beside = told.flatMap(HeldOutLoss::beside);
        Optional<HeldOutLoss.Test> test = beside.flatMap(HeldOutLoss.Beside::test);
        Optional<Interval> interval = test.map(HeldOutLoss.Test::interval)
                .map(exact -> disclosure.hidesAny() ? symmetric(exact, beside.orElseThrow().difference()) : exact)
                .map(Digits.HUNDREDTHS::outward);
        return new VersionUtility(loss.target(), Optional.empty(), told.map(some -> Digits.toHundredth(some.mean())),
                beside.map(some -> Digits.toHundredth(some.difference())),
                interval, test.flatMap(HeldOutLoss.Test::isDetected).map(found -> found && !holdsZero(interval.orElseThrow())));
    }

    private static Interval symmetric(Interval interval, double middle) {
        double reach = Math.max(interval.upper() - middle, middle - interval.lower());
        return new Interval(middle - reach, middle + reach, interval.level(), interval.method());
    }

    private static boolean holdsZero(Interval interval) {
        return interval.lower() < 0 && interval.upper() > 0;
    }

    VersionUtility withStated(double value) {
        return new VersionUtility(target, Optional.of(value), heldOutLoss, difference, interval, detected);
    }

    /** Whether the loss is found to be higher than the baseline's, by 0.01 or more. */
    boolean losesSurely() {
        return detected.orElse(false) && interval.filter(ends -> ends.lower() > 0).isPresent();
    }
}
