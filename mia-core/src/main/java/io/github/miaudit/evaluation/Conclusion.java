package io.github.miaudit.evaluation;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What a comparison answers to the question whether an outsider can tell members from others; and what an audit does. */
public enum Conclusion {

    /**
     * They can: members score higher on the whole, or more of them on top, than by chance ({@link Finding}); with a control, than it
     * can explain.
     */
    MEMBERS_CAN_BE_TOLD,

    /**
     * They can, but the other way: members score lower than others, and by the first attack nothing else is found, or by none; an attack
     * that learns the direction from the sets finds them higher always. An attacker who turns the score round tells them; and a sign is
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
    TOO_FEW,

    /**
     * Of an audit, never of a comparison: comparing sentences does not tell members, but the target prefers the identifiers in them to
     * others that could as well have stood there.
     */
    IDENTIFIERS_ARE_REMEMBERED,

    /**
     * Of an audit, never of a comparison: comparing all patients does not tell members, nor are identifiers remembered, but comparing those
     * of a stratum does, corrected for the number of strata.
     */
    A_STRATUM_CAN_BE_TOLD;

    static Conclusion of(ComparisonResult comparison, double level) {
        if (!comparison.targetWorks()) {
            return NOT_INTERPRETABLE;
        }
        if (comparison.findings().isEmpty()) {
            return TOO_FEW;
        }
        List<Finding> found = comparison.findings().stream().filter(finding -> finding.isFound(level)).toList();
        List<Finding> byFirst = found.stream().filter(finding -> finding.attack().equals(comparison.attacks().get(0).name())).toList();
        boolean higher = found.stream().anyMatch(finding -> !isLower(finding));
        if (areLower(byFirst) || areLower(found)) {
            return TOLD_THE_OTHER_WAY;
        }
        if (comparison.validity().verdict() == Validity.Verdict.NOT_INTERPRETABLE) {
            return NOT_INTERPRETABLE;
        }
        return higher ? MEMBERS_CAN_BE_TOLD : NO_DIFFERENCE_DETECTED;
    }

    /** Whether something is found, and nothing but that members score lower. */
    private static boolean areLower(List<Finding> found) {
        return !found.isEmpty() && found.stream().allMatch(Conclusion::isLower);
    }

    private static boolean isLower(Finding finding) {
        return finding.question() == Finding.Question.LOWER_ON_THE_WHOLE;
    }

    /** The attack that an answer rests on: that of the surest finding that says the same, or the first where nothing is found. */
    static AttackResult surest(ComparisonResult comparison, double level) {
        Conclusion answer = of(comparison, level);
        Optional<String> surest = comparison.findings().stream().filter(finding -> finding.isFound(level))
                .filter(finding -> isLower(finding) ? answer != MEMBERS_CAN_BE_TOLD : answer != TOLD_THE_OTHER_WAY)
                .min(Comparator.comparingDouble(Finding::adjustedPValue)).map(Finding::attack);
        return comparison.attacks().stream().filter(attack -> surest.filter(attack.name()::equals).isPresent()).findFirst()
                .orElse(comparison.attacks().get(0));
    }
}
