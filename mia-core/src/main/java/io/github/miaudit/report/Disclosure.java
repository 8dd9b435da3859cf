package io.github.miaudit.report;

import io.github.miaudit.evaluation.AttackResult;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.evaluation.Exceedance;
import io.github.miaudit.metrics.Interval;
import io.github.miaudit.metrics.RocPoint;
import java.util.Optional;

/**
 * What may be told, decided here and nowhere else: no count of patients from 1 to below the smallest, nor a figure from which one
 * follows. Of sentences, where their patients are known, counts of few are of few patients and treated alike. Immutable.
 */
final class Disclosure {

    private static final double ROUNDING = 1e-9; // of a rate times a count

    private final int smallestCount;

    private Disclosure(int smallestCount) {
        this.smallestCount = smallestCount;
    }

    static Disclosure of(Evaluation evaluation) {
        return new Disclosure(evaluation.smallestCount());
    }

    int smallestCount() {
        return smallestCount;
    }

    /** Whether any count is hidden at all. */
    boolean hidesAny() {
        return smallestCount > 1;
    }

    /** Whether a count of patients is too small to be told. */
    boolean hides(long patients) {
        return patients > 0 && patients < smallestCount;
    }

    /** The figures by patient, if they may be told: not of few patients, on either side. */
    Optional<AttackResult> byPatient(AttackResult attack) {
        return attack.byPatient().filter(patients -> !hides(patients.memberCount()) && !hides(patients.nonMemberCount()));
    }

    /** Decides for figures whose rows are sentences, which are of patients where any is known, on either side. */
    OfCounts ofSentences(AttackResult attack, boolean grouped) {
        return new OfCounts(attack, grouped);
    }

    /** Decides for figures whose rows are patients. */
    OfCounts ofPatients(AttackResult byPatient) {
        return new OfCounts(byPatient, true);
    }

    /** Decides for the figures of one attack. */
    final class OfCounts {

        private final AttackResult attack;
        private final boolean ofPatients;

        private OfCounts(AttackResult attack, boolean ofPatients) {
            this.attack = attack;
            this.ofPatients = ofPatients;
        }

        boolean hidesMembers(RocPoint point) {
            return hides(point.confusion().truePositives());
        }

        boolean hidesExceeding(Exceedance found) {
            return hides(found.exceeding());
        }

        boolean hidesOthers(RocPoint point) {
            return hides(point.confusion().falsePositives());
        }

        /** Also where none are, if only few are allowed: of one at most, a hidden count would be told by being hidden. */
        boolean hidesOthers(AttackResult.OperatingPoint operating) {
            return hidesOthers(operating.point()) || hides(operating.falsePositivesAllowed());
        }

        boolean hidesMembers(AttackResult.CalibratedPoint point) {
            return point.decisions().filter(decisions -> hides(decisions.confusion().truePositives())).isPresent();
        }

        boolean hidesOthers(AttackResult.CalibratedPoint point) {
            return point.decisions().filter(decisions -> hides(decisions.confusion().falsePositives())).isPresent();
        }

        /** The area up to a rate is of the points at all lower rates too. */
        boolean hidesAreaUpTo(double rate) {
            return attack.operatingPoints().stream().filter(lower -> lower.maximumFalsePositiveRate() <= rate)
                    .anyMatch(lower -> hidesMembers(lower.point()) || hidesOthers(lower));
        }

        /** The bound is of the counts at all calibrated thresholds. */
        boolean hidesLeakage() {
            return attack.calibrated().stream().anyMatch(point -> hidesMembers(point) || hidesOthers(point));
        }

        /** An interval of the TPR; of few members only one of patients drawn anew, and wide, so that no count can be computed from it. */
        boolean hidesInterval(AttackResult.OperatingPoint operating, Interval interval) {
            return hidesMembers(operating.point()) && !(operating.resolvable() && interval.method() == Interval.Method.CLUSTER_BOOTSTRAP
                    && interval.upper() * attack.memberCount() >= 2 * smallestCount);
        }

        /** A point of the curve; not where few are found, or few may be accused; the last point, of all, always is told. */
        boolean tells(double falsePositiveRate, double truePositiveRate) {
            int found = (int) Math.round(truePositiveRate * attack.memberCount());
            int allowed = (int) Math.floor(falsePositiveRate * attack.nonMemberCount() + ROUNDING);
            return falsePositiveRate == 1 || !hides(found) && !hides(allowed);
        }

        private boolean hides(int count) {
            return ofPatients && Disclosure.this.hides(count);
        }
    }
}
