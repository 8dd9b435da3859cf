package io.github.miaudit.exposure;

import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.metrics.GroupReduction;
import io.github.miaudit.metrics.GroupedScores;
import io.github.miaudit.metrics.TopShare;
import java.util.Arrays;
import java.util.List;

/**
 * The share of mentions in which a model writes the identifier.
 *
 * @param by    which model; of several references the mean
 * @param share the mean over patients of the mean over their identifiers of the share of mentions, each patient counted once; by chance is
 *              the share in which it writes a surrogate, the mean over these, which for a model that never saw the notes is as large
 * @param units how many patients, or shared identifiers, it writes any of
 */
public record RecoveredShare(RankedBy by, TopShare share, int units) {

    /** One number of each identifier: in what share of its mentions the true one, and a surrogate, is written. */
    static RecoveredShare of(RankedBy by, int most, double[] ofTrue, double[] ofSurrogates, List<?> units, Evaluation evaluation) {
        GroupedScores found = GroupedScores.of(ofTrue, units);
        return new RecoveredShare(by, TopShare.ofShares(most, found, GroupedScores.of(ofSurrogates, units), evaluation.confidence(),
                evaluation.seed()), (int) Arrays.stream(found.reduce(GroupReduction.max())).filter(each -> each > 0).count());
    }
}
