package io.github.miaudit.likelihood;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ProgressiveRuleTest {

    /** Each step hides what the steps before hid and more, and scores that alone; no token is scored twice. */
    @Property
    void masksGrow(@ForAll @IntRange(min = 1, max = 120) int tokens, @ForAll @IntRange(min = 1, max = 16) int steps, @ForAll long seed) {
        ProgressiveRule rule = MaskingRule.progressive().withSteps(steps).withSeed(seed);
        List<MaskedRow> rows = rule.rows(sentence(tokens));
        assertTrue(!rows.isEmpty() && rows.size() <= steps, rows.size() + " rows");
        int[] before = {};
        for (MaskedRow row : rows) {
            assertArrayEquals(IntStream.concat(Arrays.stream(before), Arrays.stream(row.targets())).sorted().toArray(), row.masked());
            assertEquals(row.masked().length, Arrays.stream(row.masked()).distinct().count());
            assertTrue(row.targets().length > 0);
            before = row.masked();
        }
        assertTrue(before.length <= Math.max(1, (tokens + 1) / 2), before.length + " of " + tokens);
        assertTrue(before[0] >= 1 && before[before.length - 1] <= tokens, "special tokens stay");
    }

    @Test
    void aSentenceWithoutTokensHasNoRow() {
        assertEquals(List.of(), MaskingRule.progressive().rows(sentence(0)));
    }

    @Test
    void parametersArePartOfTheLabel() {
        ProgressiveRule rule = MaskingRule.progressive();
        assertEquals("progressive(least=0.05,most=0.5,steps=4,seed=1)", rule.label());
        assertEquals(Optional.of(rule.withSteps(16)), rule.withParameter("steps", 16));
        assertEquals(Optional.of(rule.withSeed(2)), rule.withParameter("seed", 2));
        assertEquals(Optional.empty(), rule.withParameter("fraction", 0.5));
        assertEquals(rule.withFractions(0.05, 0.5).hashCode(), rule.hashCode());
        assertNotEquals(rule.withSeed(2).steps(20).get(0)[0], rule.steps(20).get(0)[0]);
        assertEquals(1, rule.seed().getAsLong());
    }

    @Test
    void boundsAreChecked() {
        assertThrows(IllegalArgumentException.class, () -> MaskingRule.progressive().withSteps(0));
        assertThrows(IllegalArgumentException.class, () -> MaskingRule.progressive().withFractions(0, 0.5));
        assertThrows(IllegalArgumentException.class, () -> MaskingRule.progressive().withFractions(0.5, 0.4));
        assertThrows(IllegalArgumentException.class, () -> MaskingRule.progressive().withFractions(0.5, 1.1));
    }

    /** Between a start and an end token. */
    private static TokenSequence sentence(int tokens) {
        boolean[] special = new boolean[tokens + 2];
        special[0] = true;
        special[tokens + 1] = true;
        int[] words = IntStream.range(0, tokens + 2).map(position -> special[position] ? -1 : position - 1).toArray();
        return new TokenSequence("text of " + tokens, new int[tokens + 2], words, special);
    }
}
