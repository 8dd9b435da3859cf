package io.github.miaudit.report.output;

import io.github.miaudit.data.Population;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.io.PlainText;
import io.github.miaudit.report.Histogram;
import io.github.miaudit.report.Likelihoods;
import io.github.miaudit.report.OperatingPoint;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.batik.dom.GenericDOMImplementation;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.knowm.xchart.BubbleChart;
import org.knowm.xchart.BubbleChartBuilder;
import org.knowm.xchart.BubbleSeries;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws plots as SVG. Colours can be told apart by the colour-blind (Okabe and Ito). */
final class Charts {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 420;
    private static final Color INK = new Color(0x22, 0x22, 0x22);
    private static final Color GRID = new Color(0xe2, 0xe2, 0xe2);
    private static final List<Color> LINES = List.of(new Color(0x00, 0x72, 0xb2), new Color(0xd5, 0x5e, 0x00), new Color(0x00, 0x7a, 0x5a),
            new Color(0x99, 0x4f, 0x88), new Color(0x7a, 0x5c, 0x00), new Color(0x33, 0x33, 0x33));
    private static final Map<Population, Color> POPULATIONS = Map.of(Population.MEMBERS, LINES.get(1), Population.NON_MEMBERS, LINES.get(0),
            Population.EXTERNALS, new Color(0x66, 0x66, 0x66));
    private static final int TRANSLUCENT = 60;

    private Charts() {
    }

    /** A line of a ROC plot: points of FPR and TPR, optionally with the ends of the TPR's interval, which are drawn if it is banded. */
    record RocLine(String name, List<List<Double>> points, boolean banded) {
    }

    /** ROC curves on logarithmic axes, the chance line, and marks of points whose rate is told. */
    static String roc(List<RocLine> lines, List<OperatingPoint> marks) {
        XYChart chart = chart("false positive rate", "true positive rate");
        double floor = floor(lines);
        chart.getStyler().setXAxisLogarithmic(true).setYAxisLogarithmic(true).setXAxisMin(floor).setXAxisMax(1.0).setYAxisMin(floor)
                .setYAxisMax(1.0);
        for (int line = 0; line < lines.size(); line++) {
            if (lines.get(line).banded) {
                band(chart, lines.get(line), LINES.get(line % LINES.size()), floor);
            }
        }
        for (int line = 0; line < lines.size(); line++) {
            List<List<Double>> drawn = drawn(lines.get(line), floor);
            if (isCurve(drawn)) {
                XYSeries series = chart.addSeries(unique(chart, lines.get(line).name()), column(drawn, 0), column(drawn, 1));
                series.setMarker(SeriesMarkers.NONE).setLineColor(LINES.get(line % LINES.size()));
                series.setLineStyle(line < LINES.size() ? SeriesLines.SOLID : SeriesLines.DASH_DOT);
            }
        }
        XYSeries chance = chart.addSeries(unique(chart, "chance"), new double[] {floor, 1}, new double[] {floor, 1});
        chance.setShowInLegend(false);
        chance.setMarker(SeriesMarkers.NONE).setLineColor(Color.GRAY).setLineStyle(SeriesLines.DASH_DASH);
        List<OperatingPoint> visible = marks.stream().filter(mark -> mark.atFpr() >= floor && mark.tpr().get() >= floor).toList();
        if (!visible.isEmpty()) {
            XYSeries points = chart.addSeries(unique(chart, "operating points"),
                    visible.stream().mapToDouble(OperatingPoint::atFpr).toArray(),
                    visible.stream().mapToDouble(mark -> mark.tpr().get()).toArray());
            points.setShowInLegend(false);
            points.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter).setMarker(SeriesMarkers.DIAMOND).setMarkerColor(INK);
        }
        return svg(chart);
    }

    /** A sentence on the lines of which too few points may be told, so that neither plot nor legend has them; empty if there is none. */
    static String undrawn(List<RocLine> lines) {
        double floor = floor(lines);
        String names = lines.stream().filter(line -> !isCurve(drawn(line, floor))).map(RocLine::name).collect(Collectors.joining(", "));
        return names.isEmpty() ? "" : " Too few points may be told to draw " + names + ".";
    }

    /** Where the axes begin. */
    private static double floor(List<RocLine> lines) {
        double least = lines.stream().mapToDouble(line -> line.points().get(0).get(0)).min().orElseThrow();
        return Math.pow(10, Math.floor(Math.log10(least)));
    }

    /** On a logarithmic axis there is no 0. */
    private static List<List<Double>> drawn(RocLine line, double floor) {
        return line.points().stream().filter(point -> point.get(1) >= floor).toList();
    }

    /** A single point, or one point again and again, would be in the legend and nowhere else. */
    private static boolean isCurve(List<List<Double>> points) {
        return points.stream().map(point -> point.subList(0, 2)).distinct().count() > 1;
    }

    private static void band(XYChart chart, RocLine line, Color color, double floor) {
        List<List<Double>> banded = line.points().stream().filter(point -> point.size() == 4 && point.get(3) >= floor).toList();
        if (banded.size() < 2) {
            return;
        }
        List<List<Double>> back = new ArrayList<>(banded);
        Collections.reverse(back);
        double[] around = Stream.concat(banded.stream(), back.stream()).mapToDouble(point -> point.get(0)).toArray();
        double[] ends = DoubleStream.concat(banded.stream().mapToDouble(point -> point.get(3)),
                back.stream().mapToDouble(point -> Math.max(floor, point.get(2)))).toArray();
        XYSeries band = chart.addSeries(unique(chart, "interval of " + line.name()), around, ends);
        band.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.PolygonArea).setMarker(SeriesMarkers.NONE)
                .setLineColor(translucent(color, 0));
        band.setFillColor(translucent(color, TRANSLUCENT));
        band.setShowInLegend(false);
    }

    /** Shares of all sentences of a population; bins that are not told are empty. */
    static String histogram(Histogram histogram, Map<Population, Integer> sizes) {
        XYChart chart = chart("score of " + PlainText.name(histogram.attack()), "share of sentences");
        chart.getStyler().setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.StepArea).setXAxisDecimalPattern("0.##")
                .setYAxisDecimalPattern("0.##");
        histogram.counts().forEach((population, counts) -> {
            double total = sizes.get(population);
            double[] edges = IntStream.rangeClosed(0, counts.size()).mapToDouble(bin -> histogram.from() + bin * histogram.width())
                    .toArray();
            double[] shares = IntStream.rangeClosed(0, counts.size())
                    .mapToDouble(bin -> bin == counts.size() ? 0 : counts.get(bin).orElse(0) / total).toArray();
            XYSeries series = chart.addSeries(label(population), edges, shares);
            series.setMarker(SeriesMarkers.NONE).setLineColor(POPULATIONS.get(population));
            series.setFillColor(translucent(POPULATIONS.get(population), TRANSLUCENT));
        });
        return svg(chart);
    }

    /** Bubbles as large as the cells are full. */
    static String likelihoods(Likelihoods.Grid grid) {
        BubbleChart chart = new BubbleChartBuilder().width(WIDTH).height(HEIGHT).xAxisTitle("log-likelihood by the reference")
                .yAxisTitle("log-likelihood by the target").build();
        style(chart.getStyler());
        int fullest = grid.counts().values().stream().flatMap(List::stream).mapToInt(count -> count.orElse(0)).max().orElse(1);
        grid.counts().forEach((population, counts) -> {
            int[] told = IntStream.range(0, counts.size()).filter(cell -> counts.get(cell).orElse(0) > 0).toArray();
            if (told.length > 0) {
                double[] across = IntStream.of(told)
                        .mapToDouble(cell -> grid.referenceFrom() + (cell % grid.columns() + 0.5) * grid.referenceWidth()).toArray();
                double[] up = IntStream.of(told).mapToDouble(cell -> grid.targetFrom() + (cell / grid.columns() + 0.5) * grid.targetWidth())
                        .toArray();
                double[] sizes = IntStream.of(told)
                        .mapToDouble(cell -> 2 + 12 * Math.sqrt(counts.get(cell).orElseThrow() / (double) fullest)).toArray();
                BubbleSeries series = chart.addSeries(label(population), across, up, sizes);
                series.setLineColor(translucent(POPULATIONS.get(population), 0))
                        .setFillColor(translucent(POPULATIONS.get(population), 110));
            }
        });
        return svg(chart);
    }

    /** Points with the ends of their intervals, those of one place side by side. */
    static String intervals(TablePage.Plot plot) {
        CategoryChart chart = new CategoryChartBuilder().width(WIDTH).height(HEIGHT).yAxisTitle(plot.figure()).build();
        style(chart.getStyler());
        chart.getStyler().setDefaultSeriesRenderStyle(CategorySeries.CategorySeriesRenderStyle.Scatter).setXAxisLabelRotation(60)
                .setYAxisMin(0.0).setYAxisMax(1.0).setYAxisDecimalPattern("0.0").setErrorBarsColorSeriesColor(true)
                .setLegendLayout(Styler.LegendLayout.Vertical); // names are long
        for (int line = 0; line < plot.lines().size(); line++) {
            TablePage.Line shown = plot.lines().get(line);
            Color color = LINES.get(line % LINES.size());
            chart.addSeries(PlainText.name(shown.name()), plot.places(), shown.means(),
                    shown.halfWidths().stream().map(width -> width.orElse(0)).toList()).setMarker(SeriesMarkers.CIRCLE)
                    .setMarkerColor(color)
                    .setLineColor(color);
        }
        return svg(chart);
    }

    private static XYChart chart(String horizontal, String vertical) {
        XYChart chart = new XYChartBuilder().width(WIDTH).height(HEIGHT).xAxisTitle(horizontal).yAxisTitle(vertical).build();
        style(chart.getStyler());
        return chart;
    }

    private static void style(AxesChartStyler styler) {
        styler.setChartBackgroundColor(Color.WHITE).setPlotBackgroundColor(Color.WHITE).setChartFontColor(INK)
                .setLegendPosition(Styler.LegendPosition.OutsideS).setLegendLayout(Styler.LegendLayout.Horizontal)
                .setLegendBorderColor(Color.WHITE).setPlotBorderColor(GRID).setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        styler.setPlotGridLinesStroke(new BasicStroke(1)).setPlotGridLinesColor(GRID)
                .setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13))
                .setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12)).setAxisTickLabelsColor(INK).setLocale(Locale.ROOT);
    }

    /** Series must differ in name. */
    private static String unique(XYChart chart, String name) {
        String candidate = name;
        for (int number = 2; chart.getSeriesMap().containsKey(candidate); number++) {
            candidate = name + " (" + number + ")";
        }
        return candidate;
    }

    static String label(Population population) {
        return population.label().replace('_', '-');
    }

    private static Color translucent(Color color, int alpha) {
        return new Color(color.getRed(), color.getGreen(), color.getBlue(), alpha);
    }

    private static double[] column(List<List<Double>> rows, int column) {
        return rows.stream().mapToDouble(row -> row.get(column)).toArray();
    }

    private static String svg(Chart<?, ?> chart) {
        try {
            SVGGeneratorContext context = SVGGeneratorContext.createDefault(
                    GenericDOMImplementation.getDOMImplementation().createDocument("http://www.w3.org/2000/svg", "svg", null));
            context.setPrecision(1);
            SVGGraphics2D graphics = new SVGGraphics2D(context, false);
            graphics.setSVGCanvasSize(new Dimension(WIDTH, HEIGHT));
            chart.paint(graphics, WIDTH, HEIGHT);
            StringWriter text = new StringWriter();
            graphics.stream(text, true);
            return text.toString();
        } catch (InternalError | LinkageError e) { // what Java throws where there is no font
            throw new AuditException(
                    "plots can't be drawn: Java finds no font; install fontconfig and one font, such as DejaVu Sans. audit.json needs none",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory doesn't fail so
        }
    }
}
