package io.github.miaudit.likelihood;

import io.github.miaudit.data.Population;
import java.util.Optional;

/**
 * A score with the place of its sentence in an audit, as a {@link ScoreFile} keeps it. Ids are unique within a population only.
 *
 * @param population the set that it stands in; empty of a sentence that was scored by itself
 * @param group      whose it is, as the data names them; empty if they name nobody
 * @param score      by one model and one rule
 */
public record ScoredSentence(Optional<Population> population, Optional<String> group, SequenceScore score) {

    /** The set and the id alone. */
    @Override
    public String toString() {
        return "ScoredSentence[" + population.map(Population::rowLabel).orElse("no population") + ", id=" + score.id() + "]";
    }
}
