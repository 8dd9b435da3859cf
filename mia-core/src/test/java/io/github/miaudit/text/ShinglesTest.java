package io.github.miaudit.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ShinglesTest {

    @Property
    void cursorGivesEachShingleAsItIs(@ForAll("text") String text) {
        List<Long> given = new ArrayList<>();
        Shingles.Cursor cursor = new Shingles.Cursor(text);
        while (cursor.next()) {
            given.add(cursor.shingle());
        }
        List<Long> expected = IntStream.range(0, Math.max(1, text.length() - 4))
                .mapToObj(start -> Shingles.at(text, start, Math.min(start + 5, text.length()))).toList();
        assertEquals(expected, given);
    }

    /** A set that had another text before is as a new one, and its sketch differs by no more bits than it does by shingles. */
    @Property
    void setCountsDifferentAndSharedOnes(@ForAll("text") String before, @ForAll("text") String text, @ForAll("text") String other) {
        ShingleSet set = new ShingleSet();
        ShingleSet another = new ShingleSet();
        assertTrue(set.fill(before, Integer.MAX_VALUE));
        assertTrue(set.fill(text, Integer.MAX_VALUE));
        assertTrue(another.fill(other, Integer.MAX_VALUE));
        Set<String> shared = new HashSet<>(runs(text));
        shared.retainAll(runs(other));
        assertEquals(runs(text).size(), set.size());
        assertEquals(shared.size(), set.sharedWith(other));
        assertEquals(shared.size(), set.sharedWith(other));
        int differ = set.size() + another.size() - 2 * shared.size();
        assertTrue(Long.bitCount(set.sketch(0) ^ another.sketch(0)) + Long.bitCount(set.sketch(1) ^ another.sketch(1)) <= differ);
        assertTrue(Long.bitCount(set.shortSketch() ^ another.shortSketch()) <= differ);
        assertFalse(set.fill(text, set.size() - 1));
    }

    @Provide
    Arbitrary<String> text() {
        return Arbitraries.strings().withChars('a', 'b', '\u4e2d', ' ').ofMaxLength(400);
    }

    private static Set<String> runs(String text) {
        Set<String> runs = new HashSet<>();
        for (int start = 0; start < Math.max(1, text.length() - 4); start++) {
            runs.add(text.substring(start, Math.min(start + 5, text.length())));
        }
        return runs;
    }
}
