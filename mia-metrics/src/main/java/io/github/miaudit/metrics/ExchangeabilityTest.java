package io.github.miaudit.metrics;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether true identifiers and their surrogates are alike to a model that never saw the notes, the reference or a control: all
 * {@link RankStatistic}s, each of which shows something else, against draws in which one of the candidates stands for the true one,
 * patient by patient ({@link RankRandomisation}), as one {@link MaximumTest}, above or below. If they are not alike, ranks by the target
 * say nothing.
 *
 * @param pValue     that of the most extreme statistic among all; at most alpha in at most alpha of all cases if they are alike
 * @param deviations what was seen, of each statistic, in the order of {@link RankStatistic}
 */
public record ExchangeabilityTest(double pValue, List<Deviation> deviations) {

    /**
     * A figure of the ranks beside what chance would make of it.
     *
     * @param statistic      which
     * @param observed       its mean over patients of the mean over their identities
     * @param byChance       its exact mean over all draws
     * @param adjustedPValue of its difference, either way, corrected for the number of statistics
     */
    public record Deviation(RankStatistic statistic, double observed, double byChance, double adjustedPValue) {
    }

    /** Copies the list. */
    public ExchangeabilityTest {
        deviations = List.copyOf(deviations);
    }

    /**
     * Tests. That nothing is found does not show that there is nothing; with few patients only large differences are. Costs as
     * {@link RankRandomisation#drawn}.
     *
     * @param draws at least 99; 9999 are usual
     * @throws IllegalArgumentException if there are fewer draws
     */
    public static ExchangeabilityTest of(RankedIdentities identities, int draws, long seed) {
        Arguments.requireAtLeast("draws", draws, 99);
        List<RankStatistic> statistics = List.of(RankStatistic.values());
        RankRandomisation randomisation = RankRandomisation.of(identities);
        MaximumTest test = MaximumTest.of(statistics.stream().mapToDouble(randomisation::observed).toArray(),
                randomisation.drawn(statistics, draws, seed), statistics.stream().map(statistic -> MaximumTest.Side.BOTH).toList());
        List<Deviation> deviations = new ArrayList<>();
        for (RankStatistic statistic : statistics) {
            MaximumTest.Statistic tested = test.statistics().get(statistic.ordinal());
            deviations.add(new Deviation(statistic, tested.value(), randomisation.byChance(statistic), tested.adjustedPValue()));
        }
        return new ExchangeabilityTest(test.pValue(), deviations);
    }
}
