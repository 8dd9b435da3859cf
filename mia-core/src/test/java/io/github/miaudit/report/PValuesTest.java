package io.github.miaudit.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PValuesTest {

    /** 0.000094 is the smallest of 10 637 permutations, 1.0E-4 that of 9999. */
    @ParameterizedTest
    @CsvSource({"0, < 0.0001", "4.9E-324, < 0.0001", "0.000094, < 0.0001", "1.0E-4, 0.0001", "0.00011, 0.0002", "0.00094, 0.001",
            "0.05, 0.05", "0.3, 0.3", "1, 1"})
    void isWrittenUpwardsAndNeverAsNothing(double pValue, String figure) {
        assertEquals(figure, PValues.figure(pValue));
        assertEquals(figure.startsWith("<") ? "p " + figure : "p = " + figure, PValues.equation(pValue));
    }

    @Property
    void looksNeverSmallerThanItIs(@ForAll @DoubleRange(max = 1) double pValue) {
        BigDecimal shown = new BigDecimal(PValues.figure(pValue).replace("< ", ""));
        assertTrue(shown.signum() > 0 && shown.compareTo(BigDecimal.valueOf(pValue)) >= 0, shown + " for " + pValue);
        assertTrue(shown.doubleValue() - pValue <= 1.0001e-4, shown + " for " + pValue);
    }
}
