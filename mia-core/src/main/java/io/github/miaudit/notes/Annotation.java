package io.github.miaudit.notes;

import java.util.Objects;

/**
 * What whoever annotated a text says of a stretch of it, such as that it is a patient's name.
 *
 * @param start its first character, counted from 0 in UTF-16 units
 * @param end   the character behind its last one, more than the start
 * @param type  what it is, as the annotation calls it, such as {@code PATIENT}
 */
public record Annotation(int start, int end, String type) {

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if the start is below 0 or the end not above it
     */
    public Annotation {
        if (start < 0 || end <= start) {
            throw new IllegalArgumentException("an annotation from " + start + " to " + end + "; expected 0 <= start < end");
        }
        Objects.requireNonNull(type, "type");
    }
}
