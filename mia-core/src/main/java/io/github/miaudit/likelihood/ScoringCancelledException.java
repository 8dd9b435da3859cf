package io.github.miaudit.likelihood;

import io.github.miaudit.io.AuditException;

/** Scoring was {@linkplain Cancellation asked to stop}. What was scored is stored. */
public final class ScoringCancelledException extends AuditException {

    private static final long serialVersionUID = 1L;

    ScoringCancelledException() {
        super("scoring was stopped; what was scored is stored, run again to go on");
    }
}
