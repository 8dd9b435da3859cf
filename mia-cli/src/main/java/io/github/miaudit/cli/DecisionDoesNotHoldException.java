package io.github.miaudit.cli;

/** A dossier is whole, but its decision contradicts the audit or has expired, which has been said; ends with {@value #EXIT_CODE}. */
final class DecisionDoesNotHoldException extends RuntimeException {

    static final int EXIT_CODE = PolicyBrokenException.EXIT_CODE;

    private static final long serialVersionUID = 1;

    DecisionDoesNotHoldException() {
        super("the decision does not hold", null, false, false);
    }
}
