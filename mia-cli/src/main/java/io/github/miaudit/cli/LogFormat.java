package io.github.miaudit.cli;

/** How lines on the standard error are written. */
enum LogFormat {
    /** For people. */
    TEXT,
    /** An object of JSON a line. */
    JSON
}
