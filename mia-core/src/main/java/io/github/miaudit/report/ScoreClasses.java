package io.github.miaudit.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Optional;

/**
 * Scores told in classes that hold several of those audited. A score to its last digit would be a sentence's own: who has the model and
 * guesses a sentence could confirm the guess. Immutable.
 */
final class ScoreClasses {

    /** So many scores are in a class at least. */
    static final int FEWEST = 5;

    private static final double MIDDLE_FROM = 0.05;
    private static final double WIDEST = 10; // classes wider than so many times the range of all scores say nothing

    private final double[] ascending;

    private ScoreClasses(double[] ascending) {
        this.ascending = ascending;
    }

    /** Of all scores that were compared. */
    static ScoreClasses of(double[] members, double[] others) {
        double[] all = Arrays.copyOf(members, members.length + others.length);
        System.arraycopy(others, 0, all, members.length, others.length);
        Arrays.parallelSort(all);
        return new ScoreClasses(all);
    }

    /**
     * The upper end of a score's class, which is a step wide and holds its upper end. The step is the least power of ten that is no less
     * than {@value #FEWEST} times the mean distance of scores in the middle, and with which at least {@value #FEWEST} scores lie there; so
     * whoever takes the number to its last digit finds as many.
     *
     * @return no less than the score; empty if no class that says anything holds so many
     */
    Optional<Double> upperEnd(double score) {
        double range = ascending[ascending.length - 1] - ascending[0];
        double magnitude = Math.max(Math.abs(ascending[0]), Math.abs(ascending[ascending.length - 1]));
        double first = middle() > 0 ? middle() * FEWEST / ascending.length : range > 0 ? range / ascending.length : magnitude / 100;
        double widest = WIDEST * Math.max(range, magnitude);
        if (!(first > 0 && Double.isFinite(widest))) {
            return Optional.empty();
        }
        for (BigDecimal step = powerOfTen(first); step.doubleValue() <= widest; step = step.scaleByPowerOfTen(1)) {
            BigDecimal end = BigDecimal.valueOf(score).divide(step, 0, RoundingMode.CEILING).multiply(step);
            double from = end.subtract(step).doubleValue();
            if (upTo(end.doubleValue()) - upTo(from) >= FEWEST) {
                return Optional.of(end.doubleValue());
            }
        }
        return Optional.empty();
    }

    /** The least that is no less. */
    private static BigDecimal powerOfTen(double value) {
        BigDecimal power = BigDecimal.ONE.scaleByPowerOfTen((int) Math.floor(Math.log10(value)));
        return power.doubleValue() >= value ? power : power.scaleByPowerOfTen(1);
    }

    /** How far nine tenths of the scores spread. */
    private double middle() {
        int beyond = (int) (MIDDLE_FROM * (ascending.length - 1));
        return ascending[ascending.length - 1 - beyond] - ascending[beyond];
    }

    /** How many are no higher. */
    private int upTo(double score) {
        int low = 0;
        int high = ascending.length;
        while (low < high) {
            int between = (low + high) >>> 1;
            if (ascending[between] <= score) {
                low = between + 1;
            } else {
                high = between;
            }
        }
        return low;
    }
}
