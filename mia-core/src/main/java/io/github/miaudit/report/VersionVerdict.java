package io.github.miaudit.report;

import io.github.miaudit.data.Population;
import io.github.miaudit.evaluation.Conclusion;
import io.github.miaudit.evaluation.Ranked;
import io.github.miaudit.evaluation.Validity;
import io.github.miaudit.metrics.Interval;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is said of a version of a target beside the baseline: by one difference of AUCs, or by all that count. */
public enum VersionVerdict {

    /** A difference is found, below 0 and not shown to be within the margin; by all, by one at least, while none is found above. */
    LEAKS_LESS,
    /** The same above 0, and none below. */
    LEAKS_MORE,
    /** Every sentence has the same place by both, or the difference is shown to be within the stated margin; by all, by every one. */
    SAME,
    /** None is found, which shows neither that there is none nor that the version leaks no more than the baseline. */
    NO_DIFFERENCE_FOUND,
    /** Can't be told: one of the two fails a check that it works as a language model. */
    MODEL_NOT_WORKING,
    /** Can't be told: an attack's AUC has no interval for one of the two, as there are too few patients, or sentences. */
    TOO_FEW,
    /** Can't be told: the audit of one of the two rejects the comparison ({@link Validity.Verdict#NOT_INTERPRETABLE}). */
    NOT_INTERPRETABLE,
    /**
     * Can't be told: differences are found, but so is a shift between the sets, by a check with any reference, and it may be half as large
     * or more ({@link Validity#TOLERATED_SHARE}): one version may read the sets' difference more plainly than the other, and remember no
     * less.
     */
    SHIFT_MAY_EXPLAIN,
    /** Can't be told: members score below others by one of the two, so that a smaller AUC is no smaller leak. */
    TOLD_THE_OTHER_WAY,
    /**
     * Can't be told: one attack finds that it leaks less and another that it leaks more, or so does one by patient and by sentence. Never
     * of one difference.
     */
    ATTACKS_DISAGREE;

    private static final Set<VersionVerdict> ANSWERS = Set.of(LEAKS_LESS, LEAKS_MORE, SAME, NO_DIFFERENCE_FOUND);

    /** Whether it answers the question; else it can't be told. */
    public boolean isAnswer() {
        return ANSWERS.contains(this);
    }

    /** Such as "leaks less"; "can't be told" for all that say why not. */
    public String words() {
        return isAnswer() ? name().toLowerCase(Locale.ROOT).replace('_', ' ') : "can't be told";
    }

    /** Of one of the differences, by the cells of its two targets: those of its reference, or all where it uses none. */
    static VersionVerdict of(ComparisonDocument.Difference difference, String baseline, List<ComparisonDocument.Difference> differences,
            List<ComparisonDocument.Cell> cells) {
        List<ComparisonDocument.Cell> both = cells.stream()
                .filter(cell -> cell.target().equals(baseline) || cell.target().equals(difference.target())).toList();
        if (both.stream().anyMatch(cell -> !cell.audit().failedTargetChecks().isEmpty())) {
            return MODEL_NOT_WORKING;
        }
        List<Comparison> comparisons = both.stream()
                .filter(cell -> difference.reference().isEmpty() || difference.reference().get().equals(cell.reference()))
                .flatMap(cell -> cell.audit().comparisons().stream())
                .filter(comparison -> comparison.nonMembers() == difference.nonMembers()).toList();
        List<Attack> attacks = comparisons.stream().flatMap(comparison -> comparison.attacks().stream())
                .filter(attack -> attack.name().equals(difference.attack())).toList();
        if (attacks.stream().anyMatch(attack -> ranked(attack, difference.ranked()).isEmpty())) {
            return TOO_FEW;
        }
        if (comparisons.stream().anyMatch(comparison -> comparison.validity().verdict() == Validity.Verdict.NOT_INTERPRETABLE)) {
            return NOT_INTERPRETABLE;
        }
        if (comparisons.stream().anyMatch(comparison -> comparison.conclusion() == Conclusion.TOLD_THE_OTHER_WAY)
                || attacks.stream().anyMatch(attack -> Stream.of(Ranked.values())
                        .anyMatch(ranked -> ranked(attack, ranked).filter(interval -> interval.upper() < 0.5).isPresent()))) {
            return TOLD_THE_OTHER_WAY;
        }
        if (difference.same() || difference.withinMargin().orElse(false)) {
            return SAME;
        }
        return !difference.detected() ? NO_DIFFERENCE_FOUND
                : shift(difference.nonMembers(), both) >= Validity.TOLERATED_SHARE * least(difference, differences) ? SHIFT_MAY_EXPLAIN
                        : difference.difference() < 0 ? LEAKS_LESS : LEAKS_MORE;
    }

    /** How large a shift may be that is found, whatever the reference: they are the same sets; below 0 if none is found. */
    private static double shift(Population nonMembers, List<ComparisonDocument.Cell> cells) {
        return cells.stream().flatMap(cell -> cell.audit().comparisons().stream())
                .filter(comparison -> comparison.nonMembers() == nonMembers).map(Comparison::validity)
                .filter(validity -> validity.verdict() == Validity.Verdict.SHIFTED
                        || validity.verdict() == Validity.Verdict.NOT_INTERPRETABLE)
                .mapToDouble(validity -> validity.checks().stream().flatMap(check -> check.effectUpTo().stream())
                        .mapToDouble(Double::doubleValue).max().orElse(0.5))
                .max().orElse(-1);
    }

    /** How much the attack finds by sentence at least, as the shift is measured by sentence, in the direction of a difference. */
    private static double least(ComparisonDocument.Difference difference, List<ComparisonDocument.Difference> differences) {
        return differences.stream().filter(other -> other.ranked() == Ranked.SENTENCES && other.target().equals(difference.target())
                && other.reference().equals(difference.reference()) && other.attack().equals(difference.attack())
                && other.nonMembers() == difference.nonMembers()).map(ComparisonDocument.Difference::interval)
                .mapToDouble(interval -> difference.difference() < 0 ? -interval.upper() : interval.lower()).max().orElse(0);
    }

    private static Optional<Interval> ranked(Attack attack, Ranked ranked) {
        return ranked == Ranked.SENTENCES ? attack.aucInterval() : attack.byPatient().flatMap(ByPatient::aucInterval);
    }

    /**
     * Of all differences of a target that count: those with the non-members.
     *
     * @throws IllegalArgumentException if there is none
     */
    static VersionVerdict of(String target, String baseline, List<ComparisonDocument.Difference> differences,
            List<ComparisonDocument.Cell> cells) {
        List<ComparisonDocument.Difference> counting = differences.stream()
                .filter(difference -> difference.target().equals(target) && difference.nonMembers() == Population.NON_MEMBERS).toList();
        Set<VersionVerdict> found = counting.stream().map(difference -> of(difference, baseline, differences, cells))
                .collect(Collectors.toSet());
        if (found.isEmpty()) {
            throw new IllegalArgumentException("differences has none of " + target + " with " + Population.NON_MEMBERS.label()
                    + "; at least one is needed");
        }
        boolean more = found.contains(LEAKS_MORE);
        if (!more && counting.stream().anyMatch(difference -> difference.difference() > 0
                && of(difference, baseline, differences, cells) == SHIFT_MAY_EXPLAIN)) {
            return SHIFT_MAY_EXPLAIN;
        }
        if (more || found.contains(LEAKS_LESS)) {
            return more && found.contains(LEAKS_LESS) ? ATTACKS_DISAGREE
                    : more ? LEAKS_MORE : found.contains(TOLD_THE_OTHER_WAY) ? TOLD_THE_OTHER_WAY : LEAKS_LESS;
        }
        if (found.contains(TOLD_THE_OTHER_WAY)) { // who turns that score round may find more
            return TOLD_THE_OTHER_WAY;
        }
        if (found.contains(SHIFT_MAY_EXPLAIN)) { // one was found
            return SHIFT_MAY_EXPLAIN;
        }
        if (found.contains(NO_DIFFERENCE_FOUND)) {
            return NO_DIFFERENCE_FOUND;
        }
        return Arrays.stream(values()).filter(found::contains).findFirst().orElseThrow();
    }
}
