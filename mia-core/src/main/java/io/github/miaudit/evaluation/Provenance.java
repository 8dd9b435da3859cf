package io.github.miaudit.evaluation;

import io.github.miaudit.likelihood.ModelIdentity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a report's figures were computed from, so that they can be checked later.
 *
 * @param dataDigest SHA-256 of the data: the dataset's digest, or that of the file of scores
 * @param target     the audited model; empty if the scores were computed elsewhere
 * @param references the reference models
 * @param rules      the masking rules scored, with their parameters
 * @param seed       the seed of the bootstrap; the rules state those of their masks
 * @param versions   the version of each piece of software, by name
 */
public record Provenance(String dataDigest, Optional<ModelIdentity> target, List<ModelIdentity> references,
        List<String> rules, OptionalLong seed, Map<String, String> versions) {

    /**
     * Copies the collections.
     *
     * @param dataDigest kept
     * @param target     kept
     * @param references copied
     * @param rules      copied
     * @param seed       kept
     * @param versions   copied
     */
    public Provenance {
        references = List.copyOf(references);
        rules = List.copyOf(rules);
        versions = Map.copyOf(versions);
    }
}
