package io.github.miaudit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.evaluation.SharedPatients;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.membership.LossFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditReportTest {

    @TempDir
    private Path folder;

    private AuditReport report;
    private Path file;

    @BeforeEach
    void write() throws IOException {
        Random random = new Random(1);
        StringBuilder rows = new StringBuilder("population,group,target_loss,reference_loss\n");
        for (String population : List.of("member", "non_member")) {
            for (int row = 0; row < 60; row++) {
                rows.append(String.format(Locale.ROOT, "%s,%s%d,%.6f,%.6f%n", population, population, row / 3,
                        6 + random.nextGaussian() - (population.equals("member") ? 1 : 0), 3 + random.nextGaussian()));
            }
        }
        Path losses = Files.writeString(folder.resolve("losses.csv"), rows);
        report = AuditReport.ofLosses(losses, LossFile.ATTACKS,
                Evaluation.withDefaults().withBootstrapReplicates(100).withPermutations(1000));
        file = folder.resolve("audit.json");
        report.writeJson(file);
    }

    /** 20 patients a side, of whom one side spells one otherwise. */
    @Test
    void lossesOfSharedPatientsAreRefusedUnlessAllowed() throws IOException {
        String rows = Files.readString(folder.resolve("losses.csv")).replace(",member0,", ",7,").replace(",non_member0,", ",007.0,");
        Path shared = Files.writeString(folder.resolve("shared.csv"), rows);
        Evaluation evaluation = Evaluation.withDefaults().withBootstrapReplicates(100).withPermutations(1000);
        assertEquals(
                "1 patient stands both among the members and among the non-members, however they are spelled; leave them out of one set,"
                        + " as mia prepare does, or call them otherwise if they are other people, or allow it (--allow-shared-patients)",
                assertThrows(AuditException.class, () -> AuditReport.ofLosses(shared, LossFile.ATTACKS, evaluation)).getMessage());
        AuditReport allowed = AuditReport.ofLosses(shared, LossFile.ATTACKS, evaluation.withSharedPatients(SharedPatients.ALLOWED));
        assertEquals(
                List.of("fewer than 5 patients stand both among the members and among the non-members, which was allowed: what the target"
                        + " learnt of them can make their sentences likelier on both sides, so figures may understate how much it tells"),
                allowed.document().warnings());
        assertTrue(allowed.toText().contains("Warning: fewer than 5 patients stand both"), allowed.toText());
        assertEquals(List.of("1 patient stands both among the members and among the non-members, which was allowed: what the target"
                + " learnt of them can make their sentences likelier on both sides, so figures may understate how much it tells"),
                AuditReport.ofLosses(shared, LossFile.ATTACKS, evaluation.withSharedPatients(SharedPatients.ALLOWED).withSmallestCount(1))
                        .document().warnings());
        assertEquals(List.of(), report.document().warnings());
    }

    @Test
    void lossesOfPatientsOnOneSideWarn() throws IOException {
        Path oneSide = Files.writeString(folder.resolve("one.csv"), "population,group,target_loss,reference_loss\n"
                + "member,nan,1,2\nmember,,1,2\nnon_member,7,1,2\nnon_member,NULL,1,2\n");
        assertEquals(List.of(
                "patients are known among the non-members only, not among the members: so there are no "
                        + "figures by patient, patients who stand"
                        + " in both can't be found, and intervals take each sentence of the members for another patient's",
                "some sentences of the non-members name no patient: figures by patient leave them out, and intervals and calibration take"
                        + " each for another patient's"),
                AuditReport.ofLosses(oneSide, LossFile.ATTACKS, Evaluation.withDefaults()).document().warnings());
    }

    @Test
    void isReadBackAsItWas() {
        AuditReport reread = AuditReport.read(file);
        assertEquals(report, reread);
        assertEquals(report.hashCode(), reread.hashCode());
        assertEquals(report.toText(), reread.toText());
        assertEquals(report.toJson(), reread.toJson());
        assertEquals("the report was read from a file, which holds what may be told and nothing else",
                assertThrows(IllegalStateException.class, reread::confidential).getMessage());
    }

    @Test
    void anotherSchemaVersionIsRefusedByName() throws IOException {
        assertEquals(
                "has schemaVersion 1; this version of MIAudit reads 8. Read it with the version that wrote it"
                        + " (provenance.versions.miaudit),"
                        + " or make the audit anew",
                refused(audit -> audit.addProperty("schemaVersion", 1)));
        assertTrue(refused(audit -> audit.addProperty("schemaVersion", 4)).startsWith("has schemaVersion 4; "));
        assertTrue(refused(audit -> audit.addProperty("schemaVersion", 2.5)).startsWith("has schemaVersion 2.5; "));
        assertEquals("has no schemaVersion, so it is no report of MIAudit", refused(audit -> audit.remove("schemaVersion")));
        assertEquals("has no schemaVersion, so it is no report of MIAudit", refused("{}"));
    }

    @Test
    void whatIsNoWholeReportIsRefusedWithThePlace() throws IOException {
        assertEquals("is no whole report: warnings is missing", refused(audit -> audit.remove("warnings")));
        assertEquals("is no whole report: conclusion is null, which it can't be",
                refused(audit -> audit.add("conclusion", JsonNull.INSTANCE)));
        assertEquals("is no whole report: conclusion is \"MAYBE\", which it can't be",
                refused(audit -> audit.addProperty("conclusion", "MAYBE")));
        assertEquals("is no whole report: it has the member more, which no report of this version has",
                refused(audit -> audit.addProperty("more", 1)));
        assertEquals("is no whole report: comparisons[0].attacks[0].auc is missing", refused(audit -> attack(audit).remove("auc")));
        assertEquals("is no whole report: comparisons[0].attacks[0].auc must be a number",
                refused(audit -> attack(audit).addProperty("auc", "much")));
        assertEquals("is no whole report: comparisons[0].attacks[0].auc must be a number",
                refused(audit -> attack(audit).addProperty("auc", "0.61")));
        assertEquals(
                "is no whole report: comparisons[0].attacks[0] is wrong: likelihood-ratio has 7.0 as a share or p-value; it must lie in"
                        + " [0, 1]",
                refused(audit -> attack(audit).addProperty("auc", 7)));
        assertEquals(
                "is no whole report: comparisons[0].attacks[0].tprAtFpr[0] is wrong: tprAtFpr has -0.5 as a share or p-value; it must"
                        + " lie in [0, 1]",
                refused(audit -> attack(audit).getAsJsonArray("tprAtFpr").get(0).getAsJsonObject().addProperty("tpr", -0.5)));
        assertEquals("is no whole report: it is wrong: the first comparison is with externals; it must be that with non_members",
                refused(audit -> comparison(audit).addProperty("nonMembers", "externals")));
        assertEquals(
                "is no whole report: comparisons[0] is wrong: a comparison is of members with members; it must be of members with others",
                refused(audit -> comparison(audit).addProperty("nonMembers", "members")));
        assertEquals(
                "is no whole report: it is wrong: conclusion is TOO_FEW, but that of the first comparison, the identifiers and the"
                        + " strata is "
                        + report.document().conclusion() + "; they must be one",
                refused(audit -> audit.addProperty("conclusion", "TOO_FEW")));
        assertEquals(
                "is no whole report: it is wrong: a comparison's conclusion is IDENTIFIERS_ARE_REMEMBERED, which no comparison can answer",
                refused(audit -> comparison(audit).addProperty("conclusion", "IDENTIFIERS_ARE_REMEMBERED")));
        assertEquals("is no whole report: comparisons[0].memberCount must be a whole number",
                refused(audit -> comparison(audit).addProperty("memberCount", 3.5)));
        assertEquals("is no whole report: comparisons[0].memberCount must be a number",
                refused(audit -> comparison(audit).addProperty("memberCount", "33")));
        assertEquals("is no whole report: comparisons[0].memberCount must be a whole number",
                refused(audit -> comparison(audit).addProperty("memberCount", 1e12)));
        assertEquals("is no whole report: comparisons[0].attacks[0].definition must be a text",
                refused(audit -> attack(audit).addProperty("definition", 5)));
        assertEquals("is no whole report: comparisons[0].attacks[0].tprAtFpr[0].resolvable must be true or false",
                refused(audit -> attack(audit).getAsJsonArray("tprAtFpr").get(0).getAsJsonObject().addProperty("resolvable", "yes")));
        assertEquals("is no whole report: conclusion is another text, which it can't be",
                refused(audit -> audit.addProperty("conclusion", "Chest pain at night.")));
        assertEquals("is the report of a comparison, not of an audit; name the other file, or read it as what it is",
                refused("{\"schemaVersion\": 5, \"cells\": []}"));
        assertEquals("is no whole report: comparisons[0].nonMembers is \"strangers\", which is none of members, non_members, externals",
                refused(audit -> comparison(audit).addProperty("nonMembers", "strangers")));
        assertEquals("is no whole report: comparisons[0] is wrong: strongestAttack is \"guess\", which is none of the attacks",
                refused(audit -> comparison(audit).addProperty("strongestAttack", "guess")));
        assertEquals(
                "is no whole report: comparisons[0].attacks[0] is wrong: roc of likelihood-ratio must have points of 2 or 4 numbers, in"
                        + " [0, 1],"
                        + " the first of them above 0",
                refused(audit -> attack(audit).getAsJsonArray("roc").add(JsonParser.parseString("[0, 1]"))));
        assertEquals("is no whole report: comparisons[0] is wrong: attacks must state the same rates in tprAtFpr",
                refused(audit -> attack(audit).getAsJsonArray("tprAtFpr").remove(0)));
        assertTrue(refused(audit -> audit.getAsJsonArray("histograms").get(0).getAsJsonObject().getAsJsonObject("counts").add("externals",
                JsonParser.parseString("[1]"))).startsWith("is no whole report: it is wrong: histograms hold others than the compared"));
        assertEquals("is no whole report: likelihoods.grid is wrong: a grid of 0 columns and 1 rows must have as many cells",
                refused(audit -> {
                    audit.getAsJsonObject("likelihoods").getAsJsonObject("grid").addProperty("columns", 0);
                    audit.getAsJsonObject("likelihoods").getAsJsonObject("grid").addProperty("rows", 1);
                }));
        assertEquals("is no whole report: warnings must be a text",
                refused(audit -> audit.getAsJsonArray("warnings").add(JsonNull.INSTANCE)));
        assertTrue(refused(report.toJson().substring(1000)).endsWith("is not valid JSON; is the file complete?"));
        assertTrue(refused(report.toJson().replaceFirst("\"warnings\"", "\"excerpts\""))
                .endsWith("states \"excerpts\" twice; remove one of the two"));
        assertEquals(folder.resolve("none.json") + ": does not exist",
                assertThrows(InvalidFileException.class, () -> AuditReport.read(folder.resolve("none.json"))).getMessage());
    }

    @Test
    void noMessageNamesAClass() throws IOException {
        for (String edited : List.of("{\"schemaVersion\": 5, \"a\": 1e99999}", "{\"schemaVersion\": 5}", "3", "", "\"x\"")) {
            assertNoClass(refused(edited));
        }
        for (String name : List.of("auc", "aucInterval", "bestAdvantage", "tprAtFpr", "roc", "byPatient", "permutationPValue")) {
            for (String value : List.of("7", "\"x\"", "[]", "[null]", "[[1]]", "{}", "true", "1e400")) {
                JsonObject audit = JsonParser.parseString(report.toJson()).getAsJsonObject();
                attack(audit).add(name, JsonParser.parseString(value));
                Files.writeString(file, audit.toString());
                try {
                    AuditReport.read(file).toText();
                } catch (InvalidFileException e) {
                    assertNoClass(e.getMessage());
                }
            }
        }
    }

    private static void assertNoClass(String message) {
        assertTrue(!message.contains("java.") && !message.contains("Exception") && !message.contains("gson"), message);
    }

    @Test
    void aLogLineTellsNoFigure() {
        assertEquals("AuditReport[" + report.document().conclusion() + ", data " + report.document().provenance().dataDigest() + "]",
                report.toString());
        assertEquals("AuditResults (confidential)", report.confidential().toString());
        assertNotEquals(0, report.confidential().comparisons().size());
    }

    private static JsonObject comparison(JsonObject audit) {
        return audit.getAsJsonArray("comparisons").get(0).getAsJsonObject();
    }

    private static JsonObject attack(JsonObject audit) {
        return comparison(audit).getAsJsonArray("attacks").get(0).getAsJsonObject();
    }

    private String refused(Consumer<JsonObject> edit) throws IOException {
        JsonObject audit = JsonParser.parseString(report.toJson()).getAsJsonObject();
        edit.accept(audit);
        return refused(audit.toString());
    }

    private String refused(String content) throws IOException {
        Path edited = Files.writeString(folder.resolve("edited.json"), content);
        String message = assertThrows(InvalidFileException.class, () -> AuditReport.read(edited)).getMessage();
        assertTrue(message.startsWith(edited + ":"), message);
        return message.substring(message.indexOf(": ") + 2);
    }
}
