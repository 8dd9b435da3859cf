package io.github.miaudit.likelihood;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

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
        long tokens = counts.values().stream().mapToLong(Long::longValue).sum();
        assertEquals(tokens, frequencies.tokens());
        TokenSpread spread = frequencies.spread();
        assertEquals(tokens, spread.tokens());
        assertEquals(counts.size(), spread.distinct());
        assertEquals(-counts.values().stream().mapToDouble(count -> count / (double) tokens * Math.log(count / (double) tokens)).sum(),
                spread.entropy(), 1e-9);
    }

    /** Parts tell of a whole no more different tokens and no more entropy than it has. */
    @Property(tries = 300)
    void partsTellNoMoreThanTheWhole(@ForAll @Size(min = 1, max = 60) List<@Size(max = 12) List<@IntRange(max = 30) Integer>> sentences,
            @ForAll @IntRange(min = 1, max = 5) int parts) {
        TokenFrequencies.Builder all = new TokenFrequencies.Builder();
        List<TokenFrequencies.Builder> dealt = Stream.generate(TokenFrequencies.Builder::new).limit(parts).toList();
        for (int sentence = 0; sentence < sentences.size(); sentence++) {
            all.add(ints(sentences.get(sentence)));
            dealt.get(sentence % parts).add(ints(sentences.get(sentence)));
        }
        TokenSpread whole = all.build().spread();
        TokenSpread told = TokenSpread.of(dealt.stream().map(part -> part.build().spread()).toList());
        assertEquals(whole.tokens(), told.tokens());
        assertTrue(told.distinct() <= whole.distinct());
        assertTrue(told.entropy() <= whole.entropy() + 1e-9);
    }

    /** Without some of the sentences there is no less entropy, and are no fewer different tokens, than is said. */
    @Property(tries = 300)
    void aPartHasNoLessThanIsSaid(
            @ForAll @Size(min = 1, max = 60) List<@Size(min = 1, max = 12) List<@IntRange(max = 30) Integer>> sentences,
            @ForAll @IntRange(max = 60) int without) {
        TokenFrequencies.Builder all = new TokenFrequencies.Builder();
        TokenFrequencies.Builder kept = new TokenFrequencies.Builder();
        for (int sentence = 0; sentence < sentences.size(); sentence++) {
            all.add(ints(sentences.get(sentence)));
            if (sentence == 0 || sentence > without) {
                kept.add(ints(sentences.get(sentence)));
            }
        }
        TokenSpread whole = all.build().spread();
        TokenSpread part = kept.build().spread();
        assertTrue(whole.entropyOfPart(part.tokens()) <= part.entropy() + 1e-9);
        assertTrue(whole.distinctOfPart(part.tokens()) <= part.distinct());
        assertEquals(whole.entropy(), whole.entropyOfPart(whole.tokens()));
        assertEquals(whole.distinct(), whole.distinctOfPart(whole.tokens()));
        assertThrows(IllegalArgumentException.class, () -> whole.entropyOfPart(whole.tokens() + 1));
    }

    @Test
    void whatNoTokensHaveIsRefused() {
        assertEquals(new TokenSpread(0, 0, 0), TokenSpread.of(List.of()));
        assertThrows(IllegalArgumentException.class, () -> new TokenSpread(3, 4, 1));
        assertThrows(IllegalArgumentException.class, () -> new TokenSpread(3, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new TokenSpread(3, 2, 0.7));
        assertThrows(IllegalArgumentException.class, () -> new TokenSpread(3, 2, Double.NaN));
    }

    private static int[] ints(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }
}
