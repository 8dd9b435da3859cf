package io.github.miaudit.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ScoreClassesTest {

    /** In what the last digit of the told number stands for there are five scores or more, the exact one among them. */
    @Property
    void aToldScoreStandsForSeveral(@ForAll @IntRange(min = 10, max = 300) int size, @ForAll long seed,
            @ForAll @DoubleRange(min = 0.01, max = 1000) double scale, @ForAll @DoubleRange(min = -50, max = 50) double shift) {
        double[] scores = new Random(seed).doubles(size).map(share -> shift + scale * Math.log(share / (1 - share))).toArray();
        ScoreClasses classes = ScoreClasses.of(scores, new double[0]);
        double[] ascending = Arrays.stream(scores).sorted().toArray();
        int told = 0;
        for (double score : ascending) {
            if (classes.upperEnd(score).isPresent()) {
                told++;
                double end = classes.upperEnd(score).get();
                assertTrue(end >= score);
                long within = Arrays.stream(ascending).filter(each -> each <= end && each > end - lastDigit(end)).count();
                assertTrue(end == 0 || within >= ScoreClasses.FEWEST && end - lastDigit(end) < score, end + " of " + score);
            }
        }
        assertTrue(told >= size - 2 * ScoreClasses.FEWEST, told + " of " + size);
    }

    /** What one in the last digit of a number is worth. */
    private static double lastDigit(double number) {
        return BigDecimal.ONE.scaleByPowerOfTen(-BigDecimal.valueOf(number).stripTrailingZeros().scale()).doubleValue();
    }

    /** Nine tenths of these twenty spread over 0.17, and 5 times a twentieth of that is 0.0425. */
    @Test
    void classesAreAsWideAsItTakesToHoldFive() {
        double[] members = {0.11, 0.12, 0.13, 0.14, 0.15, 0.16, 0.17, 0.18, 0.19, 0.20};
        double[] others = {0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 0.09, 0.10};
        ScoreClasses classes = ScoreClasses.of(members, others);
        assertEquals(Optional.of(0.2), classes.upperEnd(0.12));
        assertEquals(Optional.of(0.2), classes.upperEnd(0.2));
        assertEquals(Optional.of(0.1), classes.upperEnd(0.01));
        assertEquals(Optional.of(0.1), classes.upperEnd(0.1));
    }

    @Test
    void farFromTheOthersTheClassReachesThem() {
        double[] scores = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 73.7};
        assertEquals(Optional.of(100.0), ScoreClasses.of(scores, new double[0]).upperEnd(73.7));
    }

    @Test
    void aScoreOfAllIsToldWithFewDigitsAndOneOfFewNotAtAll() {
        assertEquals(Optional.of(-2.3), ScoreClasses.of(new double[] {-2.3456, -2.3456, -2.3456}, new double[] {-2.3456, -2.3456})
                .upperEnd(-2.3456));
        assertEquals(Optional.empty(), ScoreClasses.of(new double[] {1, 2}, new double[] {3, 4}).upperEnd(2));
        assertEquals(Optional.empty(), ScoreClasses.of(new double[] {-1, -2, -3, -4, -5, -6, -7, 3}, new double[0]).upperEnd(3));
        assertEquals(Optional.empty(), ScoreClasses.of(new double[5], new double[5]).upperEnd(0));
    }
}
