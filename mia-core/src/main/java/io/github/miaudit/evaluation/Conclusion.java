package io.github.miaudit.evaluation;

import java.util.Comparator;
import java.util.Optional;

/** What a comparison answers to the question whether an outsider can tell members from others. */
public enum Conclusion {

    /**
     * They can: members score higher on the whole, or more of them on top, than by chance ({@link Finding}); with a control, than it
     * can explain.
     */
    MEMBERS_CAN_BE_TOLD,

    /**
     * They can, but the other way: members score lower than others. An attacker who turns the score round tells them; and a sign is
     * wrong, or members and others, or target and reference, are swapped.
     */
    TOLD_THE_OTHER_WAY,

    /** No test finds anything; which is no proof that nothing is there. */
    NO_DIFFERENCE_DETECTED,

    /**
     * The sets differ in more than membership, or the target is no working model ({@link Validity.Verdict#NOT_INTERPRETABLE}), so no
     * figure shows memory.
     */
    NOT_INTERPRETABLE,

    /** No attack's AUC has an interval: there are too few patients, or sentences. */
    TOO_FEW;

    static Conclusion of(ComparisonResult comparison, double level) {
        if (!comparison.targetWorks()) {
            return NOT_INTERPRETABLE;
        }
        if (comparison.findings().isEmpty()) {
            return TOO_FEW;
        }
        boolean lower = comparison.findings().stream()
                .anyMatch(finding -> finding.question() == Finding.Question.LOWER_ON_THE_WHOLE && finding.isFound(level));
        boolean higher = comparison.findings().stream()
                .anyMatch(finding -> finding.question() != Finding.Question.LOWER_ON_THE_WHOLE && finding.isFound(level));
        if (lower && !higher) {
            return TOLD_THE_OTHER_WAY;
        }
        if (comparison.validity().verdict() == Validity.Verdict.NOT_INTERPRETABLE) {
            return NOT_INTERPRETABLE;
        }
        return higher ? MEMBERS_CAN_BE_TOLD : NO_DIFFERENCE_DETECTED;
    }

    /** The attack that an answer rests on: that of the surest finding, or the first where nothing is found. */
    static AttackResult surest(ComparisonResult comparison, double level) {
        Optional<String> surest = comparison.findings().stream().filter(finding -> finding.isFound(level))
                .min(Comparator.comparingDouble(Finding::adjustedPValue)).map(Finding::attack);
        return comparison.attacks().stream().filter(attack -> surest.filter(attack.name()::equals).isPresent()).findFirst()
                .orElse(comparison.attacks().get(0));
    }
}
