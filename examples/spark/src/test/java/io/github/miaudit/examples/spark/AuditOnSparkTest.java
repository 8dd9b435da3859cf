package io.github.miaudit.examples.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job runs, writes a report, and is the page's. */
class AuditOnSparkTest {

    private static final Path SOURCE = Path.of("src/main/java/io/github/miaudit/examples/spark/AuditOnSpark.java");
    private static final Path DEMONSTRATION = Path.of("../../mia-cli/src/main/resources/io/github/miaudit/cli/demo");

    @Test
    void itIsThePages() throws IOException {
        String text = Files.readString(SOURCE);
        String body = text.substring(text.indexOf("        try (SparkSession"), text.indexOf("    /** Of a table")).strip();
        String shown = "```java\n" + body.substring(0, body.lastIndexOf("\n    }")).replaceAll("(?m)^ {8}", "") + "\n```";
        assertTrue(Files.readString(Path.of("../../docs/spark.md")).contains(shown), shown);
    }

    /** In this process, as {@code spark-submit --master local[2]} would; with the jobs of the profile {@code cluster}. */
    @Test
    @Tag("cluster")
    void itAuditsTheDemonstration(@TempDir Path folder) throws IOException {
        Files.createDirectory(folder.resolve("dataset"));
        for (String file : List.of("dataset/members.jsonl", "dataset/non_members.jsonl")) {
            Files.write(folder.resolve(file), Files.readAllLines(DEMONSTRATION.resolve(file)).subList(0, 120));
        }
        AuditOnSpark.main(Stream.of(folder.resolve("dataset"), DEMONSTRATION.resolve("target"), DEMONSTRATION.resolve("reference"),
                folder.resolve("scores"), folder.resolve("out")).map(Path::toString).toArray(String[]::new));
        var comparison = JsonParser.parseString(Files.readString(folder.resolve("out/audit.json"))).getAsJsonObject()
                .getAsJsonArray("comparisons").get(0).getAsJsonObject();
        assertEquals(120, comparison.get("memberCount").getAsInt());
        assertTrue(Files.readString(folder.resolve("out/report.html")).startsWith("<!DOCTYPE html>"));
    }
}
