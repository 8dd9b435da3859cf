package io.github.miaudit.evaluation;

import io.github.miaudit.data.Population;
import io.github.miaudit.likelihood.ScoreTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A sentence that no attack looked at, because some model could not score it.
 *
 * @param population the population it stands in
 * @param id         its id
 * @param reason     why, such as {@code EMPTY}
 */
public record Exclusion(Population population, String id, String reason) {

    /**
     * The sentences that some model of some table could not score.
     *
     * @param tables of the same sentences
     * @return each once, with the first reason found
     */
    public static List<Exclusion> of(List<ScoreTable> tables) {
        Map<String, Exclusion> exclusions = new LinkedHashMap<>();
        Stream.of(Population.values())
                .forEach(population -> tables.forEach(table -> table.unscored(population).forEach((row, status) -> exclusions
                        .putIfAbsent(population.label() + "/" + row.id(), new Exclusion(population, row.id(), status.name())))));
        return List.copyOf(exclusions.values());
    }
}
