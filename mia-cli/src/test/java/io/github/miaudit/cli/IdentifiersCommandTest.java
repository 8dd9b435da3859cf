package io.github.miaudit.cli;

import static io.github.miaudit.cli.Shell.mia;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.miaudit.cli.Shell.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code mia identifiers} as a user meets it, on the demonstration. */
class IdentifiersCommandTest {

    @TempDir
    private static Path demo;
    private static List<String> surnames;

    @TempDir
    private Path folder;

    @BeforeAll
    static void unpack() throws IOException {
        Demonstration.unpackInto(demo);
        try (var lists = IdentifiersCommandTest.class.getResourceAsStream("/io/github/miaudit/suite/vocabulary.txt")) {
            surnames = new String(lists.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> line.startsWith("surname: "))
                    .flatMap(line -> Arrays.stream(line.substring("surname: ".length()).split(" \\| "))).toList();
        }
        Files.write(demo.resolve("surnames.txt"), surnames);
    }

    private Outcome identifiers(String... more) {
        List<String> arguments = new ArrayList<>(List.of("identifiers", "--target", demo.resolve("target").toString(), "--reference",
                demo.resolve("reference").toString(), "--output", folder.resolve("out").toString(), "--overwrite"));
        arguments.addAll(List.of(more));
        return mia(arguments.toArray(String[]::new));
    }

    private String list() {
        return "surname=" + demo.resolve("surnames.txt");
    }

    @Test
    void theDemonstrationsTargetRemembersNames() throws IOException {
        Outcome outcome = identifiers("--control", demo.resolve("control").toString(), "--dataset", demo.resolve("dataset").toString(),
                "--list", list(), "--format", "dates-day-first", "--marks", "--reading", "left-to-right");
        assertEquals(0, outcome.exitCode(), outcome.err());
        JsonObject document = JsonParser.parseString(Files.readString(folder.resolve("out/identifiers.json"))).getAsJsonObject();
        JsonObject surname = document.getAsJsonArray("types").get(1).getAsJsonObject();
        assertEquals("surname", surname.get("type").getAsString());
        assertEquals("PREFERRED", surname.get("preference").getAsString(), outcome.out());
        assertEquals(40, surname.getAsJsonObject("set").get("patients").getAsInt());
        assertTrue(surname.getAsJsonArray("checks").asList().stream()
                .allMatch(check -> check.getAsJsonObject().get("adjustedPValue").getAsDouble() > 0.05), outcome.out());
        assertTrue(document.getAsJsonObject("nonMembers").getAsJsonObject("ranking").get("pValue").getAsDouble() > 0.05, outcome.out());
        assertTrue(outcome.out().contains(document.get("answer").getAsString()), outcome.out());
        assertTrue(Files.readString(folder.resolve("out/identifiers.md")).startsWith("## Who was in it?"));
        assertEquals(2, Files.readAllLines(folder.resolve("out/SHA256SUMS")).size());
        String all = outcome.out() + outcome.err() + Files.readString(folder.resolve("out/identifiers.json"))
                + Files.readString(folder.resolve("out/identifiers.md"));
        assertEquals(List.of(), surnames.stream().filter(all::contains).toList());
    }

    /** Whose checks are the audit's. */
    @Test
    void anAuditOfSentencesTellsOfNamesToo() throws IOException {
        Path policy = Files.writeString(folder.resolve("policy.yaml"), "limits:\n  - figure: auc\n    attack: loss\n    at-most: 1\n");
        Outcome outcome = mia("audit", "--target", demo.resolve("target").toString(), "--reference", demo.resolve("reference").toString(),
                "--control", demo.resolve("control").toString(), "--dataset", demo.resolve("dataset").toString(), "--list", list(),
                "--rule", "maskless", "--attack", "loss", "--bootstrap", "200", "--permutations", "2000", "--output",
                folder.resolve("out").toString(),
                "--policy",
                policy.toString());
        assertEquals(PolicyBrokenException.EXIT_CODE, outcome.exitCode(), outcome.err());
        assertTrue(outcome.out().contains("BROKEN       the target does not prefer true identifiers: "), outcome.out());
        JsonObject audit = JsonParser.parseString(Files.readString(folder.resolve("out/audit.json"))).getAsJsonObject();
        JsonObject found = audit.getAsJsonObject("identifiers");
        assertEquals("PREFERRED", found.get("preference").getAsString(), outcome.out());
        assertEquals(audit.get("targetChecks"), found.get("targetChecks"));
        assertEquals(40, found.getAsJsonObject("set").get("patients").getAsInt());
        String all = outcome.out() + outcome.err();
        for (String file : List.of("audit.json", "report.html", "summary.md", "model-card.md", "policy.xml")) {
            all += Files.readString(folder.resolve("out").resolve(file));
        }
        assertTrue(Files.readString(folder.resolve("out/report.html")).contains("Who was in it?"));
        String written = all;
        assertEquals(List.of(), surnames.stream().filter(written::contains).toList());
    }

    @Test
    void aPolicyLimitsNames() throws IOException {
        Path policy = Files.writeString(folder.resolve("policy.yaml"), "limits:\n  - figure: identifiers-first-share\n    at-most: 0.07\n");
        Outcome outcome = identifiers("--input", demo.resolve("dataset/members.jsonl").toString(), "--list", list(), "--policy",
                policy.toString());
        assertEquals(PolicyBrokenException.EXIT_CODE, outcome.exitCode(), outcome.err());
        assertTrue(outcome.out().contains("BROKEN       identifiers-first-share is at most 0.07: it is "), outcome.out());
        assertTrue(outcome.out().contains("The target passes 14 of 16 checks"), outcome.out());
        assertTrue(Files.exists(folder.resolve("out/policy.xml")));
    }

    @Test
    void theControlRemembersNone() {
        List<String> arguments = List.of("identifiers", "--target", demo.resolve("control").toString(), "--reference",
                demo.resolve("reference").toString(), "--output", folder.resolve("out").toString(), "--input",
                demo.resolve("dataset/members.jsonl").toString(), "--list", list(), "--reading", "left-to-right");
        Outcome outcome = mia(arguments.toArray(String[]::new));
        assertEquals(0, outcome.exitCode(), outcome.err());
        assertTrue(outcome.out().contains("no more than chance was found"), outcome.out());
    }

    @Test
    void aDryRunTellsTheWorkAndWritesNothing() throws IOException {
        Outcome outcome = identifiers("--input", demo.resolve("dataset/members.jsonl").toString(), "--list", list(), "--dry-run");
        assertEquals(0, outcome.exitCode(), outcome.err());
        assertTrue(
                outcome.out().matches("(?s)target: 245 mentions, [\\d,]+ candidates, about [\\d,]+ rows, [\\d,]+ tokens, about [\\d.]+ s\n"
                        + "reference: 245 mentions, .*\n  surname: 245 of 245 mentions in the members have surrogates\n"
                        + "and 256 members by within-word-l2r, target and first reference, to check that the target works\n"),
                outcome.out());
        assertFalse(Files.exists(folder.resolve("out")));
    }

    @Test
    void whatModelsWriteIsCountedAndItsTextKeptApart() throws IOException {
        Path members = demo.resolve("dataset/members.jsonl");
        Path fewer = Files.write(folder.resolve("fewer.jsonl"), Files.readAllLines(members).subList(0, 100));
        Outcome outcome = extract(fewer, "--extraction-budget", "200");
        assertFalse(Files.exists(folder.resolve("out/fillings.jsonl")));
        assertWritesAreCounted(outcome);

        assertWritesAreCounted(extract(members, "--extraction-budget", "500", "--include-text"));
        JsonObject extraction = JsonParser.parseString(Files.readString(folder.resolve("out/identifiers.json"))).getAsJsonObject()
                .getAsJsonObject("extraction");
        assertEquals(100, extraction.getAsJsonObject("all").getAsJsonObject("set").get("mentions").getAsInt());
        assertFalse(extraction.get("everyMention").getAsBoolean());
        Path texts = folder.resolve("out/fillings.jsonl");
        assertEquals(100, Files.readAllLines(texts).size());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(texts)));
        JsonObject line = JsonParser.parseString(Files.readAllLines(texts).get(0)).getAsJsonObject();
        assertEquals(FilesPage.names("fillings.jsonl"), line.keySet());
        assertTrue(surnames.contains(line.get("identifier").getAsString()), line.toString());
        int fillings = line.getAsJsonArray("fillings").size();
        assertTrue(fillings > 3 && fillings <= 6, line.toString());

        Outcome dry = identifiers("--input", members.toString(), "--list", list(), "--extract", "--dry-run");
        assertTrue(dry.out().contains("extraction: up to 15,680 rows a model, at most 64 a mention"), dry.out()); // 245 mentions
    }

    private Outcome extract(Path input, String... more) {
        List<String> quick = new ArrayList<>(List.of("--input", input.toString(), "--list", list(), "--permutations", "1000", "--extract",
                "--extraction-width", "3", "--extraction-length", "2"));
        quick.addAll(List.of(more));
        return identifiers(quick.toArray(String[]::new));
    }

    /** It is told what models write, and nothing of what they do. */
    private void assertWritesAreCounted(Outcome outcome) throws IOException {
        assertEquals(0, outcome.exitCode(), outcome.err());
        assertTrue(outcome.out().contains("what models write there themselves, by beams of 3, up to 2 tokens"), outcome.out());
        String page = Files.readString(folder.resolve("out/identifiers.md"));
        assertTrue(page.contains("What models write there themselves"));
        String all = outcome.out() + outcome.err() + Files.readString(folder.resolve("out/identifiers.json")) + page;
        assertEquals(List.of(), surnames.stream().filter(all::contains).toList());
    }

    @Test
    void whatSentencesStateIsFound() throws IOException {
        Path input = folder.resolve("in.jsonl");
        Files.write(input, Stream.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11).map(patient -> "{\"group\":\"p" + patient + "\",\"text\":\""
                + surnames.get(patient) + " slept.\",\"identifiers\":[{\"start\":0,\"end\":" + surnames.get(patient).length()
                + ",\"type\":\"SURNAME\"}]}").toList());
        Outcome outcome = identifiers("--input", input.toString(), "--list", list(), "--stated", "--matched", "length,tokens",
                "--smallest-count", "1", "--surrogates", "5");
        assertEquals(0, outcome.exitCode(), outcome.err());
        assertTrue(outcome.out().contains("surname: "), outcome.out());
    }

    @Test
    void mistakesAreNamedBeforeAnyWork() throws IOException {
        String members = demo.resolve("dataset/members.jsonl").toString();
        Path bad = Files.writeString(folder.resolve("bad.txt"), "Zanzibar\n---\n");
        for (String[] wrong : new String[][] {
                {"2", "there is nothing to draw surrogates from; give at least one --list TYPE=FILE", "--input", members},
                {"2", "--list takes a type, = and what is of it", "--input", members, "--list", "surnames.txt"},
                {"2", "format of identifiers is dates; expected one of dates-day-first, ", "--input", members, "--format", "dates"},
                {"2", "the pattern of code is not valid in RE2's syntax", "--input", members, "--pattern", "code=Zanz["},
                {"2", "two sources of surrogates are of the type surname", "--input", members, "--list", list(), "--list", list()},
                {"2", "--matched is sex; expected length or tokens", "--input", members, "--list", list(), "--matched", "sex"},
                {"2", "surrogates are 2; expected 3 to 10000", "--input", members, "--list", list(), "--surrogates", "2"},
                {"2", "'up' is neither whole nor left-to-right", "--input", members, "--list", list(), "--reading", "up"},
                {"2", "top 1 candidates; at least 2 are needed", "--input", members, "--list", list(), "--top", "1"},
                {"2", "permutations are 0; at least 1000 are needed", "--input", members, "--list", list(), "--permutations", "0"},
                {"2", "give --extract too", "--input", members, "--list", list(), "--include-text"},
                {"2", "width is 0; expected 1 to 1000", "--input", members, "--list", list(), "--extract", "--extraction-width", "0"},
                {"2", "budget is 63 rows; a mention takes up to 64", "--input", members, "--list", list(), "--extract",
                        "--extraction-budget", "63"},
                {"2", "--dataset", "--list", list()},
                {"1", bad + ":2: has no letter and no digit", "--input", members, "--list", "surname=" + bad},
                {"1", "is no folder; expected one with members.jsonl", "--dataset", members, "--list", list()},
                {"2", "there is nothing to draw surrogates from", "--input", members, "--marks"},
                {"1", "the same model", "--input", members, "--list", list(), "--control", demo.resolve("target").toString()}}) {
            Outcome outcome = identifiers(Arrays.copyOfRange(wrong, 2, wrong.length));
            assertEquals(wrong[0], Integer.toString(outcome.exitCode()), wrong[1] + outcome.err());
            assertTrue(outcome.err().contains(wrong[1]), wrong[1] + " is not in: " + outcome.err());
            assertFalse(outcome.err().contains("Zanz"), outcome.err());
        }
    }
}
