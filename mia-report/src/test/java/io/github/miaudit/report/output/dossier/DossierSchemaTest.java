package io.github.miaudit.report.output.dossier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.dialect.DialectId;
import io.github.miaudit.AuditReport;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.report.output.TestReports;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every {@code dossier.json} is as its schema says, and what a reader refuses the schema refuses too. */
class DossierSchemaTest {

    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemas(Map.of("urn:miaudit:audit:8", AuditReport.jsonSchema())));
    private static final Schema SCHEMA = SCHEMAS.getSchema(DossierDocument.jsonSchema(), InputFormat.JSON);
    private static final String DIGEST = "0123456789abcdef".repeat(4);

    @TempDir
    private static Path folder;

    static Stream<Supplier<AuditReport>> audits() {
        return Stream.of(TestReports::leaking, TestReports::canaries, TestReports::identifiersRemembered, TestReports::fewPatients,
                TestReports::withEverything, TestReports::broken, TestReports::quiet, TestReports::rareStratum);
    }

    private static String json(AuditReport audit, String stated, Optional<ModelFacts> model) throws IOException {
        JsonObject withoutExcerpts = JsonParser.parseString(audit.toJson()).getAsJsonObject();
        withoutExcerpts.add("excerpts", new JsonArray());
        return Dossier.of(Path.of("audit.json"), withoutExcerpts.toString().getBytes(StandardCharsets.UTF_8),
                DossierFacts.read(Files.writeString(folder.resolve("stated.yaml"), stated)), model, DossierTest.DAY)
                .text(Dossier.DOSSIER);
    }

    private static String full() throws IOException {
        return json(TestReports.leaking(), DossierTest.FULL,
                Optional.of(new ModelFacts(DIGEST, Map.of("training.json", DIGEST), Map.of("training.json: noiseMultiplier", "1"))));
    }

    @ParameterizedTest
    @MethodSource("audits")
    void everyDossierIsValid(Supplier<AuditReport> audit) throws IOException {
        for (String stated : List.of(DossierTest.FULL, "decision: {outcome: no-release}", "expires: 2030-01-01")) {
            String json = json(audit.get(), stated, Optional.empty());
            assertEquals(List.of(), SCHEMA.validate(json, InputFormat.JSON));
            assertEquals(json, DossierDocument.parse(Path.of("dossier.json"), json).toJson());
        }
    }

    @Test
    void strataAreThoseOfTheAudit() throws IOException {
        JsonObject audit = JsonParser.parseString(TestReports.rareStratum().toJson()).getAsJsonObject();
        JsonObject dossier = JsonParser.parseString(json(TestReports.rareStratum(), "expires: 2030-01-01", Optional.empty()))
                .getAsJsonObject();
        assertTrue(audit.get("strata").isJsonObject());
        assertEquals(audit.get("strata"), dossier.get("strata"));
    }

    /** The schema may be stricter. */
    @Test
    void whatIsNotReadIsNotValid() throws IOException {
        Map<String, JsonElement> others = Map.of("null", JsonNull.INSTANCE, "boolean", new JsonPrimitive(true), "number",
                new JsonPrimitive(-7), "text", new JsonPrimitive("Text"), "list", new JsonArray(), "object", new JsonObject());
        JsonObject whole = JsonParser.parseString(full()).getAsJsonObject();
        List<String> wrong = new ArrayList<>();
        int[] refused = new int[1];
        DossierTest.places("", whole, (path, object, member) -> {
            JsonElement before = object.remove(member);
            if (isValid(whole) && !path.matches("model\\.(files|facts)\\..*")) {
                wrong.add(path + " may be absent");
            }
            object.add("unknown", new JsonPrimitive(1));
            if (isValid(whole)) {
                wrong.add(path + " has an unknown one beside it");
            }
            object.remove("unknown");
            others.forEach((kind, other) -> {
                object.add(member, other);
                refused[0] += isRead(whole) ? 0 : 1;
                if (isValid(whole) && !isRead(whole)) {
                    wrong.add(path + " is valid as " + kind);
                }
            });
            object.add(member, before);
        });
        assertEquals(List.of(), wrong);
        assertTrue(refused[0] > 100, refused[0] + " were refused");
        assertTrue(isValid(whole) && isRead(whole), "all was put back");
    }

    private static boolean isValid(JsonObject document) {
        return SCHEMA.validate(document.toString(), InputFormat.JSON).isEmpty();
    }

    private static boolean isRead(JsonObject document) {
        try {
            DossierDocument.parse(Path.of("dossier.json"), document.toString());
            return true;
        } catch (InvalidFileException e) {
            return false;
        }
    }

    @Test
    void theSchemaIsOneAndDescribesEveryMember() {
        assertEquals(List.of(), SCHEMAS.getSchema(SchemaLocation.of(DialectId.DRAFT_2020_12)).validate(DossierDocument.jsonSchema(),
                InputFormat.JSON));
        JsonObject schema = JsonParser.parseString(DossierDocument.jsonSchema()).getAsJsonObject();
        assertEquals("urn:miaudit:dossier:" + DossierDocument.SCHEMA_VERSION, schema.get("$id").getAsString());
        Stream.concat(Stream.of(schema), schema.getAsJsonObject("$defs").asMap().values().stream().map(JsonElement::getAsJsonObject))
                .filter(each -> each.has("properties")).forEach(each -> {
                    assertFalse(each.get("additionalProperties").getAsBoolean());
                    each.getAsJsonObject("properties").asMap().forEach((name, member) -> assertTrue(
                            member.getAsJsonObject().get("description").getAsString().matches("[A-Z0-9](?s:.*)\\."), name));
                });
    }
}
