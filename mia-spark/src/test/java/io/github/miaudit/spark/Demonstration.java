package io.github.miaudit.spark;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.miaudit.data.Population;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The demonstration's invented notes and its model, which are small. */
final class Demonstration {

    static final SentenceColumns COLUMNS = SentenceColumns.named("id", "patient", "text", "population");

    private Demonstration() {
    }

    static Path model() {
        return resource("/demo/target");
    }

    static Path reference() {
        return resource("/demo/reference");
    }

    static Path dataset() {
        return resource("/demo/dataset");
    }

    /** Rows of the file that {@link #write} wrote, read anew each time. */
    static Dataset<Row> read(SparkSession spark, Path file) {
        return spark.read().schema("id STRING, patient STRING, text STRING, population STRING").json(file.toUri().toString());
    }

    /** The first sentences of each population as JSON Lines, as a table has them; several files. */
    static Path write(Path folder, int sentences) {
        List<String> lines = new ArrayList<>();
        for (Population population : Population.values()) {
            lines.addAll(sentences(population, sentences));
        }
        return write(folder, lines);
    }

    /** The first sentences of a population, as rows of a table. */
    static List<String> sentences(Population population, int most) {
        return lines(resource("/demo/dataset/" + population.label() + ".jsonl")).stream().limit(most).map(line -> {
            JsonObject row = JsonParser.parseString(line).getAsJsonObject();
            row.add("patient", row.remove("group"));
            row.addProperty("population", population.rowLabel());
            return row.toString();
        }).toList();
    }

    static Path write(Path folder, List<String> lines) {
        try {
            Files.createDirectories(folder);
            int half = lines.size() / 2;
            Files.write(folder.resolve("one.json"), lines.subList(0, half));
            Files.write(folder.resolve("two.json"), lines.subList(half, lines.size()));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path resource(String name) {
        try {
            return Path.of(Demonstration.class.getResource(name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
