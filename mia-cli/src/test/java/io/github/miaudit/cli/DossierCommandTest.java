package io.github.miaudit.cli;

import static io.github.miaudit.cli.Shell.mia;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.cli.Shell.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From an audit's folder to a dossier that somebody else checks. */
class DossierCommandTest {

    private static final String KEYS = "../mia-report/src/test/resources/io/github/miaudit/report/output/dossier/";

    @TempDir
    private static Path folder;
    private static String demo;
    private static String audit;

    @BeforeAll
    static void audit() {
        demo = folder.resolve("demo").toString();
        audit = folder.resolve("audit").toString();
        Demonstration.unpackInto(folder.resolve("demo"));
        Path few = folder.resolve("few");
        Shell.copyStart(folder.resolve("demo/dataset"), few, 60);
        Outcome audited = mia("audit", "--target", demo + "/target", "--reference", demo + "/reference", "--dataset", few.toString(),
                "--output", audit, "--permutations", "0");
        assertEquals(0, audited.exitCode(), audited.err());
    }

    private static String facts(String outcome) throws IOException {
        return Files
                .writeString(folder.resolve(outcome + ".yaml"), "decision: {outcome: " + outcome + ", signatories: [{name: A. Meier}]}\n")
                .toString();
    }

    @Test
    void aDossierIsMadeSignedAndVerified() throws IOException {
        String zip = folder.resolve("dossier.zip").toString();
        Outcome made = mia("dossier", "--audit", audit, "--facts", facts("no-release"), "--model", demo + "/target", "--sign",
                KEYS + "private.pem", "--output", zip, "--overwrite");
        assertEquals(0, made.exitCode(), made.err());
        assertTrue(made.out().contains("not stated: unit-of-privacy") && made.out().contains("against a release: "), made.out());
        Outcome verified = mia("dossier", "verify", zip, "--key", KEYS + "public.pem");
        assertEquals(0, verified.exitCode(), verified.err());
        assertTrue(verified.out().contains("Signed by the holder of the key that you named"), verified.out());
        Outcome other = mia("dossier", "verify", zip, "--key", KEYS + "other-public.pem");
        assertEquals(1, other.exitCode());
        assertTrue(other.err().contains("signed with another key"), other.err());
    }

    @Test
    void aDecisionThatDoesNotHoldEndsWithThree() throws IOException {
        String zip = folder.resolve("release.zip").toString();
        Outcome made = mia("dossier", "--audit", audit, "--facts", facts("release"), "--output", zip, "--overwrite");
        assertEquals(3, made.exitCode(), made.err());
        assertTrue(made.out().contains("ALARM: The stated decision is \"release\", but this audit supports no release."), made.out());
        assertEquals(3, mia("dossier", "verify", zip).exitCode());
        String expired = folder.resolve("expired.zip").toString();
        Path facts = Files.writeString(folder.resolve("expired.yaml"), "expires: 2020-01-31\n");
        assertEquals(0,
                mia("dossier", "--audit", audit, "--facts", facts.toString(), "--date", "2020-01-01", "--output", expired).exitCode());
        Outcome verified = mia("dossier", "verify", expired);
        assertEquals(3, verified.exitCode());
        assertTrue(verified.out().contains("ALARM: The decision expired on 2020-01-31"), verified.out());
    }

    @Test
    void anotherModelAndAChangedAuditAreRefused() throws IOException {
        String zip = folder.resolve("none.zip").toString();
        Outcome other = mia("dossier", "--audit", audit, "--facts", facts("no-release"), "--model", demo + "/reference", "--output", zip,
                "--overwrite");
        assertEquals(1, other.exitCode());
        assertTrue(other.err().contains("name the folder of the audited one"), other.err());
        Path changed = Files.createDirectories(folder.resolve("changed"));
        Files.copy(Path.of(audit, "SHA256SUMS"), changed.resolve("SHA256SUMS"));
        Files.writeString(changed.resolve("audit.json"), Files.readString(Path.of(audit, "audit.json")).replaceFirst("\\{", "{ "));
        Outcome refused = mia("dossier", "--audit", changed.toString(), "--facts", facts("no-release"), "--output", zip, "--overwrite");
        assertEquals(1, refused.exitCode());
        assertTrue(refused.err().contains("is not the one that SHA256SUMS beside it lists"), refused.err());
        Outcome usage = mia("dossier", "--audit", audit);
        assertEquals(2, usage.exitCode(), usage.err());
        assertTrue(Files.notExists(Path.of(zip)));
    }
}
