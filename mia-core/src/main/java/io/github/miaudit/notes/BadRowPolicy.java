package io.github.miaudit.notes;

/** What to do with a row that can't be read. */
public enum BadRowPolicy {

    /** Stop, naming file and row. */
    FAIL,

    /** Leave it out, and count and name it. */
    SKIP
}
