package io.github.miaudit.data.preparation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Population;
import io.github.miaudit.notes.NoteFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Preparation in Java processes of its own: the same everywhere, and whole or not there when killed. */
class PreparationProcessTest {

    private static final int KILLS = 8;

    @TempDir
    private Path folder;

    /** Prepares from {@code training} and {@code other} in a folder, into its folders named after it, again and again. */
    static final class Preparing {

        private Preparing() {
        }

        public static void main(String[] arguments) {
            Path folder = Path.of(arguments[0]);
            for (String output : Arrays.asList(arguments).subList(1, arguments.length)) {
                DatasetPreparation.of(NoteFiles.at(folder.resolve("training")), NoteFiles.at(folder.resolve("other"))).withSize(20, 60)
                        .withMatching(Matching.by(List.of("length"))).prepare().write(folder.resolve(output));
                System.out.println(output);
            }
        }
    }

    @BeforeEach
    void writeNotes() throws IOException {
        writeNotes("training", new Random(1));
        writeNotes("other", new Random(2));
    }

    /** Other locale, encoding, time zone, number of processors and hashing of the one must not show. */
    @Test
    void twoJvmsPrepareTheSame() throws Exception {
        assertEquals(0, start(List.of(), "first").waitFor());
        assertEquals(0, start(List.of("-Duser.language=tr", "-Duser.country=TR", "-Dfile.encoding=ISO-8859-1", "-Duser.timezone=Asia/Tokyo",
                "-XX:ActiveProcessorCount=1", "-XX:+UnlockExperimentalVMOptions", "-XX:hashCode=0"), "second").waitFor());
        for (String name : List.of("members.jsonl", "non_members.jsonl", "datasheet.json")) {
            assertEquals(-1, Files.mismatch(folder.resolve("first").resolve(name), folder.resolve("second").resolve(name)), name);
        }
    }

    @Test
    void killedItLeavesAWholeDatasetOrNone() throws Exception {
        Random random = new Random(3);
        int whole = 0;
        int empty = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            String[] outputs = new String[400];
            for (int output = 0; output < outputs.length; output++) {
                outputs[output] = "k" + kill + "-" + output;
                if (kill % 2 == 0) { // a folder that is there already must not end half full either
                    Files.createDirectory(folder.resolve(outputs[output]));
                }
            }
            Process process = start(List.of(), outputs);
            try (var lines = process.inputReader()) {
                lines.readLine(); // one is written, so it is under way
                TimeUnit.MICROSECONDS.sleep(random.nextInt(60_000));
                process.destroyForcibly().waitFor();
            }
            for (String output : outputs) {
                if (kill % 2 == 0 && isEmpty(folder.resolve(output))) {
                    empty++;
                } else if (Files.exists(folder.resolve(output))) {
                    AttackDataset dataset = AttackDataset.readJsonLines(folder.resolve(output)); // compares digests
                    assertEquals(60, dataset.samples(Population.MEMBERS).size());
                    assertEquals(60, dataset.samples(Population.NON_MEMBERS).size());
                    whole++;
                }
            }
        }
        assertTrue(whole >= KILLS, whole + " datasets");
        assertTrue(empty >= KILLS / 2, empty + " folders that no run came to");
    }

    private static boolean isEmpty(Path path) throws IOException {
        if (!Files.exists(path)) {
            return false;
        }
        try (Stream<Path> content = Files.list(path)) {
            return content.findAny().isEmpty();
        }
    }

    private Process start(List<String> options, String... outputs) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Preparing.class.getName(), folder.toString()));
        command.addAll(List.of(outputs));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private void writeNotes(String name, Random random) throws IOException {
        Files.createDirectories(folder.resolve(name));
        for (int file = 0; file < 3; file++) {
            StringBuilder notes = new StringBuilder("SUBJECT_ID,TEXT\n");
            for (int patient = 0; patient < 10; patient++) {
                notes.append(String.format(Locale.ROOT, "%s-%d-%d,\"%s\"%n", name, file, patient,
                        String.join(" ", Stream.generate(() -> sentence(random)).limit(12).toList())));
            }
            Files.writeString(folder.resolve(name).resolve(file + ".csv"), notes);
        }
    }

    private static String sentence(Random random) {
        return "I saw " + Stream.generate(() -> Integer.toString(random.nextInt(1 << 30), 36)).limit(3 + random.nextInt(4))
                .reduce((first, second) -> first + " " + second).orElseThrow() + " there.";
    }
}
