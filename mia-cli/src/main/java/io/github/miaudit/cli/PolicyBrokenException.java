package io.github.miaudit.cli;

/** All results are written and the audit breaks its policy, which has been said; the command ends with {@value #EXIT_CODE}. */
final class PolicyBrokenException extends RuntimeException {

    static final int EXIT_CODE = 3;

    private static final long serialVersionUID = 1;

    PolicyBrokenException() {
        super("the policy is broken", null, false, false);
    }
}
