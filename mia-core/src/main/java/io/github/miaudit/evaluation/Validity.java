package io.github.miaudit.evaluation;

import io.github.miaudit.data.Population;
import io.github.miaudit.membership.AttackScores;
import io.github.miaudit.metrics.Interval;
import io.github.miaudit.metrics.StratifiedArea;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether a comparison measures membership at all. An attack's effect is {@code |AUC - 0.5|}; a blind check, which
 * never looks at the target, should have none.
 *
 * @param verdict the verdict
 * @param reasons why, in words, one or more
 * @param checks  the blind checks, and the target's AUC within strata of the reference's score
 * @param overlap between the sets; empty if texts are not known
 */
public record Validity(Verdict verdict, List<String> reasons, List<Check> checks, Optional<Overlap> overlap) {

    /**
     * A blind effect of at least this share of the strongest attack's makes a comparison uninterpretable. This
     * project's own choice: at half, as much of the attack may be a difference between the sets as memory.
     */
    public static final double TOLERATED_SHARE = 0.5;

    private static final int STRATA = 50;
    private static final int FEWEST_ROWS_A_STRATUM = 20;

    /** What may be concluded from a comparison. */
    public enum Verdict {
        /** No blind check tells the sets apart. */
        VALID,
        /** A blind check does: its interval excludes 0.5. */
        SHIFTED,
        /** And its effect is at least {@link #TOLERATED_SHARE} of the strongest attack's. */
        NOT_INTERPRETABLE
    }

    /**
     * A check.
     *
     * @param name           {@code reference-only}, {@code length}, {@code bag-of-words} or
     *                       {@code target-within-reference-strata}
     * @param blind          whether it never looks at the target, so that it counts for the verdict; bag-of-words,
     *                       which was trained to put members above, only where its AUC is above 0.5: out of fold,
     *                       a classifier that found nothing tends to fall below
     * @param auc            its AUC
     * @param aucInterval    of the AUC; empty where there is none
     */
    public record Check(String name, boolean blind, double auc, Optional<Interval> aucInterval) {

        private boolean excludesChance() {
            return blind && aucInterval.isPresent() && !aucInterval.get().contains(0.5)
                    && (auc > 0.5 || !name.equals(BlindChecks.BAG_OF_WORDS));
        }

        private double effect() {
            return Math.abs(auc - 0.5);
        }
    }

    /** Copies the lists. */
    public Validity {
        reasons = List.copyOf(reasons);
        checks = List.copyOf(checks);
    }

    static Validity of(List<AttackResult> attacks, List<AttackScores> attackScores, BlindChecks blind, Population other,
            Evaluation evaluation) {
        List<Check> checks = new ArrayList<>();
        for (AttackScores scores : blind.scores(other)) {
            AttackEvaluator figures = new AttackEvaluator(scores, other, evaluation);
            checks.add(new Check(scores.name(), true, figures.areaUnderCurve(), figures.areaInterval()));
        }
        blind.referenceOnly().ifPresent(reference -> withinStrata(attackScores, reference, other).ifPresent(checks::add));
        double strongest = attacks.stream().mapToDouble(attack -> Math.abs(attack.areaUnderCurve() - 0.5)).max().orElse(0);
        List<Check> shifted = checks.stream().filter(Check::excludesChance).sorted(Comparator.comparingDouble(Check::effect).reversed())
                .toList();
        List<Check> unjudged = checks.stream().filter(check -> check.blind && check.aucInterval.isEmpty()).toList();
        Verdict verdict = shifted.isEmpty() ? Verdict.VALID
                : shifted.get(0).effect() >= TOLERATED_SHARE * strongest ? Verdict.NOT_INTERPRETABLE : Verdict.SHIFTED;
        return new Validity(verdict, reasons(shifted, unjudged, strongest, blind, other), checks, blind.overlap(other));
    }

    private static List<String> reasons(List<Check> shifted, List<Check> unjudged, double strongest, BlindChecks blind, Population other) {
        List<String> reasons = new ArrayList<>();
        for (Check check : shifted) {
            reasons.add(String.format(Locale.ROOT,
                    "%s alone, which never looks at the target, separates the sets with AUC %.3f: %.0f %% of the strongest attack's effect",
                    check.name, check.auc, strongest == 0 ? 100 : 100 * check.effect() / strongest));
        }
        if (shifted.isEmpty()) {
            reasons.add("no blind check that was made tells the sets apart");
        }
        for (Check check : unjudged) {
            reasons.add(check.name + " could not be judged: an interval takes " + AttackResult.FEWEST_FOR_INTERVAL
                    + " patients, or sentences, of each set");
        }
        blind.overlap(other).filter(overlap -> overlap.exact() > 0).ifPresent(
                overlap -> reasons.add(overlap.exact() + " " + other.label() + " are, but for case and white space, members too"));
        blind.overlap(other).filter(overlap -> overlap.near() > 0).ifPresent(overlap -> reasons.add(overlap.near() + " more "
                + other.label() + " are nearly members (Jaccard similarity at least " + Overlap.SIMILARITY + ")"));
        reasons.addAll(blind.missing());
        return reasons;
    }

    /** The loss attack's AUC among sentences that the reference finds equally likely, if the target's loss is there. */
    private static Optional<Check> withinStrata(List<AttackScores> attackScores, AttackScores reference, Population other) {
        AttackScores target = attackScores.stream().filter(scores -> scores.name().equals("loss")).findFirst().orElse(attackScores.get(0));
        double[] members = target.scores(Population.MEMBERS);
        double[] others = target.scores(other);
        int strata = Math.max(1, Math.min(STRATA, (members.length + others.length) / FEWEST_ROWS_A_STRATUM));
        var area = StratifiedArea.of(members, others, reference.scores(Population.MEMBERS), reference.scores(other), strata);
        return area.isPresent() ? Optional.of(new Check("target-within-reference-strata", false, area.getAsDouble(), Optional.empty()))
                : Optional.empty();
    }
}
