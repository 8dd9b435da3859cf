package io.github.miaudit.data;

import io.github.miaudit.notes.PatientKey;
import java.util.Optional;

/**
 * Whose a sentence is, as figures need it: two sentences are of one patient where their patients are equal. Patients are equal if
 * they are known and their names have one key, however they are spelled (see {@link PatientKey}); who is not known is equal to
 * nobody else. Immutable.
 */
public final class Patient {

    private final Optional<String> key;

    private Patient(Optional<String> key) {
        this.key = key;
    }

    /**
     * The patient of a sentence.
     *
     * @param name as the dataset says, if it does
     * @return the patient of that name; somebody of whom nothing is known if there is none, or it names nobody, such as {@code NULL}
     */
    public static Patient of(Optional<String> name) {
        return new Patient(name.flatMap(PatientKey::of));
    }

    /** Whether the dataset says who it is. */
    public boolean isKnown() {
        return key.isPresent();
    }

    /** The same for all ways to write the name; empty if nothing is known of them. */
    Optional<String> key() {
        return key;
    }

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof Patient patient && key.isPresent() && key.equals(patient.key);
    }

    @Override
    public int hashCode() {
        return key.isPresent() ? key.hashCode() : System.identityHashCode(this);
    }

    /** Never the name. */
    @Override
    public String toString() {
        return key.isPresent() ? "a patient" : "nobody known";
    }
}
