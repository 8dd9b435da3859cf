package io.github.miaudit.likelihood;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.data.Sample;
import io.github.miaudit.io.AuditException;
import org.junit.jupiter.api.Test;

class ReductionTest {

    /** 3 tokens, sum -6; 11 code points (the emoji is one), 2 words. */
    private static final SequenceScore SCORE = new SequenceScore(Sample.of("s", "no \uD83D\uDE42 \u00a0 pain"),
            new int[] {1, 2, 3}, new double[] {-1, -2, -3});

    @Test
    void dividesTheSumByTheUnits() {
        assertEquals(-6, Reduction.SUM.reduce(SCORE));
        assertEquals(-2, Reduction.MEAN.reduce(SCORE));
        assertEquals(-6.0 / 11, Reduction.PER_CHARACTER.reduce(SCORE));
        assertEquals(-2, Reduction.PER_WORD.reduce(SCORE)); // no, the emoji, pain
    }

    @Test
    void aSentenceWithoutUnitsIsRefusedById() {
        SequenceScore blank = new SequenceScore(Sample.of("blank", "  "), new int[] {1}, new double[] {-1});
        assertTrue(assertThrows(AuditException.class, () -> Reduction.PER_WORD.reduce(blank)).getMessage()
                .startsWith("sentence blank has nothing to take the per-word over (1 tokens, 0 words)"));
        SequenceScore empty = new SequenceScore(Sample.of("empty", ""), new int[0], new double[0]);
        assertThrows(AuditException.class, () -> Reduction.SUM.reduce(empty));
    }

    @Test
    void notANumberIsNoLogLikelihood() {
        IllegalArgumentException error = assertThrows(IllegalArgumentException.class,
                () -> new SequenceScore(Sample.of("s", "ab"), new int[] {1, 2}, new double[] {-1, Double.NaN}));
        assertEquals("sentence s: log-likelihood of token 1 is NaN; it must be finite", error.getMessage());
    }
}
