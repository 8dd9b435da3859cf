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
        Arrays.stream(pValues).forEach(pValue -> Arguments.requireRate("p-value", pValue));
        int[] order = IntStream.range(0, pValues.length).boxed().sorted(Comparator.comparingDouble(index -> pValues[index]))
                .mapToInt(Integer::intValue).toArray();
        double[] adjusted = new double[pValues.length];
        double greatest = 0;
        for (int place = 0; place < order.length; place++) {
            greatest = Math.max(greatest, Math.min(1, (order.length - place) * pValues[order[place]]));
            adjusted[order[place]] = greatest;
        }
        return adjusted;
    }
}
