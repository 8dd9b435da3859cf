package io.github.miaudit.io;

import org.jspecify.annotations.Nullable;

/**
 * An audit can't go on: a file is bad, a model can't be used, or a score can't be computed. The message is one
 * line, names what is wrong and what to do, and never contains a sentence's text.
 */
public class AuditException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * An audit failure.
     *
     * @param message one line: what is wrong and what to do; ids, never text
     */
    public AuditException(String message) {
        super(message);
    }

    /**
     * An audit failure with its technical cause.
     *
     * @param message one line: what is wrong and what to do; ids, never text
     * @param cause   what a developer needs to see; must not carry a sentence's text either; null if there is none
     */
    public AuditException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
