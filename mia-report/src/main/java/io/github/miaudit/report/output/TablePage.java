package io.github.miaudit.report.output;

import io.github.miaudit.io.PlainText;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A page of tables after one plot, for what is no audit: a single file that loads nothing, in which everything is escaped. Immutable.
 *
 * @param title   of the page
 * @param summary what is said before the plot
 * @param plot    of the most important figures; empty for none
 * @param tables  in order
 */
public record TablePage(String title, String summary, Optional<Plot> plot, List<Table> tables) {

    /** Copies the list. */
    public TablePage {
        tables = List.copyOf(tables);
    }

    /**
     * A table.
     *
     * @param title  above it
     * @param names  how many columns, from the first on, hold words; the others hold numbers
     * @param header of the columns
     * @param rows   each as long as the header
     */
    public record Table(String title, int names, List<String> header, List<List<String>> rows) {

        /** Copies the lists; throws an {@link IllegalArgumentException} if a row has another length. */
        public Table {
            header = List.copyOf(header);
            rows = rows.stream().map(List::copyOf).toList();
            int columns = header.size();
            if (rows.stream().anyMatch(row -> row.size() != columns)) {
                throw new IllegalArgumentException("a row of \"" + title + "\" has another length than its header, " + columns);
            }
        }
    }

    /**
     * Figures in [0, 1] with intervals, side by side for each of several places.
     *
     * @param figure  what the figures are
     * @param places  what they are of
     * @param lines   of figures, at most a few
     * @param caption below the plot
     */
    public record Plot(String figure, List<String> places, List<Line> lines, String caption) {

        /** Copies the lists; throws an {@link IllegalArgumentException} if a line has not as many figures as there are places. */
        public Plot {
            places = List.copyOf(places);
            lines = List.copyOf(lines);
            int count = places.size();
            if (lines.stream().anyMatch(line -> line.means().size() != count || line.halfWidths().size() != count)) {
                throw new IllegalArgumentException("a line has not as many figures as there are places, " + count);
            }
        }
    }

    /**
     * Figures of one thing at all places.
     *
     * @param name       of the thing
     * @param means      the figures, place by place
     * @param halfWidths of their intervals; empty where there is none
     */
    public record Line(String name, List<Double> means, List<OptionalDouble> halfWidths) {

        /** Copies the lists. */
        public Line {
            means = List.copyOf(means);
            halfWidths = List.copyOf(halfWidths);
        }
    }

    /** The page. */
    public String toHtml() {
        return Templates.render("tables.jte", this);
    }

    /** The plot as the page shows it. */
    Optional<Picture> picture() {
        return plot.map(shown -> new Picture(Charts.intervals(shown, alternative(shown)), shown.caption()));
    }

    private static String alternative(Plot plot) {
        return plot.figure() + " with intervals. " + plot.lines().stream()
                .map(line -> PlainText.name(line.name()) + ": " + IntStream.range(0, plot.places().size())
                        .mapToObj(place -> plot.places().get(place) + String.format(Locale.ROOT, " %.3f", line.means().get(place)))
                        .collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; ")) + ".";
    }
}
