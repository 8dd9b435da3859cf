package io.github.miaudit.data;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;

/**
 * One sentence and whom it belongs to. {@link #toString()} leaves the text out, so that it can't reach a log.
 *
 * @param id    names the sentence in logs, errors and reports; not empty
 * @param group the patient the sentence belongs to, as the dataset writes it, if it does; see {@link #patient()}
 * @param text  the sentence, as it is; may be empty
 */
public record Sample(String id, Optional<String> group, String text) {

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if the id is empty or the text holds an unpaired surrogate (then it is no
     *                                  Unicode text and no tokenizer can take it)
     */
    public Sample {
        if (id.isEmpty()) {
            throw new IllegalArgumentException("id is empty; every sentence needs one");
        }
        Objects.requireNonNull(group, "group");
        if (text.chars().anyMatch(unit -> Character.isSurrogate((char) unit)) && !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException("text of sentence " + id + " holds an unpaired surrogate, which is no Unicode text");
        }
    }

    /**
     * A sentence of an unknown patient.
     *
     * @param id   names the sentence
     * @param text the sentence
     */
    public static Sample of(String id, String text) {
        return new Sample(id, Optional.empty(), text);
    }

    /**
     * A sentence of a known patient.
     *
     * @param id    names the sentence
     * @param group the patient
     * @param text  the sentence
     */
    public static Sample of(String id, String group, String text) {
        return new Sample(id, Optional.of(group), text);
    }

    /** Whose the sentence is, however spelled; somebody else at every call if that is not known. */
    public Patient patient() {
        return Patient.of(group);
    }

    /** The id and the group, never the text. */
    @Override
    public String toString() {
        return "Sample[id=" + id + ", group=" + group.orElse("unknown") + "]";
    }
}
