package io.github.miaudit.report.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.miaudit.AuditReport;
import io.github.miaudit.ComparisonReport;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.membership.LossFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Names and texts from outside through the audit itself. */
class HostileNamesTest {

    /** With names of 10 000 characters; an honest one of these pages takes 0.2 MB. */
    private static final int MOST_BYTES = 2_000_000;

    private static final Set<String> DRAWING = Set.of("g", "path", "rect", "line", "circle", "text", "tspan");

    private static final String HONEST_AUDIT = Publication.of(HostileAudits.audit("honest")).toHtml();
    private static final String HONEST_LOSSES = Publication.of(Reports.of(40, 0.5, Evaluation.withDefaults().withPermutations(1000)))
            .toHtml();
    private static final String HONEST_COMPARISON = ComparisonPublication.of(HostileAudits.comparison("before", "after", "base", "ratio"))
            .toHtml();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("io.github.miaudit.report.output.Hostile#names")
    void namesOfAnAuditAreInert(String name) {
        AuditReport report = HostileAudits.audit(name);
        JsonObject json = JsonParser.parseString(report.toJson()).getAsJsonObject();
        // a lone surrogate is no Unicode text and comes out as U+FFFD or ?
        if (name.chars().noneMatch(each -> Character.isSurrogate((char) each))) {
            assertEquals(name, json.getAsJsonArray("comparisons").get(0).getAsJsonObject().getAsJsonArray("attacks").get(0)
                    .getAsJsonObject().get("name").getAsString());
        }
        Publication publication = Publication.of(report);
        assertInert(publication.toHtml(), HONEST_AUDIT);
        assertFalse(publication.toMarkdown().contains("<script"));
        String card = publication.toModelCard();
        assertFalse(card.substring(Math.max(0, card.indexOf("\n---\n"))).contains("<script")); // above it are quoted texts of YAML
    }

    @ParameterizedTest
    @MethodSource("io.github.miaudit.report.output.Hostile#names")
    void namesOfAComparisonAreInert(String name) {
        ComparisonReport report = HostileAudits.comparison(name, name + " other", name, name);
        assertEquals(2, JsonParser.parseString(report.toJson()).getAsJsonObject().getAsJsonArray("targets").size());
        assertInert(ComparisonPublication.of(report).toHtml(), HONEST_COMPARISON);
    }

    @ParameterizedTest
    @MethodSource("io.github.miaudit.report.output.Hostile#names")
    void idsAndPatientsOfLossesAreNowhere(String name) throws IOException {
        String odd = "\"" + (name + "zzz").replace("\"", "\"\"").replace('\uD800', 'x') + "%d\"";
        StringBuilder rows = new StringBuilder("population,id,group,target_loss,reference_loss\n");
        for (String population : List.of("member", "non_member")) {
            IntStream.range(0, 40).forEach(
                    row -> rows.append(String.format(Locale.ROOT, "%s,%s,%s,%d.%d,2%n", population, String.format(Locale.ROOT, odd, row),
                            String.format(Locale.ROOT, odd, row / 2 + (population.equals("member") ? 0 : 20)), 1 + row * 7 % 5, row % 10)));
        }
        Path file = Files.writeString(folder.resolve("losses.csv"), rows, StandardCharsets.UTF_8);
        AuditReport report = AuditReport.ofLosses(file, LossFile.ATTACKS,
                Evaluation.withDefaults().withBootstrapReplicates(100).withPermutations(1000));
        String html = Publication.of(report).toHtml();
        assertFalse((html + report.toJson() + report.toText()).contains("zzz"));
        assertInert(html, HONEST_LOSSES);
    }

    /** Or the tests before could not fail. */
    @Test
    void whatIsNotInertIsFound() {
        assertFalse(signatures(Jsoup.parse(HONEST_AUDIT)).contains("script []"));
        Set<String> changed = signatures(Jsoup.parse(HONEST_AUDIT.replace("<code>", "<code onclick=\"x\">")));
        assertFalse(signatures(Jsoup.parse(HONEST_AUDIT)).containsAll(changed));
    }

    private static void assertInert(String html, String honest) {
        Document page = Jsoup.parse(html);
        Document benign = Jsoup.parse(honest);
        Set<String> extra = signatures(page);
        extra.removeAll(signatures(benign));
        assertEquals(Set.of(), extra);
        for (String tag : List.of("h1", "style", "main", "footer", "meta")) {
            assertEquals(benign.select(tag).size(), page.select(tag).size(), tag);
        }
        assertTrue(html.getBytes(StandardCharsets.UTF_8).length < MOST_BYTES, html.length() + " characters");
        assertPlain(html);
        assertTrue(html.contains("<svg "));
        assertEquals(List.of(),
                page.select("svg *").stream().map(Element::tagName).distinct().filter(tag -> !DRAWING.contains(tag)).toList());
        assertEquals(List.of(), page.select("svg, svg *").stream().flatMap(element -> element.attributes().asList().stream())
                .filter(each -> each.getKey().matches("(?i)on.*|.*href|style|id")
                        || !each.getKey().equals("aria-label") && each.getValue().contains("url("))
                .map(Attribute::toString).toList());
    }

    /** Elements and their attributes' names; those of charts are fewer or more by what is told. */
    private static Set<String> signatures(Document page) {
        return page.getAllElements().stream().filter(element -> element.closest("svg") == null)
                .map(element -> element.tagName() + " " + element.attributes().asList().stream().map(Attribute::getKey).sorted().toList())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void assertPlain(String text) {
        assertEquals(List.of(),
                text.codePoints()
                        .filter(each -> Character.getType(each) == Character.FORMAT || Character.getType(each) == Character.SURROGATE
                                || Character.isISOControl(each) && each != '\n' && each != '\r' && each != '\t')
                        .boxed().toList());
    }
}
