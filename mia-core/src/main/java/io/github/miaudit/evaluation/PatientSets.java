package io.github.miaudit.evaluation;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Patient;
import io.github.miaudit.data.PatientColumn;
import io.github.miaudit.data.PerPopulation;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Strata;
import io.github.miaudit.io.AuditException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whose the sentences of each set are, as far as it matters before any of them is scored. Names nobody. Immutable. */
public final class PatientSets {

    private static final List<Population> OTHERS = List.of(Population.NON_MEMBERS, Population.EXTERNALS);

    private final PerPopulation<PatientColumn> sentences;
    private final PerPopulation<Set<Patient>> known;

    private PatientSets(PerPopulation<? extends List<Patient>> sentences) {
        this.sentences = sentences.map(PatientColumn::of);
        this.known = this.sentences.map(some -> some.distinct().stream().filter(Patient::isKnown).collect(Collectors.toSet()));
    }

    /** The patients of a dataset's sentences. */
    public static PatientSets of(AttackDataset dataset) {
        return of(PerPopulation.of(population -> PatientColumn.ofSamples(dataset.samples(population))));
    }

    /**
     * The patients of sentences.
     *
     * @param sentences whose each is
     */
    public static PatientSets of(PerPopulation<? extends List<Patient>> sentences) {
        return new PatientSets(sentences);
    }

    /**
     * Refuses sets that share patients, unless that is allowed.
     *
     * @throws AuditException if a patient of the members stands among the non-members or the externals too, however spelled, with
     *                        how many do and what to do
     */
    public void requireApart(SharedPatients allowed) {
        for (Population other : OTHERS) {
            int shared = shared(other);
            if (allowed == SharedPatients.REFUSED && shared > 0) {
                throw new AuditException(number(shared) + " both among the members and"
                        + " among the " + other.words() + ", however they are spelled; leave them out of one set, as mia prepare does,"
                        + " or call them otherwise if they are other people, or allow it (--allow-shared-patients)");
            }
        }
    }

    /**
     * Refuses strata that can't be of these sets.
     *
     * @throws AuditException if patients are not known both among the members and among the non-members, or none of them has a row
     */
    public void requireStrata(Strata strata) {
        for (Population population : List.of(Population.MEMBERS, Population.NON_MEMBERS)) {
            if (known.of(population).isEmpty()) {
                throw new AuditException("strata are of patients, but the dataset names none among the " + population.words()
                        + "; name the patient of each sentence, or audit without strata");
            }
        }
        if (Collections.disjoint(strata.patients(), known.of(Population.MEMBERS))
                && Collections.disjoint(strata.patients(), known.of(Population.NON_MEMBERS))) {
            throw new AuditException("none of the " + strata.patients().size() + " patients with a stratum is among the members or the"
                    + " non-members; name them as the dataset does (mia prepare may have put pseudonyms in the place of names)");
        }
    }

    /**
     * What makes figures doubtful.
     *
     * @param evaluation counts of fewer patients than its smallest count are not told
     * @return a sentence each
     */
    public List<String> warnings(Evaluation evaluation) {
        List<String> warnings = new ArrayList<>();
        for (Population other : OTHERS) {
            int shared = shared(other);
            if (shared > 0) {
                warnings.add((shared < evaluation.smallestCount() ? "fewer than " + number(evaluation.smallestCount()) : number(shared))
                        + " both among the members and among the " + other.words() + ", which was allowed: what the target"
                        + " learnt of them can make their sentences likelier on both sides, so figures may understate how much it tells");
            }
        }
        for (Population other : OTHERS) {
            if (!sentences.of(other).isEmpty() && known.of(Population.MEMBERS).isEmpty() != known.of(other).isEmpty()) {
                boolean ofMembers = known.of(other).isEmpty();
                String named = (ofMembers ? Population.MEMBERS : other).words();
                String unnamed = (ofMembers ? other : Population.MEMBERS).words();
                warnings.add("patients are known among the " + named + " only, not among the " + unnamed + ": so there are no figures by"
                        + " patient, patients who stand in both can't be found, and intervals take each sentence of"
                        + " the " + unnamed + " for another patient's");
            }
        }
        List<String> partly = Stream.of(Population.values()).filter(this::isPartlyKnown).map(Population::words).toList();
        if (!partly.isEmpty()) {
            warnings.add("some sentences of the " + String.join(" and the ", partly) + " name no patient: figures by patient leave them"
                    + " out, and intervals and calibration take each for another patient's");
        }
        return warnings;
    }

    private static String number(int patients) {
        return patients == 1 ? "1 patient stands" : patients + " patients stand";
    }

    private int shared(Population other) {
        Set<Patient> shared = new HashSet<>(known.of(Population.MEMBERS));
        shared.retainAll(known.of(other));
        return shared.size();
    }

    private boolean isPartlyKnown(Population population) {
        return !known.of(population).isEmpty() && !sentences.of(population).allKnown();
    }
}
