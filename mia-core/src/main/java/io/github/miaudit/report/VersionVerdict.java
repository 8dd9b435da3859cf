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
    /** Can't be told: members score below others by one of the two, so that a smaller AUC is no smaller leak. */
    TOLD_THE_OTHER_WAY,
    /**
     * Can't be told: one attack finds that it leaks less and another that it leaks more, or so does one by patient and by sentence. Never of
     * one difference.
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

    /** Of one difference, by the cells of its two targets: those of its reference, or all where it uses none. */
    static VersionVerdict of(ComparisonDocument.Difference difference, String baseline, List<ComparisonDocument.Cell> cells) {
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
        return !difference.detected() ? NO_DIFFERENCE_FOUND : difference.difference() < 0 ? LEAKS_LESS : LEAKS_MORE;
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
        Set<VersionVerdict> found = differences.stream()
                .filter(difference -> difference.target().equals(target) && difference.nonMembers() == Population.NON_MEMBERS)
                .map(difference -> of(difference, baseline, cells)).collect(Collectors.toSet());
        if (found.isEmpty()) {
            throw new IllegalArgumentException("differences has none of " + target + " with " + Population.NON_MEMBERS.label()
                    + "; at least one is needed");
        }
        boolean more = found.contains(LEAKS_MORE);
        if (more || found.contains(LEAKS_LESS)) {
            return more && found.contains(LEAKS_LESS) ? ATTACKS_DISAGREE
                    : more ? LEAKS_MORE : found.contains(TOLD_THE_OTHER_WAY) ? TOLD_THE_OTHER_WAY : LEAKS_LESS;
        }
        if (found.contains(TOLD_THE_OTHER_WAY)) { // who turns that score round may find more
            return TOLD_THE_OTHER_WAY;
        }
        if (found.contains(NO_DIFFERENCE_FOUND)) {
            return NO_DIFFERENCE_FOUND;
        }
        return Arrays.stream(values()).filter(found::contains).findFirst().orElseThrow();
    }
}
