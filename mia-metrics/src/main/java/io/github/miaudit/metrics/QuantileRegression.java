package io.github.miaudit.metrics;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.linear.SingularMatrixException;
import org.apache.commons.math3.stat.StatUtils;

/**
 * A conditional quantile, linear in features: the coefficients that minimise the pinball loss
 * {@code sum max(q r, (q - 1) r)} of the residuals {@code r = y - b0 - b'x}. Immutable.
 *
 * <p>Fitted by majorisation and minimisation: each step is a weighted least squares problem, {@code O(n p²)}, whose
 * solution can only lower the loss. Features are brought to mean 0 and deviation 1 first; one that is constant has
 * no say.
 *
 * @see <a href="https://doi.org/10.1080/10618600.2000.10474866">Hunter and Lange 2000</a>
 */
public final class QuantileRegression {

    private static final int MOST_STEPS = 500;
    private static final double SMOOTHING = 1e-6; // of a residual, in deviations of the values
    private static final double TOLERANCE = 1e-10; // of a coefficient, likewise
    private static final double RIDGE = 1e-9; // keeps features apart that say the same

    private final double[] means;
    private final double[] deviations;
    private final double[] coefficients;

    private QuantileRegression(double[] means, double[] deviations, double[] coefficients) {
        this.means = means;
        this.deviations = deviations;
        this.coefficients = coefficients;
    }

    /**
     * Fits a quantile in (0, 1), such as 0.9, of the values: for each row its features, the same number each, and the value to
     * predict.
     *
     * @throws IllegalArgumentException if a number is not finite, the lengths differ, the quantile is out of bounds or
     *                                  there are fewer than 10 rows for each coefficient
     */
    public static QuantileRegression fit(double[][] features, double[] values, double quantile) {
        Arguments.requireSameLength("rows of features", features.length, "values", values.length);
        Arguments.requireScores("value", values);
        if (!(quantile > 0 && quantile < 1)) {
            throw new IllegalArgumentException("quantile is " + quantile + "; it must lie in (0, 1)");
        }
        int count = features[0].length;
        if (features.length < 10 * (count + 1)) {
            throw new IllegalArgumentException(
                    features.length + " rows for " + count + " features; at least " + 10 * (count + 1) + " are needed");
        }
        double[] means = new double[count];
        double[] deviations = new double[count];
        for (int feature = 0; feature < count; feature++) {
            double[] column = column(features, feature, count);
            means[feature] = StatUtils.mean(column);
            deviations[feature] = Math.sqrt(StatUtils.populationVariance(column));
        }
        double[][] design = Arrays.stream(features).map(row -> standardised(row, means, deviations)).toArray(double[][]::new);
        double deviation = Math.sqrt(StatUtils.populationVariance(values));
        double scale = deviation > 0 ? deviation : 1;
        return new QuantileRegression(means, deviations, minimise(design, values, quantile, scale).toArray());
    }

    /**
     * The quantile at a row, in the unit of the values.
     *
     * @throws IllegalArgumentException if there are not as many features as were fitted, or one is not finite
     */
    public double predict(double[] features) {
        Arguments.requireSameLength("features", features.length, "fitted features", means.length);
        Arguments.requireFinite("feature", features);
        return dot(standardised(features, means, deviations), coefficients);
    }

    private static RealVector minimise(double[][] design, double[] values, double quantile, double scale) {
        double[] weights = new double[values.length];
        Arrays.fill(weights, 1);
        RealVector coefficients = step(design, values, weights, 0);
        for (int step = 0; step < MOST_STEPS; step++) {
            double[] ofFeatures = coefficients.toArray();
            for (int row = 0; row < values.length; row++) {
                weights[row] = scale / (Math.abs(values[row] - dot(design[row], ofFeatures)) + SMOOTHING * scale);
            }
            RealVector next = step(design, values, weights, (2 * quantile - 1) * scale);
            double change = next.getLInfDistance(coefficients);
            coefficients = next;
            if (change <= TOLERANCE * scale) {
                break;
            }
        }
        return coefficients;
    }

    /** Solves {@code X'WX b = X'(Wy + pull)}. */
    private static RealVector step(double[][] design, double[] values, double[] weights, double pull) {
        int count = design[0].length;
        double[][] left = new double[count][count];
        double[] right = new double[count];
        for (int index = 0; index < values.length; index++) {
            double[] row = design[index];
            double pulled = weights[index] * values[index] + pull;
            for (int first = 0; first < count; first++) {
                right[first] += row[first] * pulled;
                double weighted = weights[index] * row[first];
                double[] ofFirst = left[first];
                for (int second = 0; second < count; second++) {
                    ofFirst[second] += weighted * row[second];
                }
            }
        }
        for (int feature = 0; feature < count; feature++) {
            left[feature][feature] += RIDGE * Math.max(left[0][0], 1);
        }
        try {
            return new QRDecomposition(new Array2DRowRealMatrix(left, false)).getSolver().solve(new ArrayRealVector(right, false));
        } catch (SingularMatrixException e) {
            throw new IllegalArgumentException("the values or features are too large or too small to fit a quantile", e);
        }
    }

    private static double dot(double[] one, double[] other) {
        double sum = 0;
        for (int place = 0; place < one.length; place++) {
            sum += one[place] * other[place];
        }
        return sum;
    }

    private static double[] standardised(double[] features, double[] means, double[] deviations) {
        double[] row = new double[features.length + 1];
        row[0] = 1;
        for (int feature = 0; feature < features.length; feature++) {
            row[feature + 1] = deviations[feature] > 0 ? (features[feature] - means[feature]) / deviations[feature] : 0;
        }
        return row;
    }

    private static double[] column(double[][] features, int feature, int count) {
        double[] column = new double[features.length];
        for (int row = 0; row < column.length; row++) {
            Arguments.requireSameLength("features of the first row", count, "of another", features[row].length);
            column[row] = features[row][feature];
        }
        Arguments.requireFinite("feature", column);
        return column;
    }
}
