package io.github.miaudit.report.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

class TablePageTest {

    private static final String HOSTILE = "<script>alert(1)</script>\"><img src=x onerror=y>";

    @Test
    void aTableHasItsCellsAndThePlotItsFigures() {
        Document page = Jsoup.parse(page("plain").toHtml());
        assertEquals(List.of("a", "b", "plain", ".5"), page.select("th, td").eachText());
        assertEquals("Figures with intervals. plain: here 0.250, there 0.750.", page.select("svg[role=img]").attr("aria-label"));
        assertEquals(List.of("0", "0.2", "0.4", "0.6", "0.8", "1", "here", "there", "Figures", "plain"),
                page.select("svg text").eachText());
        assertEquals(0, Jsoup.parse(new TablePage("title", "summary", Optional.empty(), List.of()).toHtml()).select("svg").size());
    }

    @Test
    void nothingRunsOrLoadsWhateverTheNames() {
        Document page = Jsoup.parse(page(HOSTILE).toHtml());
        assertEquals(HOSTILE, page.select("th[scope=row]").text());
        assertEquals(HOSTILE, page.select("h1").text());
        assertEquals(1, page.select("svg").size());
        assertEquals(0, page.select("img, script, link, iframe, object, [href], [onerror]").size());
        assertTrue(page.select("meta[http-equiv=Content-Security-Policy]").attr("content").startsWith("default-src 'none'"));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertEquals("a row of \"t\" has another length than its header, 2", assertThrows(IllegalArgumentException.class,
                () -> new TablePage.Table("t", 1, List.of("a", "b"), List.of(List.of("x")))).getMessage());
        TablePage.Line line = new TablePage.Line("line", List.of(0.5), List.of(OptionalDouble.empty()));
        assertEquals("a line has not as many figures as there are places, 2", assertThrows(IllegalArgumentException.class,
                () -> new TablePage.Plot("AUC", List.of("here", "there"), List.of(line), "")).getMessage());
    }

    private static TablePage page(String name) {
        TablePage.Line line = new TablePage.Line(name, List.of(0.25, 0.75), List.of(OptionalDouble.of(0.1), OptionalDouble.empty()));
        return new TablePage(name, "summary", Optional.of(new TablePage.Plot("Figures", List.of("here", "there"), List.of(line), name)),
                List.of(new TablePage.Table(name, 1, List.of("a", "b"), List.of(List.of(name, ".5")))));
    }
}
