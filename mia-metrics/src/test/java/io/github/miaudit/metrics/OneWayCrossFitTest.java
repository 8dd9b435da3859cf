package io.github.miaudit.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.metrics.OneWayCrossFit.Part;
import io.github.miaudit.metrics.OneWayCrossFit.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class OneWayCrossFitTest {

    private static final int FEATURES = 3;

    /** Whoever learned from a group would know its own mark, and tell it without fail. */
    @Property(tries = 20)
    void aGroupsOwnMarkIsNeverLearned(@ForAll @IntRange(min = 5, max = 15) int groups, @ForAll long seed) {
        List<Row> rows = new ArrayList<>();
        for (int row = 0; row < 6 * groups; row++) {
            double[] mark = new double[2 * groups];
            mark[row / 3] = 1;
            rows.add(new Row(mark, row < 3 * groups ? Part.FIRST : Part.SECOND, row / 3));
        }
        double[] scores = OneWayCrossFit.scores(rows, 1e-3, seed);
        for (int row = 0; row < scores.length; row += 3) {
            assertEquals(scores[row], scores[row + 1]);
        }
        assertTrue(area(rows, scores) < 0.9, "each mark alone would tell all");
        for (int group = 0; group < 2 * groups; group++) {
            int marked = group;
            List<Row> without = rows.stream().map(row -> row.group() == marked ? new Row(new double[2 * groups], row.part(), marked) : row)
                    .toList();
            assertEquals(scores[3 * group], OneWayCrossFit.scores(without, 1e-3, seed)[3 * group], 1e-9, "the mark has no say");
        }
    }

    /** As if they had never been there, but for the others' places on the circle. */
    @Property(tries = 10)
    void withoutGroupsNobodyLearnsOfThem(@ForAll @IntRange(min = 6, max = 40) int groups, @ForAll long seed) {
        List<Row> rows = rows(groups, 2, 0.5, new Random(seed));
        List<Part> parts = IntStream.range(0, 3 * groups)
                .mapToObj(group -> rows.stream().filter(row -> row.group() == group).findFirst().orElseThrow().part()).toList();
        OneWayCrossFit fit = OneWayCrossFit.of(parts, rows, 1, seed);
        for (Part part : List.of(Part.FIRST, Part.SECOND)) {
            List<int[]> leftOut = fit.parts(part);
            assertEquals(Math.min(25, groups), leftOut.size());
            assertArrayEquals(IntStream.range(0, parts.size()).filter(group -> parts.get(group) == part).toArray(),
                    leftOut.stream().flatMapToInt(IntStream::of).sorted().toArray());
            int[] left = leftOut.get(0);
            OneWayCrossFit without = fit.without(left);
            OneWayCrossFit never = OneWayCrossFit.of(parts,
                    rows.stream().filter(row -> IntStream.of(left).noneMatch(group -> group == row.group())).toList(), 1, seed);
            rows.forEach(row -> assertEquals(never.score(row.features(), row.group()), without.score(row.features(), row.group()), 1e-12));
        }
    }

    /** Of two groups at most one has a say in the other's score; and each class has some say in every score. */
    @Property(tries = 10)
    void ofTwoGroupsAtMostOneLearnsOfTheOther(@ForAll @IntRange(min = 5, max = 13) int groups, @ForAll long seed) {
        List<Row> rows = rows(groups, 2, 0.5, new Random(seed));
        double[] before = OneWayCrossFit.scores(rows, 1, seed);
        boolean[][] hasSay = new boolean[3 * groups][3 * groups];
        for (int group = 0; group < hasSay.length; group++) {
            int moved = group;
            double[] after = OneWayCrossFit.scores(rows.stream()
                    .map(row -> row.group() == moved ? new Row(Arrays.stream(row.features()).map(value -> value + 1).toArray(), row.part(),
                            moved) : row)
                    .toList(), 1, seed);
            for (int row = 0; row < after.length; row++) {
                hasSay[group][rows.get(row).group()] |= Math.abs(after[row] - before[row]) > 1e-9 && rows.get(row).group() != group;
            }
        }
        for (int group = 0; group < hasSay.length; group++) {
            for (int other = 0; other < hasSay.length; other++) {
                assertFalse(hasSay[group][other] && hasSay[other][group], group + " and " + other);
                assertFalse(hasSay[group][other] && group >= 2 * groups, "nothing is learned from those of neither class");
            }
            int of = group;
            assertTrue(IntStream.range(0, groups).anyMatch(first -> hasSay[first][of])
                    && IntStream.range(groups, 2 * groups).anyMatch(second -> hasSay[second][of]), "learned from both classes");
        }
        for (int row = 0; row < before.length; row++) {
            assertEquals(naive(rows, rows.get(row), hasSay), before[row], 1e-8);
        }
    }

    /** The score by the formula, from those who have a say in it. */
    private static double naive(List<Row> rows, Row scored, boolean[][] hasSay) {
        List<Row> learned = rows.stream().filter(row -> hasSay[row.group()][scored.group()]).toList();
        double[][] first = features(learned, Part.FIRST);
        double[][] second = features(learned, Part.SECOND);
        LogisticRegression fit = LogisticRegression.fit(first, second, 1);
        double[] odds = learned.stream().mapToDouble(row -> fit.logOdds(row.features())).toArray();
        double middle = Arrays.stream(first).mapToDouble(fit::logOdds).average().orElseThrow() / 2
                + Arrays.stream(second).mapToDouble(fit::logOdds).average().orElseThrow() / 2;
        double mean = Arrays.stream(odds).average().orElseThrow();
        double variance = Arrays.stream(odds).map(each -> (each - mean) * (each - mean)).average().orElseThrow();
        return (fit.logOdds(scored.features()) - middle) / Math.sqrt(variance);
    }

    private static double[][] features(List<Row> rows, Part part) {
        return rows.stream().filter(row -> row.part() == part).map(Row::features).toArray(double[][]::new);
    }

    @Property(tries = 20)
    void theOrderOfRowsChangesNothing(@ForAll long seed) {
        List<Row> rows = rows(12, 3, 0.5, new Random(seed));
        List<Integer> order = new ArrayList<>(IntStream.range(0, rows.size()).boxed().toList());
        Collections.shuffle(order, new Random(seed + 1));
        double[] expected = OneWayCrossFit.scores(rows, 1, seed);
        double[] shuffled = OneWayCrossFit.scores(order.stream().map(rows::get).toList(), 1, seed);
        assertArrayEquals(order.stream().mapToDouble(row -> expected[row]).toArray(), shuffled, 1e-8);
    }

    /** Rows that are not chosen are scored as if they were of neither class, by fits to the others. */
    @Property(tries = 20)
    void aChoiceOfRowsMayBeLearned(@ForAll long seed) {
        List<Row> rows = rows(12, 3, 0.5, new Random(seed));
        List<Row> chosen = IntStream.range(0, rows.size()).filter(row -> row % 3 > 0 && rows.get(row).part() != Part.NEITHER)
                .mapToObj(rows::get).toList();
        List<Part> groups = IntStream.range(0, 36).mapToObj(group -> Part.values()[group / 12]).toList();
        OneWayCrossFit fit = OneWayCrossFit.of(groups, chosen, 1, seed);
        double[] expected = OneWayCrossFit.scores(
                rows.stream().map(row -> chosen.contains(row) ? row : new Row(row.features(), Part.NEITHER, row.group())).toList(), 1,
                seed);
        assertArrayEquals(expected, rows.stream().mapToDouble(row -> fit.score(row.features(), row.group())).toArray());
    }

    @Test
    void classesThatDifferAreTold() {
        List<Row> rows = rows(40, 3, 2, new Random(1));
        double[] scores = OneWayCrossFit.scores(rows, 1, 1);
        assertTrue(area(rows, scores) > 0.95, "area " + area(rows, scores));
        double[] neither = IntStream.range(0, scores.length).filter(row -> rows.get(row).part() == Part.NEITHER)
                .mapToDouble(row -> scores[row])
                .toArray();
        assertTrue(RocCurve.of(neither, of(rows, scores, Part.SECOND)).areaUnderCurve() < 0.7,
                "those of neither class are drawn as the second");
    }

    /** 400 sets of groups that vary much, whose classes differ in nothing: no lower AUC than 0.5, and tests that hold their level. */
    @Test
    void whereNothingIsToBeFoundTestsHoldTheirLevel() {
        double[] areas = new double[400];
        int found = 0;
        for (int set = 0; set < areas.length; set++) {
            List<Row> rows = rows(12, 3, 0, new Random(set));
            double[] scores = OneWayCrossFit.scores(rows, 1, set);
            areas[set] = area(rows, scores);
            PermutationTest test = PermutationTest.of(grouped(rows, scores, Part.FIRST), grouped(rows, scores, Part.SECOND), 1000, set);
            found += test.higher() <= 0.05 ? 1 : 0;
        }
        assertEquals(0.5, Arrays.stream(areas).average().orElseThrow(), 0.016, "3 standard errors");
        assertTrue(found <= 20 + 3 * Math.sqrt(20), found + " of 400 at 0.05"); // twice as many where each fold learns from all others
    }

    @Test
    void aFitThatFindsNothingScoresNought() {
        List<Row> rows = IntStream.range(0, 20).mapToObj(row -> new Row(new double[] {1}, row < 10 ? Part.FIRST : Part.SECOND, row))
                .toList();
        assertArrayEquals(new double[20], OneWayCrossFit.scores(rows, 1, 1));
    }

    @Test
    void fewGroupsAreRefused() {
        List<Row> rows = rows(4, 5, 1, new Random(1));
        assertEquals("groups of a class are 4; at least 5 are needed",
                assertThrows(IllegalArgumentException.class, () -> OneWayCrossFit.scores(rows, 1, 1)).getMessage());
        assertThrows(IllegalArgumentException.class, () -> OneWayCrossFit.scores(List.of(), 1, 1));
    }

    /** So many groups a part, half of whose variance is the group's; the first class stands higher by a shift. */
    private static List<Row> rows(int groups, int size, double shift, Random random) {
        List<Row> rows = new ArrayList<>();
        for (Part part : Part.values()) {
            for (int group = 0; group < groups; group++) {
                double[] own = random.doubles(FEATURES).map(value -> random.nextGaussian()).toArray();
                for (int row = 0; row < size; row++) {
                    double[] features = Arrays.stream(own)
                            .map(value -> value + random.nextGaussian() + (part == Part.FIRST ? shift : 0)).toArray();
                    rows.add(new Row(features, part, part.ordinal() * groups + group));
                }
            }
        }
        return rows;
    }

    private static double area(List<Row> rows, double[] scores) {
        return RocCurve.of(of(rows, scores, Part.FIRST), of(rows, scores, Part.SECOND)).areaUnderCurve();
    }

    private static double[] of(List<Row> rows, double[] scores, Part part) {
        return grouped(rows, scores, part).scores();
    }

    private static GroupedScores grouped(List<Row> rows, double[] scores, Part part) {
        int[] places = IntStream.range(0, scores.length).filter(row -> rows.get(row).part() == part).toArray();
        return GroupedScores.of(Arrays.stream(places).mapToDouble(row -> scores[row]).toArray(),
                Arrays.stream(places).mapToObj(row -> rows.get(row).group()).toList());
    }
}
