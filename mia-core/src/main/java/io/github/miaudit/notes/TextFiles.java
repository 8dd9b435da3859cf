package io.github.miaudit.notes;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a {@code .txt} file is. */
public enum TextFiles {

    /** A note a line, of nobody. */
    LINES("lines"),

    /** One note, of nobody. */
    WHOLE_FILE("whole"),

    /**
     * One note, of the patient that its name starts with, up to the first {@code -}, {@code _} or {@code .}: {@code 100035.txt} and
     * {@code 100035-02.txt} are of {@code 100035}.
     */
    WHOLE_FILE_OF_PATIENT("whole-of-patient");

    private final String label;

    TextFiles(String label) {
        this.label = label;
    }

    /** What users call it. */
    public String label() {
        return label;
    }

    /** The one of a label; empty if there is none. */
    public static Optional<TextFiles> labelled(String label) {
        return Stream.of(values()).filter(kind -> kind.label.equals(label)).findFirst();
    }

    /** All labels, for messages. */
    public static String labels() {
        return Stream.of(values()).map(TextFiles::label).collect(Collectors.joining(", "));
    }
}
