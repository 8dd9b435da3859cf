package io.github.miaudit.exposure;

import io.github.miaudit.metrics.Interval;
import java.util.Optional;

/**
 * The identifiers of sentences that the target was not trained on, of the same types.
 *
 * @param set      how many
 * @param ranking  by the target less the reference, where nothing is to be found; empty of too few
 * @param area     under the ROC curve: how often an identifier of a member beats a larger share of its surrogates than one of a
 *                 non-member, ties half; empty of too few
 * @param interval of the area
 */
public record NonMemberResult(RankedSet set, Optional<Ranking> ranking, Optional<Double> area, Optional<Interval> interval) {
}
