package io.github.miaudit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;

/** What {@code mia demo} writes, made once for all tests, which only read it: it takes longer than most of them. */
final class DemonstrationReport {

    private static final Path FOLDER = made(Path.of("target", "demonstration").toAbsolutePath());

    private DemonstrationReport() {
    }

    static Path folder() {
        return FOLDER;
    }

    private static Path made(Path folder) {
        Shell.Outcome outcome = Shell.mia("demo", "--output", folder.toString(), "--overwrite");
        assertEquals(0, outcome.exitCode(), outcome.err());
        return folder;
    }
}
