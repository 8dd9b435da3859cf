package io.github.miaudit.exposure;

import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.metrics.MeanExposure;
import io.github.miaudit.metrics.PreferenceTest;
import io.github.miaudit.metrics.RankedIdentities;
import io.github.miaudit.metrics.TopShare;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where the true identifiers stand among their candidates.
 *
 * @param by         whose log-likelihood ranks
 * @param first      the share ranked first
 * @param firstUnits how many patients, or shared identifiers, have one that is ranked first
 * @param top        the share among the most preferred
 * @param topUnits   how many have one among these
 * @param exposure   in bits
 * @param preference whether they are preferred more than by chance
 */
public record Ranking(RankedBy by, TopShare first, int firstUnits, TopShare top, int topUnits, MeanExposure exposure,
        PreferenceTest preference) {

    static Ranking of(RankedBy by, List<RankedIdentifier> identifiers, int most, Evaluation evaluation) {
        RankedIdentities identities = identities(by, identifiers);
        return new Ranking(by, TopShare.of(identities, 1, evaluation.confidence(), evaluation.seed()), units(by, identifiers, 1),
                TopShare.of(identities, most, evaluation.confidence(), evaluation.seed()), units(by, identifiers, most),
                MeanExposure.of(identities, evaluation.confidence(), evaluation.seed()),
                PreferenceTest.of(identities, evaluation.permutations(), evaluation.seed()));
    }

    static RankedIdentities identities(RankedBy by, List<RankedIdentifier> identifiers) {
        return RankedIdentities.of(identifiers.stream().map(identifier -> identifier.ranks().get(by)).toList(),
                identifiers.stream().map(identifier -> identifier.identity().unit()).toList());
    }

    private static int units(RankedBy by, List<RankedIdentifier> identifiers, int most) {
        Set<Object> units = identifiers.stream()
                .filter(identifier -> Objects.requireNonNull(identifier.ranks().get(by)).ofTrue().chanceAmongTop(most) > 0)
                .map(identifier -> identifier.identity().unit()).collect(Collectors.toSet());
        return units.size();
    }
}
