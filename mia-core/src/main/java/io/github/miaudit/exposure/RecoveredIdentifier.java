package io.github.miaudit.exposure;

import io.github.miaudit.metrics.CandidateRanks;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What models write of an identifier, in those of its mentions that were tried; no text.
 *
 * @param identity which
 * @param patients whose sentences mention it
 * @param tooLong  mentions that the longest filling is too short for
 * @param mentions that were tried
 * @param found    in the order of the goals
 */
record RecoveredIdentifier(AuditedIdentity identity, Set<Object> patients, int tooLong, int mentions, List<Found> found) {

    /**
     * By one goal.
     *
     * @param shares of mentions, of the true one and of a surrogate, by each model
     * @param ranks  of the candidates, by how much more often the target writes them than the reference
     */
    record Found(Map<RankedBy, Shares> shares, CandidateRanks ranks) {
    }

    /** Of mentions. */
    record Shares(double ofTrue, double ofSurrogates) {
    }

    RankedIdentifier counted() {
        return new RankedIdentifier(new AuditedIdentity(identity.number(), identity.type(), identity.unit(), identity.shared(), mentions,
                identity.occurrences()), patients, Map.of());
    }
}
