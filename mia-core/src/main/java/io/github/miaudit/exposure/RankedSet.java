package io.github.miaudit.exposure;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How many identifiers figures are of.
 *
 * @param mentions    that are audited
 * @param identifiers different ones, each counted once for a patient; one that several patients share is one
 * @param shared      how many of these are shared
 * @param units       patients with identifiers of their own, and shared identifiers: what was drawn without regard to each other
 * @param patients    whose sentences mention any; of nobody known each sentence is one
 */
public record RankedSet(long mentions, int identifiers, int shared, int units, int patients) {

    static RankedSet of(List<RankedIdentifier> ranked) {
        Set<Object> patients = new HashSet<>();
        ranked.forEach(identifier -> patients.addAll(identifier.patients()));
        return new RankedSet(ranked.stream().mapToLong(identifier -> identifier.identity().audited()).sum(), ranked.size(),
                (int) ranked.stream().filter(identifier -> identifier.identity().shared()).count(),
                ranked.stream().map(identifier -> identifier.identity().unit()).collect(Collectors.toSet()).size(), patients.size());
    }
}
