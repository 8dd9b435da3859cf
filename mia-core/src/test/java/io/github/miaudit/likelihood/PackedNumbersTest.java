package io.github.miaudit.likelihood;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PackedNumbersTest {

    @Property
    void nothingIsLost(@ForAll double[] numbers) {
        assertHolds(numbers);
    }

    @Property
    void nothingIsLostOfFloats(@ForAll float[] numbers) {
        assertHolds(IntStream.range(0, numbers.length).mapToDouble(place -> numbers[place]).toArray());
    }

    private static void assertHolds(double[] numbers) {
        double sum = 0;
        for (double number : numbers) {
            sum += number;
        }
        PackedNumbers packed = PackedNumbers.of(numbers);
        assertEquals(numbers.length, packed.size());
        assertArrayEquals(numbers, packed.toArray());
        assertEquals(sum, packed.sum());
    }

    @Test
    void oneWideNumberMakesAllWide() {
        assertNotEquals(PackedNumbers.of(new double[] {-0.5, -1}).getClass(), PackedNumbers.of(new double[] {-0.5, -0.1}).getClass());
        assertEquals(PackedNumbers.of(new double[] {-0.5, (float) -0.1}).getClass(), PackedNumbers.of(new double[0]).getClass());
    }
}
