package io.github.miaudit.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class GroupsTest {

    /** A group's number is that of the different labels that were seen before its first row. */
    @Property
    void groupsAreNumberedAsTheyFirstAppear(@ForAll @Size(max = 40) List<@IntRange(max = 9) Integer> labels) {
        Groups groups = Groups.of(labels);
        List<Integer> distinct = labels.stream().distinct().toList();
        assertEquals(labels.size(), groups.rows());
        assertEquals(distinct.size(), groups.count());
        assertArrayEquals(labels.stream().mapToInt(distinct::indexOf).toArray(), numbers(groups));
        assertArrayEquals(distinct.stream().mapToInt(label -> (int) labels.stream().filter(label::equals).count()).toArray(),
                groups.sizes());
        Groups ofNumbers = Groups.of(labels.stream().mapToInt(Integer::intValue).toArray(), 10);
        assertArrayEquals(numbers(groups), numbers(ofNumbers));
        assertArrayEquals(groups.sizes(), ofNumbers.sizes());
    }

    @Property
    void someRowsAreNumberedAnew(@ForAll @Size(min = 1, max = 40) List<@IntRange(max = 9) Integer> labels,
            @ForAll @Size(max = 40) List<@IntRange(max = 1000) Integer> places) {
        int[] rows = places.stream().mapToInt(place -> place % labels.size()).toArray();
        assertArrayEquals(numbers(Groups.of(IntStream.of(rows).mapToObj(labels::get).toList())), numbers(Groups.of(labels).at(rows)));
    }

    @Test
    void labelsAreBelowTheirBound() {
        assertEquals("label of row 1 is 3; it must be from 0 to 2",
                assertThrows(IllegalArgumentException.class, () -> Groups.of(new int[] {2, 3}, 3)).getMessage());
        assertThrows(IllegalArgumentException.class, () -> Groups.of(new int[] {-1}, 3));
    }

    @Test
    void eachRowIsAGroup() {
        assertArrayEquals(new int[] {0, 1, 2}, numbers(Groups.each(3)));
        assertArrayEquals(new int[] {1, 1, 1}, Groups.each(3).sizes());
    }

    private static int[] numbers(Groups groups) {
        return IntStream.range(0, groups.rows()).map(groups::number).toArray();
    }
}
