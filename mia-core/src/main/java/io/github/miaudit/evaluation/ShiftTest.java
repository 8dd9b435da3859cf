package io.github.miaudit.evaluation;

import io.github.miaudit.data.Population;
import io.github.miaudit.metrics.GroupPermutations;
import io.github.miaudit.metrics.GroupedScores;
import io.github.miaudit.metrics.Interval;
import io.github.miaudit.metrics.MaximumTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * Whether two sets differ in more than membership: one test over all blind checks. Patients are dealt anew to the two sets
 * {@value #PERMUTATIONS} times, the classifier of words is fitted anew each time, and the largest standardised effect is held against
 * the largest of each deal, so that its size is its level whatever the number of checks.
 *
 * @param pValue of the hypothesis that the sets were drawn alike
 * @param checks each check with its p-value among all
 * @param lookedAt how many sentences: all or, of very many, those of patients drawn at random
 * @see <a href="https://www.jmlr.org/papers/v11/ojala10a.html">Ojala and Garriga 2010, on labels permuted for a classifier</a>
 * @see MaximumTest
 */
record ShiftTest(double pValue, List<Validity.Check> checks, int lookedAt) {

    private static final int PERMUTATIONS = 999;
    private static final String BAG_OF_WORDS = "bag-of-words";

    /** Tests the members against another population by all checks that can be made; empty with too few patients, or no check. */
    static Optional<ShiftTest> of(BlindChecks blind, Population other, Evaluation evaluation) {
        if (blind.scores().isEmpty()) {
            return Optional.empty();
        }
        BlindRows rows = BlindRows.of(blind.scores().get(0), other, evaluation.seed());
        List<GroupedScores[]> classes = blind.scores().stream().map(scores -> rows.classes(scores, other)).toList();
        if (Stream.of(classes.get(0)).anyMatch(scores -> scores.groupCount() < AttackResult.FEWEST_FOR_INTERVAL)) {
            return Optional.empty();
        }
        List<GroupPermutations> dealt = classes.stream().map(scores -> GroupPermutations.of(scores[0], scores[1])).toList();
        Optional<BagOfWords> words = blind.samples().map(samples -> rows.words(samples.of(Population.MEMBERS), samples.of(other)));
        double[] observed = areas(dealt, words, dealt.get(0).undealt(evaluation.seed()));
        double[][] permuted = IntStream.range(0, PERMUTATIONS).parallel()
                .mapToObj(number -> areas(dealt, words, dealt.get(0).deal(evaluation.seed(), number))).toArray(double[][]::new);
        List<MaximumTest.Side> sides = Stream.concat(dealt.stream().map(each -> MaximumTest.Side.BOTH),
                words.stream().map(each -> MaximumTest.Side.ABOVE)).toList();
        MaximumTest test = MaximumTest.of(observed, permuted, sides);
        List<Validity.Check> checks = new ArrayList<>();
        for (int check = 0; check < dealt.size(); check++) {
            Interval interval = LearnedAnew.ofSentences(blind.scores().get(check), other, classes.get(check)[0], classes.get(check)[1])
                    .interval(evaluation.confidence());
            checks.add(new Validity.Check(blind.scores().get(check).name(), true, observed[check], Optional.of(interval),
                    Optional.of(test.statistics().get(check).adjustedPValue()),
                    Optional.of(Math.max(interval.upper() - 0.5, 0.5 - interval.lower()))));
        }
        if (words.isPresent()) {
            MaximumTest.Statistic ofWords = test.statistics().get(dealt.size());
            double z = new NormalDistribution().inverseCumulativeProbability(0.5 + evaluation.confidence() / 2);
            // Out of fold a classifier that found nothing falls below 0.5, so the effect counts from where it then falls.
            checks.add(new Validity.Check(BAG_OF_WORDS, true, ofWords.value(), Optional.empty(), Optional.of(ofWords.adjustedPValue()),
                    Optional.of(Math.min(0.5, Math.max(0, ofWords.value() - ofWords.mean()) + z * ofWords.deviation()))));
        }
        return Optional.of(new ShiftTest(test.pValue(), checks, rows.members().length + rows.others().length));
    }

    private static double[] areas(List<GroupPermutations> dealt, Optional<BagOfWords> words, int[] order) {
        int members = dealt.get(0).memberGroups();
        return Stream.concat(dealt.stream().map(scores -> scores.areaUnderCurve(order)),
                words.stream()
                        .map(bag -> bag.areaUnderCurve(Arrays.copyOf(order, members), Arrays.copyOfRange(order, members, order.length))))
                .mapToDouble(Double::doubleValue).toArray();
    }
}
