package io.github.miaudit.cli;

import static io.github.miaudit.cli.Shell.mia;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.cli.Shell.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What all commands have in common as a user meets them: exit codes, help, one-line errors. */
class CommandLineTest extends CommandTest {

    @Test
    void namesDoNothingToTheTerminal() throws IOException {
        Path hostile = folder.resolve("out\u001b[2J\u202etxt");
        Files.writeString(folder.resolve("losses.csv"), "population,target_loss,reference_loss\nmember,1,3\nnon_member,2,2\n");
        Outcome outcome = mia("audit-scores", "--scores", in("losses.csv"), "--output", hostile.toString(), "--permutations", "0");
        assertDone(outcome);
        assertTrue(outcome.out().contains("written to " + folder.resolve("out\uFFFD[2J\uFFFDtxt")), outcome.out());
        assertFalse(mia("audit-scores", "--scores", in("no\u001b[2J"), "--output", in("x")).err().contains("\u001b"));
        assertFalse(mia("audit-scores", "--\u001b[2J").err().contains("\u001b"));
    }

    @Test
    void errorsOfJavaAreOneLineEach() {
        assertEquals("mia: Java has too little memory; give it more, such as MIA_JAVA_OPTIONS=-Xmx8g\n",
                failing(() -> {
                    throw new OutOfMemoryError("Java heap space");
                }));
        assertEquals("mia: a library that this takes is missing, or of another version than MIAudit was built with; build or unpack MIAudit"
                + " anew, and look at what MIA_CLASS_PATH adds; --verbose shows which\n", failing(() -> {
                    throw new NoClassDefFoundError("com/google/gson/Strictness");
                }));
        assertEquals("mia: this went wrong in a way that nobody foresaw, which is a defect; --verbose shows where\n", failing(() -> {
            throw new IllegalStateException("java.lang.String");
        }));
        assertEquals("mia: a/b: a folder stands where a file is to be; remove it, or name a place elsewhere\n", failing(() -> {
            throw new UncheckedIOException(new DirectoryNotEmptyException("a/b"));
        }));
    }

    private static String failing(Runnable work) {
        MiaCommand command = new MiaCommand() {
            @Override
            void execute() {
                work.run();
            }
        };
        PrintStream usual = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            assertEquals(1, MiaCommand.run(command));
        } finally {
            System.setErr(usual);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "score", "score --model x --input y --output z --rule nonsense",
            "score --model x --input y --output z --device tpu", "score --model x --input y --output z --token-budget 0",
            "score --model x --input y --output z --mask-seed 3", "score --model x --input y --output z --rule energy --repetitions 2",
            "score --model x --input y --output z --rule energy --fraction 0", "score --model x --input y --output z --length-policy guess",
            "audit-scores --scores x --output y --fpr 0.1,2", "audit-scores --scores x --output y --fpr NaN",
            "audit-scores --scores x --output y --confidence 1",
            "audit-scores --scores x --output y --bootstrap 3", "audit-scores --scores x --output y --prior 2",
            "audit --target a --reference b --dataset c --output d --reduction median",
            "audit --target a --reference b --dataset c --output d --attack guess",
            "audit-scores --scores x --output y --attack lira", "audit-scores --scores x --output y --group-score median",
            "audit-scores --scores x --output y --rate-interval delong", "audit-scores --scores x --output y --area-interval guess",
            "audit-scores --scores x --output y --permutations 3", "audit-scores --scores x --output y --canary-guesses 0",
            "prepare --training a --nontraining b --output c --patients 0",
            "prepare --training a --nontraining b --output c --on-bad-row guess",
            "prepare --training a --nontraining b --output c --similarity 2", "canaries --output x --count 0",
            "canaries --output x --count 1",
            "train --input a --output b", "train --input a --output b --from c --epochs 1 --steps 1",
            "train --input a --output b --from c --learning-rate 0", "train --input a --output b --from c --precision float16",
            "train-shadows --dataset a --output b", "schema", "schema report"})
    void badUsageIsExitCode2AndOneLine(String line) {
        Outcome outcome = mia(line.isEmpty() ? new String[0] : line.split(" "));
        assertEquals(2, outcome.exitCode(), outcome.err());
        assertEquals(1, outcome.err().lines().count(), outcome.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "demo", "score", "audit", "audit-scores", "render", "compare-reports", "compare", "store", "prepare",
            "canaries", "train",
            "train-shadows", "train-demo", "schema"})
    void helpIsThere(String command) {
        Outcome outcome = mia((command + " --help").strip().split(" "));
        assertEquals(0, outcome.exitCode());
        assertTrue(outcome.out().contains("Usage: mia"), outcome.out());
    }

    @Test
    void helpAndErrorsNameTheAttacksAndRulesThereAre() {
        String help = mia("audit", "--help").out().replaceAll("\\s+", " ");
        assertTrue(help.contains(
                "energy, global-l2r, global-l2r-masking-end, maskless, original, partition, progressive, seed-compat-loss, whole-word"
                        + " or within-word-l2r (default: within-word-l2r)."),
                help);
        assertTrue(mia("score", "--model", "m", "--input", "i", "--output", "o", "--rule", "guess").err()
                .contains("'guess' is none of energy, global-l2r,"));
        assertTrue(mia("score", "--model", "m", "--input", "i", "--output", "o", "--rule", "energy", "--repetitions", "2").err()
                .contains("Option '--repetitions' is of no use to rule energy(fraction=0.15,draws=20,seed=1)"));
        assertTrue(mia("score", "--model", "m", "--input", "i", "--output", "o", "--rule", "progressive", "--steps", "0").err()
                .contains("steps are 0; at least 1 is needed"));
        assertTrue(mia("score", "--model", "m", "--input", "i", "--output", "o", "--rule", "energy", "--draws", "0").err()
                .contains("draws are 0; at least 1 is needed"));
        assertTrue(help.contains(
                "ez-mia, informia, likelihood-ratio, lira (at least 2 references), loss, residual, rmia, token-count (a test's),"
                        + " wbc; or, not"
                        + " validated on masked models, experimental-combined (an upper estimate, which learns from the members),"
                        + " -lower-case, -min-k, -min-k-plus-plus, -neighbourhood (50 scorings a sentence, by swaps of the"
                        + " first reference), -quantile, -sama, -surprisal-weighted, -zlib. Several may be given (default: standard, which"
                        + " is residual, likelihood-ratio, loss)."),
                help);
        Outcome unknown = mia("audit", "--target", "t", "--reference", "r", "--dataset", "d", "--output", "o", "--attack", "guess");
        assertEquals(2, unknown.exitCode());
        assertTrue(
                unknown.err().contains(
                        "'guess' is none of ez-mia, informia, likelihood-ratio, lira, loss, residual, rmia, token-count, wbc,"),
                unknown.err());
    }

    @Test
    void badDataIsExitCode1NamesTheLineAndNeverTheText() throws IOException {
        dataset("\"fine\"\n{\"text\":\"" + SECRET + "\"\n", "\"fine\"\n");
        Outcome outcome = mia("audit", "--target", demo.resolve("target").toString(), "--reference", demo.resolve("reference").toString(),
                "--dataset", in("data"), "--output", in("out"));
        assertFailed(outcome, in("data/members.jsonl") + ":2: is not valid JSON");
        assertFalse(Files.exists(folder.resolve("out")));
    }

    @Test
    void verboseShowsWhere() {
        Outcome outcome = mia("audit-scores", "--scores", in("missing.csv"), "--output", in("out"), "--verbose");
        assertEquals(1, outcome.exitCode());
        assertTrue(outcome.err().startsWith("mia: " + in("missing.csv") + ": does not exist\n"), outcome.err());
        assertTrue(outcome.err().contains("\tat "), outcome.err());
    }
}
