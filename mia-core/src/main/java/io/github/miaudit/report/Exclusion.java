package io.github.miaudit.report;

import io.github.miaudit.data.Population;

/**
 * A sentence that no attack looked at, because some model could not score it.
 *
 * @param population the population it stands in
 * @param id         its id
 * @param reason     why, such as {@code EMPTY}
 */
public record Exclusion(Population population, String id, String reason) {
}
