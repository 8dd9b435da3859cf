package io.github.miaudit.suite;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.miaudit.io.AtomicFile;
import io.github.miaudit.likelihood.MaskingRule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.function.Function;

/** {@code benchmark.json}. */
final class BenchmarkDocument {

    private static final int FORMAT = 1;

    private BenchmarkDocument() {
    }

    static void write(BenchmarkReport report, Path file) {
        String text = new GsonBuilder().setPrettyPrinting().serializeNulls().disableHtmlEscaping().create().toJson(json(report));
        AtomicFile.write(file, writer -> writer.write(text + "\n"));
    }

    static String schema() {
        try (InputStream schema = BenchmarkDocument.class.getResourceAsStream("benchmark.schema.json")) {
            return new String(schema.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // what is packed with the class can be read
        }
    }

    private static JsonObject json(BenchmarkReport report) {
        Benchmark benchmark = report.benchmark();
        JsonObject json = new JsonObject();
        json.addProperty("format", FORMAT);
        json.addProperty("size", benchmark.size().label());
        json.add("seeds", array(benchmark.seeds(), JsonPrimitive::new));
        json.add("rules", array(benchmark.rules(), rule -> new JsonPrimitive(rule.label())));
        json.add("targets", array(benchmark.targets(), BenchmarkDocument::json));
        JsonObject leftOut = new JsonObject();
        report.leftOut().forEach(leftOut::addProperty);
        json.add("leftOut", leftOut);
        JsonArray results = new JsonArray();
        for (Contender contender : report.contenders()) {
            for (BenchmarkTarget target : benchmark.targets()) {
                SortedMap<Long, Figures> bySeed = report.figures(target, contender);
                if (!bySeed.isEmpty()) {
                    results.add(json(contender, target, bySeed));
                }
            }
        }
        json.add("results", results);
        JsonArray answers = new JsonArray();
        benchmark.targets()
                .forEach(target -> report.answers(target).forEach((seed, answer) -> answers.add(json(target, seed, answer))));
        json.add("audits", answers);
        return json;
    }

    private static JsonObject json(BenchmarkTarget target) {
        JsonObject json = new JsonObject();
        json.addProperty("target", target.label());
        json.addProperty("kind", target.kind().label());
        json.addProperty("words", target.words());
        return json;
    }

    private static JsonObject json(BenchmarkTarget target, long seed, Answer answer) {
        JsonObject json = new JsonObject();
        json.addProperty("target", target.label());
        json.addProperty("seed", seed);
        json.addProperty("conclusion", answer.conclusion().name());
        json.addProperty("verdict", answer.verdict().name());
        json.addProperty("attack", answer.attack());
        return json;
    }

    private static JsonObject json(Contender contender, BenchmarkTarget target, SortedMap<Long, Figures> bySeed) {
        JsonObject json = new JsonObject();
        json.addProperty("attack", contender.attack());
        json.addProperty("rules", contender.rules());
        json.addProperty("definition", contender.definition());
        json.add("passes", number(contender.passes()));
        json.addProperty("target", target.label());
        json.add("seeds", array(bySeed.keySet(), JsonPrimitive::new));
        for (Figures.Unit unit : Figures.Unit.values()) {
            json.add(unit.label(), json(unit, bySeed.values()));
        }
        return json;
    }

    private static JsonObject json(Figures.Unit unit, Collection<Figures> ofSeeds) {
        JsonObject json = new JsonObject();
        for (Figure figure : Figure.values()) {
            List<Double> values = ofSeeds.stream().map(each -> each.of(unit, figure)).toList();
            OverSeeds over = OverSeeds.of(values);
            JsonObject told = new JsonObject();
            told.addProperty("mean", over.mean());
            told.add("halfWidth", number(over.halfWidth()));
            told.add("ofSeeds", array(values, JsonPrimitive::new));
            json.add(figure.label(), told);
        }
        return json;
    }

    private static JsonElement number(OptionalDouble value) {
        return value.isPresent() ? new JsonPrimitive(value.getAsDouble()) : JsonNull.INSTANCE;
    }

    private static <T> JsonArray array(Collection<T> values, Function<T, JsonElement> json) {
        JsonArray array = new JsonArray();
        values.forEach(value -> array.add(json.apply(value)));
        return array;
    }
}
