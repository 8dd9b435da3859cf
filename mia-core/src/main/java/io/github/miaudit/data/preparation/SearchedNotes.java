package io.github.miaudit.data.preparation;

import io.github.miaudit.io.Sha256;
import io.github.miaudit.io.UnorderedDigest;
import io.github.miaudit.notes.PatientKey;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Which notes were searched for overlaps, or are to be, in whatever order and parts. Thread-safe. */
final class SearchedNotes {

    private UnorderedDigest digest = UnorderedDigest.NONE;

    /** Takes a note into account: its patient, however spelt, and its text; a blank one says nothing. */
    void add(Optional<String> patient, String text) {
        if (!text.isBlank()) {
            String all = patient.flatMap(PatientKey::of).orElse("") + "\0" + text;
            add(UnorderedDigest.NONE.plus(Sha256.newDigest().digest(all.getBytes(StandardCharsets.UTF_8))));
        }
    }

    /** Takes other notes into account. */
    synchronized void add(UnorderedDigest others) {
        digest = digest.plus(others);
    }

    /** How many there are, and what they say. */
    synchronized UnorderedDigest digest() {
        return digest;
    }
}
