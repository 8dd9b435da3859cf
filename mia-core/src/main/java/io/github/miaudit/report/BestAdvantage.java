package io.github.miaudit.report;

import io.github.miaudit.metrics.RocPoint;
import java.util.List;
import java.util.Optional;

/**
 * The threshold at which TPR - FPR is largest, and what it does.
 *
 * @param advantage      TPR - FPR; empty if suppressed
 * @param fpr            the share of non-members that the threshold accepts; empty if suppressed
 * @param threshold      scores of at least this are accepted; empty if it accepts nobody, or if suppressed
 * @param truePositives  members accepted; empty if suppressed
 * @param falsePositives non-members accepted; empty if suppressed
 * @param precision      the share of members among the accepted; empty if nobody is accepted, or if suppressed
 * @param accuracy       the share of right decisions; empty if suppressed
 * @param suppressed     whether something is not told because it is of few
 */
public record BestAdvantage(Optional<Double> advantage, Optional<Double> fpr, Optional<Double> threshold, Optional<Integer> truePositives,
        Optional<Integer> falsePositives, Optional<Double> precision, Optional<Double> accuracy, boolean suppressed) {

    /**
     * Checks the rates.
     *
     * @throws IllegalArgumentException if one is not in [0, 1]
     */
    public BestAdvantage {
        Shares.require("bestAdvantage", List.of(fpr, precision, accuracy));
    }

    static BestAdvantage of(RocPoint best, Disclosure.OfCounts disclosure) {
        boolean few = disclosure.hidesMembers(best);
        boolean fewOthers = disclosure.hidesOthers(best);
        return new BestAdvantage(OperatingPoint.told(best.advantage(), few || fewOthers),
                OperatingPoint.told(best.falsePositiveRate(), fewOthers), OperatingPoint.threshold(best, few || fewOthers),
                OperatingPoint.told(best.confusion().truePositives(), few),
                OperatingPoint.told(best.confusion().falsePositives(), fewOthers), OperatingPoint.precision(best, few || fewOthers),
                OperatingPoint.told(best.confusion().accuracy(), few || fewOthers), few || fewOthers);
    }
}
