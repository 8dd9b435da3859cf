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
 * @param members                whether the members that the threshold accepts are told, and if not, what is said of them
 * @param tpr                    the share of members that the threshold accepts; empty if suppressed
 * @param tprAtLeast             no less than this, if {@code members} are {@code ALL_BUT_FEW}: those that are not accepted are rounded up
 *                               so that no number of them follows
 * @param tprAtMost              no more than this, if {@code members} are {@code FEW}, likewise
 * @param tprInterval            of it; empty where there are too few. Of {@code FEW} from 0 and of {@code ALL_BUT_FEW} to 1, the other end
 *                               no
 *                               closer than for any such number of them; else empty if suppressed
 * @param fpr                    the share of non-members that it accepts, at most the wanted one; empty if suppressed
 * @param fprInterval            of it; empty where there are too few, or if suppressed
 * @param falsePositivesAllowed  how many false positives the wanted rate allows; below 10 the figures hang on a few
 * @param resolvable             whether it allows any; if not, the TPR is that without a single false positive
 * @param standardisedPartialAuc of the ROC curve up to the wanted rate, 0.5 is guessing (McClish 1989); rounded where counts are hidden;
 *                               empty at 0 or if suppressed
 * @param ppvAtPrior             positive predictive value at the stated prior; empty without one, if nobody is accepted, or if suppressed
 * @param threshold              a round number that is no less than the exact threshold, to which all figures belong; from it down, by a
 *                               step, at least 5 of the scores lie. What it accepts, the exact one accepts too, so neither rate is
 *                               higher. Empty if the exact one accepts nobody, where counts are hidden, of patients, and where too few
 *                               scores lie around it
 * @param truePositives          members accepted; empty if suppressed
 * @param falsePositives         non-members accepted; empty if suppressed
 * @param precision              the share of members among the accepted; empty if nobody is accepted, or if suppressed
 * @param accuracy               the share of right decisions; empty if suppressed
 * @param suppressed             whether something is not told because it is of few
 */
public record OperatingPoint(double atFpr, Told members, Optional<Double> tpr, Optional<Double> tprAtLeast, Optional<Double> tprAtMost,
        Optional<Interval> tprInterval,
        Optional<Double> fpr,
        Optional<Interval> fprInterval, int falsePositivesAllowed, boolean resolvable, Optional<Double> standardisedPartialAuc,
        Optional<Double> ppvAtPrior, Optional<Double> threshold, Optional<Integer> truePositives, Optional<Integer> falsePositives,
        Optional<Double> precision, Optional<Double> accuracy, boolean suppressed) {

    /** What every report says of a rate that is not {@code resolvable}. */
    public static final String UNMEASURED = "can't be measured";

    /**
     * Checks the rates.
     *
     * @throws IllegalArgumentException if one is not in [0, 1], or the TPR is told or not against what {@code members} says
     */
    public OperatingPoint {
        Shares.require("tprAtFpr", List.of(Optional.of(atFpr), tpr, tprAtLeast, tprAtMost, fpr, ppvAtPrior, precision, accuracy));
        if (members.isExact() != tpr.isPresent() || !members.isExact() && !suppressed) {
            throw new IllegalArgumentException(
                    "tprAtFpr at " + atFpr + " has members " + members + ", which its tpr and suppressed contradict");
        }
    }

    /** The share of members as reports state it: empty if the rate is not resolvable, or if it is not told. */
    public Optional<Double> share() {
        return resolvable ? tpr : Optional.empty();
    }

    /** What they state where there is no {@link #share()}, such as "of fewer than 5 patients". */
    public String insteadOfShare(int smallestCount) {
        return resolvable ? members.ofPatients(smallestCount) : UNMEASURED;
    }

    static OperatingPoint of(AttackResult.OperatingPoint operating, Disclosure.OfCurve disclosure) {
        RocPoint point = operating.point();
        Told members = disclosure.membersFound(operating);
        boolean few = !members.isExact();
        boolean fewOthers = !disclosure.tellsOthers(operating);
        return new OperatingPoint(operating.maximumFalsePositiveRate(), members, told(disclosure.truePositiveRate(operating), few),
                disclosure.tprAtLeast(operating), disclosure.tprAtMost(operating), disclosure.interval(operating),
                told(disclosure.falsePositiveRate(operating), fewOthers),
                disclosure.falsePositiveInterval(operating).filter(interval -> !fewOthers),
                operating.falsePositivesAllowed(), operating.resolvable(), disclosure.partialArea(operating),
                told(operating.positivePredictiveValue(), few || fewOthers).map(disclosure::share), disclosure.threshold(point),
                told(point.confusion().truePositives(), few), told(point.confusion().falsePositives(), fewOthers),
                precision(point, few || fewOthers, disclosure),
                told(disclosure.share(point.confusion().accuracy()), few || fewOthers), few || fewOthers);
    }

    static Optional<Double> precision(RocPoint point, boolean few, Disclosure.OfCurve disclosure) {
        return told(point.confusion().precision(), few).map(disclosure::share);
    }

    static <T> Optional<T> told(T value, boolean few) {
        return few ? Optional.empty() : Optional.of(value);
    }

    static Optional<Double> told(OptionalDouble value, boolean few) {
        return few || value.isEmpty() ? Optional.empty() : Optional.of(value.getAsDouble());
    }
}
