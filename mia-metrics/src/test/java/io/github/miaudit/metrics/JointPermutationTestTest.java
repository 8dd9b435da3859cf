package io.github.miaudit.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JointPermutationTestTest {

    private static final int PERMUTATIONS = 1000;

    @Test
    void eachIsItsOwnTest() {
        Scores scores = Scores.drawn(new Random(1), 12, 3, 4, 0.4);
        JointPermutationTest test = scores.test(PERMUTATIONS, 7);
        for (int score = 0; score < 3; score++) {
            assertEquals(PermutationTest.of(scores.members.get(score), scores.others.get(score), PERMUTATIONS, 7), test.each().get(score));
        }
        JointPermutationTest alone = new Scores(scores.members.subList(1, 2), scores.others.subList(1, 2)).test(PERMUTATIONS, 7);
        assertEquals(List.of(test.each().get(1)), alone.each());
        assertEquals(alone.each(), alone.amongAll());
    }

    /** A score that says the same twice costs nothing; scores that have nothing to do with each other cost as Sidak's correction. */
    @Test
    void theChoiceCostsAsMuchAsScoresDiffer() {
        Scores scores = Scores.drawn(new Random(2), 15, 2, 1, 0.6);
        Scores twice = new Scores(List.of(scores.members.get(0), scores.members.get(0)),
                List.of(scores.others.get(0), scores.others.get(0)));
        assertEquals(twice.test(PERMUTATIONS, 3).each(), twice.test(PERMUTATIONS, 3).amongAll());
        JointPermutationTest test = scores.test(20_000, 3);
        for (int score = 0; score < 2; score++) {
            double own = test.each().get(score).higher();
            double sidak = 1 - (1 - own) * (1 - own);
            assertEquals(sidak, test.amongAll().get(score).higher(), 0.02 + 0.1 * sidak);
            assertTrue(test.amongAll().get(score).higher() >= own);
        }
    }

    /** Exactly, by hand: 2 of 5 patients; {3, 4} are on top by one score, {4, 0} by the other. */
    @Test
    void everyDealIsCounted() {
        JointPermutationTest test = new Scores(List.of(ungrouped(3, 4), ungrouped(4, 0)), List.of(ungrouped(0, 1, 2), ungrouped(1, 2, 3)))
                .test(20_000, 4);
        assertEquals(0.1, test.each().get(0).higher(), 0.008); // one way of ten
        // The AUCs 1 and 3 / 6 of ten ways each vary alike; another way with an AUC of 1 by either score is {third of the others, first}.
        assertEquals(0.2, test.amongAll().get(0).higher(), 0.01);
        assertEquals(test.each().get(1).higher(), 0.6, 0.015); // of ten ways: 6 have at least 4 + 0 = 4 ranks
        assertTrue(test.amongAll().get(1).higher() > 0.7);
    }

    /** With nothing to find, the least of five corrected p-values is at most 0.05 in 5 % of cases; uncorrected it is in more. */
    @Test
    void theStrongestOfManyIsNoFinding() {
        Random random = new Random(5);
        int corrected = 0;
        int uncorrected = 0;
        int trials = 300;
        for (int trial = 0; trial < trials; trial++) {
            JointPermutationTest test = Scores.drawn(random, 10, 5, 2, 0).test(PERMUTATIONS, trial);
            corrected += test.amongAll().stream().anyMatch(among -> among.higher() <= 0.05) ? 1 : 0;
            uncorrected += test.each().stream().anyMatch(own -> own.higher() <= 0.05) ? 1 : 0;
        }
        assertTrue(corrected <= trials * 0.05 + 3 * Math.sqrt(trials * 0.05), corrected + " of " + trials);
        assertTrue(uncorrected > trials * 0.12, uncorrected + " of " + trials);
    }

    @Test
    void withoutPermutationsTheNumberOfScoresCounts() {
        Scores scores = Scores.drawn(new Random(4), 12, 3, 4, 0.5);
        JointPermutationTest test = scores.test(0, 1);
        assertEquals(Math.min(1, 3 * test.each().get(0).higher()), test.amongAll().get(0).higher(), 1e-15);
        assertEquals(PermutationTest.of(scores.members.get(2), scores.others.get(2), 0, 1), test.each().get(2));
    }

    @Test
    void scoresAreOfTheSameGroups() {
        Scores scores = Scores.drawn(new Random(1), 12, 2, 4, 0.4);
        assertThrows(IllegalArgumentException.class, () -> new Scores(List.of(), List.of()).test(PERMUTATIONS, 1));
        assertThrows(IllegalArgumentException.class, () -> new Scores(scores.members, List.of(ungrouped(1, 2))).test(PERMUTATIONS, 1));
        assertThrows(IllegalArgumentException.class,
                () -> new Scores(scores.members, List.of(scores.others.get(0), ungrouped(1, 2))).test(PERMUTATIONS, 1));
        assertThrows(IllegalArgumentException.class, () -> scores.test(999, 1));
    }

    private static GroupedScores ungrouped(double... scores) {
        return GroupedScores.ungrouped(scores);
    }

    /** Several scores of the same patients. */
    private record Scores(List<GroupedScores> members, List<GroupedScores> others) {

        static Scores drawn(Random random, int patients, int number, int sentences, double shift) {
            List<Integer> groups = IntStream.range(0, patients * sentences).map(row -> row / sentences).boxed().toList();
            List<GroupedScores> members = new ArrayList<>();
            List<GroupedScores> others = new ArrayList<>();
            for (int score = 0; score < number; score++) {
                members.add(GroupedScores.of(normal(random, groups.size(), shift), groups));
                others.add(GroupedScores.of(normal(random, groups.size(), 0), groups));
            }
            return new Scores(members, others);
        }

        private static double[] normal(Random random, int size, double mean) {
            return IntStream.range(0, size).mapToDouble(row -> mean + random.nextGaussian()).toArray();
        }

        JointPermutationTest test(int permutations, long seed) {
            return JointPermutationTest.of(members, others, permutations, seed);
        }
    }
}
