package io.github.miaudit.data.preparation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SamplingTest {

    @Test
    void classesOfLengthsAreNarrowAndInOrder() {
        for (int length = 0; length < 100_000; length++) {
            int least = length;
            if (length > 0 && Sampling.lengthClass(length) == Sampling.lengthClass(length - 1)) {
                while (least > 0 && Sampling.lengthClass(least - 1) == Sampling.lengthClass(length)) {
                    least--;
                }
                assertTrue(length < least * 1.125 || length < 8, length + " is with " + least);
            }
            assertTrue(length == 0 || Sampling.lengthClass(length) >= Sampling.lengthClass(length - 1));
        }
    }

    /** As many pairs as can be made, and in each class of lengths as many on one side as on the other. */
    @Property
    void matchedSamplesHaveTheSameLengths(@ForAll @Size(max = 40) List<@IntRange(max = 60) Integer> lengths,
            @ForAll @Size(max = 40) List<@IntRange(max = 60) Integer> otherLengths, @ForAll long seed) {
        Sampling sampling = new Sampling(new SeededOrder(seed), Integer.MAX_VALUE, Integer.MAX_VALUE);
        Sampling.Matched matched = sampling.matched(candidates("a", lengths), candidates("b", otherLengths));
        Map<Integer, Integer> available = classes(candidates("a", lengths));
        Map<Integer, Integer> others = classes(candidates("b", otherLengths));
        Map<Integer, Integer> expected = new HashMap<>();
        available.forEach((length, count) -> {
            if (others.containsKey(length)) {
                expected.put(length, Math.min(count, others.get(length)));
            }
        });
        assertEquals(expected, classes(matched.sample()));
        assertEquals(expected, classes(matched.other()));
        Sampling few = new Sampling(new SeededOrder(seed), 3, Integer.MAX_VALUE);
        Sampling.Matched first = few.matched(candidates("a", lengths), candidates("b", otherLengths));
        assertEquals(matched.sample().stream().limit(3).toList(), first.sample());
        assertEquals(matched.other().stream().limit(3).toList(), first.other());
    }

    private static Map<Integer, Integer> classes(List<Candidate> candidates) {
        Map<Integer, Integer> classes = new HashMap<>();
        candidates.forEach(candidate -> classes.merge(Sampling.lengthClass(candidate.length()), 1, Integer::sum));
        return classes;
    }

    private static List<Candidate> candidates(String name, List<Integer> lengths) {
        return IntStream.range(0, lengths.size()).mapToObj(index -> new Candidate(name + index % 5, true, "x".repeat(lengths.get(index)), name + index,
                new Note.Source(name, index + 1), 1)).toList();
    }
}
