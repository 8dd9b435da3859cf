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
 * that scores of different arcs can be compared whatever the classes' sizes there; 0 where the fit found nothing.
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

    private OneWayCrossFit() {
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
        int[] arcs = arcs(rows, seed);
        double[] scores = new double[rows.size()];
        for (int arc = 0; arc < ARCS; arc++) {
            int scored = arc;
            if (IntStream.of(arcs).anyMatch(each -> each == scored)) {
                score(rows, arcs, scored, penalty, scores);
            }
        }
        return scores;
    }

    private static void score(List<Row> rows, int[] arcs, int arc, double penalty, double[] scores) {
        IntPredicate isLearned = row -> {
            int ahead = Math.floorMod(arcs[row] - arc, ARCS);
            return ahead >= 1 && ahead <= LEARNED;
        };
        double[][] first = learned(rows, isLearned, Part.FIRST);
        double[][] second = learned(rows, isLearned, Part.SECOND);
        LogisticRegression fit = LogisticRegression.fit(first, second, penalty);
        double[] ofFirst = Arrays.stream(first).mapToDouble(fit::logOdds).toArray();
        double[] ofSecond = Arrays.stream(second).mapToDouble(fit::logOdds).toArray();
        double middle = (StatUtils.mean(ofFirst) + StatUtils.mean(ofSecond)) / 2;
        double deviation = Math
                .sqrt(StatUtils.populationVariance(DoubleStream.concat(Arrays.stream(ofFirst), Arrays.stream(ofSecond)).toArray()));
        for (int row = 0; row < scores.length; row++) {
            if (arcs[row] == arc) {
                scores[row] = deviation > 0 ? (fit.logOdds(rows.get(row).features) - middle) / deviation : 0;
            }
        }
    }

    private static double[][] learned(List<Row> rows, IntPredicate isLearned, Part part) {
        return IntStream.range(0, rows.size()).filter(row -> rows.get(row).part == part && isLearned.test(row))
                .mapToObj(row -> rows.get(row).features).toArray(double[][]::new);
    }

    /** Of each row. */
    private static int[] arcs(List<Row> rows, long seed) {
        int groupCount = rows.stream().mapToInt(Row::group).max().orElse(-1) + 1;
        Part[] parts = new Part[groupCount];
        for (Row row : rows) {
            Part before = parts[row.group];
            parts[row.group] = before == null || row.part.compareTo(before) < 0 ? row.part : before;
        }
        int[] arcOf = new int[groupCount];
        for (Part part : Part.values()) {
            int[] groups = IntStream.range(0, groupCount).filter(group -> parts[group] == part).toArray();
            if (part != Part.NEITHER) {
                Arguments.requireAtLeast("groups of a class", groups.length, FEWEST_GROUPS);
            }
            int[] order = new CounterRandom(seed, part.ordinal()).sample(groups, groups.length);
            for (int place = 0; place < order.length; place++) {
                arcOf[order[place]] = (int) ((4L * place + 1 + part.ordinal()) * ARCS / (4L * order.length));
            }
        }
        return rows.stream().mapToInt(row -> arcOf[row.group]).toArray();
    }
}
