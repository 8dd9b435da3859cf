package io.github.miaudit.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class GroupedCountsTest {

    /** By hand: of a one in two, of b none in three, of c both. */
    @Test
    void successesAreCountedByGroup() {
        GroupedCounts counts = GroupedCounts
                .of(GroupedScores.of(new double[] {5, 1, 2, 0, 1, 4, 3}, List.of("a", "a", "b", "b", "b", "c", "c")), score -> score > 2);
        assertEquals(7, counts.trials());
        assertEquals(3, counts.groupCount());
        assertEquals(3, counts.successes());
        assertEquals((0.5 + 0 + 1) / 3, counts.meanShare());
    }

    @Test
    void anOutcomeIsOneOrNothing() {
        assertEquals(1, GroupedCounts.of(GroupedScores.ungrouped(new double[] {0, 1, 0})).successes());
        assertEquals("outcome 1 is 0.5; it must be 0 or 1",
                assertThrows(IllegalArgumentException.class, () -> GroupedCounts.of(GroupedScores.ungrouped(new double[] {0, 0.5})))
                        .getMessage());
    }
}
