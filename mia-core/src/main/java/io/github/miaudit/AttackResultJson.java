package io.github.miaudit;

import io.github.miaudit.evaluation.AttackResult;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.evaluation.RocBand;
import io.github.miaudit.metrics.GroupedAreaInterval;
import io.github.miaudit.metrics.Interval;
import io.github.miaudit.metrics.RocPoint;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntPredicate;

/** One attack's figures as JSON. Where patients are known, counts of few are left out, and with them whatever would tell them. */
final class AttackResultJson {

    private static final double ROUNDING = 1e-9; // of a rate times a count

    private final JsonOutput json;
    private final AttackResult attack;
    private final Evaluation evaluation;
    /** Whether a count is too small to be told. */
    private final IntPredicate hidden;

    private AttackResultJson(JsonOutput json, AttackResult attack, Evaluation evaluation, IntPredicate hidden) {
        this.json = json;
        this.attack = attack;
        this.evaluation = evaluation;
        this.hidden = hidden;
    }

    static void write(JsonOutput json, AttackResult attack, RocBand curve, Evaluation evaluation) {
        json.field("name", attack.name());
        json.field("definition", attack.definition());
        AttackResultJson ofSentences = new AttackResultJson(json, attack, evaluation, attack.hiddenCounts(evaluation));
        ofSentences.figures();
        json.array("roc", curve.points().stream().filter(ofSentences::isTold).toList(), point -> point.interval().ifPresentOrElse(
                band -> json.row(point.falsePositiveRate(), point.truePositiveRate(), band.lower(), band.upper()),
                () -> json.row(point.falsePositiveRate(), point.truePositiveRate())));
        json.optional("byGroup", attack.byGroup().filter(byGroup -> !evaluation.hides(byGroup.memberCount()) && !evaluation.hides(byGroup.nonMemberCount())), byGroup -> {
            json.field("definition", byGroup.definition());
            json.field("memberCount", byGroup.memberCount());
            json.field("nonMemberCount", byGroup.nonMemberCount());
            AttackResultJson ofPatients = new AttackResultJson(json, byGroup, evaluation, evaluation::hides);
            ofPatients.figures();
            ofPatients.exposed();
        });
    }

    /** Not where few are found, or few may be accused; the last point, of all, always is. */
    private boolean isTold(RocBand.Point point) {
        int found = (int) Math.round(point.truePositiveRate() * attack.memberCount());
        int allowed = (int) Math.floor(point.falsePositiveRate() * attack.nonMemberCount() + ROUNDING);
        return point.falsePositiveRate() == 1 || !hidden.test(found) && !hidden.test(allowed);
    }

    private void figures() {
        json.field("auc", attack.areaUnderCurve());
        json.interval("aucInterval", attack.areaInterval());
        json.object("bestAdvantage", () -> {
            told("advantage", OptionalDouble.of(attack.bestAdvantage().advantage()), hidesAny(attack.bestAdvantage()));
            point(attack.bestAdvantage(), hidesTruePositives(attack.bestAdvantage()), hidesFalsePositives(attack.bestAdvantage()));
        });
        json.objects("tprAtFpr", attack.operatingPoints(), point -> operatingPoint(point, attack.operatingPoints().stream()
                .anyMatch(lower -> lower.maximumFalsePositiveRate() <= point.maximumFalsePositiveRate() && hidesAny(lower)))); // a partial area is of them too
        json.objects("calibrated", attack.calibrated(), this::calibrated);
        json.field("permutationPValue", attack.permutationPValue());
        boolean ofFew = attack.calibrated().stream().anyMatch(point -> hidesTruePositives(point) || hidesFalsePositives(point)); // the bound is of their counts
        json.optional("empiricalLeakage", attack.leakage().filter(leakage -> !ofFew), leakage -> {
            json.field("bound", leakage.bound());
            json.field("level", leakage.level());
            json.field("thresholds", leakage.thresholds());
            json.field("meaning", "no statement about differential privacy: membership was not drawn at random");
        });
        json.optional("canaryBound", attack.canaries(), canaries -> {
            json.field("canaries", canaries.canaries());
            json.field("guesses", canaries.guesses());
            json.field("correct", canaries.correct());
            json.field("epsilonLowerBound", canaries.epsilonLowerBound());
            json.field("delta", 0);
            json.field("level", canaries.level());
        });
    }

    private void operatingPoint(AttackResult.OperatingPoint operating, boolean hidesBelow) {
        boolean few = hidesTruePositives(operating.point());
        boolean fewFalse = hidesFalsePositives(operating);
        json.field("fpr", operating.maximumFalsePositiveRate());
        told("tpr", OptionalDouble.of(operating.point().truePositiveRate()), few);
        json.interval("interval", operating.interval().filter(interval -> !few || operating.resolvable() && hidesItsCount(interval)));
        json.interval("fprInterval", fewFalse ? Optional.empty() : operating.falsePositiveInterval());
        json.field("falsePositivesAllowed", operating.falsePositivesAllowed());
        json.field("resolvable", operating.resolvable());
        told("standardisedPartialAuc", operating.standardisedPartialArea(), hidesBelow);
        told("ppvAtPrior", operating.positivePredictiveValue(), few || fewFalse);
        point(operating.point(), few, fewFalse);
    }

    private void point(RocPoint point, boolean few, boolean fewFalse) {
        told("realisedFpr", OptionalDouble.of(point.falsePositiveRate()), fewFalse);
        // beside the scores of the most exposed, a threshold would tell how many reach it
        told("threshold", Double.isInfinite(point.threshold()) ? OptionalDouble.empty() : OptionalDouble.of(point.threshold()), few || fewFalse);
        count("truePositives", point.confusion().truePositives(), few);
        count("falsePositives", point.confusion().falsePositives(), fewFalse);
        told("precision", point.confusion().precision(), few || fewFalse);
        told("accuracy", OptionalDouble.of(point.confusion().accuracy()), few || fewFalse);
        json.field("suppressed", few || fewFalse);
    }

    private void calibrated(AttackResult.CalibratedPoint point) {
        boolean few = hidesTruePositives(point);
        boolean fewFalse = hidesFalsePositives(point);
        json.field("alpha", point.alpha());
        told("realisedFpr", figure(point, AttackResult.Decisions::falsePositiveRate), fewFalse);
        json.interval("realisedFprInterval", fewFalse ? Optional.empty() : point.decisions().flatMap(AttackResult.Decisions::falsePositiveInterval));
        told("tpr", figure(point, AttackResult.Decisions::truePositiveRate), few);
        json.interval("tprInterval", few ? Optional.empty() : point.decisions().flatMap(AttackResult.Decisions::truePositiveInterval));
        json.field("calibrationNonMembers", point.calibrationCount());
        json.field("calibrationNonMembersNeeded", point.needed());
        json.field("suppressed", few || fewFalse);
    }

    /** How many groups are exposed at each rate: a figure that people understand. */
    private void exposed() {
        json.objects("exposed", attack.operatingPoints(), operating -> {
            boolean few = hidesTruePositives(operating.point());
            json.field("fpr", operating.maximumFalsePositiveRate());
            count("groups", operating.point().confusion().truePositives(), few);
            json.field("of", attack.memberCount());
            told("lower", OptionalDouble.of(operating.interval().orElseThrow().lower() * attack.memberCount()), few);
            told("upper", OptionalDouble.of(operating.interval().orElseThrow().upper() * attack.memberCount()), few);
            json.field("resolvable", operating.resolvable());
            json.field("suppressed", few);
        });
    }

    private interface Rate {
        double of(AttackResult.Decisions decisions);
    }

    private static OptionalDouble figure(AttackResult.CalibratedPoint point, Rate rate) {
        return point.decisions().map(decisions -> OptionalDouble.of(rate.of(decisions))).orElse(OptionalDouble.empty());
    }

    private boolean hidesTruePositives(AttackResult.CalibratedPoint point) {
        return point.decisions().filter(decisions -> hidden.test(decisions.confusion().truePositives())).isPresent();
    }

    private boolean hidesFalsePositives(AttackResult.CalibratedPoint point) {
        return point.decisions().filter(decisions -> hidden.test(decisions.confusion().falsePositives())).isPresent();
    }

    private boolean hidesTruePositives(RocPoint point) {
        return hidden.test(point.confusion().truePositives());
    }

    private boolean hidesFalsePositives(RocPoint point) {
        return hidden.test(point.confusion().falsePositives());
    }

    /** Also where none are, if only few are allowed: of one at most, a hidden count would be told by being hidden. */
    private boolean hidesFalsePositives(AttackResult.OperatingPoint operating) {
        return hidesFalsePositives(operating.point()) || hidden.test(operating.falsePositivesAllowed());
    }

    /** Whether no count can be computed from an interval: not from one of patients drawn anew, if it is wide. */
    private boolean hidesItsCount(Interval interval) {
        return interval.method() == GroupedAreaInterval.CLUSTER_BOOTSTRAP && interval.upper() * attack.memberCount() >= 2 * evaluation.smallestCount();
    }

    private boolean hidesAny(AttackResult.OperatingPoint operating) {
        return hidesTruePositives(operating.point()) || hidesFalsePositives(operating);
    }

    private boolean hidesAny(RocPoint point) {
        return hidesTruePositives(point) || hidesFalsePositives(point);
    }

    private void told(String name, OptionalDouble value, boolean few) {
        json.field(name, few ? OptionalDouble.empty() : value);
    }

    private void count(String name, int value, boolean few) {
        if (few) {
            json.nothing(name);
        } else {
            json.field(name, value);
        }
    }
}
