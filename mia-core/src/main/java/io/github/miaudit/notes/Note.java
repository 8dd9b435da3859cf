package io.github.miaudit.notes;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A clinical note, or whatever else a row of a file holds. Its text appears in no message.
 *
 * @param patient     whose it is, as the file writes it, if it says so; never a name that is nobody's
 * @param text        as it stands in the file
 * @param labels      what the row says in the {@linkplain NoteFormat.Columns#labels other columns that were asked for}, by their names;
 *                    one of which the row says nothing is missing
 * @param source      where it stands
 * @param annotations what the file says of stretches of the text
 */
public record Note(Optional<String> patient, String text, Map<String, String> labels, Source source, List<Annotation> annotations) {

    /**
     * A place in the input.
     *
     * @param file relative to the folder that was read, with {@code /} between names
     * @param row  the line on which the row starts, from 1
     */
    public record Source(String file, long row) {
    }

    /**
     * Checks that nothing is missing, and copies labels and annotations.
     *
     * @param patient     not null
     * @param text        not null
     * @param labels      not null
     * @param source      not null
     * @param annotations not null
     */
    public Note {
        Objects.requireNonNull(patient, "patient");
        Objects.requireNonNull(text, "text");
        labels = Map.copyOf(labels);
        Objects.requireNonNull(source, "source");
        annotations = List.copyOf(annotations);
    }

    /**
     * A note of which nothing is annotated.
     *
     * @param patient not null
     * @param text    not null
     * @param labels  not null
     * @param source  not null
     */
    public Note(Optional<String> patient, String text, Map<String, String> labels, Source source) {
        this(patient, text, labels, source, List.of());
    }

    /** The source, never the text. */
    @Override
    public String toString() {
        return "Note[" + source + "]";
    }
}
