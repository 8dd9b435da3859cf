package io.github.miaudit.report.output;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jetbrains.letsPlot.commons.encoding.RGBEncoder;
import org.jetbrains.letsPlot.commons.geometry.DoubleVector;
import org.jetbrains.letsPlot.core.util.PlotSvgExportCommon;

/**
 * A chart in the making, as the library's specification: layers on two axes of numbers, and a legend of its series. Names are labels alone,
 * never keys. Not thread-safe.
 */
final class Chart {

    /** At the width of a telephone, 358 of its pixels, letters are drawn at 11.4 pixels. */
    static final int WIDTH = 440;

    private static final int LETTERS = 14;
    private static final double EDGE = 1.02;
    private static final RGBEncoder NO_PICTURES = new RGBEncoder() {
        @Override
        public String toDataUrl(int width, int height, int[] colours) {
            throw new UnsupportedOperationException("no chart has pictures in it");
        }
    };

    private final List<Object> layers = new ArrayList<>();
    private final List<Object> scales = new ArrayList<>();
    private final List<Series> series;
    private boolean gridOfItsOwn;

    /** What one entry of the legend stands for. */
    record Series(String name, Ink ink, Shape shape, Stroke stroke) {

        /** In the shape and type of line of its place. */
        static Series ofLine(String name, int line) {
            return new Series(name, Ink.ofLine(line), Shape.ofLine(line), Stroke.ofLine(line));
        }
    }

    /** By the library's numbers. */
    enum Shape {
        CIRCLE(16), SQUARE(15), TRIANGLE(17), DIAMOND(18), OPEN_CIRCLE(1), OPEN_SQUARE(0), OPEN_TRIANGLE(2), OPEN_DIAMOND(5);

        private static final List<Shape> LINES = List.of(CIRCLE, SQUARE, TRIANGLE, DIAMOND);

        private final int number;

        Shape(int number) {
            this.number = number;
        }

        static Shape ofLine(int line) {
            return LINES.get(line % LINES.size());
        }
    }

    /** By the library's names. */
    enum Stroke {
        SOLID("solid"), DASHED("dashed"), DOT_DASH("dotdash"), LONG_DASH("longdash"), DOTTED("dotted");

        private static final List<Stroke> LINES = List.of(SOLID, DASHED, DOT_DASH, LONG_DASH);

        private final String name;

        Stroke(String name) {
            this.name = name;
        }

        static Stroke ofLine(int line) {
            return LINES.get(line % LINES.size());
        }
    }

    /** A place in the chart; the ends of an interval are along one of its axes. */
    record At(double x, double y, double from, double to) {

        static At point(double x, double y) {
            return new At(x, y, Double.NaN, Double.NaN);
        }
    }

    /** A tick of an axis. */
    record Tick(double at, String label) {
    }

    Chart(List<Series> series) {
        this.series = distinct(series);
        scales.add(guide("color", each -> each.ink().colour()));
        scales.add(guide("fill", each -> each.ink().colour()));
        scales.add(guide("shape", each -> each.shape().number));
        scales.add(guide("linetype", each -> each.stroke().name));
        scales.add(options("aesthetic", "size", "scale_mapper_kind", "identity", "guide", "none"));
    }

    /** Or the library would take series of one name for one: where long names were cut, they may be equal. */
    private static List<Series> distinct(List<Series> series) {
        Set<String> names = new HashSet<>();
        return series.stream().map(each -> {
            String name = each.name();
            for (int number = 2; !names.add(name); number++) {
                name = each.name() + " (" + number + ")";
            }
            return new Series(name, each.ink(), each.shape(), each.stroke());
        }).toList();
    }

    private Map<String, Object> guide(String aesthetic, Function<Series, Object> value) {
        List<Object> keys = IntStream.range(0, series.size()).mapToObj(Chart::key).collect(Collectors.toCollection(ArrayList::new));
        return options("aesthetic", aesthetic, "discrete", true, "name", "", "limits", keys, "breaks", new ArrayList<>(keys), "labels",
                series.stream().map(Series::name).collect(Collectors.toCollection(ArrayList::new)), "values",
                series.stream().map(value).collect(Collectors.toCollection(ArrayList::new)));
    }

    /** No number, or the library would take it for one. */
    private static String key(int number) {
        return "series " + number;
    }

    /** An axis from the first tick to the last, or between the given ends. */
    Chart axis(char axis, String title, boolean logarithmic, double from, double to, List<Tick> ticks) {
        double margin = logarithmic ? EDGE : 1; // or rounding would leave out what lies at the ends
        Map<String, Object> scale = options("aesthetic", String.valueOf(axis), "name", title, "limits", list(from / margin, to * margin),
                "expand",
                list(0, 0),
                "breaks", ticks.stream().map(Tick::at).collect(Collectors.toCollection(ArrayList::new)), "labels",
                ticks.stream().map(Tick::label).collect(Collectors.toCollection(ArrayList::new)));
        if (logarithmic) {
            scale.put("trans", "log10");
        }
        scales.add(scale);
        return this;
    }

    Chart path(int number, List<At> points) {
        return of("path", number, points, true, options("size", 1.2));
    }

    Chart points(int number, List<At> points) {
        return of("point", number, points, true, options("size", 4.5));
    }

    /** Of points as large as the given sizes. */
    Chart bubbles(int number, List<At> points, List<Double> sizes) {
        Map<String, Object> layer = layer("point", number, points, true);
        column(layer, "data").put("s", new ArrayList<>(sizes));
        column(layer, "mapping").put("size", "s");
        layer.put("alpha", 0.6);
        layers.add(layer);
        return this;
    }

    /** Between the lower and the upper ends of upright intervals. */
    Chart band(int number, List<At> points) {
        Map<String, Object> layer = layer("ribbon", number, points, false);
        column(layer, "mapping").put("ymin", "from");
        column(layer, "mapping").put("ymax", "to");
        layer.putAll(options("alpha", 0.2, "size", 0));
        layers.add(layer);
        return this;
    }

    Chart filled(int number, List<At> outline) {
        return of("polygon", number, outline, false, options("alpha", 0.25, "size", 0));
    }

    /** From one end of each interval to the other, upright or across. */
    Chart intervals(int number, List<At> points, boolean upright) {
        Map<String, Object> layer = layer("segment", number, points, false);
        Map<String, Object> mapping = column(layer, "mapping");
        mapping.put(upright ? "y" : "x", "from");
        mapping.put("xend", upright ? "x" : "to");
        mapping.put("yend", upright ? "to" : "y");
        layer.put("size", 1.2);
        layers.add(layer);
        return this;
    }

    /** Upright lines of a grid, each from its lower end to its upper one, instead of those through the whole chart. */
    Chart grid(List<At> lines) {
        Map<String, Object> layer = layer("segment", 0, lines, false);
        layer.put("mapping", options("x", "x", "y", "from", "xend", "x", "yend", "to"));
        layer.putAll(options("color", Ink.GRID.colour(), "size", 0.32)); // as wide as the theme's lines
        layers.add(layer);
        gridOfItsOwn = true;
        return this;
    }

    /** A line of guessing, or of no difference. */
    Chart chance(double x, double y, double toX, double toY) {
        layers.add(options("geom", "segment", "x", x, "y", y, "xend", toX, "yend", toY, "color", Ink.CHANCE.colour(), "linetype",
                Stroke.DOTTED.name, "size", 1.0, "tooltips", "none"));
        return this;
    }

    /** An upright line with words beside its upper end. */
    Chart mark(double x, double top, double words, String label, boolean right) {
        layers.add(options("geom", "segment", "x", x, "y", 0.0, "xend", x, "yend", top, "color", Ink.TEXT.colour(), "linetype",
                Stroke.DASHED.name, "size", 0.8, "tooltips", "none"));
        return words(x, words, label, right);
    }

    /** Words to the right of a place. */
    Chart words(double x, double y, String words) {
        return words(x, y, words, true);
    }

    private Chart words(double x, double y, String words, boolean right) {
        layers.add(options("geom", "text", "x", x, "y", y, "label", right ? " " + words : words + " ", "hjust", right ? 0.0 : 1.0, "color",
                Ink.TEXT.colour(), "size", 6.4, "tooltips", "none"));
        return this;
    }

    private Chart of(String geometry, int number, List<At> points, boolean shown, Map<String, Object> options) {
        if (!points.isEmpty()) {
            Map<String, Object> layer = layer(geometry, number, points, shown);
            layer.putAll(options);
            layers.add(layer);
        }
        return this;
    }

    private static Map<String, Object> layer(String geometry, int number, List<At> points, boolean shown) {
        List<Object> keys = points.stream().map(point -> key(number)).collect(Collectors.toCollection(ArrayList::new));
        Map<String, Object> data = options("x", numbers(points, At::x), "y", numbers(points, At::y), "from", numbers(points, At::from),
                "to",
                numbers(points, At::to), "series", keys);
        Map<String, Object> mapping = options("x", "x", "y", "y", "color", "series");
        switch (geometry) {
            case "path" -> mapping.put("linetype", "series");
            case "point" -> mapping.put("shape", "series");
            case "ribbon", "polygon" -> mapping.put("fill", "series");
            default -> {
                // colour alone
            }
        }
        return options("geom", geometry, "data", data, "mapping", mapping, "sampling", "none", "tooltips", "none", "show_legend", shown);
    }

    private static List<Object> numbers(List<At> points, Function<At, Double> number) {
        return points.stream().map(number).collect(Collectors.toCollection(ArrayList::new));
    }

    @SuppressWarnings("unchecked") // as layer made it
    private static Map<String, Object> column(Map<String, Object> layer, String name) {
        return (Map<String, Object>) Objects.requireNonNull(layer.get(name));
    }

    /** Drawn, as an element of a page. */
    String svg(int height, String alternative) {
        int rows = series.stream().mapToInt(each -> each.name().split("\n").length).sum();
        Map<String, Object> theme = options("name", "none", "line", options("color", Ink.TEXT.colour(), "size", 1.0, "blank", false),
                "text",
                options("color", Ink.TEXT.colour(), "size", LETTERS, "blank", false), "title", options("size", LETTERS, "blank", false),
                "panel_grid_major", options("color", Ink.GRID.colour(), "size", 0.7, "blank", false), "panel_grid_minor", "blank",
                "axis_text_x", options("angle", 0, "blank", false), "plot_background", "blank", "panel_background", "blank",
                "legend_background", "blank", "axis_line", "blank", "panel_border",
                "blank", "legend_title", "blank", "legend_position", series.isEmpty() ? "none" : "bottom", "legend_direction", "vertical");
        if (gridOfItsOwn) {
            theme.put("panel_grid_major_x", "blank");
        }
        Map<String, Object> spec = options("kind", "plot", "layers", layers, "scales", scales, "theme", theme);
        DoubleVector size = new DoubleVector(WIDTH, height + rows * 1.7 * LETTERS);
        return new DrawnSvg(PlotSvgExportCommon.INSTANCE.buildSvgImageFromRawSpecs(spec, size, NO_PICTURES, false))
                .asElement(alternative);
    }

    private static List<Object> list(double from, double to) {
        return new ArrayList<>(List.of(from, to));
    }

    /** The library changes what it is given. */
    private static Map<String, Object> options(Object... namesAndValues) {
        Map<String, Object> options = new LinkedHashMap<>();
        for (int index = 0; index < namesAndValues.length; index += 2) {
            options.put((String) namesAndValues[index], namesAndValues[index + 1]);
        }
        return options;
    }
}
