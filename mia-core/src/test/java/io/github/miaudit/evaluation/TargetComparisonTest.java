package io.github.miaudit.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Sample;
import io.github.miaudit.likelihood.FakeScorer;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelScores;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.likelihood.ScoringListener;
import io.github.miaudit.membership.AttackScores;
import io.github.miaudit.membership.LikelihoodRatioAttack;
import io.github.miaudit.membership.LossAttack;
import io.github.miaudit.membership.MembershipAttack;
import io.github.miaudit.metrics.DeLong;
import io.github.miaudit.metrics.MultipleTesting;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.TDistribution;
import org.junit.jupiter.api.Test;

class TargetComparisonTest {

    private static final Evaluation EVALUATION = Evaluation.withDefaults().withBootstrapReplicates(500);
    private static final MembershipAttack RATIO = LikelihoodRatioAttack.withDefaults().withRule(MaskingRule.maskless());
    private static final List<MembershipAttack> ATTACKS = List.of(RATIO, LossAttack.withDefaults());

    /** The first remembers most members, the second few, the third what the first does. */
    private static Map<String, ScoreTable> targets(boolean grouped) {
        AttackDataset dataset = AttackDataset.of(notes("m", 60, grouped), notes("n", 80, grouped));
        Map<String, ScoreTable> targets = new LinkedHashMap<>();
        targets.put("before", table(dataset, text -> text.hashCode() % 3 != 0));
        targets.put("after", table(dataset, text -> text.hashCode() % 7 == 0));
        targets.put("again", table(dataset, text -> text.hashCode() % 3 != 0));
        return targets;
    }

    @Test
    void aTargetThatForgotLeaksLess() {
        for (boolean grouped : new boolean[] {false, true}) {
            TargetComparison comparison = TargetComparison.of(targets(grouped), ATTACKS, Population.NON_MEMBERS, EVALUATION);
            assertEquals("before", comparison.baseline());
            for (Ranked ranked : grouped ? Ranked.values() : new Ranked[] {Ranked.SENTENCES}) {
                List<TargetComparison.Difference> differences = comparison.differences().stream()
                        .filter(difference -> difference.ranked() == ranked).toList();
                assertEquals(List.of("after", "again", "after", "again"),
                        differences.stream().map(TargetComparison.Difference::target).toList());
                TargetComparison.Difference after = differences.get(0);
                assertTrue(after.difference().interval().upper() < 0, after.toString());
                assertTrue(after.adjustedPValue() < 0.05, after.toString());
                TargetComparison.Difference again = differences.get(1);
                assertEquals(0, again.difference().difference());
                assertEquals(1, again.adjustedPValue());
                assertEquals(again.baselineArea(), again.area());
            }
            assertEquals(grouped ? 8 : 4, comparison.differences().size());
        }
    }

    /** By an oracle that goes through all pairs; SciPy's t distribution is Commons Math's here. */
    @Test
    void byPatientItIsDeLongsTestOfPatientsScores() {
        Map<String, ScoreTable> targets = targets(true);
        TargetComparison comparison = TargetComparison.of(targets, ATTACKS, Population.NON_MEMBERS, EVALUATION);
        TargetComparison.Difference told = comparison.differences().get(0);
        assertEquals(Ranked.PATIENTS, told.ranked());
        double[][] placements = new double[2][];
        double[][] otherPlacements = new double[2][];
        for (int version = 0; version < 2; version++) {
            AttackScores scores = AttackScores.of(RATIO, targets.get(version == 0 ? "before" : "after"));
            double[] members = scores.grouped(Population.MEMBERS).reduce(EVALUATION.groupReduction());
            double[] others = scores.grouped(Population.NON_MEMBERS).reduce(EVALUATION.groupReduction());
            placements[version] = Arrays.stream(members)
                    .map(member -> Arrays.stream(others).map(other -> above(member, other)).average().orElseThrow()).toArray();
            otherPlacements[version] = Arrays.stream(others)
                    .map(other -> Arrays.stream(members).map(member -> above(member, other)).average().orElseThrow()).toArray();
        }
        assertEquals(20, placements[0].length);
        assertEquals(27, otherPlacements[0].length);
        double difference = Arrays.stream(placements[1]).average().orElseThrow() - Arrays.stream(placements[0]).average().orElseThrow();
        double error = Math.sqrt(varianceOfMean(placements) + varianceOfMean(otherPlacements));
        assertEquals(difference, told.difference().difference(), 1e-12);
        assertEquals(difference, told.area() - told.baselineArea(), 1e-12);
        assertEquals(error, told.difference().standardError(), 1e-12);
        assertEquals(2 * new TDistribution(19).cumulativeProbability(-Math.abs(difference) / error), told.difference().pValue(), 1e-9);
        assertEquals(20, told.difference().fewestGroups());
    }

    private static double above(double member, double other) {
        return Math.abs(member - other) < 1e-9 ? 0.5 : member > other ? 1 : 0; // the same sums in another order are the same
    }

    /** Of the second minus the first, by the variance with n - 1. */
    private static double varianceOfMean(double[][] placements) {
        int rows = placements[0].length;
        double[] differences = IntStream.range(0, rows).mapToDouble(row -> placements[1][row] - placements[0][row]).toArray();
        double mean = Arrays.stream(differences).average().orElseThrow();
        return Arrays.stream(differences).map(each -> (each - mean) * (each - mean)).sum() / (rows - 1) / rows;
    }

    /** A patient who is known on one side alone is compared with nobody. */
    @Test
    void withPatientsOnOneSideAloneOnlySentencesAreRanked() {
        AttackDataset dataset = AttackDataset.of(notes("m", 60, true), notes("n", 80, false));
        Map<String, ScoreTable> targets = new LinkedHashMap<>();
        targets.put("before", table(dataset, text -> text.hashCode() % 3 != 0));
        targets.put("after", table(dataset, text -> text.hashCode() % 7 == 0));
        assertTrue(TargetComparison.of(targets, ATTACKS, Population.NON_MEMBERS, EVALUATION).differences().stream()
                .allMatch(difference -> difference.ranked() == Ranked.SENTENCES));
    }

    @Test
    void withoutGroupsItIsDeLongsTestAndHolmsCorrection() {
        Map<String, ScoreTable> targets = targets(false);
        TargetComparison comparison = TargetComparison.of(targets, ATTACKS, Population.NON_MEMBERS, EVALUATION);
        DeLong after = deLong(AttackScores.of(RATIO, targets.get("after")));
        assertEquals(after.minus(deLong(AttackScores.of(RATIO, targets.get("before"))), 0.95),
                comparison.differences().get(0).difference());
        assertEquals(after.areaUnderCurve(), comparison.differences().get(0).area(), 1e-12);
        double[] holm = MultipleTesting.holm(comparison.differences().stream().mapToDouble(each -> each.difference().pValue()).toArray());
        for (int each = 0; each < holm.length; each++) {
            assertEquals(holm[each], comparison.differences().get(each).adjustedPValue());
        }
    }

    @Test
    void otherSentencesAreRefused() {
        Map<String, ScoreTable> targets = new LinkedHashMap<>(targets(false));
        targets.put("other", table(AttackDataset.of(notes("m", 60, false), notes("x", 80, false)), text -> true));
        assertEquals("scores of target target are of other non-members than those of target target; score the same dataset with both",
                assertThrows(IllegalArgumentException.class,
                        () -> TargetComparison.of(targets, ATTACKS, Population.NON_MEMBERS, EVALUATION)).getMessage());
        assertThrows(IllegalArgumentException.class,
                () -> TargetComparison.of(Map.of("one", targets.get("before")), ATTACKS, Population.NON_MEMBERS, EVALUATION));
        assertThrows(IllegalArgumentException.class,
                () -> TargetComparison.of(targets(false), List.of(), Population.NON_MEMBERS, EVALUATION));
    }

    private static DeLong deLong(AttackScores scores) {
        return DeLong.of(scores.scores(Population.MEMBERS), scores.scores(Population.NON_MEMBERS));
    }

    private static ScoreTable table(AttackDataset dataset, Predicate<String> remembers) {
        Set<MaskingRule> rules = Set.of(MaskingRule.maskless());
        List<String> members = dataset.samples(Population.MEMBERS).stream().map(Sample::text).toList();
        FakeScorer target = new FakeScorer("target", "t", 0.2, text -> members.contains(text) && remembers.test(text));
        // A reference that disagrees a little, so that the ratio is not the memory itself.
        FakeScorer reference = new FakeScorer("reference", "t", 0.1, text -> text.length() % 2 == 0);
        return ScoreTable.of(dataset, ModelScores.of(target, dataset, rules, ScoringListener.NONE),
                List.of(ModelScores.of(reference, dataset, rules, ScoringListener.NONE)));
    }

    private static List<Sample> notes(String prefix, int count, boolean grouped) {
        Random random = new Random(prefix.hashCode());
        return IntStream.range(0, count).mapToObj(row -> {
            String text = prefix + random.ints(4, 0, 1000).mapToObj(number -> " word" + number).reduce("", String::concat);
            return grouped ? Sample.of(prefix + row, prefix + row / 3, text) : Sample.of(prefix + row, text);
        }).toList();
    }
}
