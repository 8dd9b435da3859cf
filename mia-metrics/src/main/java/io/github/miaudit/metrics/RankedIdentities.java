package io.github.miaudit.metrics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * Identities (identifiers of patients, each with all its mentions) with the ranks of their candidates, and whose they are. Immutable.
 *
 * <p>What makes a test of them exact is that the true identifier is one of its K + 1 candidates by chance alone. Surrogates with the
 * same number j of a patient's identities are together an invented person, who could have stood in the notes in place of the true
 * one, as all of them at once: so all identities of a patient move together. This needs nothing but that the invented persons were
 * drawn as the true one was, his first name with his sex, his dates all shifted alike. Where identities of a patient were drawn
 * without regard to one another, such as a surname and a record number, both true and surrogates, {@link #withPersons} says so, and
 * a patient can be told from chance with fewer surrogates. Patients are taken to be drawn without regard to one another. Those who
 * share a true identifier by more than chance, such as their clinician's name or a family's, are not: they are one patient here, and all
 * mentions of that identifier one identity, with the same surrogates everywhere.
 */
public final class RankedIdentities {

    private final List<CandidateRanks> identities;
    private final List<?> patients;
    private final List<?> persons;
    private final Map<Object, Integer> numbers;

    private RankedIdentities(List<CandidateRanks> identities, List<?> patients, List<?> persons) {
        Arguments.requireAtLeast("identities", identities.size(), 1);
        Arguments.requireSameLength("identities", identities.size(), "patients", patients.size());
        Arguments.requireSameLength("identities", identities.size(), "persons", persons.size());
        this.identities = List.copyOf(identities);
        this.patients = List.copyOf(patients);
        this.persons = List.copyOf(persons);
        numbers = new HashMap<>();
        this.patients.forEach(patient -> numbers.computeIfAbsent(patient, unseen -> numbers.size()));
    }

    /**
     * Identities and the patient of each, in the same order; equal values are the same patient. All of a patient's move together.
     *
     * @throws IllegalArgumentException if there is none, or the lengths differ
     */
    public static RankedIdentities of(List<CandidateRanks> identities, List<?> patients) {
        return new RankedIdentities(identities, patients, patients);
    }

    /**
     * The same where only those identities of a patient move together that have equal values here, such as the type; the others were
     * drawn without regard to them.
     *
     * @throws IllegalArgumentException if the lengths differ
     */
    public RankedIdentities withPersons(List<?> labels) {
        return new RankedIdentities(identities, patients, labels);
    }

    /** The number of identities, at least 1. */
    public int size() {
        return identities.size();
    }

    /** The number of patients, at least 1. */
    public int patientCount() {
        return numbers.size();
    }

    /** The share of identities whose true candidate is tied with a surrogate: where it is large the model can't say much. */
    public double shareTied() {
        return identities.stream().filter(identity -> identity.ofTrue().tied() > 0).count() / (double) identities.size();
    }

    /**
     * The share of surrogates that each true identifier beats, 1 - its normalised rank, by patient: higher = more likely a member. With
     * those of non-members' identifiers it has an AUC ({@link DeLong}).
     */
    public GroupedScores sharesBeaten() {
        return GroupedScores.of(identities.stream().mapToDouble(identity -> 1 - identity.ofTrue().normalised()).toArray(), patients);
    }

    /** Of each patient, in the order of first appearance, the mean of a figure over his identities. */
    double[] patientMeans(ToDoubleFunction<CandidateRank> figure) {
        return GroupedScores.of(identities.stream().mapToDouble(identity -> figure.applyAsDouble(identity.ofTrue())).toArray(), patients)
                .reduce(GroupReduction.mean());
    }

    /** The most surrogates that an identity has. */
    int mostSurrogates() {
        return identities.stream().mapToInt(CandidateRanks::surrogates).max().orElseThrow();
    }

    /** Those who move, of each patient: patients and their persons in the order of first appearance. */
    List<List<InventedPersons>> personsByPatient() {
        List<Map<Object, List<CandidateRanks>>> byPatient = new ArrayList<>();
        numbers.forEach((patient, number) -> byPatient.add(new LinkedHashMap<>()));
        for (int identity = 0; identity < identities.size(); identity++) {
            int patient = Objects.requireNonNull(numbers.get(patients.get(identity)));
            byPatient.get(patient).computeIfAbsent(persons.get(identity), unseen -> new ArrayList<>())
                    .add(identities.get(identity));
        }
        return byPatient.stream().map(ofPatient -> ofPatient.values().stream().map(InventedPersons::new).toList()).toList();
    }
}
