package io.github.miaudit.metrics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** What p-values become when several hypotheses are tested at once. */
public final class MultipleTesting {

    private MultipleTesting() {
    }

    /**
     * Holm's adjusted p-values, {@code max over j <= i of min(1, (m - j + 1) p_(j))} in ascending order, returned in the order
     * given: rejecting those at most alpha keeps the chance of any false rejection at most alpha, whatever the dependence.
     *
     * @throws IllegalArgumentException if a value is not in [0, 1]
     * @see <a href="https://www.jstor.org/stable/4615733">Holm 1979</a>
     */
    public static double[] holm(double[] pValues) {
        double[] equal = new double[pValues.length];
        Arrays.fill(equal, 1);
        return holm(pValues, equal);
    }

    /**
     * Holm's p-values of hypotheses of which some get more of the error than others: the smallest {@code p / w} first, each adjusted to
     * {@code min(1, p W / w)} where W is the sum of the weights of those not yet adjusted, and never below the one before. Weights are
     * fixed before the data are seen. With equal weights it is {@link #holm(double[])}.
     *
     * @throws IllegalArgumentException if a p-value is not in [0, 1], a weight is not positive and finite, or the lengths differ
     * @see <a href="https://www.jstor.org/stable/4615733">Holm 1979, section 4</a>
     */
    public static double[] holm(double[] pValues, double[] weights) {
        Arguments.requireSameLength("p-values", pValues.length, "weights", weights.length);
        Arrays.stream(pValues).forEach(pValue -> Arguments.requireRate("p-value", pValue));
        for (double weight : weights) {
            if (!(weight > 0 && Double.isFinite(weight))) {
                throw new IllegalArgumentException("weight is " + weight + "; it must be positive and finite");
            }
        }
        int[] order = IntStream.range(0, pValues.length).boxed()
                .sorted(Comparator.comparingDouble(index -> pValues[index] / weights[index]))
                .mapToInt(Integer::intValue).toArray();
        double[] adjusted = new double[pValues.length];
        double greatest = 0;
        for (int place = 0; place < order.length; place++) {
            double left = Arrays.stream(order, place, order.length).mapToDouble(index -> weights[index]).sum();
            greatest = Math.max(greatest, Math.min(1, left / weights[order[place]] * pValues[order[place]]));
            adjusted[order[place]] = greatest;
        }
        return adjusted;
    }

    /**
     * Benjamini and Hochberg's adjusted p-values, {@code min over j >= i of min(1, m p_(j) / j)} in ascending order, returned in the order
     * given: of the hypotheses with at most alpha, no more than alpha are expected to be rejected falsely (the false discovery rate), if
     * the p-values of true hypotheses depend neither on each other nor on the rest. O(m log m).
     *
     * @throws IllegalArgumentException if a value is not in [0, 1]
     * @see <a href="https://doi.org/10.1111/j.2517-6161.1995.tb02031.x">Benjamini and Hochberg 1995</a>
     */
    public static double[] benjaminiHochberg(double[] pValues) {
        Arrays.stream(pValues).forEach(pValue -> Arguments.requireRate("p-value", pValue));
        int[] descending = SortedOrder.descending(pValues);
        double[] adjusted = new double[pValues.length];
        double least = 1;
        for (int place = 0; place < descending.length; place++) {
            least = Math.min(least, pValues.length * pValues[descending[place]] / (descending.length - place));
            adjusted[descending[place]] = least;
        }
        return adjusted;
    }
}
