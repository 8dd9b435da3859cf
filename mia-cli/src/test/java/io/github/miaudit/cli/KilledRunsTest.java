package io.github.miaudit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.io.ChildProgram;
import io.github.miaudit.io.OutputSet;
import io.github.miaudit.io.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Commands that are killed at any moment, again and again: what they read stays as it was, what they write is whole or not there, of one
 * run alone, and once they are left in peace they come to the end that they would have come to at once.
 */
@Tag("torture")
class KilledRunsTest {

    private static final int KILLS = Integer.getInteger("miaudit.kills", 6);

    @TempDir
    private static Path demo;

    @TempDir
    private Path folder;
    private final Random random = new Random(20);

    @BeforeAll
    static void unpack() {
        Demonstration.unpackInto(demo);
        Shell.copyStart(demo.resolve("dataset"), demo.resolve("start"), 40);
        Shell.trainedFurther(demo.resolve("reference"), demo.resolve("other"));
    }

    @Test
    void auditsWithAStore() throws Exception {
        Path policy = Files.writeString(folder.resolve("policy.yaml"), "limits:\n  - figure: auc\n    at-most: 1\n");
        List<Object> audit = new ArrayList<>(List.of("audit", "--target", demo.resolve("target"), "--reference", demo.resolve("reference"),
                "--dataset", demo.resolve("start"), "--store", folder.resolve("scores.db"), "--permutations", "0", "--policy", policy,
                "--overwrite"));
        endsAsIfUndisturbed(audit, "audit.json", this::requireOneSet);
    }

    @Test
    void comparisons() throws Exception {
        endsAsIfUndisturbed(List.of("compare", "--target", "a=" + demo.resolve("target"), "--target", "b=" + demo.resolve("other"),
                "--reference", "r=" + demo.resolve("reference"), "--dataset", demo.resolve("start"), "--permutations", "0", "--overwrite"),
                "comparison.json", this::requireOneSet);
    }

    @Test
    void preparations() throws Exception {
        Path training = folder.resolve("training.csv");
        Path other = folder.resolve("other.csv");
        notes(training, "t");
        notes(other, "n");
        Path salt = Files.writeString(folder.resolve("salt"), "0123456789abcdef0123456789abcdef");
        endsAsIfUndisturbed(
                List.of("prepare", "--training", training, "--nontraining", other, "--allow-fewer", "--patient-column", "patient",
                        "--text-column", "text", "--salt-file", salt),
                "members.jsonl", output -> assertTrue(!Files.exists(output) || Files.exists(output.resolve("datasheet.json"))));
    }

    @Test
    void trainings() throws Exception {
        Path input = folder.resolve("in.txt");
        Files.write(input,
                Files.readAllLines(demo.resolve("start/members.jsonl")).stream().map(line -> line.replaceAll("[{}\"]", " ")).toList());
        endsAsIfUndisturbed(
                List.of("train", "--from", demo.resolve("reference"), "--input", input, "--steps", "30", "--checkpoint-every", "5",
                        "--seed", "1"),
                "model.safetensors", output -> assertTrue(!Files.exists(output) || Files.exists(output.resolve("config.json"))));
    }

    @Test
    void benchmarks() throws Exception {
        endsAsIfUndisturbed(List.of("benchmark", "--quick", "--rule", "maskless", "--attack", "likelihood-ratio", "--overwrite"),
                "benchmark.json",
                this::requireOneSet);
    }

    private interface Invariant {
        void hold(Path output) throws IOException;
    }

    private void endsAsIfUndisturbed(List<?> command, String result, Invariant invariant) throws Exception {
        long start = System.nanoTime();
        Path undisturbed = folder.resolve("undisturbed");
        ChildProgram.Outcome first = mia(command, undisturbed).run();
        long takes = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        Map<Path, String> before = digests(demo);
        Path output = folder.resolve("out");
        int killed = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            ChildProgram.Running running = mia(command, output).start();
            boolean ended = running.process().waitFor((long) (random.nextDouble() * takes), TimeUnit.MILLISECONDS);
            running.process().destroyForcibly();
            running.end();
            killed += ended ? 0 : 1;
            invariant.hold(output);
            assertEquals(before, digests(demo), "what it read");
            if (ended && !Files.exists(output.resolve(OutputSet.SUMS))) {
                deleteAll(output); // a folder that must be free
            }
        }
        if (Files.exists(output) && !Files.exists(output.resolve(OutputSet.SUMS))) {
            deleteAll(output);
        }
        ChildProgram.Outcome last = mia(command, output).run();
        System.out.printf("%s: %d killed of %d%n", command.get(0), killed, KILLS);
        assertEquals(first.exitCode(), last.exitCode(), last.err());
        invariant.hold(output);
        assertEquals(-1, Files.mismatch(undisturbed.resolve(result), output.resolve(result)), result);
        assertTrue(killed > KILLS / 4, killed + " killed");
    }

    /** What is listed is there as listed, and no verdict stands beside another audit. */
    private void requireOneSet(Path output) throws IOException {
        Path sums = output.resolve(OutputSet.SUMS);
        if (Files.exists(sums)) {
            for (String line : Files.readAllLines(sums)) {
                String[] words = line.split("  ");
                assertEquals(words[0], Sha256.ofFiles(output.resolve(words[1])), line);
            }
        }
        Path document = output.resolve("audit.json");
        if (Files.exists(output.resolve("policy.xml"))) {
            assertTrue(Files.readString(output.resolve("policy.xml")).contains(Sha256.ofFiles(document)), "the verdict is of this audit");
        }
        if (Files.exists(document) && Files.exists(output.resolve("report.html"))) {
            assertTrue(Files.readString(output.resolve("report.html")).contains(Sha256.ofFiles(document)), "the page is of this audit");
        }
    }

    private static ChildProgram mia(List<?> command, Path output) {
        return ChildProgram.of(Mia.class, Stream.concat(command.stream(), Stream.of("--output", output)).toArray())
                .withEnvironment("OMP_NUM_THREADS", "1");
    }

    private static void notes(Path file, String prefix) throws IOException {
        StringBuilder rows = new StringBuilder("patient,text\n");
        for (int row = 0; row < 2000; row++) {
            rows.append(prefix).append(row / 5).append(",\"Note ").append(prefix).append(row).append(" says pain of ")
                    .append(row * 7919 % 1009)
                    .append(" kinds in the ward.\"\n");
        }
        Files.writeString(file, rows);
    }

    private static Map<Path, String> digests(Path folder) throws IOException {
        Map<Path, String> digests = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(Files::isRegularFile).forEach(file -> digests.put(file, Sha256.ofFiles(file)));
        }
        return digests;
    }

    private static void deleteAll(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                Path[] deepestFirst = files.sorted((one, other) -> other.compareTo(one)).toArray(Path[]::new);
                for (Path file : Arrays.asList(deepestFirst)) {
                    Files.delete(file);
                }
            }
        }
    }
}
