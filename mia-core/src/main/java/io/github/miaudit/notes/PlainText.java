package io.github.miaudit.notes;

/** What a {@code .txt} file is. */
public enum PlainText {

    /** A note a line, of nobody. */
    LINES,

    /** One note, of nobody. */
    WHOLE_FILE,

    /**
     * One note, of the patient that its name starts with, up to the first {@code -}, {@code _} or {@code .}: {@code 100035.txt} and
     * {@code 100035-02.txt} are of {@code 100035}.
     */
    WHOLE_FILE_OF_PATIENT
}
