package io.github.miaudit.exposure;

import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.exposure.RecoveredIdentifier.Shares;
import io.github.miaudit.metrics.MultipleTesting;
import io.github.miaudit.metrics.PreferenceTest;
import io.github.miaudit.metrics.RankedIdentities;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What models write of a set of identifiers.
 *
 * @param set        how many identifiers, of the mentions that were tried
 * @param tooLong    how many of these mentions the target's longest filling is too short for: they can't be recovered
 * @param recoveries exact and with one edit, first and among all fillings; none of too few patients
 */
public record ExtractedSet(RankedSet set, long tooLong, List<Recovery> recoveries) {

    /** Copies the list. */
    public ExtractedSet {
        recoveries = List.copyOf(recoveries);
    }

    static ExtractedSet of(List<RecoveredIdentifier> identifiers, List<MentionExtraction.Goal> goals, Evaluation evaluation) {
        RankedSet set = RankedSet.of(identifiers.stream().map(RecoveredIdentifier::counted).toList());
        long tooLong = identifiers.stream().mapToLong(RecoveredIdentifier::tooLong).sum();
        if (set.units() < IdentifierResults.fewestUnits(evaluation)) {
            return new ExtractedSet(set, tooLong, List.of());
        }
        List<Object> units = identifiers.stream().map(identifier -> identifier.identity().unit()).toList();
        double[] pValues = new double[goals.size()];
        for (int goal = 0; goal < pValues.length; goal++) {
            int at = goal;
            pValues[goal] = PreferenceTest.of(
                    RankedIdentities.of(identifiers.stream().map(identifier -> identifier.found().get(at).ranks()).toList(), units),
                    evaluation.permutations(), evaluation.seed()).pValue();
        }
        double[] adjusted = MultipleTesting.holm(pValues);
        List<Recovery> recoveries = new ArrayList<>();
        for (int goal = 0; goal < adjusted.length; goal++) {
            recoveries.add(recovery(identifiers, units, goal, goals.get(goal), adjusted[goal], evaluation));
        }
        return new ExtractedSet(set, tooLong, recoveries);
    }

    private static Recovery recovery(List<RecoveredIdentifier> identifiers, List<Object> units, int number, MentionExtraction.Goal goal,
            double pValue, Evaluation evaluation) {
        List<RecoveredShare> shares = identifiers.get(0).found().get(number).shares().keySet().stream()
                .map(by -> RecoveredShare.of(by, goal.most(), of(identifiers, number, by, Shares::ofTrue),
                        of(identifiers, number, by, Shares::ofSurrogates), units, evaluation))
                .toList();
        return new Recovery(goal.likeness(), goal.most(), shares, pValue);
    }

    private static double[] of(List<RecoveredIdentifier> identifiers, int goal, RankedBy by, ToDoubleFunction<Shares> share) {
        return identifiers.stream().mapToDouble(identifier -> share.applyAsDouble(identifier.found().get(goal).shares().get(by))).toArray();
    }
}
