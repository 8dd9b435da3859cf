package io.github.miaudit.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

    @TempDir
    private Path folder;

    @Test
    void replacesTheFileAndLeavesNothingElse() throws IOException {
        Path file = folder.resolve("new/report.json");
        AtomicFile.write(file, writer -> writer.write("old"));
        AtomicFile.write(file, writer -> writer.write("né"));
        assertEquals("né", Files.readString(file));
        assertEquals(List.of(file), list(file.getParent()));
    }

    @Test
    void aFailureKeepsTheOldFileAndLeavesNoPart() throws IOException {
        Path file = folder.resolve("report.json");
        AtomicFile.write(file, writer -> writer.write("old"));
        assertThrows(IllegalStateException.class, () -> AtomicFile.write(file, writer -> {
            writer.write("half");
            throw new IllegalStateException("scoring failed");
        }));
        assertEquals("old", Files.readString(file));
        assertEquals(List.of(file), list(folder));
    }

    @Test
    void aFileThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        InvalidFileException error = assertThrows(InvalidFileException.class,
                () -> AtomicFile.write(file.resolve("below.json"), writer -> writer.write("x")));
        assertEquals(true, error.getMessage().startsWith(file.resolve("below.json") + ": "));
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
