package io.github.miaudit.evaluation;

import io.github.miaudit.data.Population;
import io.github.miaudit.membership.AttackScores;
import io.github.miaudit.metrics.GroupedScores;
import io.github.miaudit.metrics.Interval;
import io.github.miaudit.metrics.RocCurve;
import io.github.miaudit.metrics.StratifiedArea;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Whether a comparison could show memory at all. A blind check never looks at the target, so its effect, {@code |AUC - 0.5|}, is a
 * difference between the sets. A control model, trained alike but not on the members, has that difference too, so what the target does
 * beyond it is memory.
 *
 * @param verdict     the verdict
 * @param reasons     why, in words, one or more
 * @param shiftPValue of the hypothesis that the two sets were drawn alike, over all blind checks; empty if none could be made
 * @param checks      the blind checks, and what the target does beyond them: within strata of the reference's score, and without a
 *                    control with the others weighted
 * @param overlap     between the sets; empty if texts are not known
 */
public record Validity(Verdict verdict, List<String> reasons, Optional<Double> shiftPValue, List<Check> checks,
        Optional<Overlap> overlap) {

    /**
     * A blind effect must be below this share of the first attack's for the attack to be evidence of memory: both by their bounds. This
     * project's own choice: from half on, as much of the attack may be a difference between the sets as memory.
     */
    public static final double TOLERATED_SHARE = 0.5;

    /** A shift is found at this level: a little below the 0.05 by which an answer may err, of which it takes nothing away. */
    private static final double SHIFT_LEVEL = 0.04;

    private static final int STRATA = 50;
    private static final int FEWEST_ROWS_A_STRATUM = 20;

    /** What may be concluded from a comparison, the best first. */
    public enum Verdict {
        /**
         * Without a control: no shift is found, and the largest that the blind checks leave possible is below {@link #TOLERATED_SHARE} of
         * the least that the first attack finds. With one: no shift is found, and the target is compared with the control.
         */
        VALID,
        /** A shift is found, but below that share of the attack; or what is reported is the difference to a control, which has it too. */
        SHIFTED,
        /** No shift is found, but one that large is not excluded. */
        UNDECIDED,
        /** A shift is found, and it may be that large; or the target fails a {@link TargetCheck}. */
        NOT_INTERPRETABLE,
        /** A check that the verdict needs could not be made. */
        NOT_CHECKED
    }

    /**
     * A check.
     *
     * @param name        {@code reference-only}, {@code length}, {@code bag-of-words}, an attack's blind twin,
     *                    {@code target-within-reference-strata} or {@code propensity-weighted}, the first attack's AUC with the others
     *                    weighted so that they look like members
     * @param blind       whether it never looks at the target, so that it counts for the verdict
     * @param auc         its AUC; of bag-of-words out of fold, where a classifier that found nothing tends to fall below 0.5
     * @param aucInterval of the AUC; empty where there is none
     * @param pValue      of the hypothesis that the sets were drawn alike, corrected for the number of blind checks; empty if it is not
     *                    blind, or could not be tested
     * @param effectUpTo  how large its effect may be, by the upper end of the interval, or of bag-of-words by the spread of its
     *                    permutations; empty likewise
     */
    public record Check(String name, boolean blind, double auc, Optional<Interval> aucInterval, Optional<Double> pValue,
            Optional<Double> effectUpTo) {
    }

    /** Copies the lists. */
    public Validity {
        reasons = List.copyOf(reasons);
        checks = List.copyOf(checks);
    }

    static Validity of(AttackResult first, List<AttackScores> attackScores, List<TargetCheck> targetChecks, BlindChecks blind,
            Population other, Evaluation evaluation) {
        Optional<ShiftTest> test = ShiftTest.of(blind, other, evaluation);
        List<Check> checks = new ArrayList<>(test.map(ShiftTest::checks).orElseGet(() -> untested(blind, other)));
        blind.referenceOnly().ifPresent(reference -> withinStrata(attackScores, reference, other).ifPresent(checks::add));
        List<String> flaws = flaws(first, attackScores.get(0), other, test.isPresent());
        List<String> unchecked = new ArrayList<>(blind.missing());
        flaws.addAll(uncheckedOfTarget(targetChecks));
        unchecked.addAll(flaws);
        boolean shifted = test.filter(found -> found.pValue() <= SHIFT_LEVEL).isPresent();
        double shift = checks.stream().flatMap(check -> check.effectUpTo().stream()).mapToDouble(Double::doubleValue).max().orElse(0.5);
        double effect = first.areaInterval().map(interval -> interval.lower() - 0.5).orElse(0.0);
        boolean isSmall = shift < TOLERATED_SHARE * effect;
        boolean controlled = first.control().isPresent();
        Optional<PropensityCheck> weighted = controlled ? Optional.empty()
                : PropensityCheck.of(attackScores.get(0), blind, other, evaluation);
        weighted.flatMap(PropensityCheck::check).ifPresent(checks::add);
        List<String> suspicions = suspicions(targetChecks);
        Verdict verdict = !suspicions.isEmpty() ? Verdict.NOT_INTERPRETABLE
                : controlled ? flaws.isEmpty() ? shifted ? Verdict.SHIFTED : Verdict.VALID : Verdict.NOT_CHECKED
                        : verdict(shifted, isSmall, unchecked.isEmpty());
        List<String> reasons = new ArrayList<>(suspicions);
        if (shifted) {
            checks.stream().filter(check -> check.pValue().filter(pValue -> pValue <= SHIFT_LEVEL).isPresent())
                    .forEach(check -> reasons.add(String.format(Locale.ROOT,
                            "%s alone, which never looks at the target, separates the sets with AUC %.2f (p = %.3f)", check.name, check.auc,
                            check.pValue.orElseThrow())));
        } else {
            test.ifPresent(found -> reasons.add(String.format(Locale.ROOT,
                    "no blind check that was made tells the sets apart (p = %.3f for all together)", found.pValue())));
        }
        if (suspicions.isEmpty()) {
            reasons.add(inWords(verdict, controlled, shift, first.name()));
        }
        weighted.filter(check -> check.check().isEmpty()).ifPresent(check -> reasons.add(String.format(Locale.ROOT,
                "weighted so that they look like members, the %s have the weight of %.0f patients, too few for an AUC: it takes %d",
                other.words(), check.effectivePatients(), PropensityCheck.FEWEST_EFFECTIVE)));
        reasons.addAll(unchecked);
        int others = attackScores.get(0).scores(other).length;
        int all = attackScores.get(0).scores(Population.MEMBERS).length + others;
        test.filter(found -> found.lookedAt() < all).ifPresent(found -> reasons.add("blind checks looked at " + found.lookedAt() + " of "
                + all + " sentences, all those of patients drawn at random"));
        blind.overlap(other).filter(overlap -> overlap.nearAmong() < others).ifPresent(overlap -> reasons.add("near members were looked"
                + " for among " + overlap.nearAmong() + " of " + others + " " + other.words() + ", all those of patients drawn at random"));
        blind.overlap(other).filter(overlap -> overlap.exact() > 0).ifPresent(
                overlap -> reasons.add(overlap.exact() + " " + other.words() + " are, but for case and white space, members too"));
        blind.overlap(other).filter(overlap -> overlap.near() > 0).ifPresent(overlap -> reasons.add(overlap.near() + " more "
                + other.words() + " are nearly members (Jaccard similarity at least " + Overlap.SIMILARITY + ")"));
        return new Validity(verdict, reasons, test.map(ShiftTest::pValue), checks, blind.overlap(other));
    }

    private static Verdict verdict(boolean shifted, boolean isSmall, boolean checked) {
        if (shifted) {
            return isSmall ? Verdict.SHIFTED : Verdict.NOT_INTERPRETABLE;
        }
        return !checked ? Verdict.NOT_CHECKED : isSmall ? Verdict.VALID : Verdict.UNDECIDED;
    }

    private static String inWords(Verdict verdict, boolean controlled, double shift, String attack) {
        if (controlled && verdict != Verdict.NOT_CHECKED) {
            return verdict == Verdict.SHIFTED ? "what counts is the difference to the control, which the sets' difference moves as well"
                    : "the target is compared with a control that never saw the members";
        }
        // without the attack's own bound: what is told of an attack is told elsewhere, and perhaps rounded
        String bound = String.format(Locale.ROOT, "the sets may differ by %.2f (|AUC - 0.5|), which is ", Math.ceil(100 * shift) / 100);
        return switch (verdict) {
            case VALID, SHIFTED -> bound + "less than half of the least that " + attack + " finds";
            case UNDECIDED ->
                    bound + "half of the least that " + attack + " finds, or more; more patients, or a control model, would decide";
            case NOT_INTERPRETABLE -> bound + "half of the least that " + attack + " finds, or more, so no figure shows memory, nor its"
                    + " absence; a control model would tell them apart";
            case NOT_CHECKED -> "a check that the verdict needs could not be made, so nothing says that the sets are alike";
        };
    }

    /** The AUCs alone: of too few patients to say how sure they are. */
    private static List<Check> untested(BlindChecks blind, Population other) {
        return blind.scores().stream()
                .map(scores -> new Check(scores.name(), true,
                        RocCurve.of(scores.grouped(Population.MEMBERS), scores.grouped(other)).areaUnderCurve(), Optional.empty(),
                        Optional.empty(), Optional.empty()))
                .toList();
    }

    /** A model that does not work as one shows no memory, whatever it remembers. */
    private static List<String> suspicions(List<TargetCheck> checks) {
        return checks.stream().filter(check -> check.outcome() == TargetCheck.Outcome.FAILED)
                .map(check -> "the target is no working model: " + check.words()).toList();
    }

    private static List<String> uncheckedOfTarget(List<TargetCheck> checks) {
        return checks.stream().filter(check -> check.outcome() == TargetCheck.Outcome.NOT_MADE && check.kind().isNeeded())
                .map(check -> "whether the target is a working model was not checked: " + check.words()).distinct().toList();
    }

    /** What stands in the way of any verdict, with a control too. */
    private static List<String> flaws(AttackResult first, AttackScores scores, Population other, boolean tested) {
        List<String> flaws = new ArrayList<>();
        double one = scores.grouped(Population.MEMBERS).score(0);
        if (Stream.of(Population.MEMBERS, other).map(scores::grouped).allMatch(some -> areAll(one, some))) {
            flaws.add(first.name() + " gives every sentence the same score: are two models one?");
        }
        if (first.control().filter(control -> control.difference().same()).isPresent()) {
            flaws.add("by " + first.name() + " the control orders all sentences as the target does: are they one model?");
        }
        if (scores.hasGroups(Population.MEMBERS) != scores.hasGroups(other)) {
            flaws.add("patients are known among the " + (scores.hasGroups(other) ? other : Population.MEMBERS).words()
                    + " alone, so nothing is compared patient by patient");
        }
        if (!Collections.disjoint(scores.patients(Population.MEMBERS).distinct(), new HashSet<>(scores.patients(other).distinct()))) {
            flaws.add("patients stand among the members and the " + other.words() + " at once, so the sets are not independent");
        }
        if (!tested) {
            flaws.add("the sets could not be tested: it takes a blind check, and " + AttackResult.FEWEST_FOR_INTERVAL
                    + " patients, or sentences, of each set");
        }
        return flaws;
    }

    private static boolean areAll(double one, GroupedScores scores) {
        return IntStream.range(0, scores.size()).allMatch(row -> Double.compare(one, scores.score(row)) == 0);
    }

    /** The loss attack's AUC among sentences that the reference finds equally likely, if the target's loss is there. */
    private static Optional<Check> withinStrata(List<AttackScores> attackScores, AttackScores reference, Population other) {
        AttackScores target = attackScores.stream().filter(scores -> scores.name().equals("loss")).findFirst().orElse(attackScores.get(0));
        double[] members = target.scores(Population.MEMBERS);
        double[] others = target.scores(other);
        int strata = Math.max(1, Math.min(STRATA, (members.length + others.length) / FEWEST_ROWS_A_STRATUM));
        var area = StratifiedArea.of(members, others, reference.scores(Population.MEMBERS), reference.scores(other), strata);
        return area.isPresent() ? Optional.of(
                new Check("target-within-reference-strata", false, area.getAsDouble(), Optional.empty(), Optional.empty(),
                        Optional.empty()))
                : Optional.empty();
    }
}
