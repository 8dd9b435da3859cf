package io.github.miaudit.report.output.dossier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
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
import io.github.miaudit.io.AuditException;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.report.output.TestReports;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A manifest is as its schema says, and whatever else stands in its place is refused in words that a reader can do something with. */
class DossierManifestTest {

    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Schema SCHEMA = SCHEMAS.getSchema(DossierManifest.jsonSchema(), InputFormat.JSON);
    private static final String TO_DO = "; until it can be read, do not rely on this dossier; ask its makers for it anew";
    /** Of Java, of Gson or of this code. */
    private static final Pattern CLASS = Pattern
            .compile("\\b(java|com|io|sun)\\.[a-z]+\\.|Exception|\\b(Json|Dossier|Entry|Signer|Optional)[A-Z]");

    @TempDir
    private static Path folder;
    private static Dossier signed;
    private static String honest;
    private static byte[] signature;

    @BeforeAll
    static void dossier() throws IOException {
        Path audit = Files.writeString(folder.resolve("audit.json"), TestReports.quiet().toJson());
        Path keys = Path.of("src/test/resources/io/github/miaudit/report/output/dossier");
        signed = Dossier.of(audit, DossierFacts.read(Files.writeString(folder.resolve("dossier.yaml"), "expires: 2030-01-01\n")),
                Optional.empty(), DossierTest.DAY).signedWith(keys.resolve("private.pem"));
        Map<String, byte[]> entries = Archive.read(folder, signed.toBytes(),
                Stream.concat(Dossier.CONTENTS.stream(), Stream.of(Dossier.MANIFEST, Dossier.SIGNATURE)).toList());
        honest = new String(entries.get(Dossier.MANIFEST), StandardCharsets.UTF_8);
        signature = entries.get(Dossier.SIGNATURE);
    }

    /** What is said of a dossier whose manifest is another; what follows the archive's name. */
    private static String refused(byte[] manifest) throws IOException {
        Path file = Files.write(folder.resolve("some.zip"), Archive.write(signed.entries(manifest, Optional.of(signature))));
        String message = assertThrows(AuditException.class, () -> VerifiedDossier.of(file, Optional.empty())).getMessage();
        assertFalse(CLASS.matcher(message).find(), message);
        assertTrue(message.startsWith(file.toString()), message);
        assertTrue(message.length() < file.toString().length() + 500, message);
        return message.substring(file.toString().length());
    }

    private static String refused(String manifest) throws IOException {
        return refused(manifest.getBytes(StandardCharsets.UTF_8));
    }

    private static String changed(Consumer<JsonObject> change) throws IOException {
        JsonObject manifest = JsonParser.parseString(honest).getAsJsonObject();
        change.accept(manifest);
        return refused(manifest.toString());
    }

    private static JsonObject entry(JsonObject manifest, int index) {
        return manifest.getAsJsonArray("entries").get(index).getAsJsonObject();
    }

    private static void assertNoWholeManifest(String problem, Consumer<JsonObject> change) throws IOException {
        assertEquals("/manifest.json: is no whole report: " + problem + TO_DO, changed(change));
    }

    @Test
    void whatIsWrittenIsReadAndIsTheSameAgain() throws IOException {
        assertEquals(honest, DossierManifest.parse(Path.of("manifest.json"), honest).toJson());
        Path file = Files.write(folder.resolve("some.zip"), signed.toBytes());
        assertEquals(signed.fingerprint(), VerifiedDossier.of(file, Optional.empty()).fingerprint());
        assertEquals(List.of(), SCHEMA.validate(honest, InputFormat.JSON));
        String unsigned = new String(signed.manifest(Optional.empty()), StandardCharsets.UTF_8);
        assertEquals(unsigned, DossierManifest.parse(Path.of("manifest.json"), unsigned).toJson());
        assertEquals(List.of(), SCHEMA.validate(unsigned, InputFormat.JSON));
    }

    @Test
    void missingAndUnknownMembersAreNamed() throws IOException {
        assertNoWholeManifest("miaudit is missing", manifest -> manifest.remove("miaudit"));
        assertNoWholeManifest("entries is missing", manifest -> manifest.remove("entries"));
        assertNoWholeManifest("signer is missing", manifest -> manifest.remove("signer"));
        assertNoWholeManifest("entries[2].sha256 is missing", manifest -> entry(manifest, 2).remove("sha256"));
        assertNoWholeManifest("signer.publicKey is missing", manifest -> manifest.getAsJsonObject("signer").remove("publicKey"));
        assertEquals("/manifest.json: has no schemaVersion, so it is no report of MIAudit" + TO_DO,
                changed(manifest -> manifest.remove("schemaVersion")));
        assertNoWholeManifest("it has the member more, which no report of this version has", manifest -> manifest.addProperty("more", 1));
        assertNoWholeManifest("it has the member cells, which no report of this version has", manifest -> manifest.addProperty("cells", 1));
        assertNoWholeManifest("entries[5] has the member path, which no report of this version has",
                manifest -> entry(manifest, 5).addProperty("path", "x"));
        assertNoWholeManifest("signer has the member a?[2Jb, which no report of this version has",
                manifest -> manifest.getAsJsonObject("signer").addProperty("a\u001b[2Jb", "x"));
    }

    @Test
    void valuesOfAnotherKindAreNamed() throws IOException {
        assertNoWholeManifest("miaudit must be a text", manifest -> manifest.addProperty("miaudit", 1));
        assertNoWholeManifest("miaudit must be a text", manifest -> manifest.add("miaudit", JsonNull.INSTANCE));
        assertNoWholeManifest("entries is a list or an object, which it can't be", manifest -> manifest.add("entries", new JsonObject()));
        assertNoWholeManifest("entries[1] is no object", manifest -> manifest.getAsJsonArray("entries").set(1, new JsonPrimitive("x")));
        assertNoWholeManifest("entries[0].bytes must be a number", manifest -> entry(manifest, 0).addProperty("bytes", "12"));
        assertNoWholeManifest("entries[0].bytes must be a whole number", manifest -> entry(manifest, 0).addProperty("bytes", 1.5));
        assertNoWholeManifest("entries[0].bytes must be a whole number", manifest -> entry(manifest, 0).addProperty("bytes", 1L << 40));
        assertNoWholeManifest("entries[0] is wrong: bytes is -1; it must be 0 to 67108864",
                manifest -> entry(manifest, 0).addProperty("bytes", -1));
        assertNoWholeManifest("entries[3] is wrong: sha256 is \"ABC\"; it must be 64 digits of 0-9 and a-f",
                manifest -> entry(manifest, 3).addProperty("sha256", "ABC"));
        assertNoWholeManifest("signer is no object", manifest -> manifest.add("signer", new JsonArray()));
        assertNoWholeManifest("signer is wrong: algorithm is \"none\"; it must be Ed25519",
                manifest -> manifest.getAsJsonObject("signer").addProperty("algorithm", "none"));
        for (String key : List.of("", "????", "AAAA", "MCowBQYDK2VwAyEA")) {
            assertNoWholeManifest("signer is wrong: publicKey is no key of Ed25519 in X.509 and Base64",
                    manifest -> manifest.getAsJsonObject("signer").addProperty("publicKey", key));
        }
        assertNoWholeManifest("signer is wrong: fingerprint is \"0\", which is not the SHA-256 of publicKey",
                manifest -> manifest.getAsJsonObject("signer").addProperty("fingerprint", "0"));
        assertEquals("/manifest.json: has schemaVersion 7; this version of MIAudit reads 1. Read it with the version that wrote it" + TO_DO,
                changed(manifest -> manifest.addProperty("schemaVersion", 7)));
        assertTrue(changed(manifest -> manifest.addProperty("schemaVersion", "\u202e" + "x".repeat(1000)))
                .startsWith("/manifest.json: has schemaVersion \"?xxx"));
    }

    @Test
    void entriesAreThoseOfADossierInTheirOrder() throws IOException {
        for (String name : List.of("../audit.json", "/etc/passwd", "AUDIT.JSON", "", "dossier.json", "audit.json\u0000")) {
            assertNoWholeManifest("it is wrong: entries[0].name is \"" + InvalidFileException.printable(name) + "\"; it must be audit.json",
                    manifest -> entry(manifest, 0).addProperty("name", name));
        }
        assertTrue(changed(manifest -> entry(manifest, 1).addProperty("name", "../".repeat(10_000)))
                .startsWith("/manifest.json: is no whole report: it is wrong: entries[1].name is \"../"));
        assertNoWholeManifest("it is wrong: entries[1].name is \"audit.json\"; it must be dossier.json",
                manifest -> manifest.getAsJsonArray("entries").set(1, entry(manifest, 0)));
        String six = "; it must have 6: audit.json, dossier.json, dossier.html, edpb.html, aisvs.html, sacro.html";
        assertNoWholeManifest("it is wrong: entries has 5" + six, manifest -> manifest.getAsJsonArray("entries").remove(5));
        assertNoWholeManifest("it is wrong: entries has 7" + six, manifest -> manifest.getAsJsonArray("entries").add(entry(manifest, 0)));
        assertNoWholeManifest("it is wrong: entries has 0" + six, manifest -> manifest.add("entries", new JsonArray()));
    }

    @Test
    void membersThatAreStatedTwiceAreNamed() throws IOException {
        assertEquals("/manifest.json:1: states \"miaudit\" twice; remove one of the two" + TO_DO,
                refused(honest.replaceAll("\n", "").replaceFirst("\\{", "{\"miaudit\": \"0\",")));
        assertEquals("/manifest.json:6: states \"name\" twice; remove one of the two" + TO_DO,
                refused(honest.replaceFirst("\"name\": \"audit.json\",", "\"name\": \"audit.json\", \"name\": \"../audit.json\",")));
    }

    @Test
    void whatIsNoJsonIsSaid() throws IOException {
        String noJson = "is not valid JSON; is the file complete?" + TO_DO;
        for (int end : new int[] {0, 1, honest.length() / 2, honest.length() - 3}) {
            String said = refused(honest.substring(0, end));
            assertTrue(said.startsWith("/manifest.json:") && said.endsWith(noJson), said);
        }
        for (String text : List.of("PK\u0003\u0004", honest + "{}", honest.replace("\"signer\"", "signer"), "// all is well\n" + honest,
                honest.replaceFirst("\"bytes\": \\d+", "\"bytes\": NaN"), "[".repeat(20_000), "{\"entries\":".repeat(5_000))) {
            String said = refused(text);
            assertTrue(said.startsWith("/manifest.json:") && said.endsWith(noJson), said);
        }
        for (String text : List.of("[]", "null", "\"{}\"", "1")) {
            assertEquals("/manifest.json: holds no JSON object" + TO_DO, refused(text));
        }
        assertEquals("/manifest.json: is not UTF-8" + TO_DO, refused(new byte[] {'{', '"', (byte) 0xff, '"', '}'}));
    }

    @Test
    void aHugeManifestIsNotRead() throws IOException {
        String huge = honest + " ".repeat(1 << 16);
        assertEquals(": manifest.json has " + huge.length() + " bytes, and must have at most 65536; do not rely on this dossier, and ask"
                + " its makers for it anew", refused(huge));
    }

    /** The same to a reader of JSON, and no manifest that this dossier can have. */
    @Test
    void anotherSpellingIsRefused() throws IOException {
        assertTrue(refused(honest.replace("\n", "\r\n")).contains("the signature is wrong"));
        Path file = Files.write(folder.resolve("some.zip"),
                Archive.write(signed.entries((new String(signed.manifest(Optional.empty()), StandardCharsets.UTF_8) + "\n")
                        .getBytes(StandardCharsets.UTF_8), Optional.empty())));
        assertTrue(assertThrows(InvalidFileException.class, () -> VerifiedDossier.of(file, Optional.empty())).getMessage()
                .contains("manifest.json is not that of these entries"));
    }

    @Test
    void anotherVersionIsNamed() throws IOException {
        String said = changed(manifest -> manifest.addProperty("miaudit", "9.9"));
        assertTrue(said.startsWith(": was made by MIAudit 9.9, and this is "), said);
        assertTrue(said.endsWith("verify it with the version that made it"), said);
    }

    /** The schema may be stricter. */
    @Test
    void whatIsNotReadIsNotValid() {
        Map<String, JsonElement> others = new LinkedHashMap<>(Map.of("null", JsonNull.INSTANCE, "boolean", new JsonPrimitive(true),
                "negative", new JsonPrimitive(-7), "large", new JsonPrimitive(1L << 30), "text", new JsonPrimitive("Text"), "list",
                new JsonArray(), "object", new JsonObject(), "path", new JsonPrimitive("../audit.json")));
        JsonObject whole = JsonParser.parseString(honest).getAsJsonObject();
        List<String> wrong = new ArrayList<>();
        int[] refused = new int[1];
        DossierTest.places("", whole, (path, object, member) -> {
            JsonElement before = object.remove(member);
            if (isValid(whole) || isRead(whole)) {
                wrong.add(path + " may be absent");
            }
            object.add("unknown", new JsonPrimitive(1));
            object.add(member, before);
            if (isValid(whole) || isRead(whole)) {
                wrong.add(path + " may have an unknown one beside it");
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

    private static boolean isValid(JsonObject manifest) {
        return SCHEMA.validate(manifest.toString(), InputFormat.JSON).isEmpty();
    }

    private static boolean isRead(JsonObject manifest) {
        try {
            DossierManifest.parse(Path.of("manifest.json"), manifest.toString());
            return true;
        } catch (InvalidFileException e) {
            return false;
        }
    }

    @Test
    void theSchemaIsOneAndDescribesEveryMember() {
        assertEquals(List.of(), SCHEMAS.getSchema(SchemaLocation.of(DialectId.DRAFT_2020_12)).validate(DossierManifest.jsonSchema(),
                InputFormat.JSON));
        JsonObject schema = JsonParser.parseString(DossierManifest.jsonSchema()).getAsJsonObject();
        assertEquals("urn:miaudit:manifest:" + DossierManifest.SCHEMA_VERSION, schema.get("$id").getAsString());
        assertEquals(Dossier.CONTENTS, schema.getAsJsonObject("properties").getAsJsonObject("entries").getAsJsonArray("prefixItems")
                .asList().stream().map(each -> each.getAsJsonObject().getAsJsonObject("properties").getAsJsonObject("name").get("const")
                        .getAsString())
                .toList());
        assertEquals(Archive.MOST_BYTES, schema.getAsJsonObject("$defs").getAsJsonObject("entry").getAsJsonObject("properties")
                .getAsJsonObject("bytes").get("maximum").getAsInt());
        Stream.concat(Stream.of(schema), schema.getAsJsonObject("$defs").asMap().values().stream().map(JsonElement::getAsJsonObject))
                .filter(each -> each.has("properties")).forEach(each -> {
                    assertFalse(each.get("additionalProperties").getAsBoolean());
                    each.getAsJsonObject("properties").asMap().forEach((name, member) -> assertTrue(
                            member.getAsJsonObject().get("description").getAsString().matches("[A-Z0-9](?s:.*)\\."), name));
                });
    }
}
