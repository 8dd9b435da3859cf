package io.github.miaudit.report;

import io.github.miaudit.evaluation.AttackResult;
import io.github.miaudit.metrics.Interval;
import io.github.miaudit.metrics.RocPoint;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The threshold with the highest true positive rate among those whose false positive rate does not exceed a wanted one.
 *
 * @param atFpr                  the wanted rate
 * @param tpr                    the share of members that the threshold accepts; empty if suppressed
 * @param tprInterval            of it; empty where there are too few, or if a suppressed rate could be computed from it
 * @param fpr                    the share of non-members that it accepts, at most the wanted one; empty if suppressed
 * @param fprInterval            of it; empty where there are too few, or if suppressed
 * @param falsePositivesAllowed  how many false positives the wanted rate allows; below 10 the figures hang on a few
 * @param resolvable             whether it allows any; if not, the TPR is that without a single false positive
 * @param standardisedPartialAuc of the ROC curve up to the wanted rate, 0.5 is guessing (McClish 1989); empty at 0 or if suppressed
 * @param ppvAtPrior             positive predictive value at the stated prior; empty without one, if nobody is accepted, or if suppressed
 * @param threshold              scores of at least this are accepted; empty if it accepts nobody, or if suppressed
 * @param truePositives          members accepted; empty if suppressed
 * @param falsePositives         non-members accepted; empty if suppressed
 * @param precision              the share of members among the accepted; empty if nobody is accepted, or if suppressed
 * @param accuracy               the share of right decisions; empty if suppressed
 * @param suppressed             whether something is not told because it is of few
 */
public record OperatingPoint(double atFpr, Optional<Double> tpr, Optional<Interval> tprInterval, Optional<Double> fpr,
        Optional<Interval> fprInterval, int falsePositivesAllowed, boolean resolvable, Optional<Double> standardisedPartialAuc,
        Optional<Double> ppvAtPrior, Optional<Double> threshold, Optional<Integer> truePositives, Optional<Integer> falsePositives,
        Optional<Double> precision, Optional<Double> accuracy, boolean suppressed) {

    /**
     * Checks the rates.
     *
     * @throws IllegalArgumentException if one is not in [0, 1]
     */
    public OperatingPoint {
        Shares.require("tprAtFpr", List.of(Optional.of(atFpr), tpr, fpr, ppvAtPrior, precision, accuracy));
    }

    static OperatingPoint of(AttackResult.OperatingPoint operating, Disclosure.OfCounts disclosure) {
        RocPoint point = operating.point();
        boolean few = disclosure.hidesMembers(point);
        boolean fewOthers = disclosure.hidesOthers(operating);
        return new OperatingPoint(operating.maximumFalsePositiveRate(), told(point.truePositiveRate(), few),
                operating.interval().filter(interval -> !disclosure.hidesInterval(operating, interval)),
                told(point.falsePositiveRate(), fewOthers), operating.falsePositiveInterval().filter(interval -> !fewOthers),
                operating.falsePositivesAllowed(), operating.resolvable(),
                told(operating.standardisedPartialArea(), disclosure.hidesAreaUpTo(operating.maximumFalsePositiveRate())),
                told(operating.positivePredictiveValue(), few || fewOthers), threshold(point, few || fewOthers),
                told(point.confusion().truePositives(), few), told(point.confusion().falsePositives(), fewOthers),
                precision(point, few || fewOthers), told(point.confusion().accuracy(), few || fewOthers), few || fewOthers);
    }

    /** Beside the scores of the most exposed, a threshold would tell how many reach it. */
    static Optional<Double> threshold(RocPoint point, boolean few) {
        return Double.isInfinite(point.threshold()) ? Optional.empty() : told(point.threshold(), few);
    }

    static Optional<Double> precision(RocPoint point, boolean few) {
        return told(point.confusion().precision(), few);
    }

    static <T> Optional<T> told(T value, boolean few) {
        return few ? Optional.empty() : Optional.of(value);
    }

    static Optional<Double> told(OptionalDouble value, boolean few) {
        return few || value.isEmpty() ? Optional.empty() : Optional.of(value.getAsDouble());
    }
}
