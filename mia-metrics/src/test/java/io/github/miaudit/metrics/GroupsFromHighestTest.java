package io.github.miaudit.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GroupsFromHighestTest {

    @Test
    void countsTheGroupsOfTheHighestScores() {
        GroupedScores scores = GroupedScores.of(new double[] {1, 5, 3, 4, 2}, List.of("a", "b", "b", "c", "a"));
        assertArrayEquals(new int[] {0, 1, 2, 2, 3, 3}, scores.groupsFromHighest());
    }

    @Test
    void isWhatCountingEachTimeAnewGives() {
        Random random = new Random(1);
        double[] scores = random.doubles(200).toArray();
        List<Integer> groups = IntStream.range(0, 200).mapToObj(row -> random.nextInt(30)).toList();
        int[] counted = GroupedScores.of(scores, groups).groupsFromHighest();
        List<Integer> order = IntStream.range(0, 200).boxed().sorted((a, b) -> Double.compare(scores[b], scores[a])).toList();
        for (int rows = 0; rows <= 200; rows++) {
            Set<Integer> different = new HashSet<>();
            order.subList(0, rows).forEach(row -> different.add(groups.get(row)));
            assertEquals(different.size(), counted[rows]);
        }
    }

    @Test
    void theLowestAreTheHighestOfNegatedScores() {
        Random random = new Random(2);
        double[] scores = random.ints(200, -5, 5).asDoubleStream().toArray();
        List<Integer> groups = IntStream.range(0, 200).mapToObj(row -> random.nextInt(30)).toList();
        assertArrayEquals(GroupedScores.of(Arrays.stream(scores).map(score -> -score).toArray(), groups).groupsFromHighest(),
                GroupedScores.of(scores, groups).groupsFromLowest());
        assertArrayEquals(new int[] {0, 1, 2, 2}, GroupedScores.of(new double[] {3, 1, 2}, List.of("a", "b", "a")).groupsFromLowest());
    }
}
