package io.github.miaudit.report;

import io.github.miaudit.metrics.RocPoint;
import java.util.List;
import java.util.Optional;

/**
 * The threshold at which TPR - FPR is largest, and what it does. It bounds what is found at every rate; so where a count of the attack is
 * hidden, only that advantage is told that follows from the rates and the curve as they are told, and the rest is suppressed.
 *
 * @param advantage      TPR - FPR, from 0 to 1; if suppressed, the greatest that follows from what is told, which is no more
 * @param fpr            the share of non-members that the threshold accepts; empty if suppressed
 * @param threshold      a round number that is no less than the exact one, as of an {@link OperatingPoint}; empty likewise
 * @param truePositives  members accepted; empty if suppressed
 * @param falsePositives non-members accepted; empty if suppressed
 * @param precision      the share of members among the accepted; empty if nobody is accepted, or if suppressed
 * @param accuracy       the share of right decisions; empty if suppressed
 * @param suppressed     whether all but a lower bound of the advantage is hidden because some count is of few
 */
public record BestAdvantage(double advantage, Optional<Double> fpr, Optional<Double> threshold, Optional<Integer> truePositives,
        Optional<Integer> falsePositives, Optional<Double> precision, Optional<Double> accuracy, boolean suppressed) {

    /**
     * Checks the rates.
     *
     * @throws IllegalArgumentException if one is not in [0, 1]
     */
    public BestAdvantage {
        Shares.require("bestAdvantage", List.of(Optional.of(advantage), fpr, precision, accuracy));
    }

    static BestAdvantage of(RocPoint best, Disclosure.OfCurve disclosure) {
        boolean few = !disclosure.tellsBestAdvantage();
        return new BestAdvantage(disclosure.advantage(!few),
                OperatingPoint.told(disclosure.falsePositiveRate(best), few), disclosure.threshold(best),
                OperatingPoint.told(best.confusion().truePositives(), few),
                OperatingPoint.told(best.confusion().falsePositives(), few), OperatingPoint.precision(best, few, disclosure),
                OperatingPoint.told(disclosure.share(best.confusion().accuracy()), few), few);
    }
}
