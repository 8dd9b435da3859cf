package io.github.miaudit.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class QuantileRegressionTest {

    private static final double[][] FEATURES = IntStream.range(0, 60)
            .mapToObj(i -> new double[] {Math.sin(i), Math.cos(3 * i) * 2 + 5}).toArray(double[][]::new);
    private static final double[] VALUES = IntStream.range(0, 60)
            .mapToDouble(i -> 0.7 * FEATURES[i][0] - 0.2 * FEATURES[i][1] + Math.sin(7.0 * i * i) * (1 + 0.1 * FEATURES[i][1])).toArray();

    @Test
    void reachesTheLossOfALinearProgram() {
        // scikit-learn 1.2.1: QuantileRegressor(quantile=q, alpha=0, solver='highs').fit(X, y), its pinball loss
        assertEquals(28.565058909977292, loss(0.5), 1e-3);
        assertEquals(8.907758395495856, loss(0.9), 1e-3);
        assertTrue(loss(0.5) >= 28.565058909977292 - 1e-9);
        assertTrue(loss(0.9) >= 8.907758395495856 - 1e-9);
    }

    @Test
    void predictsWhatALinearProgramPredicts() {
        // the same, intercept_ and coef_
        QuantileRegression upper = QuantileRegression.fit(FEATURES, VALUES, 0.9);
        assertEquals(0.9499092028801409 + 0.73089879 * 0.5 - 0.09836492 * 4, upper.predict(new double[] {0.5, 4}), 1e-3);
    }

    @Test
    void aConstantFeatureHasNoSay() {
        double[][] more = Arrays.stream(FEATURES).map(row -> new double[] {row[0], row[1], 7}).toArray(double[][]::new);
        assertEquals(QuantileRegression.fit(FEATURES, VALUES, 0.9).predict(new double[] {0.5, 4}),
                QuantileRegression.fit(more, VALUES, 0.9).predict(new double[] {0.5, 4, 100}), 1e-6);
    }

    @Test
    void featuresThatSayTheSameDoNoHarm() {
        double[][] twice = Arrays.stream(FEATURES).map(row -> new double[] {row[0], row[1], 3 * row[1] - 1}).toArray(double[][]::new);
        assertEquals(QuantileRegression.fit(FEATURES, VALUES, 0.9).predict(new double[] {0.5, 4}),
                QuantileRegression.fit(twice, VALUES, 0.9).predict(new double[] {0.5, 4, 11}), 1e-3);
    }

    @Test
    void equalValuesAreTheirOwnQuantile() {
        double[] equal = new double[60];
        Arrays.fill(equal, -2.5);
        assertEquals(-2.5, QuantileRegression.fit(FEATURES, equal, 0.9).predict(new double[] {0.5, 4}), 1e-5);
    }

    @Property(tries = 50)
    void followsALineThroughAllPoints(@ForAll @DoubleRange(min = -3, max = 3) double slope,
            @ForAll @DoubleRange(min = -5, max = 5) double intercept) {
        double[] line = Arrays.stream(FEATURES).mapToDouble(row -> intercept + slope * row[0]).toArray();
        assertEquals(intercept + slope * 0.25, QuantileRegression.fit(FEATURES, line, 0.3).predict(new double[] {0.25, 5}), 1e-5);
    }

    @Test
    void refusesTooFewRowsAndBadNumbers() {
        assertEquals("20 rows for 2 features; at least 30 are needed", assertThrows(IllegalArgumentException.class,
                () -> QuantileRegression.fit(Arrays.copyOf(FEATURES, 20), Arrays.copyOf(VALUES, 20), 0.9)).getMessage());
        assertThrows(IllegalArgumentException.class, () -> QuantileRegression.fit(FEATURES, VALUES, 1));
        assertThrows(IllegalArgumentException.class, () -> QuantileRegression.fit(FEATURES, VALUES, Double.NaN));
        assertThrows(IllegalArgumentException.class,
                () -> QuantileRegression.fit(FEATURES, VALUES, 0.5).predict(new double[] {Double.NaN, 1}));
    }

    private static double loss(double quantile) {
        QuantileRegression fit = QuantileRegression.fit(FEATURES, VALUES, quantile);
        return IntStream.range(0, VALUES.length).mapToDouble(row -> VALUES[row] - fit.predict(FEATURES[row]))
                .map(residual -> Math.max(quantile * residual, (quantile - 1) * residual)).sum();
    }
}
