package io.github.miaudit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.miaudit.data.Sample;
import io.github.miaudit.data.Samples;
import io.github.miaudit.io.OutputSet;
import io.github.miaudit.suite.BenchmarkReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarkCommandTest {

    @TempDir
    private static Path shared;
    private static JsonObject document;
    private static JsonObject audited;
    private static Map<String, FileTime> models;

    @TempDir
    private Path folder;

    @BeforeAll
    static void run() throws IOException {
        assertEquals(0, benchmark("--output", path(shared, "first"), "--export", path(shared, "export")).exitCode());
        document = read(shared.resolve("first"));
        assertEquals(0, benchmark("--output", path(shared, "audited"), "--attack", "likelihood-ratio,loss", "--rule", "within-word-l2r",
                "--audits").exitCode());
        audited = read(shared.resolve("audited"));
        models = models();
    }

    @Test
    void everyAttackIsMadeByEveryRuleOnEveryTarget() {
        List<JsonObject> results = results(document);
        assertEquals(Set.of("no-leak", "epochs-32"), values(results.stream(), "target"));
        assertEquals(Set.of("original", "within-word-l2r", "partition(fraction=0.15,repetitions=1,seed=1)", "maskless"),
                values(results.stream().filter(result -> value(result, "attack").equals("likelihood-ratio")), "rules"));
        assertEquals(2, results.stream().filter(result -> value(result, "attack").equals("loss")).count()); // it takes no rule
        assertTrue(document.getAsJsonObject("leftOut").has("experimental-neighbourhood"));
    }

    @Test
    void figuresAreRatesAndPassesAreRowsThroughNetworks() {
        for (JsonObject result : results(document)) {
            for (String unit : List.of("bySentence", "byPatient")) {
                result.getAsJsonObject(unit).entrySet().forEach(figure -> {
                    double mean = figure.getValue().getAsJsonObject().get("mean").getAsDouble();
                    assertTrue(mean >= 0 && mean <= 1, figure.getKey() + " is " + mean);
                });
            }
        }
        assertEquals(2, passes("likelihood-ratio", "maskless")); // one of the target, one of the reference
        assertEquals(1, passes("loss", "maskless"));
        assertTrue(passes("likelihood-ratio", "original") > 10);
    }

    @Test
    void moreEpochsLeakMoreThanNone() {
        assertTrue(area("epochs-32") > 0.75 && area("no-leak") < 0.75, area("epochs-32") + ", " + area("no-leak"));
    }

    @Test
    void attacksAreComparedWithTheUsualOneWhichIsAsGoodAsItself() throws IOException {
        List<String> lines = Files.readAllLines(shared.resolve("first/benchmark.md"));
        int title = lines.indexOf("## AUC above that of likelihood-ratio by within-word-l2r, by patient");
        assertTrue(title >= 0);
        assertTrue(lines.subList(title, lines.size()).stream().filter(line -> line.startsWith("| likelihood-ratio | within-word-l2r |"))
                .findFirst().orElseThrow().endsWith(" | .000 | .000 | .000 |"));
    }

    @Test
    void theDocumentIsAsItsSchemaSays() throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(BenchmarkReport.jsonSchema(),
                InputFormat.JSON);
        assertEquals(List.of(), schema.validate(document.toString(), InputFormat.JSON));
        assertEquals(List.of(), schema.validate(audited.toString(), InputFormat.JSON));
        JsonObject other = audited.deepCopy();
        results(other).get(0).getAsJsonObject("byPatient").getAsJsonObject("auc").addProperty("mean", 1.5);
        other.getAsJsonArray("audits").get(0).getAsJsonObject().addProperty("verdict", "FINE");
        other.addProperty("more", 1);
        assertEquals(3, schema.validate(other.toString(), InputFormat.JSON).size());
    }

    @Test
    void anAuditOfEachTargetAnswersAndTheTableTellsIt() throws IOException {
        List<JsonObject> audits = audited.getAsJsonArray("audits").asList().stream().map(JsonElement::getAsJsonObject).toList();
        assertEquals(List.of("no-leak", "epochs-32"), audits.stream().map(audit -> value(audit, "target")).toList());
        assertTrue(audits.stream().noneMatch(audit -> value(audit, "verdict").equals("NOT_CHECKED")), audits.toString());
        String tables = Files.readString(shared.resolve("audited/benchmark.md"));
        JsonObject last = audits.get(1);
        assertTrue(tables.contains("| epochs-32 | leak | " + value(last, "conclusion").toLowerCase(Locale.ROOT).replace('_', ' ') + " | "
                + value(last, "verdict") + " | 1 |"), tables);
        assertFalse(Files.readString(shared.resolve("first/benchmark.md")).contains("an audit"));
        assertTrue(document.getAsJsonArray("audits").isEmpty());
    }

    /** {@code mia audit} of the exported sentences and the models themselves answers the same. */
    @Test
    void theAuditIsThatOfTheCommand() throws IOException {
        for (JsonElement each : audited.getAsJsonArray("audits")) {
            JsonObject audit = each.getAsJsonObject();
            Path results = folder.resolve(value(audit, "target"));
            assertEquals(0,
                    Shell.mia("audit", "--target", model("target-", value(audit, "target").equals("no-leak") ? 8 : 32), "--reference",
                            model("reference-", 10), "--dataset", path(shared, "export/" + value(audit, "target") + "/seed-1"), "--output",
                            results.toString(), "--attack", "standard,experimental-combined", "--device", "cpu").exitCode());
            JsonObject report = JsonParser.parseString(Files.readString(results.resolve("audit.json"))).getAsJsonObject();
            assertEquals(value(audit, "conclusion"), value(report, "conclusion"));
            assertEquals(value(audit, "verdict"), report.getAsJsonArray("comparisons").get(0).getAsJsonObject()
                    .getAsJsonObject("validity").get("verdict").getAsString());
        }
    }

    @Test
    void thePageSaysWhatTheTablesSayAndLoadsNothing() throws IOException {
        Document page = Jsoup.parse(Files.readString(shared.resolve("audited/benchmark.html")));
        List<String> lines = Files.readAllLines(shared.resolve("audited/benchmark.md"));
        assertEquals(lines.stream().filter(line -> line.startsWith("## ")).map(line -> line.substring(3)).toList(),
                page.select("h2").eachText());
        assertEquals(lines.stream().filter(line -> line.startsWith("| ")).map(line -> line.replaceAll("[| ]+", "")).toList(),
                page.select("tr").stream().map(row -> row.text().replaceAll("[| ]+", "")).toList());
        assertEquals(1, page.select("svg[role=img][aria-label]").size());
        assertEquals(0, page.select("img, script, link, iframe, object, [href]").size());
    }

    @Test
    void theSecondRunTrainsNothingAndGivesTheSameBytes() throws IOException {
        assertEquals(0, benchmark("--output", path(folder, "second")).exitCode());
        assertEquals(models, models());
        for (String file : List.of("benchmark.json", "benchmark.md", "benchmark.html", OutputSet.SUMS)) {
            assertEquals(Files.readString(shared.resolve("first").resolve(file)), Files.readString(folder.resolve("second").resolve(file)));
        }
    }

    @Test
    void modelsThatAreTrainedAnewGiveTheSameBytes() throws IOException {
        Path cache = folder.resolve("other-models");
        assertEquals(0, Shell.mia("benchmark", "--quick", "--cache", cache.toString(), "--output", path(folder, "anew")).exitCode());
        assertEquals(Files.readString(shared.resolve("first/benchmark.json")), Files.readString(folder.resolve("anew/benchmark.json")));
    }

    @Test
    void whoeverHasScoresIsJudgedByThem() throws IOException {
        List<String> rows = new ArrayList<>(List.of("target,seed,id,score"));
        for (Sample sample : Samples.readJsonLines(shared.resolve("export/epochs-32/seed-1/members.jsonl"))) {
            rows.add("epochs-32,1," + sample.id() + ",1");
        }
        for (Sample sample : Samples.readJsonLines(shared.resolve("export/epochs-32/seed-1/non_members.jsonl"))) {
            rows.add("epochs-32,1," + sample.id() + ",0");
        }
        Path oracle = Files.write(folder.resolve("oracle.csv"), rows);
        assertEquals(0, benchmark("--output", path(folder, "judged"), "--attack", "loss", "--attack-file", oracle.toString()).exitCode());
        JsonObject judged = JsonParser.parseString(Files.readString(folder.resolve("judged/benchmark.json"))).getAsJsonObject();
        List<JsonObject> results = results(judged).stream().filter(result -> value(result, "attack").equals("oracle")).toList();
        assertEquals(1, results.size());
        assertEquals(1, results.get(0).getAsJsonObject("byPatient").getAsJsonObject("auc").get("mean").getAsDouble());
        assertTrue(results.get(0).get("passes").isJsonNull());

        Files.write(oracle, rows.subList(0, rows.size() - 1));
        Shell.Outcome lacking = benchmark("--output", path(folder, "lacking"), "--attack", "loss", "--attack-file", oracle.toString());
        assertEquals(1, lacking.exitCode());
        assertTrue(lacking.err().contains("but none of sentence p0024-8; score all of its sentences, or none"), lacking.err());
        assertTrue(Files.notExists(folder.resolve("lacking").resolve(OutputSet.SUMS)));
    }

    @Test
    void whatIsExportedHasTheTokenScoresOfBothModels() throws IOException {
        Path seed = shared.resolve("export/epochs-32/seed-1");
        for (String file : List.of("members-target-original.jsonl", "members-reference-original.jsonl",
                "non_members-target-partition.jsonl")) {
            try (Stream<String> lines = Files.lines(seed.resolve(file))) {
                assertEquals(12 * 8, lines.filter(line -> line.contains("\"logLikelihoods\":[")).count());
            }
        }
    }

    @Test
    void whatIsNotInTheSuiteIsBadUsage() {
        Shell.Outcome outcome = benchmark("--output", path(folder, "none"), "--target", "epochs-9");
        assertEquals(2, outcome.exitCode());
        assertTrue(outcome.err().contains("'epochs-9' is none of no-leak, epochs-1"), outcome.err());
        assertEquals(2, benchmark("--output", path(folder, "none"), "--seed", "1,1").exitCode());
    }

    private static Shell.Outcome benchmark(String... arguments) {
        return Shell.mia(Stream.concat(Stream.of("benchmark", "--quick", "--cache", path(shared, "models")), Stream.of(arguments))
                .toArray(String[]::new));
    }

    private static Map<String, FileTime> models() throws IOException {
        Map<String, FileTime> times = new TreeMap<>();
        try (Stream<Path> files = Files.walk(shared.resolve("models"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                times.put(shared.relativize(file).toString(), Files.getLastModifiedTime(file));
            }
        }
        return times;
    }

    /** The folder of the only model of that name which was trained for so many epochs. */
    private static String model(String name, int epochs) throws IOException {
        try (Stream<Path> folders = Files.list(shared.resolve("models"))) {
            for (Path model : folders.filter(model -> model.getFileName().toString().startsWith(name)).toList()) {
                JsonObject record = JsonParser.parseString(Files.readString(model.resolve("training.json"))).getAsJsonObject();
                if (record.getAsJsonObject("made").get("length").getAsInt() == epochs) {
                    return model.toString();
                }
            }
        }
        throw new AssertionError("no " + name + " of " + epochs + " epochs");
    }

    private static JsonObject read(Path results) throws IOException {
        return JsonParser.parseString(Files.readString(results.resolve("benchmark.json"))).getAsJsonObject();
    }

    private static double area(String target) {
        return results(document).stream()
                .filter(result -> value(result, "attack").equals("likelihood-ratio") && value(result, "rules").equals("original")
                        && value(result, "target").equals(target))
                .findFirst().orElseThrow().getAsJsonObject("byPatient").getAsJsonObject("auc").get("mean").getAsDouble();
    }

    private static double passes(String attack, String rules) {
        return results(document).stream().filter(result -> value(result, "attack").equals(attack) && value(result, "rules").equals(rules))
                .findFirst().orElseThrow().get("passes").getAsDouble();
    }

    private static List<JsonObject> results(JsonObject from) {
        return from.getAsJsonArray("results").asList().stream().map(JsonElement::getAsJsonObject).toList();
    }

    private static Set<String> values(Stream<JsonObject> results, String member) {
        return results.map(result -> value(result, member)).collect(Collectors.toSet());
    }

    private static String value(JsonObject result, String member) {
        return result.get(member).getAsString();
    }

    private static String path(Path in, String name) {
        return in.resolve(name).toString();
    }
}
