package io.github.miaudit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.miaudit.io.ChildProgram;
import io.github.miaudit.store.StoreMaintenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command in a process of its own that is told to stop, or has no room: it says so in one line, and loses nothing. */
class FaultsTest {

    private static final Duration IN_TIME = Duration.ofSeconds(10); // what container hosts grant

    @TempDir
    private static Path demo;

    @TempDir
    private Path folder;

    @BeforeAll
    static void unpack() {
        Demonstration.unpackInto(demo);
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130"})
    void aStoppedRunStoresItsBatchAndSaysHowToGoOn(String signal, int exitCode) throws Exception {
        write("in.txt", 12_000);
        ChildProgram.Running running = mia(score()).start();
        awaitScores(running);
        long start = System.nanoTime();
        running.signal(signal);
        ChildProgram.Outcome outcome = running.end();
        Duration took = Duration.ofNanos(System.nanoTime() - start);

        assertEquals(exitCode, outcome.exitCode(), outcome.err());
        assertTrue(took.compareTo(IN_TIME) < 0, "it took " + took);
        assertEquals("mia: stopped; what was scored is in " + folder.resolve("scores.db") + ", so the same command goes on from there\n",
                outcome.err());
        assertFalse(Files.exists(folder.resolve("out.jsonl")));
        long stored = stored();
        assertTrue(stored > 0 && stored < 12_000, stored + " stored");

        write("in.txt", (int) stored); // as they come in order, these are the ones that are stored
        assertEquals(0, mia(score()).run().exitCode());
        assertEquals(stored, stored(), "nothing of the batch in work was lost");
        assertEquals(stored, Files.readAllLines(folder.resolve("out.jsonl")).size());
    }

    @Test
    void aStoppedAuditGoesOn() throws Exception {
        Shell.copyStart(demo.resolve("dataset"), folder.resolve("data"), 240);
        List<String> audit = List.of("audit", "--target", demo.resolve("target").toString(), "--reference",
                demo.resolve("reference").toString(),
                "--dataset", in("data"), "--output", in("report"), "--attack", "loss", "--bootstrap", "100", "--permutations", "0",
                "--store", in("scores.db"));
        ChildProgram.Running running = mia(audit).start();
        awaitScores(running);
        running.signal("TERM");
        ChildProgram.Outcome outcome = running.end();
        assertEquals(143, outcome.exitCode(), outcome.err());
        assertTrue(outcome.err().startsWith("mia: stopped; what was scored is in "), outcome.err());
        assertFalse(Files.exists(folder.resolve("report/audit.json")));
        long stored = stored();
        assertTrue(stored > 0, stored + " stored");

        ChildProgram.Outcome resumed = mia(audit).run();
        assertEquals(0, resumed.exitCode(), resumed.err());
        assertTrue(Files.exists(folder.resolve("report/audit.json")));
        assertTrue(stored() > stored);
    }

    @Test
    void withoutAStoreItStopsAtOnce() throws Exception {
        write("in.txt", 12_000);
        ChildProgram.Running running = mia(
                List.of("score", "--model", demo.resolve("target").toString(), "--input", in("in.txt"), "--output", in("out.jsonl")))
                .start();
        TimeUnit.SECONDS.sleep(1);
        running.signal("TERM");
        ChildProgram.Outcome outcome = running.end();
        assertEquals(143, outcome.exitCode(), outcome.err());
        assertEquals("", outcome.err());
        assertFalse(Files.exists(folder.resolve("out.jsonl")));
    }

    @ParameterizedTest
    // the tokenizers take 14 MB
    @CsvSource({"size=1m, No space left on device", "ro, Read-only file system", "'size=20m', No space left on device"})
    void aCacheWithoutRoomIsNamed(String disk, String reason) throws Exception {
        write("in.txt", 1);
        ChildProgram.Outcome outcome = mia(score()).withSmallDisk(Files.createDirectory(folder.resolve("cache")), disk)
                .withEnvironment("DJL_CACHE_DIR", in("cache")).run();
        assertEquals(1, outcome.exitCode(), outcome.err());
        assertTrue(
                outcome.err().startsWith(
                        "mia: " + in("cache") + ": PyTorch and the tokenizers, about 450 MB, can't be unpacked to and loaded from there ("),
                outcome.err());
        assertTrue(outcome.err().contains(reason), outcome.err());
        assertTrue(
                outcome.err().endsWith(
                        "; make room and allow writing and executing, or set the environment variable DJL_CACHE_DIR to another folder\n"),
                outcome.err());
        assertEquals(1, outcome.err().lines().count(), outcome.err());
    }

    @Test
    void aCacheWhoseCodeMayNotRunIsNamed() throws Exception {
        write("in.txt", 1);
        ChildProgram.Outcome outcome = mia(score()).withSmallDisk(Files.createDirectory(folder.resolve("cache")), "size=20m,noexec")
                .withEnvironment("DJL_CACHE_DIR", in("cache")).run();
        assertEquals(1, outcome.exitCode(), outcome.err());
        assertTrue(outcome.err().startsWith("mia: " + in("cache") + ": "), outcome.err());
        assertEquals(1, outcome.err().lines().count(), outcome.err());
    }

    /** The demonstration, and what it leaves in the folder for temporary files. */
    static final class Demo {

        private Demo() {
        }

        public static void main(String[] arguments) throws IOException {
            int exitCode = MiaCommand.run(new Mia(), "demo", "--output", arguments[0]);
            try (Stream<Path> left = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
                System.out.println(exitCode + " " + left.filter(file -> file.toString().contains("miaudit")).toList());
            }
        }
    }

    @Test
    void aDemonstrationWithoutRoomIsRemoved() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        ChildProgram.Outcome outcome = ChildProgram.of(Demo.class, folder.resolve("report")).withSmallDisk(temporary, "size=1m")
                .withJavaOptions("-Djava.io.tmpdir=" + temporary).run();
        assertTrue(
                outcome.err().endsWith(
                        "target/model.safetensors: the disk is full; make room, or name a place on another disk, and run again\n"),
                outcome.err());
        assertEquals("1 []\n", outcome.out());
    }

    @Test
    void aFolderForTemporaryFilesThatIsNotThereIsNamed() throws Exception {
        ChildProgram.Outcome outcome = mia(List.of("check-model", demo.resolve("target"))).withJavaOptions("-Djava.io.tmpdir=" + in("none"))
                .run();
        assertEquals(1, outcome.exitCode(), outcome.err());
        assertEquals("mia: " + in("none") + ": is to hold temporary files, but is not there; make it, or name another folder to Java with"
                + " -Djava.io.tmpdir=FOLDER, such as in MIA_JAVA_OPTIONS\n", outcome.err());
    }

    @Test
    void onlyWhatDjlLeftAmongTheTemporaryFilesIsRemoved() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        FileTime longAgo = FileTime.from(Instant.EPOCH);
        for (String name : List.of("pt-model12", "pt-model-mine", "pt-model34", "pt-model56")) {
            Files.createDirectory(temporary.resolve(name));
        }
        Files.createFile(temporary.resolve("pt-model34/kept"));
        for (String name : List.of("pt-model12", "pt-model-mine", "pt-model34")) { // the other could be of a living process
            Files.setLastModifiedTime(temporary.resolve(name), longAgo);
        }
        Files.createSymbolicLink(temporary.resolve("pt-model78"), Files.createDirectory(folder.resolve("elsewhere")));
        ChildProgram.Outcome outcome = mia(List.of("check-model", demo.resolve("target")))
                .withJavaOptions("-Djava.io.tmpdir=" + temporary).run();
        assertEquals(0, outcome.exitCode(), outcome.err());
        try (Stream<Path> left = Files.list(temporary)) {
            assertEquals(List.of("pt-model-mine", "pt-model34", "pt-model56", "pt-model78"),
                    left.map(file -> file.getFileName().toString()).filter(name -> name.startsWith("pt-model")).sorted().toList());
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aLocaleThatDoesNotKnowAPathIsTold() throws Exception {
        assumeTrue(System.getProperty("sun.jnu.encoding").equals("UTF-8"), "this locale can't pass such a path on either");
        ChildProgram.Outcome outcome = mia(List.of("check-model", in("caf\u00e9"))).withEnvironment("LC_ALL", "C").run();
        assertEquals(2, outcome.exitCode(), outcome.err());
        assertTrue(outcome.err().startsWith("mia: an argument has characters that this locale, of encoding "), outcome.err());
        assertTrue(outcome.err().endsWith("set the environment variable LC_ALL to C.UTF-8 or another locale of UTF-8, and run again\n"),
                outcome.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"size=200k", "ro", "size=20m,noexec"})
    void aFolderThatCannotTakeSqliteIsNamed(String disk) throws Exception {
        write("in.txt", 1);
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        ChildProgram.Outcome outcome = mia(score()).withSmallDisk(temporary, disk).withJavaOptions("-Dorg.sqlite.tmpdir=" + temporary)
                .run();
        assertEquals(1, outcome.exitCode(), outcome.err());
        assertEquals("mia: " + temporary
                + ": SQLite's machine code, about 2 MB, can't be unpacked to and loaded from there; make room and allow writing and"
                + " executing,"
                + " or name another folder to Java with -Dorg.sqlite.tmpdir=FOLDER\n", outcome.err());
    }

    @Test
    @Tag("torture")
    void aRunThatIsStoppedAgainAndAgainComesToAnEnd() throws Exception {
        write("in.txt", 12_000);
        int stops = 0;
        long before = 0;
        ChildProgram.Outcome outcome;
        do {
            ChildProgram.Running running = mia(score()).start();
            if (!running.process().waitFor(4, TimeUnit.SECONDS)) {
                running.signal(stops++ % 2 == 0 ? "TERM" : "INT");
            }
            outcome = running.end();
            long stored = stored();
            assertTrue(stored >= before && stored <= 12_000);
            before = stored;
        } while (outcome.exitCode() == 143 || outcome.exitCode() == 130);
        assertEquals(0, outcome.exitCode(), outcome.err());
        assertTrue(stops > 1, stops + " stops");
        assertEquals(12_000, Files.readAllLines(folder.resolve("out.jsonl")).size());
    }

    private static ChildProgram mia(List<?> arguments) {
        // threads that wait for each other are slow on a busy machine
        return ChildProgram.of(Mia.class, arguments.toArray()).withEnvironment("OMP_NUM_THREADS", "1");
    }

    private List<String> score() {
        return new ArrayList<>(
                List.of("score", "--model", demo.resolve("target").toString(), "--input", in("in.txt"), "--output", in("out.jsonl"),
                        "--store", in("scores.db")));
    }

    private void write(String name, int sentences) throws IOException {
        Files.writeString(folder.resolve(name), IntStream.range(0, sentences)
                .mapToObj(day -> "Seen on day " + day + " with chest pain and a cough.\n").collect(Collectors.joining()));
    }

    /** How many scores. */
    private long stored() {
        return StoreMaintenance.verify(folder.resolve("scores.db"), folder.resolve("scores.db.secret"));
    }

    /** Until something is stored. */
    private void awaitScores(ChildProgram.Running running) throws Exception {
        Path log = folder.resolve("scores.db-wal");
        while (running.process().isAlive()
                && (!Files.exists(log) || Files.size(log) < 30_000 || StoreMaintenance.rows(folder.resolve("scores.db")) < 2)) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private String in(String name) {
        return folder.resolve(name).toString();
    }
}
