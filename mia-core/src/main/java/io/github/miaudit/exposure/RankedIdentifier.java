package io.github.miaudit.exposure;

import io.github.miaudit.metrics.CandidateRanks;
import java.util.Map;
import java.util.Set;

/**
 * An identifier with the ranks of its candidates; no text, no score.
 *
 * @param identity which
 * @param patients whose sentences mention it
 * @param ranks    of the true one and its surrogates, by each that there is
 */
record RankedIdentifier(AuditedIdentity identity, Set<Object> patients, Map<RankedBy, CandidateRanks> ranks) {
}
