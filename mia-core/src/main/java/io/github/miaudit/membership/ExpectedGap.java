package io.github.miaudit.membership;

import io.github.miaudit.data.Population;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ScoreTable;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

/**
 * What the references let expect of a token's gap, the target's log-likelihood less theirs, by least squares over the tokens of all
 * populations. All coefficients but the constant are shrunk towards 0, where the gap itself counts, as by {@value #PRIOR_TOKENS} more
 * tokens: hardly, unless
 * there are few.
 *
 * @param coefficients of the features
 * @param deviation    the root of the residuals' mean square, nats
 */
record ExpectedGap(double[] coefficients, double deviation) {

    private static final double PRIOR_TOKENS = 20;

    /** Nats: below, the target says what the references let expect, up to rounding. */
    private static final double LEAST_DEVIATION = 1e-6;

    /** To the sentences of all populations, or {@link LearnedSentences} of them, told of none whose it is. */
    static ExpectedGap of(String attack, ScoreTable table, List<MaskingRule> rules) {
        int count = featureCount(rules.size());
        double[][] products = new double[count][count];
        double[] withGap = new double[count];
        double squares = 0;
        long fitted = 0;
        double[] features = new double[count];
        for (Population population : Population.values()) {
            for (int row : LearnedSentences.of(table, population, LearnedSentences.MOST)) {
                SentenceReadings readings = SentenceReadings.of(attack, table, rules, population, row);
                double sentence = readings.referenceMean();
                for (int token = 0; token < readings.tokenCount(); token++) {
                    double gap = readings.gap(token);
                    putFeatures(readings, token, sentence, features);
                    for (int first = 0; first < count; first++) {
                        withGap[first] += features[first] * gap;
                        for (int second = 0; second <= first; second++) {
                            products[first][second] += features[first] * features[second];
                        }
                    }
                    squares += gap * gap;
                    fitted++;
                }
            }
        }
        return solved(products, withGap, squares, fitted);
    }

    /** Of sums over tokens: the products of features, whose lower half there is, those with the gap, and the gap's squares. */
    private static ExpectedGap solved(double[][] lower, double[] withGap, double squares, long tokens) {
        RealMatrix products = new Array2DRowRealMatrix(lower.length, lower.length);
        RealMatrix shrunk = new Array2DRowRealMatrix(lower.length, lower.length);
        for (int first = 0; first < lower.length; first++) {
            for (int second = 0; second < lower.length; second++) {
                double product = lower[Math.max(first, second)][Math.min(first, second)];
                products.setEntry(first, second, product);
                shrunk.setEntry(first, second, first == second && first > 0 ? product * (1 + PRIOR_TOKENS / tokens) + Double.MIN_NORMAL
                        : product);
            }
        }
        RealVector right = new ArrayRealVector(withGap, false);
        RealVector coefficients = new CholeskyDecomposition(shrunk, CholeskyDecomposition.DEFAULT_RELATIVE_SYMMETRY_THRESHOLD, 0)
                .getSolver().solve(right);
        double left = squares - 2 * coefficients.dotProduct(right) + coefficients.dotProduct(products.operate(coefficients));
        return new ExpectedGap(coefficients.toArray(), Math.sqrt(Math.max(0, left) / tokens));
    }

    /** {@code sum of (gap - expected) / deviation, at most 1 in size each, / √tokens}: higher = more likely a member. */
    double score(SentenceReadings readings) {
        if (deviation < LEAST_DEVIATION) {
            return 0;
        }
        double sentence = readings.referenceMean();
        double[] features = new double[coefficients.length];
        double sum = 0;
        for (int token = 0; token < readings.tokenCount(); token++) {
            putFeatures(readings, token, sentence, features);
            double residual = readings.gap(token);
            for (int place = 0; place < features.length; place++) {
                residual -= coefficients[place] * features[place];
            }
            sum += Math.max(-1, Math.min(1, residual / deviation));
        }
        return sum / Math.sqrt(readings.tokenCount());
    }

    /** 1, the sentence's mean; and by rule a log-likelihood, its probability, and its products with those of the rules up to it. */
    private static void putFeatures(SentenceReadings readings, int token, double sentence, double[] features) {
        features[0] = 1;
        features[1] = sentence;
        int next = 2;
        for (int rule = 0; rule < readings.reference().length; rule++) {
            double logLikelihood = readings.reference()[rule][token];
            features[next++] = logLikelihood;
            features[next++] = Math.exp(logLikelihood);
            for (int other = 0; other <= rule; other++) {
                features[next++] = logLikelihood * readings.reference()[other][token];
            }
        }
    }

    private static int featureCount(int rules) {
        return 2 + 2 * rules + rules * (rules + 1) / 2;
    }
}
