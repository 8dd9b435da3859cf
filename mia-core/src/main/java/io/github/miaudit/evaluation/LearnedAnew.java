package io.github.miaudit.evaluation;

import io.github.miaudit.data.Patient;
import io.github.miaudit.data.PerPopulation;
import io.github.miaudit.data.Population;
import io.github.miaudit.membership.AttackScores;
import io.github.miaudit.membership.Refits;
import io.github.miaudit.metrics.DeLong;
import io.github.miaudit.metrics.GroupReduction;
import io.github.miaudit.metrics.GroupedScores;
import io.github.miaudit.metrics.Refitting;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The AUC of an attack and how sure it is, with what learning anew adds where the attack learns. */
final class LearnedAnew {

    /** The rows of two classes, sentences or patients, as they are scored. */
    private record Rows(GroupedScores members, GroupedScores others) {
    }

    private LearnedAnew() {
    }

    /** Of sentences. */
    static DeLong ofSentences(AttackScores scores, Population other) {
        return ofSentences(scores, other, scores.grouped(Population.MEMBERS), scores.grouped(other));
    }

    /** Of some of the sentences, or all. */
    static DeLong ofSentences(AttackScores scores, Population other, GroupedScores members, GroupedScores others) {
        return with(scores, DeLong.of(members, others), all -> new Rows(all.grouped(Population.MEMBERS), all.grouped(other)),
                all -> new Rows(all.grouped(Population.MEMBERS), all.grouped(other)));
    }

    /** Of patients, a score each. */
    static DeLong ofPatients(AttackScores scores, Population other, Evaluation evaluation, PatientScores patients) {
        BitSet members = new BitSet();
        members.set(0, patients.members().length);
        BitSet others = new BitSet();
        others.set(0, patients.nonMembers().length);
        return ofPatients(scores, other, evaluation, patients, new StratifiedScores.Patients(members, others));
    }

    /** Of some of the patients, a score each. */
    static DeLong ofPatients(AttackScores scores, Population other, Evaluation evaluation, PatientScores patients,
            StratifiedScores.Patients in) {
        PatientScores some = patients.of(in);
        return with(scores, DeLong.of(some.members(), some.nonMembers()),
                all -> rows(PatientScores.of(all, other, evaluation).orElseThrow().of(in)),
                shares -> rows(PatientScores.means(shares, other, evaluation).of(in)));
    }

    private static Rows rows(PatientScores patients) {
        return new Rows(GroupedScores.ungrouped(patients.members()), GroupedScores.ungrouped(patients.nonMembers()));
    }

    /**
     * With what learning anew adds.
     *
     * @param rows of sentences with scores
     * @param kept of the same sentences, 1 where a patient is kept and else 0
     */
    private static DeLong with(AttackScores scores, DeLong area, Function<AttackScores, Rows> rows, Function<AttackScores, Rows> kept) {
        return scores.refits().map(refits -> {
            Rows asScored = rows.apply(refits.asScored());
            return area.refitted(Refitting.of(asScored.members, asScored.others,
                    refits.without().stream().flatMap(without -> without(without, rows, kept).stream()).toList()));
        }).orElse(area);
    }

    /** Empty of a part without which hardly a patient of a class is left, as where hardly anybody is known. */
    private static Optional<Refitting.Without> without(Refits.Without refit, Function<AttackScores, Rows> rows,
            Function<AttackScores, Rows> kept) {
        Rows anew = rows.apply(refit.scores());
        Rows shares = kept.apply(refit.scores().withScores(PerPopulation.of(population -> {
            List<Patient> patients = refit.scores().patients(population);
            return patients.stream().mapToDouble(patient -> refit.patients().contains(patient) ? 0 : 1).toArray();
        })));
        boolean[] members = kept(shares.members);
        boolean[] others = kept(shares.others);
        return Math.min(groups(shares.members), groups(shares.others)) < 2 ? Optional.empty()
                : Optional.of(new Refitting.Without(refit.population().ordinal(), anew.members.scores(), anew.others.scores(), members,
                        others));
    }

    private static boolean[] kept(GroupedScores shares) {
        double[] each = shares.scores();
        boolean[] kept = new boolean[each.length];
        for (int row = 0; row < kept.length; row++) {
            kept[row] = each[row] > 0;
        }
        return kept;
    }

    /** Of whom something is kept: all of a patient's sentences, or none. */
    private static long groups(GroupedScores shares) {
        return Arrays.stream(shares.reduce(GroupReduction.mean())).filter(share -> share > 0).count();
    }
}
