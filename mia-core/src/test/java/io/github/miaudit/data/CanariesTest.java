package io.github.miaudit.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CanariesTest {

    @Test
    void textsDifferAndFollowTheSeed() {
        List<Sample> canaries = Canaries.make(2000, 7);
        assertEquals(2000, canaries.stream().map(Sample::text).collect(Collectors.toSet()).size());
        assertEquals(canaries, Canaries.make(2000, 7));
        assertNotEquals(canaries, Canaries.make(2000, 8));
        assertTrue(canaries.get(0).text().matches("Record \\d{3} \\d{3} \\d{3} is filed under( [a-z]+){4}\\."), canaries.get(0).text());
    }

    @Test
    void everyCanaryIsOnOneSide() {
        List<Sample> canaries = Canaries.make(500, 7);
        AttackDataset tossed = Canaries.randomise(canaries, 9);
        List<Sample> both = new ArrayList<>(tossed.samples(Population.MEMBERS));
        both.addAll(tossed.samples(Population.NON_MEMBERS));
        assertEquals(500, both.size());
        assertEquals(new HashSet<>(canaries), new HashSet<>(both));
        assertEquals(tossed.samples(Population.MEMBERS), Canaries.randomise(canaries, 9).samples(Population.MEMBERS));
    }

    /** Over 400 seeds each canary is a member about half the time, whatever became of its neighbour. */
    @Test
    void coinsAreFairAndIndependent() {
        List<Sample> canaries = Canaries.make(20, 1);
        int[] heads = new int[20];
        int[] likeTheNext = new int[19];
        for (int seed = 0; seed < 400; seed++) {
            List<Sample> members = Canaries.randomise(canaries, seed).samples(Population.MEMBERS);
            for (int canary = 0; canary < 20; canary++) {
                boolean member = members.contains(canaries.get(canary));
                heads[canary] += member ? 1 : 0;
                if (canary < 19) {
                    likeTheNext[canary] += member == members.contains(canaries.get(canary + 1)) ? 1 : 0;
                }
            }
        }
        for (int count : heads) {
            assertTrue(Math.abs(count - 200) < 50, "5 standard deviations: " + count);
        }
        for (int count : likeTheNext) {
            assertTrue(Math.abs(count - 200) < 50, "5 standard deviations: " + count);
        }
    }

    @Test
    void oneCanaryCantBeOnBothSides() {
        assertThrows(IllegalArgumentException.class, () -> Canaries.randomise(Canaries.make(1, 1), 1));
        assertThrows(IllegalArgumentException.class, () -> Canaries.make(0, 1));
    }

    @Test
    void whatIsWrittenIsRead(@TempDir Path folder) {
        List<Sample> samples = List.of(Sample.of("1", "p", "a \"quoted\" line\nand <another>"), Sample.of("2", "ü"));
        Samples.writeJsonLines(folder.resolve("x.jsonl"), samples);
        assertEquals(samples, Samples.readJsonLines(folder.resolve("x.jsonl")));
    }
}
