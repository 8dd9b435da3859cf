package io.github.miaudit.metrics;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
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

    /** Into how many parts a class's groups are divided at most, to be left out one by one; more of them tell no more (measured). */
    private static final int MOST_PARTS = 25;

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
    /** The groups of a class in the order in which they stand on the circle. */
    private final Map<Part, int[]> places;
    private final List<Row> learned;
    private final double penalty;
    /** One an arc; none for an arc on which no group stands. */
    private final Fit[] fits;

    private OneWayCrossFit(int[] arcs, Map<Part, int[]> places, List<Row> learned, double penalty, Fit[] fits) {
        this.arcs = arcs;
        this.places = places;
        this.learned = learned;
        this.penalty = penalty;
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
        Map<Part, int[]> places = places(groups, seed);
        int[] arcs = arcs(groups.size(), places);
        Fit[] fits = new Fit[ARCS];
        for (int arc : IntStream.of(arcs).distinct().toArray()) {
            fits[arc] = fit(arcs, arc, rows, penalty);
        }
        return new OneWayCrossFit(arcs, places, List.copyOf(rows), penalty, fits);
    }

    /**
     * The same groups at the same places, and the fits as they would be without some of them. It takes as much time as the fits that saw
     * one of them.
     *
     * @throws IllegalArgumentException if a fit would be left without a row of a class
     */
    public OneWayCrossFit without(int... groups) {
        Set<Integer> left = IntStream.of(groups).boxed().collect(Collectors.toSet());
        List<Row> others = learned.stream().filter(row -> !left.contains(row.group)).toList();
        int[] arcsOfThem = IntStream.of(groups).map(group -> arcs[group]).distinct().toArray();
        Fit[] changed = fits.clone();
        for (int arc = 0; arc < ARCS; arc++) {
            int at = arc;
            if (fits[arc] != null && IntStream.of(arcsOfThem).anyMatch(ofThem -> isLearned(ofThem, at))) {
                changed[arc] = fit(arcs, arc, others, penalty);
            }
        }
        return new OneWayCrossFit(arcs, places, others, penalty, changed);
    }

    /**
     * The groups of a class in parts to leave out one by one: one group each, or where there are more, parts of neighbours on the circle,
     * whom the fewest fits saw.
     */
    public List<int[]> parts(Part of) {
        int[] groups = Objects.requireNonNull(places.get(of));
        int count = Math.min(MOST_PARTS, groups.length);
        return IntStream.range(0, count).mapToObj(
                part -> Arrays.copyOfRange(groups, (int) ((long) part * groups.length / count),
                        (int) ((part + 1L) * groups.length / count)))
                .toList();
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

    private static Fit fit(int[] arcs, int arc, List<Row> rows, double penalty) {
        return Fit.of(learned(arcs, arc, rows, Part.FIRST), learned(arcs, arc, rows, Part.SECOND), penalty);
    }

    private static double[][] learned(int[] arcs, int arc, List<Row> rows, Part part) {
        return rows.stream().filter(row -> row.part == part && isLearned(arcs[row.group], arc)).map(Row::features)
                .toArray(double[][]::new);
    }

    /** Whether the fit of an arc saw another. */
    private static boolean isLearned(int other, int arc) {
        int ahead = Math.floorMod(other - arc, ARCS);
        return ahead >= 1 && ahead <= LEARNED;
    }

    private static Map<Part, int[]> places(List<Part> parts, long seed) {
        Map<Part, int[]> places = new EnumMap<>(Part.class);
        for (Part part : Part.values()) {
            int[] groups = IntStream.range(0, parts.size()).filter(group -> parts.get(group) == part).toArray();
            if (part != Part.NEITHER) {
                Arguments.requireAtLeast("groups of a class", groups.length, FEWEST_GROUPS);
            }
            places.put(part, new CounterRandom(seed, part.ordinal()).sample(groups, groups.length));
        }
        return places;
    }

    /** Of each group. */
    private static int[] arcs(int groups, Map<Part, int[]> places) {
        int[] arcOf = new int[groups];
        places.forEach((part, order) -> {
            for (int place = 0; place < order.length; place++) {
                arcOf[order[place]] = (int) ((4L * place + 1 + part.ordinal()) * ARCS / (4L * order.length));
            }
        });
        return arcOf;
    }
}
