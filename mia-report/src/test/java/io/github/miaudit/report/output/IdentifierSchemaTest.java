package io.github.miaudit.report.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.miaudit.IdentifierAudit;
import io.github.miaudit.IdentifierReport;
import io.github.miaudit.data.Sample;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.exposure.ExtractionSettings;
import io.github.miaudit.identifiers.IdentifierFinder;
import io.github.miaudit.identifiers.IdentifierPlan;
import io.github.miaudit.identifiers.ListedIdentifiers;
import io.github.miaudit.identifiers.Surrogates;
import io.github.miaudit.likelihood.BlankReading;
import io.github.miaudit.likelihood.FakeBlankScorer;
import io.github.miaudit.likelihood.FillingSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The schema of audits of identifiers describes what they write, and all of it; the page says what the document does. */
class IdentifierSchemaTest {

    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(IdentifierReport.jsonSchema(), InputFormat.JSON);
    private static final List<String> NAMES = IntStream.range(0, 200).mapToObj(number -> "Zq" + (char) ('a' + number / 26)
            + (char) ('a' + number % 26) + "son").toList();

    private static final ExtractionSettings SETTINGS = ExtractionSettings.withDefaults().withSearch(new FillingSettings(3, 2));

    static Stream<IdentifierReport> reports() {
        return Stream.of(audit(40, 2, 0).withControl(FakeBlankScorer.ofTrue("control", 0)).withNonMembers(notes(30), plan()).run(),
                audit(40, 0, 0).run(), partlyJudged(), audit(40, 0, 3).run(),
                audit(12, 50, 0).withReading(BlankReading.LEFT_TO_RIGHT).run(),
                audit(6, 2, 0).withNonMembers(notes(2), plan()).run(), audit(1, 2, 0).run(),
                extraction(40, 30).run(), extraction(40, 30).withNonMembers(notes(30), plan()).run(), extraction(40, 2).run(),
                extraction(6, 6).withNonMembers(notes(2), plan()).run(), extraction(40, 40).withExtraction(SETTINGS.withBudget(99)).run(),
                audit(3, 2, 0).withEvaluation(Evaluation.withDefaults().withPermutations(1000).withSmallestCount(1)).run());
    }

    private static IdentifierReport partlyJudged() {
        ListedIdentifiers names = ListedIdentifiers.of("surname", NAMES);
        IdentifierPlan plan = IdentifierPlan.of(IdentifierFinder.allOf(List.of(names, ListedIdentifiers.of("sleep", List.of("slept")))),
                List.of(names), Surrogates.withDefaults());
        return IdentifierAudit.of(notes(40), plan, FakeBlankScorer.ofTrue("target", 0), FakeBlankScorer.ofTrue("reference", 0))
                .withEvaluation(Evaluation.withDefaults().withPermutations(1000)).run();
    }

    private static IdentifierAudit audit(int patients, double target, double reference) {
        return IdentifierAudit.of(notes(patients), plan(), FakeBlankScorer.ofTrue("target", target),
                FakeBlankScorer.ofTrue("reference", reference)).withEvaluation(Evaluation.withDefaults().withPermutations(1000));
    }

    /** A target that writes the names of some patients. */
    private static IdentifierAudit extraction(int patients, int written) {
        return IdentifierAudit.of(notes(patients), plan(),
                FakeBlankScorer.ofTrue("target", 2).writing(blank -> Integer.parseInt(blank.sample().id().substring(1)) < written
                        ? List.of(blank.sample().text().substring(blank.start(), blank.end()))
                        : List.of("pain")),
                FakeBlankScorer.ofTrue("reference", 0).writing(blank -> List.of("pain")))
                .withEvaluation(Evaluation.withDefaults().withPermutations(1000)).withExtraction(SETTINGS);
    }

    private static IdentifierPlan plan() {
        ListedIdentifiers names = ListedIdentifiers.of("surname", NAMES);
        return IdentifierPlan.of(names, List.of(names), Surrogates.withDefaults());
    }

    private static List<Sample> notes(int patients) {
        List<Sample> notes = new ArrayList<>();
        for (int patient = 0; patient < patients; patient++) {
            notes.add(Sample.of("a" + patient, "p" + patient, NAMES.get(patient) + " slept."));
            notes.add(Sample.of("b" + patient, "p" + patient, "Seen: " + NAMES.get(patient % 7) + "."));
        }
        return notes;
    }

    @ParameterizedTest
    @MethodSource("reports")
    void everyDocumentIsAsTheSchemaSays(IdentifierReport report) {
        assertEquals(List.of(), SCHEMA.validate(report.toJson(), InputFormat.JSON), report.toJson());
    }

    @ParameterizedTest
    @MethodSource("reports")
    void whatTheSchemaDoesNotKnowIsRefused(IdentifierReport report) {
        JsonObject document = JsonParser.parseString(report.toJson()).getAsJsonObject();
        for (String member : List.copyOf(document.keySet())) {
            JsonObject without = document.deepCopy();
            without.remove(member);
            assertFalse(SCHEMA.validate(without.toString(), InputFormat.JSON).isEmpty(), member);
        }
        document.add("more", new JsonArray());
        assertFalse(SCHEMA.validate(document.toString(), InputFormat.JSON).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("reports")
    void thePageBeginsWithTheAnswerAndHoldsNoIdentifier(IdentifierReport report) {
        String page = IdentifierPublication.of(report).toMarkdown();
        assertTrue(page.startsWith("## Who was in it?\n\n**"), page);
        assertTrue(page.contains(Markdown.text(report.document().answer())), page);
        assertFalse(page.contains("Zq"), page);
    }
}
