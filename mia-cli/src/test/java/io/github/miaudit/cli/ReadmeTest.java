package io.github.miaudit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import io.github.miaudit.AuditReport;
import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.djl.MaskedLmScorer;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.evaluation.TargetComparison;
import io.github.miaudit.likelihood.SequenceScorer;
import io.github.miaudit.report.output.Policy;
import io.github.miaudit.report.output.PolicyOutcome;
import io.github.miaudit.report.output.Publication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows is what compiles and runs. */
class ReadmeTest {

    @Test
    void theJavaInTheReadmeIsTheExample() throws IOException {
        String source = Files.readString(Path.of("src/test/java/io/github/miaudit/cli/ReadmeExample.java"));
        String body = source.substring(source.indexOf("        AttackDataset data"), source.lastIndexOf("    }\n}")).stripTrailing().stripIndent();
        assertTrue(Files.readString(Path.of("../README.md")).contains("```java\n" + body + "\n```"), body);
    }

    @Test
    void theExampleRuns(@TempDir Path folder) throws IOException {
        Demonstration.unpackInto(folder);
        shorten(folder.resolve("dataset/members.jsonl"));
        shorten(folder.resolve("dataset/non_members.jsonl"));
        Files.delete(folder.resolve("dataset/externals.jsonl"));
        ReadmeExample.run(folder);
        assertTrue(Files.readString(folder.resolve("report.html")).startsWith("<!DOCTYPE html>"));
        assertEquals(20, JsonParser.parseString(Files.readString(folder.resolve("audit.json"))).getAsJsonObject()
                .getAsJsonArray("comparisons").get(0).getAsJsonObject().get("memberCount").getAsInt());
    }

    @Test
    void theComparisonInTheReadmeIsTheExampleAndRuns(@TempDir Path folder) throws IOException {
        String source = Files.readString(Path.of("src/test/java/io/github/miaudit/cli/ReadmeComparison.java"));
        String body = source.substring(source.indexOf("        ComparisonReport comparison"), source.indexOf("        return comparison")).stripTrailing().stripIndent();
        assertTrue(Files.readString(Path.of("../README.md")).contains("```java\n" + body + "\n```"), body);
        Demonstration.unpackInto(folder);
        shorten(folder.resolve("dataset/members.jsonl"));
        shorten(folder.resolve("dataset/non_members.jsonl"));
        Files.delete(folder.resolve("dataset/externals.jsonl"));
        try (SequenceScorer target = MaskedLmScorer.open(folder.resolve("target")); SequenceScorer reference = MaskedLmScorer.open(folder.resolve("reference"))) {
            TargetComparison comparison = ReadmeComparison.run(AttackDataset.readJsonLines(folder.resolve("dataset")), target, reference, reference, folder).comparison();
            assertEquals("before", comparison.baseline());
            assertEquals(0.5, comparison.differences().get(0).area(), 0.25, "the reference beside itself: float noise");
            assertTrue(Files.size(folder.resolve("comparison.html")) > 10_000);
        }
    }

    @Test
    void thePolicyInTheReadmeIsOne(@TempDir Path folder) throws IOException {
        String readme = Files.readString(Path.of("../README.md"));
        int start = readme.indexOf("```yaml\n") + "```yaml\n".length();
        Files.writeString(folder.resolve("policy.yaml"), readme.substring(start, readme.indexOf("```", start)));
        Files.writeString(folder.resolve("losses.csv"), "population,target_loss,reference_loss\nmember,1,3\nnon_member,2,2\n");
        PolicyOutcome outcome = Publication.of(AuditReport.ofLosses(folder.resolve("losses.csv"), List.of("loss"), Evaluation.withDefaults()))
                .check(Policy.read(folder.resolve("policy.yaml")));
        assertEquals(3, outcome.checks().size());
        assertFalse(outcome.isKept());
    }

    @Test
    void ciRunsTheReadmesTestCommand() throws IOException {
        assertTrue(Files.readString(Path.of("../README.md")).contains("\nmvn verify "));
        List<String> script = Files.readAllLines(Path.of("../.ci/run"));
        assertTrue(script.get(script.size() - 1).matches("mvn .*verify"), script.toString());
    }

    private static void shorten(Path file) throws IOException {
        Files.write(file, Files.readAllLines(file).subList(0, 20));
    }
}
