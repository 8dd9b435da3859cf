package io.github.miaudit.exposure;

import java.util.Locale;

/** By whose log-likelihood the candidates of an identifier are ranked. */
public enum RankedBy {

    /** The target's less the references' mean: what the audit's question is about. */
    TARGET_MINUS_REFERENCE,
    /** The target's alone. */
    TARGET,
    /** The references' mean alone, which must find true ones and surrogates alike. */
    REFERENCE,
    /** That of the control, a model made as the target was that never saw the notes: likewise. */
    CONTROL;

    /** The name in reports: the constant's in lower case, words joined by hyphens. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
