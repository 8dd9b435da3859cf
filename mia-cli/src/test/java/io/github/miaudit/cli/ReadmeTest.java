package io.github.miaudit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.AuditReport;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.report.output.Policy;
import io.github.miaudit.report.output.PolicyOutcome;
import io.github.miaudit.report.output.Publication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows is what runs; its Java is the examples'. */
class ReadmeTest {

    @Test
    void thePolicyInTheReadmeIsOne(@TempDir Path folder) throws IOException {
        String readme = Files.readString(Path.of("../README.md"));
        int start = readme.indexOf("```yaml\n") + "```yaml\n".length();
        Files.writeString(folder.resolve("policy.yaml"), readme.substring(start, readme.indexOf("```", start)));
        Files.writeString(folder.resolve("losses.csv"), "population,target_loss,reference_loss\nmember,1,3\nnon_member,2,2\n");
        PolicyOutcome outcome = Publication
                .of(AuditReport.ofLosses(folder.resolve("losses.csv"), List.of("loss"), Evaluation.withDefaults()))
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
}
