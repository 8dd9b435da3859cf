package io.github.miaudit.metrics;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/** How the membership scores of a group's sentences become one score of the group, higher = more likely members. */
public final class GroupReduction {

    private final String label;
    private final boolean ofPValues;
    private final ToDoubleFunction<double[]> function;

    private GroupReduction(String label, boolean ofPValues, ToDoubleFunction<double[]> function) {
        this.label = label;
        this.ofPValues = ofPValues;
        this.function = function;
    }

    /** The mean; doesn't depend on how many sentences a patient has. The usual choice (Mireshghallah et al. 2022). */
    public static GroupReduction mean() {
        return new GroupReduction("mean", false, scores -> Arrays.stream(scores).sum() / scores.length);
    }

    /** The sum; a likelihood ratio of the whole group if the scores are log ratios of independent sentences. */
    public static GroupReduction sum() {
        return new GroupReduction("sum", false, scores -> Arrays.stream(scores).sum());
    }

    /** The largest; one sentence that leaks is enough. */
    public static GroupReduction max() {
        return new GroupReduction("max", false, scores -> Arrays.stream(scores).max().orElseThrow());
    }

    /**
     * The mean of the largest: of {@code max(1, floor(share n))} scores.
     *
     * @throws IllegalArgumentException if the share is not in (0, 1]
     */
    public static GroupReduction topMean(double share) {
        Arguments.requireShare("share", share);
        return new GroupReduction("top-mean(" + share + ")", false, scores -> {
            double[] ascending = SortedOrder.ascending(scores);
            int count = Math.max(1, (int) Math.floor(share * ascending.length));
            return Arrays.stream(ascending, ascending.length - count, ascending.length).sum() / count;
        });
    }

    /**
     * Fisher's combination of p-values in (0, 1], small = likely a member: {@code -2 sum log p}. The sentences' p-values must be
     * independent for the usual chi-squared reading; as a score it needs no such thing.
     *
     * @see <a href="https://doi.org/10.1007/978-1-4612-4380-9_6">Fisher 1932</a>
     */
    public static GroupReduction fisher() {
        return new GroupReduction("fisher", true, pValues -> -2 * Arrays.stream(requirePValues(pValues)).map(Math::log).sum());
    }

    /**
     * Minus the harmonic mean of p-values in (0, 1], small = likely a member: {@code -n / sum (1 / p)}; robust to dependence
     * between sentences.
     *
     * @see <a href="https://doi.org/10.1073/pnas.1814092116">Wilson 2019</a>
     */
    public static GroupReduction harmonicMean() {
        return new GroupReduction("harmonic-mean", true,
                pValues -> -pValues.length / Arrays.stream(requirePValues(pValues)).map(p -> 1 / p).sum());
    }

    /** The name in reports, such as {@code mean}. */
    public String label() {
        return label;
    }

    /** Whether it combines p-values, such as {@link ConformalCalibration#pValues}, and not scores. */
    public boolean isOfPValues() {
        return ofPValues;
    }

    /**
     * Reduces one group's scores, or p-values, to the group's score.
     *
     * @throws IllegalArgumentException if there is no score, one is not finite, or one is no p-value where one is needed
     */
    public double reduce(double[] scores) {
        Arguments.requireScores("group", scores);
        return function.applyAsDouble(scores);
    }

    private static double[] requirePValues(double[] values) {
        for (double value : values) {
            Arguments.requireShare("p-value", value);
        }
        return values;
    }

    /** Whether the other reduction has the same name, and so does the same. */
    @Override
    public boolean equals(Object other) {
        return other instanceof GroupReduction reduction && label.equals(reduction.label);
    }

    @Override
    public int hashCode() {
        return label.hashCode();
    }

    @Override
    public String toString() {
        return label;
    }
}
