package io.github.miaudit.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BinnedAxisTest {

    @Property
    void binsBeginAtRoundNumbersAndHoldAll(@ForAll @IntRange(min = 2, max = 200) int size, @ForAll @IntRange(min = 2, max = 40) int bins,
            @ForAll long seed, @ForAll @DoubleRange(min = 0.01, max = 1000) double scale) {
        double[] values = new Random(seed).doubles(size, -scale, 3 * scale).toArray();
        BinnedAxis axis = BinnedAxis.of(values, bins);
        assertTrue(axis.bins() >= 2 * bins / 5 && axis.bins() <= bins + 1, axis + " for " + bins);
        assertEquals(1, BigDecimal.valueOf(axis.width()).stripTrailingZeros().precision(), axis.toString());
        double multiple = axis.from() / axis.width();
        assertEquals(Math.rint(multiple), multiple, 1e-6);
        assertTrue(axis.from() <= Arrays.stream(values).min().orElseThrow() + 1e-9);
        assertTrue(axis.from() + axis.bins() * axis.width() >= Arrays.stream(values).max().orElseThrow() - 1e-9);
    }

    @Test
    void oneValueHasABinOfItsOwn() {
        assertEquals(new BinnedAxis(-2.35, 0.05, 1), BinnedAxis.of(new double[] {-2.345, -2.345}, 40));
        assertEquals(new BinnedAxis(0, 0.01, 1), BinnedAxis.of(new double[] {0, 0}, 40));
    }

    @Test
    void anOutlierLiesBeyond() {
        double[] values = new Random(1).doubles(5000, 0, 1).toArray();
        values[0] = 1e6;
        BinnedAxis axis = BinnedAxis.of(values, 10);
        assertEquals(new BinnedAxis(0, 0.1, 10), axis);
        assertEquals(9, axis.bin(1e6));
        assertEquals(0, axis.bin(-7));
    }
}
