package io.github.miaudit.data;

import java.util.Optional;

/**
 * Whose a sentence is, as figures need it: two sentences are of one patient where their patients are equal. Patients with a name
 * are equal if their names are; who has none is equal to nobody else. Immutable.
 */
public final class Patient {

    private final Optional<String> name;

    private Patient(Optional<String> name) {
        this.name = name;
    }

    /**
     * The patient of a sentence.
     *
     * @param name as the dataset says, if it does
     * @return the patient of that name, or somebody of whom nothing is known
     */
    public static Patient of(Optional<String> name) {
        return new Patient(name);
    }

    /** What the dataset calls them; empty if nothing is known of them. */
    public Optional<String> name() {
        return name;
    }

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof Patient patient && name.isPresent() && name.equals(patient.name);
    }

    @Override
    public int hashCode() {
        return name.isPresent() ? name.hashCode() : System.identityHashCode(this);
    }

    /** Never the name. */
    @Override
    public String toString() {
        return name.isPresent() ? "a patient" : "nobody known";
    }
}
