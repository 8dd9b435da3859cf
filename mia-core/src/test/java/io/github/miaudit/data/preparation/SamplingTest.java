package io.github.miaudit.data.preparation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.notes.Note;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SamplingTest {

    private static final Matching LENGTH = Matching.by(List.of("length"));

    @Test
    void classesOfLengthsAreNarrowAndInOrder() {
        for (int length = 0; length < 100_000; length++) {
            int least = length;
            if (length > 0 && Matching.lengthClass(length) == Matching.lengthClass(length - 1)) {
                while (least > 0 && Matching.lengthClass(least - 1) == Matching.lengthClass(length)) {
                    least--;
                }
                assertTrue(length < least * 1.125 || length < 8, length + " is with " + least);
            }
            assertTrue(length == 0 || Matching.lengthClass(length) >= Matching.lengthClass(length - 1));
        }
    }

    /** As many pairs as can be made, and in each class of lengths as many on one side as on the other. */
    @Property
    void matchedSamplesHaveTheSameLengths(@ForAll @Size(max = 40) List<@IntRange(max = 60) Integer> lengths,
            @ForAll @Size(max = 40) List<@IntRange(max = 60) Integer> otherLengths, @ForAll long seed) {
        Sampling sampling = new Sampling(new SeededOrder(seed), Integer.MAX_VALUE, Integer.MAX_VALUE);
        Sampling.Matched matched = sampling.matched(candidates("a", lengths), candidates("b", otherLengths), LENGTH);
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
        assertEquals(List.of((long) lengths.size() - matched.sample().size(), (long) otherLengths.size() - matched.other().size()),
                List.of(matched.unmatched(), matched.unmatchedOthers()));
        Sampling few = new Sampling(new SeededOrder(seed), 3, Integer.MAX_VALUE);
        Sampling.Matched first = few.matched(candidates("a", lengths), candidates("b", otherLengths), LENGTH);
        assertEquals(matched.sample().stream().limit(3).toList(), first.sample());
        assertEquals(matched.other().stream().limit(3).toList(), first.other());
    }

    private static Map<Integer, Integer> classes(List<Candidate> candidates) {
        Map<Integer, Integer> classes = new HashMap<>();
        candidates.forEach(candidate -> classes.merge(Matching.lengthClass(candidate.length()), 1, Integer::sum));
        return classes;
    }

    private static List<Candidate> candidates(String name, List<Integer> lengths) {
        return IntStream.range(0, lengths.size())
                .mapToObj(index -> new Candidate(owner(name + index % 5), "x".repeat(lengths.get(index)), name + index, Map.of(),
                        new Note.Source(name, index + 1), 1, List.of()))
                .toList();
    }

    private static Owner owner(String patient) {
        return new Owner(new SeededOrder(1).place("test", patient), Optional.of(patient));
    }

    /** No patient gives more sentences than may be, and another pair can't be made of those who could give more. */
    @Property
    void matchedSamplesTakeAsManyOfAPatientAsMayBe(@ForAll @Size(max = 40) List<@IntRange(max = 30) Integer> lengths,
            @ForAll @Size(max = 40) List<@IntRange(max = 30) Integer> otherLengths, @ForAll @IntRange(min = 1, max = 4) int most,
            @ForAll long seed) {
        List<Candidate> available = candidates("a", lengths);
        List<Candidate> others = candidates("b", otherLengths);
        Sampling.Matched matched = new Sampling(new SeededOrder(seed), Integer.MAX_VALUE, most).matched(available, others, LENGTH);
        assertEquals(classes(matched.sample()), classes(matched.other()));
        assertTrue(counts(matched.sample()).values().stream().allMatch(count -> count <= most));
        assertTrue(counts(matched.other()).values().stream().allMatch(count -> count <= most));
        Set<Integer> more = classes(takeable(available, matched.sample(), most)).keySet();
        assertTrue(classes(takeable(others, matched.other(), most)).keySet().stream().noneMatch(more::contains));
    }

    /** A patient's first sentences have no counterpart; they must not use up what may be taken of the patient. */
    @Test
    void aSentenceWithoutCounterpartCountsForNobody() {
        for (long seed = 1; seed <= 20; seed++) {
            List<Candidate> available = candidates("a", List.of(10, 10, 10, 10, 10, 11));
            Sampling.Matched matched = new Sampling(new SeededOrder(seed), 9, 1).matched(available, candidates("b", List.of(11)), LENGTH);
            assertEquals(1, matched.sample().size());
        }
    }

    private static List<Candidate> takeable(List<Candidate> available, List<Candidate> taken, int most) {
        Map<Owner, Long> counts = counts(taken);
        return available.stream().filter(candidate -> !taken.contains(candidate) && counts.getOrDefault(candidate.owner(), 0L) < most)
                .toList();
    }

    private static Map<Owner, Long> counts(List<Candidate> candidates) {
        return candidates.stream().collect(Collectors.groupingBy(Candidate::owner, Collectors.counting()));
    }
}
