package io.github.miaudit.report.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.miaudit.AuditReport;
import io.github.miaudit.ComparisonReport;
import io.github.miaudit.metrics.Interval;
import io.github.miaudit.report.LeakAndUse;
import io.github.miaudit.report.StatedUtilities;
import io.github.miaudit.report.VersionUtility;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;

class ComparisonPublicationTest {

    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemas(Map.of("urn:miaudit:audit:8", AuditReport.jsonSchema())))
            .getSchema(ComparisonReport.jsonSchema(), InputFormat.JSON);

    private static final ComparisonReport THREE = Comparisons.ofThree();
    private static final ComparisonReport STATED = THREE
            .withUtilities(new StatedUtilities("F1", Map.of("before", 0.86, "after", 0.81, "again", 0.9)));

    private final ComparisonReport report = THREE;

    @Test
    void theJsonIsWhatItsSchemaSays() {
        JsonObject json = JsonParser.parseString(report.toJson()).getAsJsonObject();
        assertEquals(List.of(), SCHEMA.validate(json.toString(), InputFormat.JSON));
        json.getAsJsonArray("cells").get(0).getAsJsonObject().getAsJsonObject("audit").remove("settings");
        assertFalse(SCHEMA.validate(json.toString(), InputFormat.JSON).isEmpty(), "a cell is an audit");
        for (String list : List.of("differences", "utilities")) {
            for (String member : List.copyOf(json.getAsJsonArray(list).get(0).getAsJsonObject().keySet())) {
                JsonObject without = JsonParser.parseString(report.toJson()).getAsJsonObject();
                without.getAsJsonArray(list).get(0).getAsJsonObject().remove(member);
                assertFalse(SCHEMA.validate(without.toString(), InputFormat.JSON).isEmpty(), list + " " + member);
            }
        }
        assertEquals(List.of(), SCHEMA.validate(STATED.toJson(), InputFormat.JSON));
    }

    /** To hundredths alone, whatever is computed; of the baseline no difference. */
    @Test
    void lossesAreToldToHundredths() {
        List<VersionUtility> utilities = report.document().utilities();
        assertEquals(report.document().targets(), utilities.stream().map(VersionUtility::target).toList());
        assertTrue(utilities.get(0).difference().isEmpty());
        assertTrue(utilities.stream().allMatch(each -> each.stated().isEmpty()));
        for (VersionUtility each : utilities) {
            Stream.of(each.heldOutLoss(), each.difference(), each.interval().map(Interval::lower), each.interval().map(Interval::upper))
                    .flatMap(Optional::stream)
                    .forEach(told -> assertTrue(BigDecimal.valueOf(told).stripTrailingZeros().scale() <= 2, each.toString()));
            assertTrue(each.heldOutLoss().isPresent());
        }
    }

    /** Of fewer patients than are ever told of, a loss would be about some of them. */
    @Test
    void lossesOfFewPatientsAreNotTold() {
        for (int patients : new int[] {9, 10}) {
            ComparisonReport few = Comparisons.ofPatients(patients);
            assertTrue(few.document().utilities().stream().allMatch(each -> each.heldOutLoss().isPresent() == (patients == 10)),
                    few.document().utilities().toString());
            assertEquals(patients == 9, few.toText().contains("loss not told of so few"), few.toText());
            assertEquals(patients == 9, usefulness(few).contains("not told of so few"));
        }
    }

    /** Of fewer than 50 a difference is told with its interval, but not whether it is found. */
    @Test
    void ofFewPatientsNoDifferenceOfLossesIsFound() {
        for (int patients : new int[] {49, 50}) {
            VersionUtility utility = Comparisons.ofPatients(patients).document().utilities().get(1);
            assertTrue(utility.interval().isPresent());
            assertEquals(patients == 50 ? Optional.of(false) : Optional.empty(), utility.detected());
        }
    }

    @Test
    void noDifferenceOfLossesIsFoundThatMayBeNone() {
        Optional<Interval> holding = Optional.of(new Interval(-0.01, 0.2, 0.95, Interval.Method.HALL));
        new VersionUtility("B", Optional.empty(), Optional.of(1.0), Optional.of(0.1), holding, Optional.of(false));
        assertThrows(IllegalArgumentException.class,
                () -> new VersionUtility("B", Optional.empty(), Optional.of(1.0), Optional.of(0.1), holding, Optional.of(true)));
        assertThrows(IllegalArgumentException.class,
                () -> new VersionUtility("B", Optional.empty(), Optional.of(1.0), Optional.of(0.1), Optional.empty(), Optional.of(false)));
    }

    @Test
    void whatIsStatedStandsBesideTheLeak() {
        String table = usefulness(STATED);
        assertTrue(table.contains("F1, as stated") && table.contains("0.86") && table.contains("leaks less: AUC "), table);
        LeakAndUse.of(STATED.document()).forEach(each -> {
            assertTrue(table.contains(each.leak()) && table.contains(each.loss()), table);
            assertTrue(
                    STATED.toText().contains("  " + each.version() + ": " + each.leak() + "; F1 " + each.stated().orElseThrow() + "; loss "
                            + each.loss()),
                    STATED.toText());
            each.difference()
                    .ifPresent(words -> assertTrue(table.contains(words) && STATED.toText().contains(", difference to before " + words)));
        });
        assertFalse(usefulness(report).contains("stated"));
    }

    @Test
    void utilitiesAreOfAllTargetsOrOfNone() {
        assertThrows(IllegalArgumentException.class, () -> report.withUtilities(new StatedUtilities("F1", Map.of("before", 0.8))));
        assertThrows(IllegalArgumentException.class,
                () -> report.withUtilities(new StatedUtilities("F1", Map.of("before", 0.8, "after", 0.7, "again", 0.8, "other", 1.0))));
        assertThrows(IllegalArgumentException.class, () -> new StatedUtilities("F1", Map.of("before", Double.NaN)));
        assertThrows(IllegalArgumentException.class, () -> new StatedUtilities(" ", Map.of("before", 1.0)));
        assertThrows(IllegalArgumentException.class, () -> new StatedUtilities("F1\nnone", Map.of("before", 1.0)));
        assertThrows(IllegalArgumentException.class, () -> new StatedUtilities("F1", Map.of()));
        assertTrue(report.document().utilityName().isEmpty(), "the report itself is as it was");
    }

    private static String usefulness(ComparisonReport of) {
        return Jsoup.parse(ComparisonPublication.of(of).toHtml()).select("[aria-label=Leak and usefulness]").text();
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
