package io.github.miaudit.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.io.ChildProgram;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ScoreManifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs on executors that are processes of their own, and what may become of them: {@code mvn -Pcluster verify}. */
@Tag("cluster")
class LocalClusterTest {

    private static final String MARKER = "Quillonmarker";
    /** Of a member whose hash is small, so that the model is asked again about it. */
    private static final String PROBED_ID = "m4179";

    @TempDir
    private Path folder;
    private LocalCluster cluster;
    private Path sentences;
    private Path output;

    @BeforeEach
    void open() throws IOException {
        cluster = LocalCluster.in(folder);
        sentences = Demonstration.write(folder.resolve("sentences"), 40);
        output = folder.resolve("output");
    }

    /** JUnit would warn of each. */
    @AfterEach
    void removeLinks() throws IOException {
        try (Stream<Path> jars = Files.list(cluster.home().resolve("jars"))) {
            for (Path jar : jars.toList()) {
                Files.delete(jar);
            }
        }
    }

    private ChildProgram job(LocalCluster on, MaskingRule rule, double failures) throws IOException {
        return on.job(sentences, output, Demonstration.model(), rule.label(), 6, failures);
    }

    @Test
    void scoresAreThoseOfOneCallAndNoTextIsLeftAnywhere() throws Exception {
        List<String> lines = new ArrayList<>(Demonstration.lines(sentences.resolve("one.json")));
        lines.add("{\"id\":\"" + PROBED_ID + "\",\"patient\":\"" + MARKER + "patient\",\"text\":\"Seen by " + MARKER
                + " today.\",\"population\":\"member\"}");
        Files.write(sentences.resolve("one.json"), lines);
        ChildProgram.Running job = job(cluster, MaskingRule.withinWordLeftToRight(), 0).start();
        while (job.process().isAlive()) {
            assertEquals(List.of(), marked(cluster.localFiles()));
            Thread.sleep(200);
        }
        ChildProgram.Outcome outcome = job.end();

        assertEquals("scores 121\n", outcome.out(), outcome.err());
        WrittenScores.assertSame(WrittenScores.withoutSpark(sentences, MaskingRule.withinWordLeftToRight()), WrittenScores.in(output));
        assertTrue(HexFormat.of().formatHex(SentenceRow.name(RowFactory.create(PROBED_ID, null, "", "member"))).startsWith("000"));
        assertEquals(List.of(16, 16, 16, 16, 16, 16), WrittenScores.told(output, told -> told.probe().orElseThrow().sentences()));
        assertFalse(isMarked(outcome.err()), "driver's log");
        for (Path place : List.of(cluster.logs(), cluster.eventLogs(), cluster.localFiles())) {
            assertEquals(List.of(), marked(place));
        }
        assertTrue(cluster.logged().contains("Executor"), "executors log");
        assertFalse(WrittenScores.files(cluster.eventLogs()).isEmpty());
        assertEquals(0, shuffled(), "bytes written to a shuffle");
    }

    /** Of so little memory for what is broadcast that it must go to local disks, where it is encrypted. */
    @Test
    void overlapsAreThoseOfOneMachineAndNoTextIsLeftAnywhere() throws Exception {
        GeneratedNotes.write(folder, 1500, 1);
        Path training = folder.resolve("training.jsonl");
        String text = Files.readString(training).replace("Seen ", "Seen by " + MARKER + " ").replace(":\"t", ":\"" + MARKER);
        Files.writeString(training, text);
        LocalCluster small = cluster.with("spark.io.encryption.enabled", true).with("spark.memory.fraction", 0.0005)
                .with("spark.broadcast.compress", false);
        ChildProgram.Running job = small.program(OverlapsProgram.class, folder, output).start();
        boolean onDisk = false;
        while (job.process().isAlive()) {
            assertEquals(List.of(), marked(cluster.localFiles()));
            onDisk |= hasBroadcast(cluster.localFiles());
            Thread.sleep(20);
        }
        ChildProgram.Outcome outcome = job.end();

        assertEquals("prepared\n", outcome.out(), outcome.err());
        assertTrue(onDisk, "something broadcast was on a disk");
        GeneratedNotes.whole(folder).prepareInto(folder.resolve("one-machine"));
        for (String file : List.of("members.jsonl", "non_members.jsonl", "datasheet.json")) {
            assertEquals(-1, Files.mismatch(folder.resolve("one-machine").resolve(file), output.resolve(file)), file);
        }
        assertFalse(isMarked(outcome.err()), "driver's log");
        for (Path place : List.of(cluster.logs(), cluster.eventLogs(), cluster.localFiles())) {
            assertEquals(List.of(), marked(place));
        }
        assertEquals(0, shuffled(), "bytes written to a shuffle");
    }

    private static boolean hasBroadcast(Path place) throws IOException {
        try (Stream<Path> files = Files.walk(place)) {
            return files.anyMatch(file -> file.getFileName().toString().startsWith("broadcast_"));
        } catch (java.io.UncheckedIOException e) {
            return false; // files come and go
        }
    }

    private static List<Path> marked(Path place) throws IOException {
        List<Path> marked = new ArrayList<>();
        try (Stream<Path> files = Files.walk(place)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (Files.isRegularFile(file) && !file.toString().endsWith(".jar")
                        && isMarked(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))) {
                    marked.add(file);
                }
            }
        } catch (java.io.UncheckedIOException | java.nio.file.NoSuchFileException e) {
            return marked; // files come and go
        }
        return marked;
    }

    /** Sentences that are compared are in small letters. */
    private static boolean isMarked(String text) {
        return text.toLowerCase(Locale.ROOT).contains(MARKER.toLowerCase(Locale.ROOT));
    }

    private long shuffled() {
        return WrittenScores.files(cluster.eventLogs()).stream().flatMap(file -> Demonstration.lines(file).stream())
                .filter(line -> line.contains("SparkListenerTaskEnd")).filter(line -> !line.contains("\"Shuffle Bytes Written\":0"))
                .count();
    }

    /** The first task asks the model again, or scores a bucket where that is not wanted. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anExecutorThatEndsInItsFirstTaskIsReplaced(boolean probed) throws Exception {
        Path halted = folder.resolve("halted");
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        LocalCluster watched = cluster.with(ClusterProgram.PROBED, probed).withOnExecutors("java.io.tmpdir", temporary);
        ChildProgram.Outcome outcome = job(watched.withOnExecutors(FaultyRules.HALT, halted), FaultyRules.halting(), 0).run();

        assertEquals("scores 120\n", outcome.out(), outcome.err());
        assertTrue(Files.exists(halted), "an executor was halted");
        assertTrue(outcome.err().contains("137"), outcome.err());
        assertSameAsMaskless(FaultyRules.halting());
        assertTrue(copies(temporary) <= 1, "what the halted executor left, unless another one came in its place");
        assertEquals("scores 120\n", job(watched, MaskingRule.maskless(), 0).run().out());
        assertEquals(0, copies(temporary), "it is gone, and so are those of executors that ended well");
    }

    private static long copies(Path temporary) throws IOException {
        try (Stream<Path> all = Files.list(temporary)) {
            return all.filter(each -> each.getFileName().toString().startsWith("mia-spark-")).count();
        }
    }

    @Test
    void aDriverThatEndsEarlyIsGoneOnFrom() throws Exception {
        ChildProgram.Outcome halted = job(cluster.with(ClusterProgram.HALT_AFTER, 2), MaskingRule.original(), 0).run();
        assertEquals(137, halted.exitCode(), halted.err());
        Map<String, String> before = WrittenScores.in(output);
        int buckets = WrittenScores.manifests(output).size();
        assertTrue(buckets >= 2 && buckets < 6, "finished buckets: " + buckets);

        ChildProgram.Outcome resumed = job(cluster, MaskingRule.original(), 0).run();
        assertEquals("scores 120\n", resumed.out(), resumed.err());
        assertTrue(IntStream.rangeClosed(1, 6 - buckets).anyMatch(left -> resumed.err().contains(left + " of 6 buckets are to be scored")),
                resumed.err()); // executors may finish what they were at after their driver has ended
        Map<String, String> all = WrittenScores.in(output);
        WrittenScores.assertSame(WrittenScores.withoutSpark(sentences, MaskingRule.original()), all);
        assertTrue(all.entrySet().containsAll(before.entrySet()));
        assertEquals(1, Set.copyOf(WrittenScores.told(output, ScoreManifest::probe)).size(), "what the model said before it is gone on");
        assertFalse(resumed.err().contains("asked again"), resumed.err());
    }

    @Test
    void aSentenceThatCannotBeScoredFailsAloneOrEndsTheJob() throws Exception {
        List<String> lines = new ArrayList<>(Demonstration.lines(sentences.resolve("one.json")));
        lines.add("{\"id\":\"long\",\"text\":\"" + (MARKER + " ").repeat(FaultyRules.POISON) + "\",\"population\":\"external\"}");
        Files.write(sentences.resolve("one.json"), lines);

        ChildProgram.Outcome refused = job(cluster, FaultyRules.poisoned(), 0).run();
        assertTrue(refused.out().startsWith("refused ") && refused.out().contains("tokens is poison"), refused.out() + refused.err());
        ChildProgram.Outcome tolerated = job(cluster, FaultyRules.poisoned(), 0.01).run();
        assertEquals("scores 121\n", tolerated.out(), tolerated.err());

        assertFalse(isMarked(refused.out() + refused.err() + tolerated.err()));
        assertEquals(List.of(), marked(cluster.logs()));
        assertEquals(List.of(), marked(cluster.eventLogs()));
        String failed = WrittenScores.in(output).get("external long poisoned");
        assertTrue(failed.startsWith("FAILED a sentence of ") && failed.endsWith(" tokens is poison"), failed);
    }

    @Test
    void aModelThatChangedIsRefused() throws Exception {
        Path model = Files.createDirectory(folder.resolve("model"));
        try (Stream<Path> files = Files.list(Demonstration.model())) {
            for (Path file : files.toList()) {
                Files.copy(file, model.resolve(file.getFileName()));
            }
        }
        ChildProgram.Outcome outcome = cluster.with(ClusterProgram.TAMPER, model.resolve("tokenizer_config.json"))
                .job(sentences, output, model, "maskless", 2, 0).run();
        assertTrue(outcome.out().matches("refused .*: its files have the digest [0-9a-f]{64}, but [0-9a-f]{64} when the job began; .*\n"),
                outcome.out() + outcome.err());
        assertFalse(Files.exists(output), "nothing is written before the model was asked");
    }

    /** Spark believes a script that tells of two; PyTorch does not find them. */
    @Test
    void aTaskComputesOnTheGpuThatSparkGivesIt() throws Exception {
        Path script = Files.writeString(folder.resolve("gpus.sh"), "#!/bin/sh\necho '{\"name\":\"gpu\",\"addresses\":[\"7\"]}'\n");
        assertTrue(script.toFile().setExecutable(true));
        LocalCluster withGpus = cluster.with("spark.worker.resource.gpu.amount", 1)
                .with("spark.worker.resource.gpu.discoveryScript", script)
                .with("spark.executor.resource.gpu.amount", 1).with("spark.task.resource.gpu.amount", 1);
        ChildProgram.Outcome outcome = job(withGpus, MaskingRule.maskless(), 0).run();
        assertTrue(outcome.out().contains("device gpu:7 is not there"), outcome.out() + outcome.err());
    }

    @Test
    void slowTasksAreTriedTwiceAndCountOnce() throws Exception {
        LocalCluster speculating = cluster.with("spark.speculation", true).with("spark.speculation.interval", "50ms")
                .with("spark.speculation.quantile", 0.1).with("spark.speculation.multiplier", 1.01).with("spark.speculation.minTaskRuntime",
                        "1ms");
        ChildProgram.Outcome outcome = job(speculating, MaskingRule.withinWordLeftToRight(), 0).run();
        assertEquals("scores 120\n", outcome.out(), outcome.err());
        WrittenScores.assertSame(WrittenScores.withoutSpark(sentences, MaskingRule.withinWordLeftToRight()), WrittenScores.in(output));
    }

    private void assertSameAsMaskless(MaskingRule rule) {
        Map<String, String> expected = WrittenScores.withoutSpark(sentences, MaskingRule.maskless());
        Map<String, String> scores = new TreeMap<>();
        WrittenScores.in(output).forEach((key, score) -> scores.put(key.replace(rule.label(), "maskless"), score));
        WrittenScores.assertSame(expected, scores);
    }
}
