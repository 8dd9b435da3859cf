package io.github.miaudit.cli;

/** What was asked can't be told, which has been said; the command ends with {@value #EXIT_CODE}. */
final class UndecidedException extends RuntimeException {

    static final int EXIT_CODE = 4;

    private static final long serialVersionUID = 1;

    UndecidedException() {
        super("it can't be told", null, false, false);
    }
}
