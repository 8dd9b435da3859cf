package io.github.miaudit.likelihood;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class TokenFrequenciesTest {

    /** Against maps. */
    @Property(tries = 300)
    void everySentenceCounts(@ForAll @Size(max = 200) List<@Size(max = 12) List<@IntRange(min = -3, max = 3000) Integer>> sentences,
            @ForAll @IntRange(min = 1, max = 3000) int kinds) {
        TokenFrequencies.Builder builder = new TokenFrequencies.Builder();
        Map<List<Integer>, Long> expected = new TreeMap<>((one, other) -> Arrays.compare(ints(one), ints(other)));
        Map<Integer, Long> counts = new TreeMap<>();
        for (List<Integer> sentence : sentences) {
            List<Integer> ids = sentence.stream().map(id -> id % kinds).toList();
            builder.add(ints(ids));
            ids.forEach(id -> counts.merge(id, 1L, Long::sum));
            ids.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
                    .forEach((id, times) -> expected.merge(List.of(id, times.intValue()), 1L, Long::sum));
        }
        TokenFrequencies frequencies = builder.build();
        Map<List<Integer>, Long> found = new LinkedHashMap<>();
        frequencies.forEach((id, times, count) -> found.put(List.of(id, times), count));
        assertEquals(List.copyOf(expected.entrySet()), List.copyOf(found.entrySet()));
        assertEquals(List.copyOf(counts.keySet()), frequencies.ids().boxed().toList());
        counts.forEach((id, count) -> assertEquals(count, frequencies.count(id)));
        assertEquals(0, frequencies.count(5000));
        assertEquals(counts.values().stream().mapToLong(Long::longValue).sum(), frequencies.tokens());
    }

    private static int[] ints(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }
}
