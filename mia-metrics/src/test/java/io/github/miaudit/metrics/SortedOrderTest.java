package io.github.miaudit.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SortedOrderTest {

    private static final double[] SPECIAL = {0.0, -0.0, Double.MIN_VALUE, -Double.MIN_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE, 1,
            Math.nextUp(1.0), Math.nextDown(1.0), -1, Math.nextUp(-1.0)};

    /** The library's stable sort is the oracle. */
    @Property
    void equalsKeepTheirOrder(@ForAll @Size(max = 60) List<@IntRange(max = 10) Integer> which) {
        check(which.stream().mapToDouble(place -> SPECIAL[place]).toArray());
    }

    @Test
    void manyOfAllMagnitudesAreSorted() {
        Random random = new Random(1);
        check(random.doubles(20_000).map(value -> (value - 0.5) * Math.pow(10, random.nextInt(600) - 300)).toArray());
        check(random.doubles(20_000).map(value -> Math.rint(100 * value) / 100).toArray());
    }

    private static void check(double[] scores) {
        int[] expected = IntStream.range(0, scores.length).boxed()
                .sorted(Comparator.comparingDouble(place -> scores[place] + 0.0)) // which makes of -0.0 a 0.0
                .mapToInt(Integer::intValue).toArray();
        assertArrayEquals(expected, SortedOrder.ascendingPlaces(scores));
        assertArrayEquals(IntStream.range(0, expected.length).map(place -> expected[expected.length - 1 - place]).toArray(),
                SortedOrder.descending(scores));
    }
}
