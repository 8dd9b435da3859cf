package io.github.miaudit.report.output.dossier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import io.github.miaudit.io.AuditException;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.Sha256;
import io.github.miaudit.report.output.TestReports;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An archive holds what follows from the audit and from what is stated, and whatever else is found in one is refused. */
class DossierTest {

    static final LocalDate DAY = LocalDate.of(2026, 11, 28);
    static final String FULL = """
            unit-of-privacy: patient
            threat-model: a partner who knows a patient's note
            recipients:
              - who: partner hospitals
                access: weights
            training:
              epochs: 3
              duplicates: removed
              optimizer: AdamW
              epsilon: 8
              delta: 0.00001
              recipe: recipe.yaml
            comparable-because: both were drawn by lot
            attacks-fixed-beforehand: [likelihood-ratio, loss]
            attacks-fixed-on: 2026-10-01
            mitigations: [names replaced]
            decision:
              outcome: release
              reason: needed for care
              on: 2026-11-27
              signatories:
                - name: A. Meier
                  role: data protection officer
            expires: 2027-11-28
            review: 2027-05-28
            """;

    @TempDir
    private static Path folder;
    private static Path leaking;

    @BeforeAll
    static void audit() throws IOException {
        leaking = Files.writeString(folder.resolve("audit.json"), TestReports.leaking().toJson());
    }

    private static DossierFacts facts(String yaml) throws IOException {
        return DossierFacts.read(Files.writeString(folder.resolve("dossier.yaml"), yaml));
    }

    private static Dossier dossier(String yaml) throws IOException {
        return Dossier.of(leaking, facts(yaml), Optional.empty(), DAY);
    }

    private static VerifiedDossier verified(byte[] bytes) throws IOException {
        return VerifiedDossier.of(Files.write(folder.resolve("some.zip"), bytes), Optional.empty());
    }

    @Test
    void whatIsMadeIsVerifiedAndIsTheSameAgain() throws IOException {
        Dossier dossier = dossier(FULL);
        Path file = folder.resolve("dossier.zip");
        dossier.write(file);
        assertArrayEquals(dossier(FULL).toBytes(), Files.readAllBytes(file));
        VerifiedDossier verified = VerifiedDossier.of(file, Optional.empty());
        assertEquals(dossier.document(), verified.document());
        assertEquals(Optional.empty(), verified.fingerprint());
        assertTrue(String.join("\n", verified.toLines()).contains("Not signed"));
        assertEquals(Files.readString(leaking), dossier.text("audit.json"));
        assertEquals(List.of(), dossier.document().notStated());
    }

    /** All of what surrounds the entries, all of the signature, and some of each entry. */
    @Test
    void everyChangedByteIsFound() throws IOException {
        byte[] bytes = signed().toBytes();
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        Set<Integer> places = new TreeSet<>();
        IntStream.iterate(0, at -> at < bytes.length, at -> at + 997).forEach(places::add);
        for (int at = text.indexOf("PK\3\4"); at >= 0; at = text.indexOf("PK\3\4", at + 1)) {
            IntStream.range(at, at + 46).forEach(places::add); // the header and the name
        }
        IntStream.range(text.indexOf("manifest.sig"), bytes.length).forEach(places::add);
        for (int at : places) {
            byte[] changed = bytes.clone();
            changed[at] ^= (byte) (1 << at % 8);
            assertThrows(AuditException.class, () -> verified(changed), () -> "byte " + at);
        }
    }

    /** With a manifest that fits: a forger who has no key. */
    @Test
    void everyEntryThatDoesNotFollowIsFound() throws IOException {
        Dossier dossier = dossier(FULL);
        for (String name : Dossier.CONTENTS) {
            Map<String, byte[]> entries = new LinkedHashMap<>(dossier.entries(new byte[0], Optional.empty()));
            String text = new String(entries.get(name), StandardCharsets.UTF_8);
            entries.put(name, text.replace("MEMBERS_CAN_BE_TOLD", "NO_DIFFERENCE_DETECTED")
                    .replace("supports no release", "supports a release").replaceFirst("</main>", "<p>All is well.</p></main>")
                    .getBytes(StandardCharsets.UTF_8));
            assertFalse(Arrays.equals(text.getBytes(StandardCharsets.UTF_8), entries.get(name)), name);
            entries.put("manifest.json", manifest(entries, dossier));
            AuditException refused = assertThrows(AuditException.class, () -> verified(Archive.write(entries)), name);
            assertFalse(refused.getMessage().contains("digest than"), refused.getMessage());
        }
    }

    /** With a manifest that fits: whatever stands in dossier.json is refused by its name, unless it is one that may be there. */
    @Test
    void everyMemberOfAnotherKindIsNamed() throws IOException {
        Dossier dossier = dossier(FULL);
        List<String> accepted = new ArrayList<>();
        Map<String, JsonElement> others = Map.of("null", JsonNull.INSTANCE, "boolean", new JsonPrimitive(true), "number",
                new JsonPrimitive(-7), "text", new JsonPrimitive("x\u202e"), "list", new JsonArray(), "object", new JsonObject());
        JsonObject whole = JsonParser.parseString(dossier.text(Dossier.DOSSIER)).getAsJsonObject();
        places("", whole, (path, object, member) -> {
            JsonElement before = object.remove(member);
            refusedFor(dossier, whole, path).ifPresent(problem -> accepted.add(path + " absent: " + problem));
            others.forEach((kind, other) -> {
                object.add(member, other);
                refusedFor(dossier, whole, path).ifPresent(problem -> accepted.add(path + " " + kind + ": " + problem));
            });
            object.add(member, before);
        });
        assertEquals(List.of(), accepted);
    }

    interface Place {
        void visit(String path, JsonObject object, String member);
    }

    static void places(String path, JsonElement element, Place place) {
        if (element instanceof JsonObject object) {
            List.copyOf(object.keySet()).forEach(member -> {
                String inside = path.isEmpty() ? member : path + "." + member;
                place.visit(inside, object, member);
                places(inside, object.get(member), place);
            });
        } else if (element instanceof JsonArray list) {
            IntStream.range(0, list.size()).forEach(index -> places(path + "[" + index + "]", list.get(index), place));
        }
    }

    /** What is said, unless it is the archive's refusal for this member; what is read is made anew and is another then. */
    private static Optional<String> refusedFor(Dossier honest, JsonObject changed, String path) {
        Map<String, byte[]> entries = new LinkedHashMap<>(honest.entries(new byte[0], Optional.empty()));
        entries.put(Dossier.DOSSIER, changed.toString().getBytes(StandardCharsets.UTF_8));
        entries.put(Dossier.MANIFEST, manifest(entries, honest));
        String said = assertThrows(InvalidFileException.class, () -> verified(Archive.write(entries)), path).getMessage();
        String parent = path.contains(".") ? path.substring(0, path.lastIndexOf('.')) : path;
        return said.matches("(?s).*some.zip/dossier.json: (is no whole report: " + Pattern.quote(path) + "\\b.*|"
                + "is no whole report: " + Pattern.quote(parent) + " is wrong: .*|.*schemaVersion.*)")
                || said.contains("does not follow") ? Optional.empty() : Optional.of(said);
    }

    private static byte[] manifest(Map<String, byte[]> entries, Dossier honest) {
        String manifest = new String(honest.manifest(Optional.empty()), StandardCharsets.UTF_8);
        for (String name : Dossier.CONTENTS) {
            String before = honest.text(name);
            byte[] now = entries.get(name);
            manifest = manifest.replace(Sha256.of(before.getBytes(StandardCharsets.UTF_8)), Sha256.of(now))
                    .replace("\"bytes\": " + before.getBytes(StandardCharsets.UTF_8).length + ",", "\"bytes\": " + now.length + ",");
        }
        return manifest.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void additionalMissingAndRepeatedEntriesAreRefused() throws IOException {
        Dossier dossier = dossier(FULL);
        Map<String, byte[]> whole = dossier.entries(dossier.manifest(Optional.empty()), Optional.empty());
        assertEquals(dossier.document(), verified(Archive.write(whole)).document());
        for (String name : List.of("notes.txt", "../audit.json", "/audit.json", "audit.json/", "AUDIT.JSON", "a\\b")) {
            Map<String, byte[]> more = new LinkedHashMap<>(whole);
            more.put(name, new byte[0]);
            assertRefused(Archive.write(more), "which is none of a dossier");
        }
        for (String name : whole.keySet()) {
            Map<String, byte[]> less = new LinkedHashMap<>(whole);
            less.remove(name);
            assertRefused(Archive.write(less), "the entry " + name + " is missing");
        }
        Map<String, byte[]> twice = new LinkedHashMap<>(whole);
        twice.put("audit.jsoN", whole.get("audit.json"));
        String raw = new String(Archive.write(twice), StandardCharsets.ISO_8859_1).replace("audit.jsoN", "audit.json");
        assertRefused(raw.getBytes(StandardCharsets.ISO_8859_1), "twice");
        Map<String, byte[]> signature = new LinkedHashMap<>(whole);
        signature.put("manifest.sig", new byte[64]);
        assertRefused(Archive.write(signature), "names no signer");
        assertRefused(new byte[0], "is missing");
        assertRefused("no zip".getBytes(StandardCharsets.UTF_8), "is missing");
        byte[] longer = Arrays.copyOf(Archive.write(whole), Archive.write(whole).length + 1);
        assertRefused(longer, "bytes that belong to no entry");
    }

    private static void assertRefused(byte[] bytes, String why) {
        String message = assertThrows(InvalidFileException.class, () -> verified(bytes)).getMessage();
        assertTrue(message.contains(why), message);
    }

    /** The keys and the fingerprint are openssl's: see make.sh. */
    private static Dossier signed() throws IOException {
        return dossier(FULL).signedWith(key("private.pem"));
    }

    private static Path key(String name) {
        return Path.of("src/test/resources/io/github/miaudit/report/output/dossier/" + name);
    }

    @Test
    void aSignatureIsCheckedWithTheKeyThatIsNamed() throws IOException {
        Path file = folder.resolve("signed.zip");
        signed().write(file);
        VerifiedDossier unknown = VerifiedDossier.of(file, Optional.empty());
        assertFalse(unknown.keyKnown());
        assertTrue(String.join("\n", unknown.toLines()).contains("shows only that nobody but the holder"));
        VerifiedDossier known = VerifiedDossier.of(file, Optional.of(key("public.pem")));
        assertTrue(known.keyKnown());
        assertEquals(unknown.fingerprint(), known.fingerprint());
        assertTrue(assertThrows(InvalidFileException.class, () -> VerifiedDossier.of(file, Optional.of(key("other-public.pem"))))
                .getMessage().contains("signed with another key"));
        Path unsigned = folder.resolve("unsigned.zip");
        dossier(FULL).write(unsigned);
        assertTrue(assertThrows(InvalidFileException.class, () -> VerifiedDossier.of(unsigned, Optional.of(key("public.pem"))))
                .getMessage().contains("not signed"));
        Dossier dossier = signed();
        Map<String, byte[]> wrong = dossier.entries(dossier.manifest(Optional.of(Ed25519.publicKey(key("public.pem")))),
                Optional.of(new byte[64]));
        assertRefused(Archive.write(wrong), "the signature is wrong");
    }

    /** RFC 8032, 7.1, TEST 1: the keys, and the signature of the empty message. */
    @Test
    void keysAndSignaturesAreThoseOfTheStandard() {
        byte[] signature = HexFormat.of().parseHex("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e"
                + "39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
        assertArrayEquals(signature, Ed25519.sign(Ed25519.privateKey(key("private.pem")), new byte[0]));
        assertTrue(Ed25519.verifies(Ed25519.publicKey(key("public.pem")), new byte[0], signature));
        assertArrayEquals(
                HexFormat.of().parseHex("302a300506032b6570032100d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"),
                Ed25519.publicKey(Ed25519.privateKey(key("private.pem"))).getEncoded());
        // openssl pkey -pubin -in public.pem -outform DER | sha256sum
        assertEquals("06e3fd8fda29bb60ab59557de61edb0aecdb231134be30e75b455f8e1b792fa9",
                Ed25519.fingerprint(Ed25519.publicKey(key("public.pem"))));
        assertTrue(assertThrows(InvalidFileException.class, () -> Ed25519.privateKey(key("public.pem"))).getMessage()
                .contains("no key between the lines BEGIN PRIVATE KEY"));
    }

    @Test
    void aReleaseThatTheAuditDoesNotSupportIsAnAlarmOnEveryPage() throws IOException {
        Dossier dossier = dossier(FULL);
        assertFalse(dossier.document().supportsRelease());
        assertFalse(dossier.document().holdsOn(DAY));
        for (String page : List.of("dossier.html", "edpb.html", "aisvs.html", "sacro.html")) {
            assertTrue(dossier.text(page).contains("class=\"banner\"") && dossier.text(page).contains("supports no release"), page);
        }
        assertTrue(dossier(FULL.replace("outcome: release", "outcome: no-release")).document().alarms().isEmpty());
    }

    @Test
    void whatIsNotStatedIsSaid() throws IOException {
        Dossier dossier = dossier("decision: {outcome: no-release}");
        assertEquals(List.of("unit-of-privacy", "threat-model", "recipients", "training", "comparable-because", "attacks-fixed-beforehand",
                "attacks-fixed-on", "mitigations", "expires", "review", "decision: reason", "decision: on", "decision: signatories"),
                dossier.document().notStated());
        assertTrue(dossier.text("dossier.html").contains("Recipients and their access: not stated."));
        assertEquals(dossier.document(), verified(dossier.toBytes()).document());
    }

    @Test
    void contradictionsAreAlarms() throws IOException {
        String all = String.join("\n",
                dossier(FULL.replace("2027-11-28", "2026-11-01").replace("[likelihood-ratio, loss]", "[loss, zlib-x]")
                        .replace("2026-11-27", "2026-11-29").replace("2027-05-28", "2026-01-01")).document().alarms());
        for (String alarm : List.of("expired on 2026-11-01", "does not report: zlib-x", "dated 2026-11-29",
                "review was due on 2026-01-01")) {
            assertTrue(all.contains(alarm), all);
        }
    }

    @Test
    void errorsNameFileAndLine() {
        Map<String, String> errors = Map.of("unit: x\n", "dossier.yaml:1: key unit is unknown", "expires: soon\n",
                "dossier.yaml:1: expires is soon; it must be a day", "decision:\n  outcome: maybe\n",
                "dossier.yaml:2: outcome is maybe; it must be one of release, release-with-conditions, no-release",
                "training:\n  epsilon: -1\n", "dossier.yaml:2: epsilon is -1; it must be a number of at least 0", "mitigations: none\n",
                "dossier.yaml:1: mitigations is no list", "recipients:\n  - who: x\n",
                "dossier.yaml:2: a recipient needs the key access", "training: {delta: 1}\n", "and below 1");
        assertEquals(List.of(), errors.entrySet().stream().filter(error -> {
            String message = assertThrows(InvalidFileException.class, () -> facts(error.getKey()), error.getKey()).getMessage();
            return !message.contains(error.getValue());
        }).map(Map.Entry::getKey).collect(Collectors.toList()));
    }

    @Test
    void sentencesOfTheNotesAreRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("excerpts.json"), TestReports.withExcerpts("honest").toJson());
        DossierFacts facts = facts(FULL);
        assertTrue(assertThrows(InvalidFileException.class, () -> Dossier.of(file, facts, Optional.empty(), DAY)).getMessage()
                .contains("holds sentences of the notes"));
    }

    @Test
    void theModelsFolderIsReadAndMayNotContradict() throws IOException {
        Path model = Files.createDirectories(folder.resolve("model"));
        Files.writeString(model.resolve("trainer_state.json"),
                "{\"epoch\": 3.0, \"global_step\": 120, \"best_model_checkpoint\": \"/home/x\", \"log_history\": [{\"loss\": 1}]}");
        ModelFacts facts = ModelFacts.read(model, "d");
        assertEquals(Map.of("trainer_state.json: epoch", "3.0", "trainer_state.json: global_step", "120"), facts.facts());
        Dossier dossier = Dossier.of(leaking, facts(FULL), Optional.of(facts), DAY);
        assertTrue(dossier.text("dossier.html").contains("trainer_state.json: global_step"));
        assertEquals(dossier.document(), verified(dossier.toBytes()).document());
        DossierFacts other = facts(FULL.replace("epochs: 3", "epochs: 5"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Dossier.of(leaking, other, Optional.of(facts), DAY)).getMessage()
                .contains("epochs is 5, but trainer_state.json: epoch of the model is 3.0"));
        Files.writeString(model.resolve("training.json"), "{\"made\": {\"lengthIn\": \"epochs\", \"length\": 3}, \"step\": 9}");
        ModelFacts noiseless = ModelFacts.read(model, "d");
        DossierFacts stated = facts(FULL);
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Dossier.of(leaking, stated, Optional.of(noiseless), DAY))
                .getMessage().contains("trained without noise"));
    }
}
