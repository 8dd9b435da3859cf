package io.github.miaudit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.github.miaudit.report.Attack;
import io.github.miaudit.report.AuditDocument;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code docs/files.md} says of the files is so, and its loaders load them. */
class FilesTest {

    @TempDir
    private static Path demo;
    private static Path audit;
    private static AuditDocument document;

    @BeforeAll
    static void audit() throws IOException {
        Demonstration.unpackInto(demo);
        Shell.copyStart(demo.resolve("dataset"), demo.resolve("small"), 72);
        audit = demo.resolve("audit");
        Shell.Outcome outcome = Shell.mia("audit", "--target", demo.resolve("target").toString(), "--reference",
                demo.resolve("reference").toString(), "--control", demo.resolve("control").toString(), "--dataset",
                demo.resolve("small").toString(), "--attack", "likelihood-ratio,loss", "--rule", "maskless", "--smallest-count", "1",
                "--bootstrap", "200", "--permutations",
                "1000", "--output", audit.toString());
        assertEquals(0, outcome.exitCode(), outcome.err());
        document = AuditDocument.read(audit.resolve("audit.json"));
    }

    @ParameterizedTest
    @EnumSource
    void everyMemberOfADocumentHasItsLine(SchemaCommand.Document schema) throws IOException {
        assertEquals(
                JsonParser.parseString(Shell.mia("schema", schema.label()).out()).getAsJsonObject().getAsJsonObject("properties").keySet(),
                FilesPage.names(schema.label() + ".json"));
    }

    /** Of the next level; in the others, of each member that has members of its own. */
    @ParameterizedTest
    @EnumSource(names = {"AUDIT", "COMPARISON", "DOSSIER", "MANIFEST"})
    void everyMemberOfTheNextLevelHasItsLine(SchemaCommand.Document schema) throws IOException {
        JsonObject whole = JsonParser.parseString(Shell.mia("schema", schema.label()).out()).getAsJsonObject();
        String file = schema.label() + ".json";
        List<String> paths = FilesPage.paths(file);
        List<String> needed = schema == SchemaCommand.Document.AUDIT
                ? List.of("comparisons", "comparisons.attacks", "comparisons.attacks.byPatient", "comparisons.attacks.tprAtFpr")
                : whole.getAsJsonObject("properties").keySet().stream().filter(name -> !members(whole, name).isEmpty()).toList();
        assertFalse(needed.isEmpty());
        assertEquals(Set.copyOf(needed), Set.copyOf(paths));
        for (String path : paths) {
            assertEquals(members(whole, path), FilesPage.names(file, path), file + ": " + path);
        }
    }

    /** The members of what a path names, or of what its list holds; none if it has none, or another document's schema says so. */
    private static Set<String> members(JsonObject schema, String path) {
        JsonObject at = schema;
        for (String name : path.split("\\.")) {
            at = described(schema, at.getAsJsonObject("properties").getAsJsonObject(name));
        }
        return at.has("properties") ? at.getAsJsonObject("properties").keySet() : Set.of();
    }

    private static JsonObject described(JsonObject schema, JsonObject member) {
        if (member.has("items")) {
            return described(schema, member.getAsJsonObject("items"));
        }
        if (member.has("oneOf")) {
            return described(schema, member.getAsJsonArray("oneOf").get(0).getAsJsonObject());
        }
        String local = "#/$defs/";
        return member.has("$ref") && member.get("$ref").getAsString().startsWith(local)
                ? described(schema,
                        schema.getAsJsonObject("$defs").getAsJsonObject(member.get("$ref").getAsString().substring(local.length())))
                : member;
    }

    @Test
    void everyColumnHasItsLine() throws IOException {
        Set<String> attacks = attacks().stream().map(Attack::name).collect(Collectors.toSet());
        assertEquals(FilesPage.names("attack-scores.csv"),
                columns("attack-scores.csv").map(column -> attacks.contains(column) ? "ATTACK" : column).collect(Collectors.toSet()));
        assertEquals(FilesPage.names("scores.csv"), columns("scores.csv").map(column -> column.replaceAll("\\..+\\.", ".RULE."))
                .collect(Collectors.toSet()));
    }

    private static Stream<String> columns(String file) {
        return rows(file).get(0).getHeader().stream();
    }

    @Test
    void pandasFindsTheSameAreas() throws Exception {
        Path python = program("python3", "-c", "import pandas");
        assumeTrue(python != null,
                "no python3 on the PATH has pandas, so its loader is not run; on Debian: apt-get install python3-pandas");
        assertAreas(run(List.of(python.toString(), "-"), FilesPage.code("python")));
    }

    @Test
    void rFindsTheSameAreas() throws Exception {
        Path r = program("Rscript", "-e", "library(jsonlite)");
        assumeTrue(r != null, "no Rscript on the PATH has jsonlite, so its loader is not run; on Debian: apt-get install r-cran-jsonlite");
        Path script = Files.writeString(demo.resolve("loader.R"), FilesPage.code("r"));
        assertAreas(run(List.of(r.toString(), "--vanilla", script.toString()), ""));
    }

    @Test
    void duckDbFindsTheSameAreas() throws Exception {
        Path duckDb = program("duckdb", "--version");
        assumeTrue(duckDb != null, "duckdb is not on the PATH, so its loader is not run; see duckdb.org for its program");
        assertAreas(run(List.of(duckDb.toString(), "-csv"), FilesPage.code("sql")));
    }

    /** Or the tests before could not fail. */
    @Test
    void anotherAreaIsSeen() throws IOException {
        String right = areas().entrySet().stream().map(area -> area.getKey() + "," + told(area.getKey()) + "," + area.getValue() + "\n")
                .collect(Collectors.joining());
        assertAreas("name,auc,area\n" + right);
        String wrong = right.replaceFirst("(?m),[^,\n]*$", ",0.5");
        assertTrue(assertThrows(AssertionError.class, () -> assertAreas("name,auc,area\n" + wrong))
                .getMessage().contains("expected"));
    }

    /** The first such program on the path that can do this; null if there is none. */
    private static Path program(String name, String... trial) throws Exception {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            Path program = Path.of(folder, name);
            if (Files.isExecutable(program)) {
                List<String> command = Stream.concat(Stream.of(program.toString()), Arrays.stream(trial)).toList();
                Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                if (process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0) {
                    return program;
                }
            }
        }
        return null;
    }

    /** What a program prints in the audit's folder. */
    private static String run(List<String> command, String input) throws Exception {
        Path given = Files.writeString(demo.resolve("input.txt"), input);
        Path printed = demo.resolve("printed.csv");
        Path errors = demo.resolve("errors.txt");
        Process process = new ProcessBuilder(command).directory(audit.toFile()).redirectInput(given.toFile())
                .redirectOutput(printed.toFile()).redirectError(errors.toFile()).start();
        assertTrue(process.waitFor(120, TimeUnit.SECONDS), "it did not end");
        assertEquals(0, process.exitValue(), Files.readString(errors));
        return Files.readString(printed, StandardCharsets.UTF_8);
    }

    private static void assertAreas(String csv) {
        Map<String, NamedCsvRecord> found = new TreeMap<>();
        CsvReader.builder().ofNamedCsvRecord(csv.strip()).forEach(row -> found.put(row.getField("name"), row));
        Map<String, Double> expected = areas();
        assertEquals(expected.keySet(), found.keySet(), csv);
        expected.forEach((name, area) -> {
            assertEquals(area, Double.parseDouble(found.get(name).getField("area")), 1e-12, name);
            assertEquals(told(name), Double.parseDouble(found.get(name).getField("auc")), 1e-12, name);
            assertEquals(told(name), Math.ceil(area * 100) / 100, 1e-12, name); // two digits, in the attack's favour
        });
    }

    private static double told(String attack) {
        return attacks().stream().filter(each -> each.name().equals(attack)).findFirst().orElseThrow().auc();
    }

    private static List<Attack> attacks() {
        return document.main().attacks();
    }

    /** Pair by pair. */
    private static Map<String, Double> areas() {
        List<NamedCsvRecord> rows = rows("attack-scores.csv");
        Map<String, Double> areas = new TreeMap<>();
        for (Attack attack : attacks()) {
            double[] members = scores(rows, "member", attack.name());
            double[] others = scores(rows, "non_member", attack.name());
            double won = 0;
            for (double member : members) {
                for (double other : others) {
                    won += member > other ? 1 : member == other ? 0.5 : 0;
                }
            }
            areas.put(attack.name(), won / members.length / others.length);
        }
        return areas;
    }

    private static double[] scores(List<NamedCsvRecord> rows, String population, String attack) {
        return rows.stream().filter(row -> row.getField("population").equals(population))
                .mapToDouble(row -> Double.parseDouble(row.getField(attack))).toArray();
    }

    private static List<NamedCsvRecord> rows(String file) {
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(audit.resolve(file))) {
            return reader.stream().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
