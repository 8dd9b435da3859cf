package io.github.miaudit.cli;

import static io.github.miaudit.cli.Shell.mia;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.cli.Shell.Outcome;
import io.github.miaudit.io.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Before a second report is published: what its reader learns beside the first. */
class CompareReportsTest {

    @TempDir
    private static Path demo;

    @TempDir
    private Path folder;

    @BeforeAll
    static void unpack() {
        Demonstration.unpackInto(demo);
    }

    /** A dataset of so many members, as it were prepared with a salt or without, and its audit. */
    private void audit(String name, int members, boolean salted) throws IOException {
        Path dataset = Files.createDirectories(folder.resolve(name));
        Path inFile = write(dataset.resolve("members.jsonl"), "m", members);
        Path outFile = write(dataset.resolve("non_members.jsonl"), "n", 12);
        if (salted) {
            Files.writeString(dataset.resolve("datasheet.json"),
                    "{\"sets\": {}, \"settings\": {}, \"saltDigest\": \"5a\", \"inputs\": {}, \"digests\": {\"members.jsonl\": \""
                            + Sha256.ofFiles(inFile) + "\", \"non_members.jsonl\": \"" + Sha256.ofFiles(outFile) + "\"}}");
        }
        Outcome audited = mia("audit", "--target", demo.resolve("target").toString(), "--reference", demo.resolve("reference").toString(),
                "--dataset", dataset.toString(), "--output", folder.resolve(name + "-out").toString(), "--permutations", "0");
        assertEquals(0, audited.exitCode(), audited.err());
    }

    private static Path write(Path file, String set, int patients) throws IOException {
        return Files.writeString(file, IntStream.range(0, patients)
                .mapToObj(patient -> "{\"id\": \"" + set + patient + "\", \"group\": \"" + set + patient + "\", \"text\": \"Seen on day "
                        + (set.equals("m") ? patient : 100 + patient) + " of the stay.\"}")
                .collect(Collectors.joining("\n")));
    }

    private String report(String name) {
        return folder.resolve(name + "-out/audit.json").toString();
    }

    @Test
    void onePatientMoreIsNamedAndEndsWithOne() throws IOException {
        audit("before", 12, true);
        audit("after", 13, true);
        Outcome found = mia("compare-reports", report("before"), report("after"));
        assertEquals(1, found.exitCode(), found.out());
        assertTrue(found.out().contains("members: fewer than 5 patients may differ") && found.out().contains("non-members: the same"),
                found.out());
        assertTrue(found.err().startsWith("mia: who reads both reports learns of fewer patients"), found.err());
        assertEquals(0, mia("compare-reports", report("before"), report("before")).exitCode());
        Outcome exact = mia("compare-reports", report("before"), report("after"), "--dataset", folder.resolve("before").toString(),
                "--dataset", folder.resolve("after").toString());
        assertEquals(1, exact.exitCode());
        assertTrue(exact.out().contains("members: patients who differ: 1, fewer than 5"), exact.out());
    }

    @Test
    void withoutASaltItTakesTheDatasets() throws IOException {
        audit("before", 12, false);
        audit("after", 22, false);
        Outcome undecided = mia("compare-reports", report("before"), report("after"));
        assertEquals(4, undecided.exitCode(), undecided.out());
        assertTrue(undecided.out().contains("name both datasets"), undecided.out());
        Outcome decided = mia("compare-reports", report("before"), report("after"), "--dataset", folder.resolve("before").toString(),
                "--dataset", folder.resolve("after").toString());
        assertEquals(0, decided.exitCode(), decided.err());
        assertTrue(decided.out().contains("members: patients who differ: 10\n"), decided.out());
        assertEquals(2, mia("compare-reports", report("before"), report("after"), "--dataset", folder.toString()).exitCode());
        assertEquals(2, mia("compare-reports", report("before")).exitCode());
    }

    /** A comparison beside an audit of one patient less: what one version does to him. */
    @Test
    void aComparisonIsTakenToo() throws IOException {
        audit("before", 12, true);
        audit("after", 13, true);
        Outcome compared = mia("compare", "--target", "old=" + demo.resolve("target"), "--target",
                "new=" + Shell.trainedFurther(demo.resolve("target"), folder.resolve("further")), "--reference",
                "base=" + demo.resolve("reference"), "--dataset", folder.resolve("after").toString(), "--output",
                folder.resolve("compared").toString(), "--permutations", "0");
        assertEquals(0, compared.exitCode(), compared.err());
        String comparison = folder.resolve("compared/comparison.json").toString();
        Outcome found = mia("compare-reports", report("before"), comparison);
        assertEquals(1, found.exitCode(), found.out() + found.err());
        assertTrue(found.out().contains("members: fewer than 5 patients may differ") && found.out().contains("members in patients: 12 and"
                + " 13"), found.out());
        Outcome same = mia("compare-reports", report("after"), comparison);
        assertEquals(0, same.exitCode(), same.out() + same.err());
    }

    @Test
    void whatIsNoReportIsNamed() throws IOException {
        audit("before", 12, true);
        Path file = folder.resolve("other.json");
        for (String content : new String[] {"", "{", "{\"schemaVersion\": 3, \"auditDigest\": \"secret words\"}", "secret words",
                Files.readString(Path.of(report("before"))).substring(0, 500)}) {
            Files.writeString(file, content);
            Outcome refused = mia("compare-reports", report("before"), file.toString());
            assertEquals(1, refused.exitCode());
            assertTrue(refused.err().startsWith("mia: " + file + ":") && !refused.err().contains("secret"), refused.err());
        }
    }
}
