package io.github.miaudit.cli;

import java.util.function.Supplier;

/** What was asked for can't be; the command ends as with an option that it doesn't know. */
final class BadUsageException extends RuntimeException {

    private static final long serialVersionUID = 1;

    BadUsageException(String problem) {
        super(problem);
    }

    /** Does what takes the user's arguments; one that is refused is bad usage. */
    static <T> T ifRefused(Supplier<T> work) {
        try {
            return work.get();
        } catch (IllegalArgumentException e) {
            throw new BadUsageException(e.getMessage());
        }
    }
}
