package io.github.miaudit.exposure;

import java.util.List;

/**
 * How many identifiers models write themselves.
 *
 * @param likeness what counts as the identifier
 * @param most     among how many of the likeliest fillings of as many tokens one has to be
 * @param shares   of the target, the reference and the control, if there is one
 * @param pValue   of the hypothesis that the target writes true ones no more often than surrogates, beyond what the reference does: for
 *                 each candidate the mentions in which the target writes it less those in which the reference does, ranked, and
 *                 {@link io.github.miaudit.metrics.PreferenceTest} by patient; corrected for the recoveries that are told together
 *                 (Holm 1979). It holds as ranks by log-likelihood do, where true ones are as likely as surrogates
 */
public record Recovery(Likeness likeness, int most, List<RecoveredShare> shares, double pValue) {

    /** Copies the list. */
    public Recovery {
        shares = List.copyOf(shares);
    }
}
