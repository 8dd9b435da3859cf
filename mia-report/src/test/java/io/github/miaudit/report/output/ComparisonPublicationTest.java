package io.github.miaudit.report.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.miaudit.AuditReport;
import io.github.miaudit.ComparisonReport;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;

class ComparisonPublicationTest {

    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemas(Map.of("urn:miaudit:audit:6", AuditReport.jsonSchema())))
            .getSchema(ComparisonReport.jsonSchema(), InputFormat.JSON);

    private final ComparisonReport report = Comparisons.ofThree();

    @Test
    void theJsonIsWhatItsSchemaSays() {
        JsonObject json = JsonParser.parseString(report.toJson()).getAsJsonObject();
        assertEquals(List.of(), SCHEMA.validate(json.toString(), InputFormat.JSON));
        json.getAsJsonArray("cells").get(0).getAsJsonObject().getAsJsonObject("audit").remove("settings");
        assertFalse(SCHEMA.validate(json.toString(), InputFormat.JSON).isEmpty(), "a cell is an audit");
        for (String member : List.copyOf(json.getAsJsonArray("differences").get(0).getAsJsonObject().keySet())) {
            JsonObject without = JsonParser.parseString(report.toJson()).getAsJsonObject();
            without.getAsJsonArray("differences").get(0).getAsJsonObject().remove(member);
            assertFalse(SCHEMA.validate(without.toString(), InputFormat.JSON).isEmpty(), member);
        }
    }

    /** Where counts are hidden a difference is told in other steps than AUCs, so none stands beside it that contradicts it. */
    @Test
    void noAreaStandsBesideADifferenceThatIsNotTheirs() {
        assertTrue(ComparisonPage.areRounded(report.document().differences()));
        String differences = Jsoup.parse(ComparisonPublication.of(report).toHtml()).select("[aria-label=Differences] thead").text();
        assertFalse(differences.contains("baseline"), differences);
    }

    @Test
    void thePageSaysWhichLeaksLessAndWhatCouldNotBeFound() {
        String page = ComparisonPublication.of(report).toHtml();
        assertTrue(page.contains("after leaks less than before: a patient among the members scores above another in "), page);
        assertTrue(page.contains("would have been found in 80 % of cases"), page);
        assertEquals(5, page.split("<figure>").length - 1, "a plot for each reference and population, and the differences");
    }
}
