package io.github.miaudit.membership;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Sample;
import io.github.miaudit.likelihood.FakeScorer;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelScores;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.likelihood.ScoringListener;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LearnedSentencesTest {

    /** Patient p has 3 p + 1 sentences, and there are some of nobody known. */
    private static List<Sample> sentences(int patients) {
        List<Sample> sentences = new ArrayList<>();
        for (int patient = 0; patient < patients; patient++) {
            for (int sentence = 0; sentence <= 3 * patient; sentence++) {
                sentences.add(Sample.of(patient + "-" + sentence, "p" + patient, "a"));
            }
            sentences.add(Sample.of("nobody " + patient, "a"));
        }
        return sentences;
    }

    private static List<String> learned(List<Sample> sentences, int most) {
        AttackDataset dataset = AttackDataset.of(sentences, List.of(Sample.of("n", "a")));
        ScoreTable table = ScoreTable.of(dataset,
                ModelScores.of(new FakeScorer("target", "t", 0), dataset, Set.of(MaskingRule.original()), ScoringListener.NONE), List.of());
        int[] rows = LearnedSentences.of(table, Population.MEMBERS, most);
        assertArrayEquals(Arrays.stream(rows).sorted().distinct().toArray(), rows);
        return Arrays.stream(rows).mapToObj(row -> sentences.get(row).id()).toList();
    }

    /** As many as may be, and nobody who has another sentence left has two fewer than another. */
    @Property(tries = 50)
    void asEvenlyOfThePatientsAsTheyHaveSentences(@ForAll @IntRange(min = 1, max = 12) int patients,
            @ForAll @IntRange(min = 1, max = 250) int most) {
        List<Sample> sentences = sentences(patients);
        List<String> learned = learned(sentences, most);
        assertEquals(Math.min(most, sentences.size()), learned.size());
        Map<String, Integer> taken = new HashMap<>();
        Map<String, Integer> all = new HashMap<>();
        sentences.forEach(each -> all.merge(each.group().orElse(each.id()), 1, Integer::sum));
        sentences.stream().filter(each -> learned.contains(each.id()))
                .forEach(each -> taken.merge(each.group().orElse(each.id()), 1, Integer::sum));
        int greatest = Collections.max(taken.values());
        all.forEach((patient, count) -> assertTrue(taken.getOrDefault(patient, 0) >= Math.min(count, greatest - 1), patient));
    }

    @Property(tries = 20)
    void theOrderOfSentencesHasNoSay(@ForAll long seed, @ForAll @IntRange(min = 1, max = 250) int most) {
        List<Sample> shuffled = new ArrayList<>(sentences(12));
        Collections.shuffle(shuffled, new Random(seed));
        assertEquals(new TreeSet<>(learned(sentences(12), most)), new TreeSet<>(learned(shuffled, most)));
    }

    /** Of patients who are alike each is as likely taken; ids that count up tell nothing. */
    @Test
    void whoIsTakenIsDrawn() {
        List<Sample> sentences = IntStream.range(0, 10_000).mapToObj(number -> Sample.of("s" + number, "p" + number / 2, "a")).toList();
        List<String> learned = learned(sentences, 1000);
        double[] tenths = new double[10];
        learned.forEach(id -> tenths[Integer.parseInt(id.substring(1)) / 1000]++);
        for (double tenth : tenths) {
            assertEquals(100, tenth, 4 * Math.sqrt(100 * 0.9));
        }
        assertEquals(1000, learned.stream().map(id -> Integer.parseInt(id.substring(1)) / 2).distinct().count(), "one of each patient");
        assertEquals(500, learned.stream().filter(id -> Integer.parseInt(id.substring(1)) % 2 == 0).count(), 4 * Math.sqrt(250));
    }
}
