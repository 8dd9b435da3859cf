package io.github.miaudit.evaluation;

import io.github.miaudit.data.Population;
import io.github.miaudit.membership.AttackScores;
import io.github.miaudit.metrics.ClusterBootstrap;
import io.github.miaudit.metrics.GroupedScores;
import io.github.miaudit.metrics.Interval;
import io.github.miaudit.metrics.RocCurve;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A ROC curve for drawing: the TPR at false positive rates that are evenly spaced on a logarithmic axis, each with an
 * interval of its own. The intervals hold rate by rate, not all at once.
 *
 * @param points from the lowest rate, that of one non-member, to 1
 */
public record RocBand(List<Point> points) {

    private static final int POINTS_A_DECADE = 10;

    /**
     * A point of the curve.
     *
     * @param falsePositiveRate the rate that is not exceeded
     * @param truePositiveRate  the highest there
     * @param interval          of the TPR, as in {@link AttackResult.OperatingPoint}; empty where that has none
     */
    public record Point(double falsePositiveRate, double truePositiveRate, Optional<Interval> interval) {
    }

    /**
     * Copies the list.
     *
     * @param points copied
     */
    public RocBand {
        points = List.copyOf(points);
    }

    static RocBand of(AttackScores scores, Population population, Evaluation evaluation) {
        GroupedScores members = scores.grouped(Population.MEMBERS);
        GroupedScores nonMembers = scores.grouped(population);
        RocCurve curve = RocCurve.of(members.scores(), nonMembers.scores());
        List<Double> rates = rates(nonMembers.size());
        List<Double> best = rates.stream().map(rate -> curve.bestAtFalsePositiveRate(rate).truePositiveRate()).toList();
        List<Optional<Interval>> intervals = intervals(scores, population, members, nonMembers, rates, best, evaluation);
        return new RocBand(IntStream.range(0, rates.size()).mapToObj(index -> new Point(rates.get(index), best.get(index), intervals.get(index))).toList());
    }

    private static List<Optional<Interval>> intervals(AttackScores scores, Population population, GroupedScores members, GroupedScores nonMembers,
            List<Double> rates, List<Double> best, Evaluation evaluation) {
        if (!scores.hasGroups(Population.MEMBERS) && !scores.hasGroups(population)) {
            return best.stream().map(rate -> (int) Math.round(rate * members.size()))
                    .map(accepted -> Optional.of(AttackResult.ofShare(accepted, members.size(), evaluation))).toList();
        }
        if (Math.min(members.groupCount(), nonMembers.groupCount()) < AttackResult.FEWEST_FOR_INTERVAL) {
            return rates.stream().map(rate -> Optional.<Interval>empty()).toList();
        }
        return ClusterBootstrap.of(members, nonMembers).withReplicates(evaluation.bootstrapReplicates()).withSeed(evaluation.seed())
                .truePositiveRates(rates, evaluation.confidence()).stream().map(Optional::of).toList();
    }

    private static List<Double> rates(int nonMembers) {
        int lowest = (int) Math.ceil(POINTS_A_DECADE * Math.log10(nonMembers));
        return IntStream.rangeClosed(0, lowest)
                .mapToObj(index -> Math.max(1.0 / nonMembers, Math.pow(10, (index - lowest) / (double) POINTS_A_DECADE))).distinct().toList();
    }
}
