package io.github.miaudit.benchmarks;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.miaudit.IdentifierAudit;
import io.github.miaudit.data.Population;
import io.github.miaudit.djl.MaskedLmOptions;
import io.github.miaudit.djl.MaskedLmScorer;
import io.github.miaudit.djl.ScoringDevice;
import io.github.miaudit.djl.TrainingListener;
import io.github.miaudit.exposure.IdentifierResults;
import io.github.miaudit.exposure.OccurrenceResult;
import io.github.miaudit.exposure.Ranking;
import io.github.miaudit.identifiers.IdentifierPlan;
import io.github.miaudit.identifiers.ListedIdentifiers;
import io.github.miaudit.identifiers.Surrogates;
import io.github.miaudit.suite.BenchmarkTarget;
import io.github.miaudit.suite.SuiteSize;
import io.github.miaudit.suite.TrainedTarget;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;

/**
 * What an audit of surnames finds on the targets of a benchmark, by how often they stand in the members, beside what attacks on sentences
 * find. The argument is the folder of {@code mia benchmark}, with {@code benchmark.json}, whose figures of the attacks are told, and
 * {@code models}. Prints a Markdown table, a target and seed a row, and to the error stream how many surnames there are.
 */
public final class IdentifierPowerReport {

    private static final MaskedLmOptions ON_THE_CPU = MaskedLmOptions.withDefaults().withDevice(ScoringDevice.of("cpu"));

    private final Path folder;
    private final JsonObject benchmark;
    private final IdentifierPlan plan;

    private IdentifierPowerReport(Path folder, JsonObject benchmark, IdentifierPlan plan) {
        this.folder = folder;
        this.benchmark = benchmark;
        this.plan = plan;
    }

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        ListedIdentifiers surnames = ListedIdentifiers.of("surname", surnames());
        new IdentifierPowerReport(folder, JsonParser.parseString(Files.readString(folder.resolve("benchmark.json"))).getAsJsonObject(),
                IdentifierPlan.of(surnames, List.of(surnames), Surrogates.withDefaults())).print();
    }

    /** Of which the notes' grammar draws. */
    private static List<String> surnames() throws IOException {
        String name = "surname: ";
        try (InputStream lists = TrainedTarget.class.getResourceAsStream("vocabulary.txt")) {
            return new String(lists.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> line.startsWith(name))
                    .flatMap(line -> Arrays.stream(line.substring(name.length()).split(" \\| "))).toList();
        }
    }

    private void print() {
        List<JsonObject> results = objects("results");
        List<Object> head = new ArrayList<>(List.of("target", "seed", "surnames first", "exposure", "p", "mentioned once: exposure", "p",
                "2 or 3 times: exposure", "p", "4 times or more: exposure", "p"));
        List<String> attacks = results.stream().map(result -> result.get("attack").getAsString()).distinct().toList();
        attacks.forEach(attack -> head.addAll(List.of("`" + attack + "`: AUC by sentence", "by patient")));
        row(head);
        System.out.println("|" + "---|".repeat(head.size()));
        for (JsonObject target : objects("targets")) {
            String label = target.get("target").getAsString();
            List<JsonElement> seeds = benchmark.getAsJsonArray("seeds").asList();
            for (int place = 0; place < seeds.size(); place++) {
                IdentifierResults found = found(BenchmarkTarget.labelled(label).orElseThrow(), seeds.get(place).getAsLong());
                List<Object> cells = new ArrayList<>(List.of("`" + label + "`", seeds.get(place)));
                Ranking all = found.rankings().get(0);
                cells.add(
                        String.format(Locale.ROOT, "%.1f %% [%.1f, %.1f]", 100 * all.first().share(), 100 * all.first().interval().lower(),
                                100 * all.first().interval().upper()));
                cells.addAll(exposure(all));
                for (OccurrenceResult occurring : found.occurrences()) {
                    cells.addAll(occurring.ranking().map(IdentifierPowerReport::exposure).orElse(List.of("", "")));
                }
                for (String attack : attacks) {
                    JsonObject result = results.stream().filter(each -> each.get("attack").getAsString().equals(attack)
                            && each.get("target").getAsString().equals(label)).findFirst().orElseThrow();
                    cells.add(area(result, "bySentence", place));
                    cells.add(area(result, "byPatient", place));
                }
                row(cells);
                System.err.println(label + ", seed " + seeds.get(place) + ": " + found.set() + ", by occurrences "
                        + found.occurrences().stream().map(OccurrenceResult::set).toList());
            }
        }
    }

    private List<JsonObject> objects(String member) {
        return StreamSupport.stream(benchmark.getAsJsonArray(member).spliterator(), false).map(JsonElement::getAsJsonObject).toList();
    }

    private IdentifierResults found(BenchmarkTarget target, long seed) {
        SuiteSize size = benchmark.get("size").getAsString().equals(SuiteSize.FULL.label()) ? SuiteSize.FULL : SuiteSize.QUICK;
        TrainedTarget trained = TrainedTarget.of(target, seed, size, folder.resolve("models"), TrainingListener.NONE);
        try (MaskedLmScorer audited = MaskedLmScorer.open(trained.target(), ON_THE_CPU);
                MaskedLmScorer reference = MaskedLmScorer.open(trained.reference(), ON_THE_CPU)) {
            return IdentifierAudit.of(trained.dataset().samples(Population.MEMBERS), plan, audited.blanks(), reference.blanks()).run()
                    .confidential();
        }
    }

    /** In bits, and the p-value. */
    private static List<Object> exposure(Ranking ranking) {
        return List.of(String.format(Locale.ROOT, "%.2f [%.2f, %.2f]", ranking.exposure().bits(), ranking.exposure().interval().lower(),
                ranking.exposure().interval().upper()), String.format(Locale.ROOT, "%.4f", ranking.preference().pValue()));
    }

    private static String area(JsonObject result, String unit, int seed) {
        return String.format(Locale.ROOT, "%.2f",
                result.getAsJsonObject(unit).getAsJsonObject("auc").getAsJsonArray("ofSeeds").get(seed).getAsDouble());
    }

    private static void row(List<?> cells) {
        System.out.println("| " + String.join(" | ", cells.stream().map(Object::toString).toList()) + " |");
    }
}
