package io.github.miaudit.metrics;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;

/**
 * The log-odds that a row is of the first of two classes, linear in its features: the constant {@code b0} and the coefficients
 * {@code b} that minimise {@code sum log(1 + exp(-y (b0 + b'z))) + penalty / 2 |b|²}, y = 1 or -1, with the features z brought to mean 0
 * and deviation 1 (divided by n) over all rows fitted. The constant is not penalised; a feature that is constant has no say. Immutable.
 *
 * <p>By Newton's method, each step halved until the sum falls, {@code O(n p²)} a step; the minimum is unique. The order of the rows
 * matters only to rounding.
 *
 * @see <a href="https://doi.org/10.2307/2347628">le Cessie and van Houwelingen 1992, on ridge estimators in logistic regression</a>
 */
public final class LogisticRegression {

    private static final int MOST_STEPS = 100;
    private static final double TOLERANCE = 1e-10; // of a coefficient
    private static final double SMALLEST_STEP = 1e-6;
    private static final double ROUNDING = 1e-12; // of a loss, or of a feature's largest value

    private final double[] means;
    private final double[] deviations;
    private final double[] coefficients;

    private LogisticRegression(double[] means, double[] deviations, double[] coefficients) {
        this.means = means;
        this.deviations = deviations;
        this.coefficients = coefficients;
    }

    /**
     * Fits features, at least one row of each class, all with as many.
     *
     * @param first   rows of the class whose log-odds are wanted
     * @param second  rows of the other class
     * @param penalty on the squares of standardised coefficients, above 0, so that a fit of classes that can be parted stays finite
     * @throws IllegalArgumentException if a class has no row, the numbers of features differ, a number is not finite or the penalty is not
     *                                  positive
     */
    public static LogisticRegression fit(double[][] first, double[][] second, double penalty) {
        Arguments.requireAtLeast("rows of a class", Math.min(first.length, second.length), 1);
        if (!(penalty > 0 && penalty < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("penalty is " + penalty + "; it must be positive");
        }
        int features = first[0].length;
        double[][] all = Stream.concat(Arrays.stream(first), Arrays.stream(second)).toArray(double[][]::new);
        for (double[] row : all) {
            Arguments.requireSameLength("features of a row", row.length, "of the first", features);
            Arguments.requireFinite("feature", row);
        }
        double[] means = new double[features];
        double[] deviations = new double[features];
        for (int feature = 0; feature < features; feature++) {
            int place = feature;
            means[feature] = Arrays.stream(all).mapToDouble(row -> row[place]).average().orElseThrow();
            double variance = Arrays.stream(all).mapToDouble(row -> (row[place] - means[place]) * (row[place] - means[place])).average()
                    .orElseThrow();
            double largest = Arrays.stream(all).mapToDouble(row -> Math.abs(row[place])).max().orElseThrow();
            deviations[feature] = Math.sqrt(variance) <= ROUNDING * largest ? 0 : Math.sqrt(variance);
        }
        double[][] design = Arrays.stream(all).map(row -> standardised(row, means, deviations)).toArray(double[][]::new);
        return new LogisticRegression(means, deviations, minimise(design, first.length, penalty));
    }

    /**
     * The log-odds of a row.
     *
     * @throws IllegalArgumentException if there are not as many features as were fitted, or one is not finite
     */
    public double logOdds(double[] features) {
        Arguments.requireSameLength("features", features.length, "fitted features", means.length);
        Arguments.requireFinite("feature", features);
        return dot(coefficients, standardised(features, means, deviations));
    }

    private static double[] minimise(double[][] design, int first, double penalty) {
        double[] coefficients = new double[design[0].length];
        double loss = loss(design, first, penalty, coefficients);
        for (int step = 0; step < MOST_STEPS; step++) {
            double[] change = newtonStep(design, first, penalty, coefficients);
            double[] next = moved(coefficients, change, 1);
            double lower = loss(design, first, penalty, next);
            for (double share = 0.5; lower > loss + ROUNDING * loss && share > SMALLEST_STEP; share /= 2) {
                next = moved(coefficients, change, share);
                lower = loss(design, first, penalty, next);
            }
            coefficients = next;
            loss = lower;
            if (Arrays.stream(change).map(Math::abs).max().orElseThrow() <= TOLERANCE) {
                break;
            }
        }
        return coefficients;
    }

    private static double loss(double[][] design, int first, double penalty, double[] coefficients) {
        double loss = 0;
        for (int feature = 1; feature < coefficients.length; feature++) {
            loss += penalty / 2 * coefficients[feature] * coefficients[feature];
        }
        for (int row = 0; row < design.length; row++) {
            double against = dot(coefficients, design[row]) * (row < first ? -1 : 1);
            loss += Math.max(against, 0) + Math.log1p(Math.exp(-Math.abs(against))); // without overflow
        }
        return loss;
    }

    private static double[] newtonStep(double[][] design, int first, double penalty, double[] coefficients) {
        int size = coefficients.length;
        double[] gradient = new double[size];
        double[][] hessian = new double[size][size];
        for (int row = 0; row < design.length; row++) {
            double[] x = design[row];
            double chance = 1 / (1 + Math.exp(-dot(coefficients, x)));
            double residual = (row < first ? 1 : 0) - chance;
            double weight = chance * (1 - chance);
            for (int one = 0; one < size; one++) {
                gradient[one] += x[one] * residual;
                double weighted = x[one] * weight;
                for (int other = 0; other <= one; other++) {
                    hessian[one][other] += weighted * x[other];
                }
            }
        }
        for (int one = 0; one < size; one++) {
            hessian[one][one] += one == 0 ? 0 : penalty;
            gradient[one] -= one == 0 ? 0 : penalty * coefficients[one];
            for (int other = 0; other < one; other++) {
                hessian[other][one] = hessian[one][other];
            }
        }
        return new LUDecomposition(new Array2DRowRealMatrix(hessian, false), 0).getSolver().solve(new ArrayRealVector(gradient, false))
                .toArray();
    }

    private static double[] moved(double[] from, double[] change, double share) {
        return IntStream.range(0, from.length).mapToDouble(place -> from[place] + share * change[place]).toArray();
    }

    private static double dot(double[] one, double[] other) {
        double sum = 0;
        for (int place = 0; place < one.length; place++) {
            sum += one[place] * other[place];
        }
        return sum;
    }

    /** With a 1 in front, for the constant. */
    private static double[] standardised(double[] features, double[] means, double[] deviations) {
        double[] x = new double[features.length + 1];
        x[0] = 1;
        for (int feature = 0; feature < features.length; feature++) {
            x[feature + 1] = deviations[feature] > 0 ? (features[feature] - means[feature]) / deviations[feature] : 0;
        }
        return x;
    }
}
