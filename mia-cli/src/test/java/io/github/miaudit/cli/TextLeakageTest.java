package io.github.miaudit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every sentence holds a word that is in no other; none of them may come out. Commands run as processes of their own, which log all they
 * can.
 */
class TextLeakageTest {

    private static final int SENTENCES = 12;

    @TempDir
    private static Path models;

    private static final List<String> MARKERS = new ArrayList<>();

    @TempDir
    private Path folder;

    @BeforeAll
    static void plant() throws IOException {
        Demonstration.unpackInto(models);
        Files.createDirectories(models.resolve("planted"));
        Random random = new Random(5);
        StringBuilder all = new StringBuilder();
        for (String population : List.of("members", "non_members", "externals")) {
            StringBuilder lines = new StringBuilder();
            for (int sentence = 0; sentence < SENTENCES; sentence++) {
                String marker = random.ints(12, 'a', 'z' + 1).mapToObj(letter -> String.valueOf((char) letter))
                        .collect(Collectors.joining());
                MARKERS.add(marker);
                lines.append(String.format(Locale.ROOT, "{\"id\":\"%s%d\",\"group\":\"%s%d\",\"text\":\"No pain, %s \\\"today\\\".\"}%n",
                        population.charAt(0), sentence, population, sentence / 2, marker));
            }
            Files.writeString(models.resolve("planted/" + population + ".jsonl"), lines);
            all.append(lines);
        }
        Files.writeString(models.resolve("all.jsonl"), all);
    }

    /** What a command left behind: all files under the folder, and what it printed, which holds its log. */
    private record Traces(Map<String, byte[]> files, Set<String> temporary) {
    }

    private Traces run(String... arguments) throws IOException, InterruptedException {
        Path temporary = Files.createDirectories(folder.resolve("temporary"));
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", System.getProperty("java.class.path"),
                        "-Djava.io.tmpdir=" + temporary, "-Dorg.slf4j.simpleLogger.defaultLogLevel=trace",
                        "-Dorg.slf4j.simpleLogger.log.ai.djl=trace",
                        "-Dai.djl.offline=true", "-DOPT_OUT_TRACKING=true", Mia.class.getName()));
        command.addAll(List.of(arguments));
        Set<String> seen = new TreeSet<>();
        Process process = new ProcessBuilder(command).redirectOutput(folder.resolve("out.txt").toFile())
                .redirectError(folder.resolve("log.txt").toFile()).start();
        Map<String, byte[]> files = new TreeMap<>();
        while (!process.waitFor(20, TimeUnit.MILLISECONDS)) {
            read(temporary, files, seen); // before they are deleted
        }
        // a model that was not trained on what was planted is no working one, which breaks every policy
        assertTrue(Set.of(0, PolicyBrokenException.EXIT_CODE).contains(process.exitValue()), Files.readString(folder.resolve("log.txt")));
        read(folder, files, seen);
        return new Traces(files, seen);
    }

    private static void read(Path start, Map<String, byte[]> files, Set<String> seen) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(start)) {
            paths.filter(Files::isRegularFile).forEach(found::add);
        } catch (IOException | UncheckedIOException e) {
            return; // a folder that is gone by now
        }
        for (Path file : found) {
            try {
                seen.add(file.getFileName().toString());
                if (Files.size(file) < 50_000_000) {
                    files.put(file.toString(), Files.readAllBytes(file));
                }
            } catch (NoSuchFileException e) {
                // deleted just now
            }
        }
    }

    /** Which of the markers are in a file, as they are or in another writing. Names of files count too. */
    private static Set<String> markersIn(String name, byte[] content) {
        String text = name + "\n" + new String(content, StandardCharsets.UTF_8) + "\n" + new String(content, StandardCharsets.UTF_16LE);
        Set<String> found = new TreeSet<>();
        for (String marker : MARKERS) {
            List<String> writings = new ArrayList<>(
                    List.of(marker, marker.toUpperCase(Locale.ROOT), new StringBuilder(marker).reverse().toString(),
                            marker.chars().mapToObj(letter -> String.format(Locale.ROOT, "\\u%04x", letter)).collect(Collectors.joining()),
                            marker.chars().mapToObj(letter -> String.format(Locale.ROOT, "%%%02x", letter)).collect(Collectors.joining()),
                            marker.chars().mapToObj(letter -> "&#" + letter + ";").collect(Collectors.joining())));
            for (int shift = 0; shift < 3; shift++) { // Base64 of anything that holds it, without the letters that neighbours change
                String coded = Base64.getEncoder().withoutPadding()
                        .encodeToString(("x".repeat(shift) + marker).getBytes(StandardCharsets.UTF_8));
                writings.add(coded.substring(shift == 0 ? 0 : 4, coded.length() - 3));
            }
            if (writings.stream().anyMatch(text::contains)) {
                found.add(marker);
            }
        }
        return found;
    }

    private static Map<String, Set<String>> leaks(Traces traces) {
        return traces.files.entrySet().stream()
                .map(file -> Map.entry(Path.of(file.getKey()).getFileName().toString(), markersIn(file.getKey(), file.getValue())))
                .filter(found -> !found.getValue().isEmpty())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one));
    }

    private String[] audit(String... more) {
        return Stream
                .concat(Stream.of("audit", "--target", models.resolve("target").toString(), "--reference",
                        models.resolve("reference").toString(),
                        "--dataset", models.resolve("planted").toString(), "--output", folder.resolve("out").toString(), "--overwrite"),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    @Test
    void anAuditLeavesNoText() throws IOException, InterruptedException {
        Path policy = Files.writeString(folder.resolve("policy.yaml"), "limits:\n  - figure: auc\n    at-most: 1\n");
        Traces traces = run(audit("--policy", policy.toString()));
        assertEquals(Map.of(), leaks(traces));
        assertTrue(
                traces.temporary.containsAll(
                        Set.of("audit.json", "report.html", "scores.csv", "attack-scores.csv", "summary.md", "model-card.md", "policy.xml",
                                "out.txt")),
                traces.temporary.toString());
        assertTrue(Files.size(folder.resolve("log.txt")) > 0, "or nothing was logged");
    }

    /** With strata; patients and sentences may be named in the two tables of scores and nowhere else. */
    @Test
    void aDossierLeavesNoTextAndNoPatient() throws IOException, InterruptedException {
        StringBuilder strata = new StringBuilder("patient,sex\n");
        for (String population : List.of("members", "non_members")) {
            IntStream.range(0, SENTENCES / 2).forEach(patient -> strata.append(population).append(patient).append(",f\n"));
        }
        Path file = Files.writeString(models.resolve("strata.csv"), strata);
        assertEquals(Map.of(), leaks(run(audit("--strata", file.toString()))));
        Path facts = Files.writeString(models.resolve("dossier.yaml"), "decision: {outcome: no-release}\n");
        Traces traces = run("dossier", "--audit", folder.resolve("out").toString(), "--facts", facts.toString(), "--model",
                models.resolve("target").toString(), "--output", folder.resolve("dossier.zip").toString());
        assertEquals(Map.of(), leaks(traces));
        assertTrue(Files.readString(folder.resolve("out/audit.json")).contains("\"sex\""));
        Pattern patient = Pattern.compile("(members|externals)[0-9]");
        Set<String> naming = new TreeSet<>();
        traces.files.forEach((name, content) -> {
            if (patient.matcher(new String(content, StandardCharsets.UTF_8)).find()) {
                naming.add(Path.of(name).getFileName().toString());
            }
        });
        assertEquals(Set.of("scores.csv", "attack-scores.csv"), naming);
        assertTrue(traces.temporary.contains("dossier.zip"));
        String zip = Files.readString(folder.resolve("dossier.zip"), StandardCharsets.ISO_8859_1);
        assertTrue(zip.contains("Dossier of a release decision"), "or it is compressed, and nothing could be seen in it");
    }

    @Test
    void aComparisonLeavesNoText() throws IOException, InterruptedException {
        Path after = Shell.trainedFurther(models.resolve("reference"), folder.resolve("after"));
        Traces traces = run("compare", "--target", "before=" + models.resolve("target"), "--target", "after=" + after,
                "--reference", "base=" + models.resolve("reference"), "--dataset", models.resolve("planted").toString(), "--output",
                folder.resolve("out").toString());
        assertEquals(Map.of(), leaks(traces));
        assertTrue(traces.temporary.containsAll(Set.of("comparison.json", "report.html")), traces.temporary.toString());
    }

    /** The words are the identifiers. */
    @Test
    void anAuditOfIdentifiersLeavesNone() throws IOException, InterruptedException {
        Path list = Files.write(Files.createDirectories(models.resolve("lists")).resolve("words.txt"), MARKERS);
        Traces traces = run("identifiers", "--target", models.resolve("target").toString(), "--reference",
                models.resolve("reference").toString(), "--dataset", models.resolve("planted").toString(), "--list", "word=" + list,
                "--smallest-count", "1", "--output", folder.resolve("out").toString(), "--verbose");
        assertEquals(Map.of(), leaks(traces));
        assertTrue(traces.temporary.containsAll(Set.of("identifiers.json", "identifiers.md")), traces.temporary.toString());
        assertTrue(Files.readString(folder.resolve("out.txt")).contains("word: 12 identifiers"),
                Files.readString(folder.resolve("out.txt")));
    }

    /** And in the report of an audit of sentences, with a policy. */
    @Test
    void anAuditWithIdentifiersLeavesNone() throws IOException, InterruptedException {
        Path list = Files.write(Files.createDirectories(models.resolve("lists")).resolve("words.txt"), MARKERS);
        Path policy = Files.writeString(folder.resolve("policy.yaml"), "limits:\n  - figure: identifiers-first-share\n    at-most: 1\n");
        Traces traces = run(audit("--list", "word=" + list, "--smallest-count", "1", "--policy", policy.toString(), "--verbose"));
        assertEquals(Map.of(), leaks(traces));
        assertTrue(traces.temporary.containsAll(
                Set.of("audit.json", "report.html", "scores.csv", "attack-scores.csv", "summary.md", "model-card.md", "policy.xml")),
                traces.temporary.toString());
        assertTrue(Files.readString(folder.resolve("out/report.html")).contains("Who was in it?"));
        assertTrue(Files.readString(folder.resolve("out.txt")).contains("word: 12 identifiers"),
                Files.readString(folder.resolve("out.txt")));
    }

    @Test
    void scoresLeaveNoText() throws IOException, InterruptedException {
        Traces traces = run("score", "--model", models.resolve("target").toString(), "--input", models.resolve("all.jsonl").toString(),
                "--output", folder.resolve("scores.jsonl").toString());
        assertEquals(Map.of(), leaks(traces));
        assertEquals(3 * SENTENCES, Files.readAllLines(folder.resolve("scores.jsonl")).size());
    }

    /** And the tests before could fail: the same search finds them. */
    @Test
    void askedForTheSentencesAreInTheReportAndItsFileAlone() throws IOException, InterruptedException {
        Traces traces = run(audit("--include-text", "3"));
        JsonObject json = JsonParser.parseString(Files.readString(folder.resolve("out/audit.json"))).getAsJsonObject();
        Set<String> asked = new TreeSet<>();
        for (JsonElement excerpt : json.getAsJsonArray("excerpts")) {
            MARKERS.stream().filter(marker -> excerpt.getAsJsonObject().get("text").getAsString().contains(marker)).forEach(asked::add);
        }
        assertEquals(3, asked.size());
        assertTrue(MARKERS.subList(0, SENTENCES).containsAll(asked), "all are members");
        Map<String, Set<String>> found = leaks(traces);
        assertEquals(Set.of("audit.json"), found.entrySet().stream().filter(file -> file.getValue().equals(asked)).map(Map.Entry::getKey)
                .filter(name -> !name.equals("report.html")).collect(Collectors.toSet()), found.toString());
        found.remove("audit.json");
        found.remove("report.html");
        assertEquals(Map.of(), found);
        String page = Files.readString(folder.resolve("out/report.html"));
        assertTrue(page.contains("class=\"banner\""));
        String letters = page.replaceAll("<[^>]*>", "").replaceAll("[^a-z]", "");
        asked.forEach(marker -> assertTrue(letters.contains(marker), marker));
        MARKERS.stream().filter(marker -> !asked.contains(marker)).forEach(marker -> assertFalse(letters.contains(marker), marker));
    }
}
