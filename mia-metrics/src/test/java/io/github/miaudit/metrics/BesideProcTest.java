package io.github.miaudit.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Two scores of the same 20 members and 20 non-members, with ties, beside R's pROC 1.18.0:
 * {@code i <- 0:39; l <- rep(c(1,0), each=20); a <- round(sin(i*i)*2,1)+l*0.8; b <- round(cos(i*i)*2,1)+l*0.5+0.3*a;
 * ra <- roc(l,a,direction="<"); rb <- roc(l,b,direction="<")}.
 */
class BesideProcTest {

    private static final double[] A = IntStream.range(0, 40).mapToDouble(i -> tenth(Math.sin((double) i * i) * 2) + (i < 20 ? 0.8 : 0))
            .toArray();
    private static final double[] B = IntStream.range(0, 40)
            .mapToDouble(i -> tenth(Math.cos((double) i * i) * 2) + (i < 20 ? 0.5 : 0) + 0.3 * A[i]).toArray();

    @Test
    void areasVariancesAndIntervals() {
        DeLong a = DeLong.of(members(A), nonMembers(A));
        DeLong b = DeLong.of(members(B), nonMembers(B));
        assertEquals(0.615, a.areaUnderCurve(), 1e-12); // auc(ra)
        assertEquals(0.63, b.areaUnderCurve(), 1e-12);
        assertEquals(0.00839736842105263, a.variance(), 1e-12); // var(ra)
        assertEquals(0.00303815789473684, a.covariance(b), 1e-12); // cov(ra, rb)
    }

    @Test
    void pairedComparison() {
        // roc.test(ra, rb, paired=TRUE, method="delong")
        PairedDifference difference = DeLong.of(members(A), nonMembers(A)).minus(DeLong.of(members(B), nonMembers(B)), 0.95);
        assertEquals(0.8865065746537728, difference.pValue(), 1e-9); // Student's, of pROC's Z: SciPy 2 * t.sf(0.144655142086822, 19)
        assertEquals(-0.144655142086822, difference.difference() / difference.standardError(), 1e-9);
    }

    @Test
    void partialAreas() {
        RocCurve curve = RocCurve.of(members(A), nonMembers(A));
        assertEquals(0.04, curve.partialArea(0.2), 1e-12); // auc(ra, partial.auc=c(1, 0.8))
        assertEquals(0.02, curve.partialArea(0.1), 1e-12);
        assertEquals(0.555555555556, curve.standardisedPartialArea(0.2), 1e-11); // partial.auc.correct=TRUE
    }

    @Test
    void holm() {
        // p.adjust(c(0.01,0.04,0.03,0.005,0.5), "holm")
        assertArrayEquals(new double[] {0.04, 0.09, 0.09, 0.025, 0.5}, MultipleTesting.holm(new double[] {0.01, 0.04, 0.03, 0.005, 0.5}),
                1e-15);
    }

    private static double[] members(double[] scores) {
        return Arrays.copyOf(scores, 20);
    }

    private static double[] nonMembers(double[] scores) {
        return Arrays.copyOfRange(scores, 20, 40);
    }

    private static double tenth(double value) {
        return Math.rint(value * 10) / 10;
    }
}
