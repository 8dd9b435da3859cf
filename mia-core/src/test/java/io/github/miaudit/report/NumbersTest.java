package io.github.miaudit.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class NumbersTest {

    @Test
    void areWrittenPlainly() {
        assertEquals("0.00001", Numbers.plain(1e-5));
        assertEquals("3", Numbers.plain(3));
        assertEquals("0", Numbers.plain(0));
        assertEquals("NaN", Numbers.plain(Double.NaN));
        assertEquals("84.9 %", Numbers.percent(0.8487));
        assertEquals("0.1 %", Numbers.wholePercent(0.001));
        assertEquals("95 %", Numbers.wholePercent(0.95));
        assertEquals("0.8487", Numbers.figure(0.84871));
        assertEquals("100", Numbers.neededFor(0.01));
        assertEquals("15", Numbers.neededFor(0.07));
    }

    @Test
    void aRoundedNumberStaysOnItsSideOfTheBound() {
        assertEquals("0.1917", Numbers.besideBound(0.19166666666666668, 0.02));
        assertEquals("0.02000001", Numbers.besideBound(0.02000001, 0.02));
        assertEquals("0.02", Numbers.besideBound(0.01999999, 0.02));
        assertEquals("0.19996", Numbers.besideBound(0.19996, 0.19999));
    }
}
