package io.github.miaudit.report.output;

import io.github.miaudit.data.Population;
import io.github.miaudit.io.PlainText;
import io.github.miaudit.metrics.Interval;
import io.github.miaudit.report.ExposedPatient;
import io.github.miaudit.report.Histogram;
import io.github.miaudit.report.Likelihoods;
import io.github.miaudit.report.Numbers;
import io.github.miaudit.report.OperatingPoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The charts of all pages. */
final class Charts {

    private static final int SQUARE = 330;
    private static final int FLAT = 260;
    /** Of a forest: its axis with its title, and a line of words or of a value. */
    private static final int AXIS = 56;
    private static final int LINE = 18;
    private static final int BETWEEN_ROWS = 12;
    private static final int LONGEST_LABEL = 50;
    private static final int LONGEST_ENTRY = 30;
    private static final int MOST_STEPS = 5;

    private Charts() {
    }

    /**
     * A line of a ROC plot.
     *
     * @param name   in the legend
     * @param points rows of FPR and TPR, optionally with the ends of the TPR's interval, which are drawn if it is banded
     * @param marks  whose rate is told: points of the curve too, and none other
     * @param banded whether the interval is drawn
     */
    record RocLine(String name, List<List<Double>> points, List<OperatingPoint> marks, boolean banded) {

        /** The curve through all that is told, the rows and the marks. */
        private List<Chart.At> curve(double floor) {
            Map<Double, Double> rates = new TreeMap<>();
            points.forEach(point -> rates.put(point.get(0), point.get(1)));
            marks.forEach(mark -> rates.put(mark.atFpr(), mark.tpr().orElseThrow()));
            return rates.entrySet().stream().filter(rate -> rate.getKey() >= floor && rate.getValue() >= floor)
                    .map(rate -> Chart.At.point(rate.getKey(), rate.getValue())).toList();
        }
    }

    /** ROC curves on logarithmic axes, the chance line, and on the curves the points of the rates that are told. */
    static String roc(List<RocLine> lines, String units, String alternative) {
        double floor = floor(lines);
        List<RocLine> drawn = lines.stream().filter(line -> isCurve(line.curve(floor))).toList();
        Chart chart = new Chart(drawn.stream().map(line -> Chart.Series.ofLine(line.name(), lines.indexOf(line))).toList());
        for (int line = 0; line < drawn.size(); line++) {
            if (drawn.get(line).banded()) {
                band(chart, line, drawn.get(line).points(), floor);
            }
        }
        chart.chance(floor, floor, 1, 1);
        for (int line = 0; line < drawn.size(); line++) {
            chart.path(line, drawn.get(line).curve(floor));
            chart.points(line, drawn.get(line).marks().stream().filter(mark -> mark.atFpr() >= floor && mark.tpr().orElseThrow() >= floor)
                    .map(mark -> Chart.At.point(mark.atFpr(), mark.tpr().orElseThrow())).toList());
        }
        return rates(chart, floor, units).svg(SQUARE, alternative);
    }

    private static Chart rates(Chart chart, double floor, String units) {
        List<Chart.Tick> powers = powers(floor);
        return chart.axis('x', "false positive rate of " + units, true, floor, 1, powers)
                .axis('y', "true positive rate of " + units, true, floor, 1, powers);
    }

    /** A sentence on the lines of which too few points may be told, so that neither plot nor legend has them; empty if there is none. */
    static String undrawn(List<RocLine> lines) {
        double floor = floor(lines);
        String names = lines.stream().filter(line -> !isCurve(line.curve(floor))).map(line -> line.name().replace('\n', ' '))
                .collect(Collectors.joining("; "));
        return names.isEmpty() ? "" : " Too few points may be told to draw " + names + ".";
    }

    /** Where the axes begin. */
    private static double floor(List<RocLine> lines) {
        return powerBelow(lines.stream().mapToDouble(line -> line.points().get(0).get(0)).min().orElseThrow());
    }

    private static double powerBelow(double least) {
        return Math.min(0.01, Math.pow(10, Math.floor(Math.log10(least) + 1e-9)));
    }

    private static List<Chart.Tick> powers(double floor) {
        return IntStream.rangeClosed((int) Math.round(Math.log10(floor)), 0)
                .mapToObj(power -> new Chart.Tick(Math.pow(10, power), Numbers.plain(Double.parseDouble("1e" + power)))).toList();
    }

    /** A single point would be in the legend and nowhere else. */
    private static boolean isCurve(List<Chart.At> points) {
        return points.stream().distinct().count() > 1;
    }

    private static void band(Chart chart, int line, List<List<Double>> points, double floor) {
        List<Chart.At> banded = points.stream().filter(point -> point.size() == 4 && point.get(3) >= floor)
                .map(point -> new Chart.At(point.get(0), Math.max(floor, point.get(1)), Math.max(floor, point.get(2)), point.get(3)))
                .toList();
        if (banded.size() > 1) {
            chart.band(line, banded);
        }
    }

    /**
     * Shares of all sentences of a population, with the told thresholds; bins that are not told are empty.
     *
     * @param thresholds by what they are marked with
     */
    static String histogram(Histogram histogram, Map<Population, Integer> sizes, Map<Double, String> thresholds, String alternative) {
        List<Population> populations = List.copyOf(histogram.counts().keySet());
        Chart chart = new Chart(populations.stream().map(each -> series(each, Chart.Shape.CIRCLE)).toList());
        int bins = histogram.counts().values().iterator().next().size();
        double end = histogram.from() + bins * histogram.width();
        double highest = 0;
        for (int number = 0; number < populations.size(); number++) {
            List<Optional<Integer>> counts = Objects.requireNonNull(histogram.counts().get(populations.get(number)));
            double total = Objects.requireNonNull(sizes.get(populations.get(number)));
            List<Chart.At> outline = new ArrayList<>(List.of(Chart.At.point(histogram.from(), 0)));
            for (int bin = 0; bin < bins; bin++) {
                double share = counts.get(bin).orElse(0) / total;
                highest = Math.max(highest, share);
                outline.add(Chart.At.point(histogram.from() + bin * histogram.width(), share));
                outline.add(Chart.At.point(histogram.from() + (bin + 1) * histogram.width(), share));
            }
            outline.add(Chart.At.point(end, 0));
            chart.filled(number, outline).path(number, outline);
        }
        List<Chart.Tick> shares = round(0, Math.max(highest, 0.01));
        double top = shares.get(shares.size() - 1).at();
        int marked = 0;
        for (Map.Entry<Double, String> threshold : thresholds.entrySet()) {
            if (threshold.getKey() >= histogram.from() && threshold.getKey() <= end) {
                chart.mark(threshold.getKey(), top, top * (0.95 - 0.09 * marked++), threshold.getValue(),
                        threshold.getKey() < histogram.from() + 0.75 * (end - histogram.from()));
            }
        }
        return chart.axis('x', "score of " + shorter(histogram.attack()), false, histogram.from(), end, round(histogram.from(), end))
                .axis('y', "share of sentences", false, 0, top, shares).svg(FLAT, alternative);
    }

    private static Chart.Series series(Population population, Chart.Shape shape) {
        return new Chart.Series(population.words(), Ink.of(population), shape, switch (population) {
            case MEMBERS -> Chart.Stroke.SOLID;
            case NON_MEMBERS -> Chart.Stroke.DASHED;
            case EXTERNALS -> Chart.Stroke.DOTTED;
        });
    }

    /** Bubbles as large as the cells are full; empty if of no cell it is told. */
    static Optional<String> likelihoods(Likelihoods.Grid grid, String alternative) {
        List<Population> populations = List.copyOf(grid.counts().keySet());
        List<Chart.Shape> shapes = List.of(Chart.Shape.CIRCLE, Chart.Shape.OPEN_CIRCLE, Chart.Shape.OPEN_TRIANGLE);
        Chart chart = new Chart(IntStream.range(0, populations.size()).mapToObj(each -> series(populations.get(each), shapes.get(each)))
                .toList());
        int fullest = grid.counts().values().stream().flatMap(List::stream).mapToInt(count -> count.orElse(0)).max().orElse(0);
        if (fullest == 0) {
            return Optional.empty();
        }
        for (int number = 0; number < populations.size(); number++) {
            List<Optional<Integer>> counts = Objects.requireNonNull(grid.counts().get(populations.get(number)));
            int[] told = IntStream.range(0, counts.size()).filter(cell -> counts.get(cell).orElse(0) > 0).toArray();
            if (told.length > 0) {
                chart.bubbles(number, IntStream.of(told)
                        .mapToObj(cell -> Chart.At.point(grid.referenceFrom() + (cell % grid.columns() + 0.5) * grid.referenceWidth(),
                                grid.targetFrom() + (cell / grid.columns() + 0.5) * grid.targetWidth()))
                        .toList(),
                        IntStream.of(told).mapToObj(cell -> 1 + 7 * Math.sqrt(counts.get(cell).orElseThrow() / (double) fullest)).toList());
            }
        }
        double right = grid.referenceFrom() + grid.columns() * grid.referenceWidth();
        double top = grid.targetFrom() + grid.rows() * grid.targetWidth();
        return Optional.of(chart
                .axis('x', "log-likelihood by the reference, nats", false, grid.referenceFrom(), right, round(grid.referenceFrom(), right))
                .axis('y', "log-likelihood by the target, nats", false, grid.targetFrom(), top, round(grid.targetFrom(), top))
                .svg(SQUARE, alternative));
    }

    /**
     * A figure of one series in a row of a forest.
     *
     * @param series its number
     * @param value  the figure
     * @param lower  the lower end of its interval; the figure if it has none
     * @param upper  the upper end, likewise
     */
    record Value(int series, double value, double lower, double upper) {

        static Value of(int series, double value, Optional<Interval> interval) {
            return new Value(series, value, interval.map(Interval::lower).orElse(value), interval.map(Interval::upper).orElse(value));
        }
    }

    /**
     * A row of a forest.
     *
     * @param label  above it
     * @param values one below the other
     */
    record Row(String label, List<Value> values) {
    }

    /** Figures with intervals, row by row, and a line where there is nothing to be seen. */
    static String forest(List<Chart.Series> series, List<Row> rows, String title, double from, double to, double nothing,
            String alternative) {
        double height = rows.stream().mapToDouble(Charts::height).sum();
        Chart chart = new Chart(series);
        List<List<Chart.At>> places = series.stream().<List<Chart.At>>map(each -> new ArrayList<>()).toList();
        List<Chart.Tick> ticks = round(from, to);
        chart.grid(grid(rows, ticks, height));
        double top = height;
        for (Row row : rows) {
            chart.words(from, top - LINE / 2.0, cut(row.label(), LONGEST_LABEL));
            chart.chance(nothing, top - height(row), nothing, top - LINE);
            for (int number = 0; number < row.values().size(); number++) {
                Value value = row.values().get(number);
                places.get(value.series()).add(new Chart.At(value.value(), top - LINE * (number + 1.4),
                        Math.max(from, value.lower()), Math.min(to, value.upper())));
            }
            top -= height(row);
        }
        for (int number = 0; number < series.size(); number++) {
            if (!places.get(number).isEmpty()) {
                chart.intervals(number, places.get(number), false).points(number, places.get(number));
            }
        }
        return chart.axis('x', title, false, from, to, ticks).axis('y', "", false, 0, height, List.of())
                .svg(AXIS + (int) height, alternative);
    }

    /** Beside the values of each row, and not through its label. */
    private static List<Chart.At> grid(List<Row> rows, List<Chart.Tick> ticks, double height) {
        List<Chart.At> lines = new ArrayList<>();
        double top = height;
        for (Row row : rows) {
            for (Chart.Tick tick : ticks) {
                lines.add(new Chart.At(tick.at(), top - LINE, top - height(row), top - LINE));
            }
            top -= height(row);
        }
        return lines;
    }

    /** The label stands above the values: beside them, a telephone has no room. */
    private static double height(Row row) {
        return LINE * (row.values().size() + 1.0) + BETWEEN_ROWS;
    }

    /** At which rate of false alarms each patient is taken for a member, of those of whom one is told; empty if of none. */
    static Optional<String> exposure(List<ExposedPatient> patients, String alternative) {
        List<ExposedPatient> told = patients.stream().filter(patient -> patient.exposedAtFpr().filter(rate -> rate > 0).isPresent())
                .toList();
        if (told.isEmpty()) {
            return Optional.empty();
        }
        double floor = powerBelow(told.stream().mapToDouble(patient -> patient.exposedAtFpr().orElseThrow()).min().orElseThrow());
        List<Chart.Tick> names = IntStream.range(0, told.size())
                .mapToObj(row -> new Chart.Tick(told.size() - row, PlainText.digest(told.get(row).patient()))).toList();
        List<Chart.At> places = IntStream.range(0, told.size()).mapToObj(row -> {
            double rate = told.get(row).exposedAtFpr().orElseThrow();
            return new Chart.At(rate, told.size() - row, rate, 1);
        }).toList();
        Chart chart = new Chart(
                List.of(new Chart.Series("a patient among the members", Ink.MEMBERS, Chart.Shape.CIRCLE, Chart.Stroke.SOLID)))
                .intervals(0, places, false).points(0, places);
        return Optional.of(chart.axis('x', "false positive rate of patients", true, floor, 1, powers(floor))
                .axis('y', "", false, 0, told.size() + 1.0, names).svg(AXIS + LINE * (told.size() + 1), alternative));
    }

    /** Points with the ends of their intervals, those of one place together. */
    static String intervals(TablePage.Plot plot, String alternative) {
        List<Chart.Series> series = IntStream.range(0, plot.lines().size())
                .mapToObj(line -> Chart.Series.ofLine(shorter(plot.lines().get(line).name()), line)).toList();
        List<Row> rows = IntStream.range(0, plot.places().size())
                .mapToObj(place -> new Row(plot.places().get(place), IntStream.range(0, series.size()).mapToObj(line -> {
                    TablePage.Line shown = plot.lines().get(line);
                    double mean = shown.means().get(place);
                    double half = shown.halfWidths().get(place).orElse(0);
                    return new Value(line, mean, mean - half, mean + half);
                }).toList())).toList();
        return forest(series, rows, plot.figure(), 0, 1, 0.5, alternative);
    }

    /** A name as a legend holds it: in one line, which the library would break if it were longer. */
    static String shorter(String name) {
        return cut(name, LONGEST_ENTRY);
    }

    private static String cut(String name, int longest) {
        String plain = PlainText.name(name);
        return plain.codePointCount(0, plain.length()) <= longest ? plain
                : plain.substring(0, plain.offsetByCodePoints(0, longest - 1)) + "…";
    }

    /** A few round numbers, of which the last is no less than the highest if the first is 0, and else all lie between the two. */
    static List<Chart.Tick> round(double lowest, double highest) {
        double power = Math.pow(10, Math.floor(Math.log10(highest - lowest)));
        double step = Stream.of(0.2, 0.5, 1.0, 2.0).map(factor -> factor * power)
                .filter(each -> (highest - lowest) / each <= MOST_STEPS + 1e-9).min(Comparator.naturalOrder()).orElse(power);
        long first = (long) Math.ceil(lowest / step - 1e-9);
        long last = lowest == 0 ? (long) Math.ceil(highest / step - 1e-9) : (long) Math.floor(highest / step + 1e-9);
        return IntStream.rangeClosed(0, (int) (last - first)).mapToObj(index -> {
            double at = (first + index) * step;
            return new Chart.Tick(at, Numbers.plain(Double.parseDouble(Numbers.rounded(at, 8))));
        }).toList();
    }
}
