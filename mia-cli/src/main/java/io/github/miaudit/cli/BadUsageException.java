package io.github.miaudit.cli;

/** What was asked for can't be; the command ends as with an option that it doesn't know. */
final class BadUsageException extends RuntimeException {

    private static final long serialVersionUID = 1;

    BadUsageException(String problem) {
        super(problem);
    }
}
