package io.github.miaudit.report.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.data.Population;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.report.Attack;
import io.github.miaudit.report.AuditDocument;
import io.github.miaudit.report.Histogram;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

class ChartsTest {

    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");

    private static final AuditDocument AUDIT = Reports
            .of(40, 0.5, Evaluation.withDefaults().withBootstrapReplicates(100).withPermutations(1000).withSmallestCount(1)).document();

    private static Document page() {
        return Jsoup.parse(Publication.of(Reports.of(40, 0.5,
                Evaluation.withDefaults().withBootstrapReplicates(100).withPermutations(1000).withSmallestCount(1))).toHtml());
    }

    @Test
    void wordsAreWords() {
        List<String> words = page().select("svg text").eachText();
        for (String expected : List.of("false positive rate of sentences", "true positive rate of patients", "AUC", "share of sentences",
                "members", "non-members", "0.01", "0.1", "1")) {
            assertTrue(words.contains(expected), expected + " is not in " + words);
        }
        assertEquals(List.of(), page().select("svg style, svg image, svg [style], svg [id]"));
    }

    @Test
    void equalChartsAreEqualBytes() {
        assertEquals(page().select("svg").outerHtml(), page().select("svg").outerHtml());
    }

    @Test
    void everyPictureSaysSomethingElseWithFigures() {
        List<String> alternatives = page().select("svg").eachAttr("aria-label");
        assertEquals(alternatives.size(), Set.copyOf(alternatives).size());
        assertEquals(List.of(), alternatives.stream().filter(words -> !words.matches("(?s).*\\d.*")).toList());
        assertEquals(AUDIT.histograms().size(), alternatives.stream()
                .filter(words -> words.matches("Histograms of .* Medians of what is drawn: of members about -?[\\d.]+,"
                        + " of non-members about -?[\\d.]+\\..*"))
                .count());
    }

    /** 1 sentence, 3 and 2: the third and fourth of six are in the second bin. */
    @Test
    void theMedianIsThatOfTheTold() {
        Histogram histogram = new Histogram("loss", 0, 1, Map.of(Population.MEMBERS,
                List.of(Optional.of(1), Optional.of(3), Optional.empty(), Optional.of(2))));
        assertEquals(Optional.of(1.5), AuditPage.median(histogram, histogram.counts().get(Population.MEMBERS)));
        assertEquals(Optional.empty(), AuditPage.median(histogram, List.of(Optional.empty(), Optional.of(0))));
    }

    /** Their own: in the curve's colour, at a corner of its path. */
    @Test
    void operatingPointsLieOnTheirCurves() {
        Attack attack = AUDIT.main().strongest();
        Element chart = Jsoup.parse(Charts.roc(List.of(new Charts.RocLine("one", attack.roc(), attack.tprAtFpr().stream()
                .filter(point -> point.resolvable() && point.tpr().isPresent()).toList(), false)), "sentences", "words"))
                .selectFirst("svg");
        Element curve = chart.select("path[stroke='var(--line-1)'][fill=none]").first();
        List<Element> marks = chart.select("[fill='var(--line-1)']").stream()
                .filter(mark -> mark.closest("g").parents().stream().anyMatch(each -> each == curve.parent().parent().parent())).toList();
        List<List<Double>> corners = corners(curve.attr("d"));
        assertFalse(marks.isEmpty());
        for (Element mark : marks) {
            double x = Double.parseDouble(mark.attr("cx"));
            double y = Double.parseDouble(mark.attr("cy"));
            assertTrue(corners.stream().anyMatch(corner -> Math.hypot(corner.get(0) - x, corner.get(1) - y) < 0.02),
                    mark + " is not on " + corners);
        }
    }

    private static List<List<Double>> corners(String path) {
        return Stream.of(path.split("(?=[ML])")).map(part -> NUMBER.matcher(part).results().map(each -> Double.valueOf(each.group()))
                .toList()).toList();
    }

    @Test
    void ticksAreRound() {
        assertEquals(List.of("0", "0.2", "0.4", "0.6", "0.8", "1"), labels(Charts.round(0, 1)));
        assertEquals(List.of("-2", "-1", "0", "1", "2"), labels(Charts.round(-2.46, 2.16)));
        assertEquals(List.of("0", "0.05", "0.1", "0.15"), labels(Charts.round(0, 0.13)));
    }

    private static List<String> labels(List<Chart.Tick> ticks) {
        return ticks.stream().map(Chart.Tick::label).toList();
    }

    /** A label is about 14 units high, around its turning point; it may be as wide as the plot. */
    @Test
    void neitherGridNorTheLineOfNoDifferenceRunsThroughALabel() {
        List<Charts.Row> rows = Stream.of("a", "b", "c")
                .map(name -> new Charts.Row(name + " against whatever is long enough to reach it",
                        List.of(new Charts.Value(0, 0.1, 0, 0.2))))
                .toList();
        Element chart = Jsoup.parse(Charts.forest(List.of(new Chart.Series("all", Ink.TEXT, Chart.Shape.CIRCLE, Chart.Stroke.SOLID)), rows,
                "difference", -0.3, 0.3, 0, "words")).selectFirst("svg");
        List<Double> labels = chart.select("g[transform^=rotate(0 0]").eachAttr("transform").stream()
                .map(turn -> Double.valueOf(turn.split("[ )]+")[2])).toList();
        List<Element> dotted = chart.select("line[stroke-dasharray]");
        List<Element> grid = chart.select("line[stroke='var(--line)']");
        assertEquals(3, labels.size());
        assertEquals(3, dotted.size());
        assertEquals(3 * Charts.round(-0.3, 0.3).size(), grid.size());
        for (Element line : Stream.concat(dotted.stream(), grid.stream()).toList()) {
            assertEquals(line.attr("x1"), line.attr("x2"));
            double upper = Math.min(Double.parseDouble(line.attr("y1")), Double.parseDouble(line.attr("y2")));
            double lower = Math.max(Double.parseDouble(line.attr("y1")), Double.parseDouble(line.attr("y2")));
            assertTrue(labels.stream().noneMatch(label -> label + 7 > upper && label - 7 < lower), line.outerHtml() + " and " + labels);
            assertTrue(chart.select("circle").stream().map(circle -> Double.parseDouble(circle.attr("cy")))
                    .anyMatch(value -> value > upper && value < lower), "beside a value: " + line.outerHtml());
        }
    }

    /** Equal names are two series, numbers and formulas are words, and nothing else comes of them. */
    @Test
    void namesAreLabelsAlone() {
        for (String name : List.of("series 1", "NaN", "12", "\\( x^2 \\)", "<a href='x:y'>z</a>")) {
            Element chart = Jsoup.parse(Charts.intervals(new TablePage.Plot("figure", List.of(name, name),
                    List.of(new TablePage.Line(name, List.of(0.5, 0.6), List.of(OptionalDouble.empty(), OptionalDouble.of(0.1))),
                            new TablePage.Line(name, List.of(0.5, 0.6), List.of(OptionalDouble.empty(), OptionalDouble.empty()))),
                    ""), name)).selectFirst("svg");
            assertEquals(0, chart.select("a").size());
            String read = name.replace(" ", "");
            List<String> words = chart.select("text").stream().map(text -> text.text().replace(" ", "")).toList();
            assertEquals(List.of(read, read, "figure", read, read + "(2)"), words.subList(6, words.size()));
        }
    }
}
