package io.github.miaudit.cli;

import static io.github.miaudit.cli.Shell.mia;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.miaudit.cli.Shell.Outcome;
import io.github.miaudit.io.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code mia audit}: what it writes, refuses and says. */
class AuditCommandTest extends CommandTest {

    private static Path other;

    @BeforeAll
    static void train() {
        other = Shell.trainedFurther(demo.resolve("reference"), demo.resolve("other"));
    }

    @Test
    void auditWritesTheReportAndTheScores() throws IOException {
        dataset("\"No chest pain.\"\n\"Seen on the ward round.\"\n", "\"The scan was normal.\"\n\"\"\n");
        Outcome outcome = mia("audit", "--target", demo.resolve("target").toString(), "--reference", demo.resolve("reference").toString(),
                "--dataset", in("data"), "--output", in("out"), "--fpr", "0.5,0");
        assertDone(outcome);
        JsonObject comparison = JsonParser.parseString(Files.readString(folder.resolve("out/audit.json"))).getAsJsonObject()
                .getAsJsonArray("comparisons").get(0).getAsJsonObject();
        assertEquals(2, comparison.get("memberCount").getAsInt());
        assertEquals(1, comparison.get("nonMemberCount").getAsInt());
        JsonArray attacks = comparison.getAsJsonArray("attacks");
        assertEquals("residual", attacks.get(0).getAsJsonObject().get("name").getAsString());
        assertEquals(0.5, attacks.get(0).getAsJsonObject().getAsJsonArray("tprAtFpr").get(0).getAsJsonObject().get("atFpr").getAsDouble());
        assertEquals(5, Files.readAllLines(folder.resolve("out/scores.csv")).size());
        assertEquals(List.of("id", "group", "population", "residual", "likelihood-ratio", "loss"),
                List.of(Files.readAllLines(folder.resolve("out/attack-scores.csv")).get(0).split(",")));
        assertTrue(outcome.out().contains("2 members against 1 non-members"), outcome.out());
    }

    /** However the two sets spell them, and in all commands that compare. */
    @Test
    void patientsOnBothSidesAreRefusedUnlessAllowed() throws IOException {
        dataset("{\"group\":7,\"text\":\"No chest pain.\"}\n{\"group\":\"NULL\",\"text\":\"Seen.\"}\n",
                "{\"group\":\"007\",\"text\":\"The scan was normal.\"}\n{\"group\":\"null\",\"text\":\"Seen on the ward.\"}\n");
        Files.writeString(folder.resolve("losses.csv"),
                "population,target_loss,reference_loss,group\nmember,1,3,7.0\nmember,1,3,nan\nnon_member,2,2,7\nnon_member,2,2,\n");
        String target = demo.resolve("target").toString();
        String reference = demo.resolve("reference").toString();
        for (String command : List.of("audit --target " + target + " --reference " + reference + " --dataset " + in("data"),
                "compare --target before=" + target + " --target after=" + other + " --reference base=" + reference + " --dataset "
                        + in("data"),
                "audit-scores --scores " + in("losses.csv"))) {
            List<String> arguments = new ArrayList<>(List.of((command + " --permutations 0 --overwrite --output " + in("out")).split(" ")));
            assertFailed(mia(arguments.toArray(String[]::new)), "1 patient stands both among the members and among the non-members");
            if (!command.startsWith("compare")) { // which takes more patients
                arguments.add("--allow-shared-patients");
                Outcome allowed = mia(arguments.toArray(String[]::new));
                assertDone(allowed);
                assertTrue(allowed.out().contains("Warning: fewer than 5 patients stand both among the members and"), allowed.out());
                assertTrue(allowed.out().contains("Warning: some sentences of the members and the non-members name no patient"));
            }
        }
    }

    @Test
    void oneModelInTwoPlacesIsRefused() throws IOException {
        dataset("\"No chest pain.\"\n", "\"The scan was normal.\"\n");
        Path copy = Files.createDirectory(folder.resolve("copy"));
        try (Stream<Path> files = Files.list(demo.resolve("target"))) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        String target = demo.resolve("target").toString();
        assertFailed(mia("audit", "--target", target, "--reference", copy.toString(), "--dataset", in("data"), "--output", in("out")),
                "target target and reference copy are the same model, with the digest ");
        assertFailed(mia("audit", "--target", target, "--reference", copy.toString(), "--dataset", in("data"), "--output", in("out"),
                "--store", in("scores.db")), "target target and reference copy are the same model, with the digest ");
        assertFailed(mia("audit", "--target", target, "--reference", copy.toString(), "--dataset", in("data"), "--output", in("out"),
                "--dry-run"), "target target and reference copy are the same model, with the digest ");
        assertFailed(mia("compare", "--target", "before=" + target, "--target", "after=" + copy, "--reference",
                "base=" + demo.resolve("reference"), "--dataset", in("data"), "--output", in("out")),
                "target before and target after are the same model, with the digest ");
        assertFalse(Files.exists(folder.resolve("out")));
    }

    @Test
    void aReferenceThatWasTrainedOnTheMembersIsRefused() throws IOException {
        dataset("\"No chest pain.\"\n\"Seen on the ward round.\"\n", "\"The scan was normal.\"\n");
        assertDone(
                mia("train", "--from", demo.resolve("reference").toString(), "--input", in("data/members.jsonl"), "--output", in("model"),
                        "--steps", "2"));
        assertFailed(mia("audit", "--target", demo.resolve("reference").toString(), "--reference", in("model"), "--dataset", in("data"),
                "--output", in("out"), "--store", in("scores.db")),
                "reference model is known to have been trained on the members, which a reference must never have seen; are target and"
                        + " reference swapped?");
        assertDone(mia("audit", "--target", in("model"), "--reference", demo.resolve("reference").toString(), "--dataset", in("data"),
                "--output", in("out"), "--permutations", "0"));
    }

    /** A pipeline that looks at policy.xml alone must find none that is of another audit, or of one that failed. */
    @Test
    void whatARunLeavesIsOneSet() throws IOException {
        StringBuilder losses = new StringBuilder("population,target_loss,reference_loss\n");
        for (int row = 0; row < 40; row++) {
            losses.append(row % 2 == 0 ? "member," : "non_member,").append(1 + row * row % 17 / 10.0).append(",2.").append(row)
                    .append('\n');
        }
        Files.writeString(folder.resolve("losses.csv"), losses);
        Files.writeString(folder.resolve("policy.yaml"), "limits:\n  - figure: auc\n    at-most: 1\n");
        String[] audit = {"audit-scores", "--scores", in("losses.csv"), "--output", in("out"), "--bootstrap", "100", "--permutations", "0"};
        assertDone(mia(Stream.concat(Stream.of(audit), Stream.of("--policy", in("policy.yaml"))).toArray(String[]::new)));
        String digest = Sha256.ofFiles(folder.resolve("out/audit.json"));
        for (String file : List.of("policy.xml", "report.html", "summary.md", "model-card.md", "SHA256SUMS")) {
            assertTrue(Files.readString(folder.resolve("out").resolve(file)).contains(digest), file);
        }
        Files.writeString(folder.resolve("out/scores.csv"), "of an earlier run");
        Map<Path, String> before = files(folder.resolve("out"));
        assertFailed(mia(audit), in("out/audit.json")
                + ": is there already, of an earlier run; name another place, or have its results replaced (--overwrite)");
        assertEquals(before, files(folder.resolve("out")));
        assertDone(mia("render", "--report", in("out/audit.json"), "--output", in("out"), "--overwrite"));
        assertTrue(Files.exists(folder.resolve("out/scores.csv")), "the same audit's");
        assertFalse(Files.exists(folder.resolve("out/policy.xml")));
        assertDone(mia(Stream.concat(Stream.of(audit), Stream.of("--policy", in("policy.yaml"), "--overwrite")).toArray(String[]::new)));
        assertFalse(Files.exists(folder.resolve("out/scores.csv")));
        Files.writeString(folder.resolve("losses.csv"), losses.append("member,x,2\n"));
        Map<Path, String> standing = files(folder.resolve("out"));
        assertEquals(1, mia(Stream.concat(Stream.of(audit), Stream.of("--overwrite")).toArray(String[]::new)).exitCode());
        assertEquals(standing, files(folder.resolve("out")), "nothing came in its place");
    }

    private static Map<Path, String> files(Path folder) throws IOException {
        Map<Path, String> digests = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(file -> digests.put(file, Sha256.ofFiles(file)));
        }
        return digests;
    }

    @Test
    void patientsOnOneSideAndFewReferencesAreSaidBeforeAnyWorkAndInTheReport() throws IOException {
        dataset("{\"group\":7,\"text\":\"No chest pain.\"}\n", "\"The scan was normal.\"\n");
        Outcome outcome = mia("audit", "--target", demo.resolve("target").toString(), "--reference", demo.resolve("reference").toString(),
                "--reference", other.toString(), "--dataset", in("data"), "--output", in("out"), "--attack", "lira");
        assertDone(outcome);
        for (String warning : List.of("patients are known among the members only, not among the non-members",
                "attack lira has but 2 references that did not see the sentences")) {
            assertTrue(outcome.err().contains(warning), outcome.err());
            assertTrue(outcome.out().contains("Warning: " + warning), outcome.out());
        }
    }

    @Test
    void attacksAndReferencesMayBeSeveral() throws IOException {
        dataset(sentences("Seen on day %d.", 5), sentences("The scan of week %d was normal.", 5));
        Outcome outcome = mia("audit", "--target", demo.resolve("target").toString(), "--reference", demo.resolve("reference").toString(),
                "--reference", other.toString(), "--dataset", in("data"), "--output", in("out"),
                "--attack", "lira,experimental-min-k,loss", "--confidence", "0.9");
        assertDone(outcome);
        JsonArray attacks = JsonParser.parseString(Files.readString(folder.resolve("out/audit.json"))).getAsJsonObject()
                .getAsJsonArray("comparisons").get(0).getAsJsonObject().getAsJsonArray("attacks");
        assertEquals(List.of("lira", "experimental-min-k", "loss"),
                attacks.asList().stream().map(attack -> attack.getAsJsonObject().get("name").getAsString()).toList());
        assertEquals(0.9, attacks.get(0).getAsJsonObject().getAsJsonObject("aucInterval").get("level").getAsDouble());
    }

    @Test
    void everyAttackCanBeAskedForByName() throws IOException {
        dataset(sentences("Seen on day %d.", 10), sentences("The scan of week %d was normal.", 70));
        List<String> names = List.of("likelihood-ratio", "loss", "lira", "residual", "rmia", "experimental-quantile",
                "experimental-min-k",
                "experimental-min-k-plus-plus", "experimental-zlib", "experimental-lower-case", "experimental-neighbourhood",
                "ez-mia",
                "experimental-surprisal-weighted", "wbc", "experimental-combined", "experimental-sama",
                "informia");
        List<String> arguments = new ArrayList<>(
                List.of("audit", "--target", demo.resolve("target").toString(), "--reference", demo.resolve("reference").toString(),
                        "--reference", other.toString(), "--dataset", in("data"), "--output", in("out"), "--attack"));
        arguments.addAll(names);
        assertDone(mia(arguments.toArray(String[]::new)));
        JsonArray attacks = JsonParser.parseString(Files.readString(folder.resolve("out/audit.json"))).getAsJsonObject()
                .getAsJsonArray("comparisons").get(0).getAsJsonObject().getAsJsonArray("attacks");
        assertEquals(names, attacks.asList().stream().map(attack -> attack.getAsJsonObject().get("name").getAsString()).toList());
    }

    @Test
    void canariesAreMadeTossedAndAudited() throws IOException {
        assertDone(mia("canaries", "--count", "40", "--seed", "3", "--output", in("canaries")));
        int members = Files.readAllLines(folder.resolve("canaries/members.jsonl")).size();
        assertEquals(40, members + Files.readAllLines(folder.resolve("canaries/non_members.jsonl")).size());
        Outcome outcome = mia("audit", "--target", demo.resolve("target").toString(), "--reference", demo.resolve("reference").toString(),
                "--dataset", in("canaries"), "--output", in("out"), "--canary-guesses", "20", "--permutations", "1000");
        assertDone(outcome);
        JsonObject bound = JsonParser.parseString(Files.readString(folder.resolve("out/audit.json"))).getAsJsonObject()
                .getAsJsonArray("comparisons")
                .get(0).getAsJsonObject().getAsJsonArray("attacks").get(0).getAsJsonObject().getAsJsonObject("canaryBound");
        assertEquals(40, bound.get("canaries").getAsInt());
        assertEquals(20, bound.get("guesses").getAsInt());
        assertTrue(bound.get("epsilonLowerBound").getAsDouble() < 1, "the demonstration never saw them: " + bound);
        assertTrue(outcome.out().contains("of 20 guesses on 40 canaries are right"), outcome.out());
    }

    @Test
    void ownSentencesMayBeTossedFor() throws IOException {
        Files.writeString(folder.resolve("own.txt"), "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\n");
        assertDone(mia("canaries", "--from", in("own.txt"), "--seed", "3", "--output", in("canaries")));
        String both = Files.readString(folder.resolve("canaries/members.jsonl"))
                + Files.readString(folder.resolve("canaries/non_members.jsonl"));
        assertEquals(8, both.lines().count());
        Outcome again = mia("canaries", "--output", in("canaries"));
        assertEquals(1, again.exitCode());
        assertTrue(again.err().contains("is there already"), again.err());
        assertTrue(both.contains("\"eight\""), both);
    }

    @Test
    void patientsAndIntervalsAreAsAskedFor() throws IOException {
        StringBuilder losses = new StringBuilder("population,target_loss,reference_loss,group\n");
        for (int row = 0; row < 40; row++) {
            losses.append(row % 2 == 0 ? "member," : "non_member,").append(1 + row * row % 7 + row % 2).append(",2,").append("p")
                    .append(row % 2).append(row / 4).append('\n');
        }
        Files.writeString(folder.resolve("losses.csv"), losses);
        Outcome outcome = mia("audit-scores", "--scores", in("losses.csv"), "--output", in("out"), "--group-score", "fisher",
                "--permutations", "1000", "--bootstrap", "100", "--fpr", "0.4", "--smallest-count", "1");
        assertDone(outcome);
        JsonObject attack = JsonParser.parseString(Files.readString(folder.resolve("out/audit.json"))).getAsJsonObject()
                .getAsJsonArray("comparisons")
                .get(0).getAsJsonObject().getAsJsonArray("attacks").get(0).getAsJsonObject();
        JsonObject byPatient = attack.getAsJsonObject("byPatient");
        assertEquals("score", attack.getAsJsonObject("aucInterval").get("method").getAsString());
        assertTrue(byPatient.get("definition").getAsString().endsWith("of a patient the fisher of conformal p-values"),
                byPatient.toString());
        assertEquals("cluster-bootstrap",
                byPatient.getAsJsonArray("tprAtFpr").get(0).getAsJsonObject().getAsJsonObject("tprInterval").get("method").getAsString());
        assertEquals(10, byPatient.get("memberCount").getAsInt());
        assertTrue(attack.get("aucPValue").getAsDouble() <= 1);
        assertTrue(outcome.out().contains("exposes"), outcome.out());
    }

    /** {@link TokenCountAttack} is on the tests' class path, and is told of what was chosen as others are. */
    @Test
    void anAttackOfTheUsersIsMadeByItsName() throws IOException {
        dataset("\"No chest pain, and none before.\"\n\"Seen on the ward round.\"\n", "\"Normal.\"\n");
        assertDone(mia("audit", "--target", demo.resolve("target").toString(), "--reference", demo.resolve("reference").toString(),
                "--dataset", in("data"),
                "--output", in("out"), "--attack", "token-count,loss,token-count", "--rule", "original", "--reduction", "sum"));
        List<JsonObject> attacks = JsonParser.parseString(Files.readString(folder.resolve("out/audit.json"))).getAsJsonObject()
                .getAsJsonArray("comparisons")
                .get(0).getAsJsonObject().getAsJsonArray("attacks").asList().stream().map(JsonElement::getAsJsonObject).toList();
        assertEquals(List.of("token-count", "loss"), attacks.stream().map(attack -> attack.get("name").getAsString()).toList());
        assertEquals("s = tokens, whatever the sum of token log-likelihoods by original", attacks.get(0).get("definition").getAsString());
        assertEquals(1, attacks.get(0).get("auc").getAsDouble());
    }
}
