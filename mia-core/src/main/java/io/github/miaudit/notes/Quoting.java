package io.github.miaudit.notes;

import java.util.Optional;
import java.util.stream.Stream;

/** What quotation marks are in a table. */
public enum Quoting {

    /** They stand around fields that hold separators, line breaks or marks, which are doubled; backslashes are characters (RFC 4180). */
    DOUBLED("double"),

    /**
     * They are characters like others, and each line is a row. Where all backslashes of a file are such as PostgreSQL's
     * {@code COPY} and {@code mysql --batch} write, {@code \t}, {@code \n}, {@code \\} and their like stand for a character and
     * {@code \N} for nothing; else backslashes are characters too, as R's {@code quote=FALSE} writes them.
     */
    NONE("none");

    private final String label;

    Quoting(String label) {
        this.label = label;
    }

    /** What users call it. */
    public String label() {
        return label;
    }

    /** The one of a label; empty if there is none. */
    public static Optional<Quoting> labelled(String label) {
        return Stream.of(values()).filter(quoting -> quoting.label.equals(label)).findFirst();
    }
}
