package io.github.miaudit.exposure;

import io.github.miaudit.metrics.ExchangeabilityTest;

/**
 * Whether a model that never saw the notes finds true identifiers of a type and their surrogates alike.
 *
 * @param by             the reference or the control
 * @param test           all ways in which ranks can differ from chance
 * @param adjustedPValue corrected for the number of types and models that are tested (Holm 1979)
 */
public record Alikeness(RankedBy by, ExchangeabilityTest test, double adjustedPValue) {

    /** Whether no difference was found. */
    public boolean isAlike() {
        return adjustedPValue > IdentifierResults.ALPHA;
    }
}
