package io.github.miaudit.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Population;
import io.github.miaudit.djl.MaskedLmScorer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples run, and show what they are there to show; one of them is the README's Java. */
class ExamplesTest {

    private static final Path SOURCES = Path.of("src/main/java/io/github/miaudit/examples");
    private static final Path DEMONSTRATION = Path.of("../mia-cli/src/main/resources/io/github/miaudit/cli/demo");

    @TempDir
    private Path folder;

    /** The demonstration's models as they are, and ten patients of either set. */
    @BeforeEach
    void shorten() throws IOException {
        Files.createDirectory(folder.resolve("dataset"));
        for (String file : List.of("dataset/members.jsonl", "dataset/non_members.jsonl")) {
            Files.write(folder.resolve(file), Files.readAllLines(DEMONSTRATION.resolve(file)).subList(0, 120));
        }
        for (String model : List.of("target", "reference")) {
            Files.createDirectory(folder.resolve(model));
            try (Stream<Path> files = Files.list(DEMONSTRATION.resolve(model))) {
                for (Path file : files.toList()) {
                    Files.copy(file, folder.resolve(model).resolve(file.getFileName()));
                }
            }
        }
    }

    @Test
    void auditTwoModelsIsTheReadmesAndFindsTheLeak() throws IOException {
        String text = Files.readString(SOURCES.resolve("AuditTwoModels.java"));
        String imports = text.lines().filter(line -> line.startsWith("import ")).collect(Collectors.joining("\n"));
        String body = text.substring(text.indexOf("        AttackDataset data"), text.lastIndexOf("    }\n}\n")).stripTrailing()
                .stripIndent();
        String shown = "```java\n" + imports + "\n\n" + body + "\n```";
        assertTrue(Files.readString(Path.of("../README.md")).contains(shown), shown);
        String printed = printed(AuditTwoModels::main, folder, folder.resolve("out"));
        assertTrue(area("likelihood-ratio", printed) > 0.6, printed);
        assertTrue(Files.readString(folder.resolve("out/report.html")).startsWith("<!DOCTYPE html>"));
        assertEquals(120, JsonParser.parseString(Files.readString(folder.resolve("out/audit.json"))).getAsJsonObject()
                .getAsJsonArray("comparisons").get(0).getAsJsonObject().get("memberCount").getAsInt());
    }

    @Test
    void compareVersionsFindsWhichLeaksLess() throws IOException {
        Path after = CompareVersions.trainedFurther(folder.resolve("reference"), DEMONSTRATION.resolve("dataset"), folder.resolve("after"));
        String printed = printed(CompareVersions::main, folder.resolve("dataset"), folder.resolve("target"), after,
                folder.resolve("reference"), folder.resolve("out"));
        assertTrue(printed.contains("leaks less"), printed);
        assertTrue(Files.size(folder.resolve("out/comparison.html")) > 10_000);
    }

    @Test
    void prepareNotesWritesADataset() {
        String printed = printed(PrepareNotes::main, folder.resolve("dataset/members.jsonl"), folder.resolve("dataset/non_members.jsonl"),
                folder.resolve("out"));
        AttackDataset dataset = AttackDataset.readJsonLines(folder.resolve("out"));
        int members = dataset.samples(Population.MEMBERS).size();
        assertEquals(members, dataset.samples(Population.NON_MEMBERS).size());
        assertTrue(members > 60, printed);
        assertTrue(printed.contains("non-members: " + members + " sentences of 10 patients"), printed);
    }

    @Test
    void trainReferenceMakesAModelThatKnowsMore() {
        String printed = printed(TrainReference::main, folder.resolve("reference"), folder.resolve("dataset/non_members.jsonl"),
                folder.resolve("own"));
        List<Double> heldOut = Pattern.compile("held out after step \\d+: (\\S+) nats").matcher(printed).results()
                .map(line -> Double.valueOf(line.group(1))).toList();
        assertTrue(heldOut.get(heldOut.size() - 1) < heldOut.get(0), printed);
        try (MaskedLmScorer scorer = MaskedLmScorer.open(folder.resolve("own"))) {
            assertEquals("own", scorer.model().name());
        }
    }

    @Test
    void ownScorerAndOwnAttackAreAudited() {
        assertTrue(area("likelihood-ratio", printed(OwnScorer::main, folder.resolve("dataset"))) > 0.8); // told rounded
        String printed = printed(OwnAttack::main, folder);
        assertTrue(area("likelihood-ratio", printed) > 0.6, printed);
        assertTrue(area("least-likely-token", printed) > 0.5, printed);
    }

    @Test
    void whatTheyTakeByDefaultIsThere() throws IOException {
        try (Stream<Path> sources = Files.list(SOURCES)) {
            for (Path source : sources.toList()) {
                String text = Files.readString(source);
                for (MatchResult found : Pattern.compile("\"(mia-cli/[^\"]+)\"").matcher(text).results().toList()) {
                    assertTrue(Files.isDirectory(Path.of("..").resolve(found.group(1))), source + ": " + found.group(1));
                }
                for (MatchResult found : Pattern.compile("demo \\+ \"([^\"]+)\"").matcher(text).results().toList()) {
                    assertTrue(Files.exists(DEMONSTRATION.resolve(found.group(1))), source + ": " + found.group(1));
                }
            }
        }
    }

    private static double area(String attack, String printed) {
        MatchResult row = Pattern.compile("  " + attack + " +(\\S+)").matcher(printed).results().findFirst()
                .orElseThrow(() -> new AssertionError(printed));
        return Double.parseDouble(row.group(1));
    }

    private static String printed(Program program, Path... arguments) {
        PrintStream terminal = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
            program.main(Stream.of(arguments).map(Path::toString).toArray(String[]::new));
            return bytes.toString(StandardCharsets.UTF_8);
        } finally {
            System.setOut(terminal);
        }
    }

    private interface Program {
        void main(String[] arguments);
    }
}
