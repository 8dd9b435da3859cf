package io.github.miaudit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.cli.Shell.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration, a folder, and what every test of a command asks for. */
abstract class CommandTest {

    static final String SECRET = "Zanzibar";

    @TempDir
    static Path demo;

    @TempDir
    Path folder;

    @BeforeAll
    static void unpack() {
        Demonstration.unpackInto(demo);
    }

    void dataset(String members, String nonMembers) throws IOException {
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(folder.resolve("data/members.jsonl"), members);
        Files.writeString(folder.resolve("data/non_members.jsonl"), nonMembers);
    }

    static String sentences(String format, int count) {
        return IntStream.range(0, count).mapToObj(number -> "\"" + String.format(format, number) + "\"\n").collect(Collectors.joining());
    }

    String in(String name) {
        return folder.resolve(name).toString();
    }

    static void assertDone(Outcome outcome) {
        assertEquals(0, outcome.exitCode(), outcome.out() + outcome.err());
    }

    static void assertFailed(Outcome outcome, String message) {
        assertEquals(1, outcome.exitCode(), outcome.err());
        assertTrue(outcome.err().startsWith("mia: " + message), outcome.err());
        assertEquals(1, outcome.err().lines().count(), outcome.err());
        assertFalse(outcome.err().contains("…)"), "calls are for who writes Java: " + outcome.err());
        assertFalse((outcome.out() + outcome.err()).contains(SECRET), outcome.err());
    }
}
