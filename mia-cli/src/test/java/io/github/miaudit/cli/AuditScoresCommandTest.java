package io.github.miaudit.cli;

import static io.github.miaudit.cli.Shell.mia;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.miaudit.cli.Shell.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code mia audit-scores} of losses that were computed elsewhere, and {@code mia render}. */
class AuditScoresCommandTest extends CommandTest {

    @Test
    void lossesBelowZeroAreRefused() throws IOException {
        Files.writeString(folder.resolve("losses.csv"), "population,target_loss,reference_loss\nmember,1,3\nnon_member,-2,2\n");
        assertFailed(mia("audit-scores", "--scores", in("losses.csv"), "--output", in("out")),
                in("losses.csv") + ":3: target_loss is below 0, as 1 of 1 of the non-members are; a loss is minus a log-likelihood");
    }

    @Test
    void lossesMakeTheAttacksAskedFor() throws IOException {
        Files.writeString(folder.resolve("losses.csv"), "population,target_loss,reference_loss\nmember,1,3\nnon_member,2,2\n");
        assertDone(mia("audit-scores", "--scores", in("losses.csv"), "--output", in("out"), "--attack", "loss"));
        JsonArray attacks = JsonParser.parseString(Files.readString(folder.resolve("out/audit.json"))).getAsJsonObject()
                .getAsJsonArray("comparisons").get(0).getAsJsonObject().getAsJsonArray("attacks");
        assertEquals(1, attacks.size());
        assertEquals("loss", attacks.get(0).getAsJsonObject().get("name").getAsString());
    }

    @Test
    void lossesAreToldByStratum() throws IOException {
        StringBuilder losses = new StringBuilder("population,group,target_loss,reference_loss\n");
        StringBuilder strata = new StringBuilder("patient,sex\n");
        for (int patient = 0; patient < 40; patient++) {
            losses.append("member,m").append(patient).append(",1.").append(patient * 37 % 100).append(",3\n");
            losses.append("non_member,n").append(patient).append(",1.").append(patient * 29 % 97).append(",3\n");
            strata.append('m').append(patient).append(patient % 2 == 0 ? ",f\n" : ",\n").append('n').append(patient).append(",f\n");
        }
        Files.writeString(folder.resolve("losses.csv"), losses);
        Files.writeString(folder.resolve("strata.csv"), strata.toString().replaceAll("(n[0-9]*[13579]),f", "$1,"));
        String[] audit = {"audit-scores", "--scores", in("losses.csv"), "--strata", in("strata.csv"), "--output", in("out"), "--overwrite",
                "--bootstrap",
                "100", "--permutations", "1000"};
        assertDone(mia(audit));
        JsonObject variable = JsonParser.parseString(Files.readString(folder.resolve("out/audit.json"))).getAsJsonObject()
                .getAsJsonObject("strata").getAsJsonArray("variables").get(0).getAsJsonObject();
        assertEquals("sex", variable.get("name").getAsString());
        assertEquals(List.of("f", "not stated"), variable.getAsJsonArray("strata").asList().stream()
                .map(stratum -> stratum.getAsJsonObject().get("name").getAsString()).toList());
        assertTrue(Files.readString(folder.resolve("out/report.html")).contains("By stratum"));
        String hostile = Files.readString(folder.resolve("strata.csv")).replace(",f", ",\u001b[31m\u202ef");
        Files.writeString(folder.resolve("strata.csv"), hostile);
        Outcome inert = mia(audit);
        assertDone(inert);
        assertFalse(inert.out().matches("(?s).*[\u001b\u202e].*"), inert.out());
        Files.writeString(folder.resolve("strata.csv"), "patient,sex\nnobody,f\n");
        Outcome others = mia(audit);
        assertEquals(1, others.exitCode());
        assertTrue(others.err().startsWith("mia: ") && others.err().contains("patient"), others.err());
    }

    @Test
    void whatAReportIsAboutIsInAllOfIt() throws IOException {
        Files.writeString(folder.resolve("losses.csv"), "population,target_loss,reference_loss\nmember,1,3\nnon_member,2,2\n");
        Files.writeString(folder.resolve("report.yaml"), "title: Release 3\norganisation: St Mary\ndate: 2026-01-31\n");
        assertDone(mia("audit-scores", "--scores", in("losses.csv"), "--about", in("report.yaml"), "--title", "Release 4", "--output",
                in("out")));
        for (String file : List.of("audit.json", "report.html", "summary.md", "model-card.md")) {
            String text = Files.readString(folder.resolve("out").resolve(file));
            assertTrue(text.contains("Release 4") && text.contains("St Mary") && text.contains("2026-01-31"), file);
            assertFalse(text.contains("Release 3"), file);
        }
        assertDone(mia("render", "--report", in("out/audit.json"), "--author", "A. Doe", "--output", in("again")));
        String again = Files.readString(folder.resolve("again/summary.md"));
        assertTrue(again.contains("## Release 4") && again.contains("- Author: A. Doe"), again);
        Files.writeString(folder.resolve("report.yaml"), "title: Release 3\ndate: tomorrow\n");
        Outcome wrong = mia("render", "--report", in("out/audit.json"), "--about", in("report.yaml"), "--output", in("third"));
        assertTrue(wrong.err().startsWith("mia: " + in("report.yaml") + ":2: date is \"tomorrow\"; it must be a day"), wrong.err());
        assertEquals(2, mia("render", "--report", in("out/audit.json"), "--date", "tomorrow", "--output", in("again")).exitCode());
    }

    @Test
    void anEarlierAuditIsRenderedAnewAndHeldToAnotherPolicy() throws IOException {
        Files.writeString(folder.resolve("losses.csv"), "population,target_loss,reference_loss\nmember,1,3\nnon_member,2,2\n");
        assertDone(mia("audit-scores", "--scores", in("losses.csv"), "--output", in("out")));
        assertDone(mia("render", "--report", in("out/audit.json"), "--output", in("again")));
        for (String file : List.of("audit.json", "report.html", "summary.md", "model-card.md")) {
            assertEquals(Files.readString(folder.resolve("out").resolve(file)), Files.readString(folder.resolve("again").resolve(file)));
        }
        Files.writeString(folder.resolve("policy.yaml"), "limits:\n  - figure: auc\n    at-most: 0.5\n");
        assertEquals(3,
                mia("render", "--report", in("out/audit.json"), "--output", in("again"), "--policy", in("policy.yaml"), "--overwrite")
                        .exitCode());
        Files.writeString(folder.resolve("old.json"), "{\"schemaVersion\": 1}");
        Outcome old = mia("render", "--report", in("old.json"), "--output", in("third"));
        assertEquals(1, old.exitCode());
        assertTrue(old.err().startsWith("mia: " + in("old.json") + ": has schemaVersion 1; "), old.err());
    }

    /** Members less likely than others by far: low figures, and yet whoever turns the score round tells them all. */
    @Test
    void swappedSetsBreakAPolicyThatLowFiguresWouldKeep() throws IOException {
        StringBuilder losses = new StringBuilder("population,target_loss,reference_loss,group\n");
        for (int row = 0; row < 60; row++) {
            losses.append(row % 2 == 0 ? "member," : "non_member,").append(row % 2 == 0 ? 5 + row * row % 7 * 0.1 : 2 + row * row % 5 * 0.1)
                    .append(',').append(4 + row * row % 11 * 0.1).append(",p").append(row).append('\n');
        }
        Files.writeString(folder.resolve("losses.csv"), losses);
        Files.writeString(folder.resolve("policy.yaml"), "limits:\n  - figure: auc\n    at-most: 0.5\n");
        Outcome outcome = mia("audit-scores", "--scores", in("losses.csv"), "--output", in("out"), "--policy", in("policy.yaml"));
        assertEquals(3, outcome.exitCode());
        assertTrue(outcome.out().contains("answer: told the other way"), outcome.out());
        assertTrue(outcome.out().contains("members against non-members are not told the other way"), outcome.out());
    }

    @Test
    void auditScoresNeedsNoModel() throws IOException {
        Files.writeString(folder.resolve("losses.csv"),
                "population,target_loss,reference_loss\nmember,1,3\nnon_member,2,2\nexternal,4,1\n");
        assertDone(mia("audit-scores", "--scores", in("losses.csv"), "--output", in("out")));
        JsonArray comparisons = JsonParser.parseString(Files.readString(folder.resolve("out/audit.json"))).getAsJsonObject()
                .getAsJsonArray("comparisons");
        assertEquals("externals", comparisons.get(1).getAsJsonObject().get("nonMembers").getAsString());
        assertEquals(1.0, comparisons.get(0).getAsJsonObject().getAsJsonArray("attacks").get(0).getAsJsonObject().get("auc").getAsDouble());
    }

    @Test
    void aFileGivesTheTerminalNoCommands() throws IOException {
        Files.createDirectories(folder.resolve("model"));
        Files.writeString(folder.resolve("model/config.json"), "{\"model_type\": \"\\u001b[31mbert\\u202e\\nmia: done\"}");
        Files.writeString(folder.resolve("notes.jsonl"), "\"a\"\n");
        assertFailed(mia("score", "--model", in("model"), "--input", in("notes.jsonl"), "--output", in("scores.jsonl")),
                in("model/config.json") + ": model_type is \"\uFFFD[31mbert\uFFFD mia: done\"");
    }
}
