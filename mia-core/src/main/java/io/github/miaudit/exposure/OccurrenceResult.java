package io.github.miaudit.exposure;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * The identifiers that stand in the sentences so often.
 *
 * @param least   mentions
 * @param most    mentions, if there is a most
 * @param set     how many
 * @param ranking by the target less the reference; empty of too few
 */
public record OccurrenceResult(int least, OptionalInt most, RankedSet set, Optional<Ranking> ranking) {
}
