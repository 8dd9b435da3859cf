package io.github.miaudit.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;

/**
 * Scores of rows by classifiers that learned from other groups (patients), so that the scores can be treated as if the classifier had
 * been there before the data: no row is scored by a fit that saw its group, and of two groups at most one is scored by a fit that saw the
 * other.
 *
 * <p>The groups of each class stand at random and evenly on a circle, which is cut into {@value #ARCS} arcs. The rows of an arc are
 * scored by the {@link LogisticRegression} of the first class against the second on the {@value #LEARNED} arcs that follow it. A score is
 * the row's log-odds less the middle between the two classes' means, over the deviation, of the log-odds of the rows that were fitted, so
 * that scores of different arcs can be compared whatever the classes' sizes there; 0 where the fit found nothing. Immutable.
 *
 * <p>Cross-fitting as it is commonly done, each fold by all others, lets each pair of groups count twice: a chance likeness of two groups
 * helps to score the one and the other. Where labels mean nothing the scores of folds then vary together, and the AUC varies up to √2 times
 * as much as scores that were fixed before; tests and intervals that take them for such find too much. Here folds don't vary together:
 * given all other arcs, the labels of an arc are as good as dealt anew, and of two arcs one has no say in the other's score. The price is
 * that a fit sees five elevenths of the data and not nine tenths.
 */
public final class OneWayCrossFit {

    /** Fewer groups of a class might leave a fit without any. */
    public static final int FEWEST_GROUPS = 5;

    private static final int ARCS = 11;
    private static final int LEARNED = 5;

    /** What a row is to the classifier. */
    public enum Part {
        /** Of the class whose rows shall score high. */
        FIRST,
        /** Of the other. */
        SECOND,
        /** Scored, and never learned from. */
        NEITHER
    }

    /**
     * A row to score.
     *
     * @param features as many in every row, each finite
     * @param part     whether the classifier learns from it
     * @param group    whose it is, from 0; a group's place on the circle depends on the seed and on the order of the numbers
     */
    public record Row(double[] features, Part part, int group) {
    }

    /** What was learned on the arcs that follow one, and the scale of its log-odds. */
    private record Fit(LogisticRegression regression, double middle, double deviation) {

        static Fit of(double[][] first, double[][] second, double penalty) {
            LogisticRegression fit = LogisticRegression.fit(first, second, penalty);
            double[] ofFirst = Arrays.stream(first).mapToDouble(fit::logOdds).toArray();
            double[] ofSecond = Arrays.stream(second).mapToDouble(fit::logOdds).toArray();
            return new Fit(fit, (StatUtils.mean(ofFirst) + StatUtils.mean(ofSecond)) / 2, Math
                    .sqrt(StatUtils.populationVariance(DoubleStream.concat(Arrays.stream(ofFirst), Arrays.stream(ofSecond)).toArray())));
        }

        double score(double[] features) {
            return deviation > 0 ? (regression.logOdds(features) - middle) / deviation : 0;
        }
    }

    private final int[] arcs;
    /** One an arc; none for an arc on which no group stands. */
    private final Fit[] fits;

    private OneWayCrossFit(int[] arcs, Fit[] fits) {
        this.arcs = arcs;
        this.fits = fits;
    }

    /**
     * The score of each row, in order, higher = more like the first class. A group of several parts is dealt as of the first of them.
     *
     * @param rows    in any order, of which the scores depend no more than by rounding
     * @param penalty as {@link LogisticRegression#fit}
     * @param seed    of the places on the circle
     * @throws IllegalArgumentException if a class has fewer than {@value #FEWEST_GROUPS} groups, or as {@link LogisticRegression#fit}
     */
    public static double[] scores(List<Row> rows, double penalty, long seed) {
        Part[] parts = new Part[rows.stream().mapToInt(Row::group).max().orElse(-1) + 1];
        for (Row row : rows) {
            Part before = parts[row.group];
            parts[row.group] = before == null || row.part.compareTo(before) < 0 ? row.part : before;
        }
        OneWayCrossFit fit = of(Arrays.asList(parts), rows, penalty, seed);
        return rows.stream().mapToDouble(row -> fit.score(row.features, row.group)).toArray();
    }

    /**
     * Learns, to score rows that need not be there yet.
     *
     * @param groups  of each group, from 0, what it is dealt as
     * @param rows    to learn from; all rows of the classes, or a choice of them that was made without looking at features
     * @param penalty as {@link LogisticRegression#fit}
     * @param seed    of the places on the circle
     * @throws IllegalArgumentException if a class has fewer than {@value #FEWEST_GROUPS} groups, or as {@link LogisticRegression#fit}
     */
    public static OneWayCrossFit of(List<Part> groups, List<Row> rows, double penalty, long seed) {
        int[] arcs = arcs(groups, seed);
        Fit[] fits = new Fit[ARCS];
        for (int arc : IntStream.of(arcs).distinct().toArray()) {
            IntPredicate isLearned = group -> {
                int ahead = Math.floorMod(arcs[group] - arc, ARCS);
                return ahead >= 1 && ahead <= LEARNED;
            };
            fits[arc] = Fit.of(learned(rows, isLearned, Part.FIRST), learned(rows, isLearned, Part.SECOND), penalty);
        }
        return new OneWayCrossFit(arcs, fits);
    }

    /**
     * The score of a row by the fit that did not see its group, higher = more like the first class.
     *
     * @param features as many as were learned from
     * @param group    its number
     * @throws IllegalArgumentException as {@link LogisticRegression#logOdds}
     */
    public double score(double[] features, int group) {
        return fits[arcs[group]].score(features);
    }

    private static double[][] learned(List<Row> rows, IntPredicate isLearned, Part part) {
        return rows.stream().filter(row -> row.part == part && isLearned.test(row.group)).map(Row::features).toArray(double[][]::new);
    }

    /** Of each group. */
    private static int[] arcs(List<Part> parts, long seed) {
        int[] arcOf = new int[parts.size()];
        for (Part part : Part.values()) {
            int[] groups = IntStream.range(0, arcOf.length).filter(group -> parts.get(group) == part).toArray();
            if (part != Part.NEITHER) {
                Arguments.requireAtLeast("groups of a class", groups.length, FEWEST_GROUPS);
            }
            int[] order = new CounterRandom(seed, part.ordinal()).sample(groups, groups.length);
            for (int place = 0; place < order.length; place++) {
                arcOf[order[place]] = (int) ((4L * place + 1 + part.ordinal()) * ARCS / (4L * order.length));
            }
        }
        return arcOf;
    }
}
