package io.github.miaudit.data.preparation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.miaudit.io.AtomicFile;
import io.github.miaudit.io.ChildProgram;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.OutputFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results that can't be written: said plainly, with what was there before as it was and nothing half-written. */
class OutputFaultsTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void onPosix() {
        Assumptions.assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"), "no POSIX permissions here");
    }

    /** Writes a file anew, another, and a dataset, each too large for a small disk; says what came of it. */
    static final class Writing {

        private static final String LARGE = "much too long\n".repeat(100_000);

        private Writing() {
        }

        public static void main(String[] arguments) throws IOException {
            Path folder = Path.of(arguments[0]);
            System.out.println(failure(() -> AtomicFile.write(folder.resolve("report.json"), writer -> writer.write("old"))));
            System.out.println(failure(() -> AtomicFile.write(folder.resolve("report.json"), writer -> writer.write(LARGE))));
            System.out.println(failure(() -> AtomicFile.write(folder.resolve("below/model.bin"), writer -> writer.write(LARGE))));
            System.out.println(failure(() -> OutputFolder.at(folder.resolve("data")).write(unfinished -> {
                AtomicFile.write(unfinished.resolve("small.jsonl"), writer -> writer.write("short"));
                AtomicFile.write(unfinished.resolve("members.jsonl"), writer -> writer.write(LARGE));
            })));
            try (Stream<Path> files = Files.walk(folder)) {
                System.out.println(files.filter(Files::isRegularFile).map(folder::relativize).toList());
            }
        }

        private static String failure(Runnable writing) {
            try {
                writing.run();
                return "written";
            } catch (InvalidFileException e) {
                return e.getMessage();
            }
        }
    }

    @Test
    void aFullDisk() throws Exception {
        ChildProgram.Outcome outcome = ChildProgram.of(Writing.class, folder).withSmallDisk(folder, "size=200k").run();
        List<String> lines = outcome.out().lines().toList();
        String full = ": the disk is full; make room, or name a place on another disk, and run again";
        assertEquals("written", lines.get(0), outcome.err());
        assertEquals(folder.resolve("report.json") + full, lines.get(1));
        assertEquals(folder.resolve("below/model.bin") + full, lines.get(2));
        assertEquals("members.jsonl" + full, lines.get(3).substring(lines.get(3).lastIndexOf('/') + 1));
        assertEquals("[report.json]", lines.get(4), "nothing half-written is left");
    }

    @Test
    void aReadOnlyDisk() throws Exception {
        ChildProgram.Outcome outcome = ChildProgram.of(Writing.class, folder).withSmallDisk(folder, "ro").run();
        List<String> lines = outcome.out().lines().toList();
        String readOnly = ": can't be written, as its disk is read-only; name a place elsewhere";
        assertEquals(folder.resolve("report.json") + readOnly, lines.get(0), outcome.err());
        assertEquals(folder.resolve("below/model.bin") + readOnly, lines.get(2));
        assertEquals(
                folder.resolve("data") + ": can't be made, as " + folder + " is no folder that may be written to; choose another folder",
                lines.get(3));
    }

    @Test
    void aFolderOfSomebodyElse() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
        ChildProgram.Outcome outcome = ChildProgram.of(Writing.class, folder).boundByPermissions().run();
        List<String> lines = outcome.out().lines().toList();
        String denied = ": access denied; get the rights to it and to its folder, or name a place elsewhere";
        assertEquals(folder.resolve("report.json") + denied, lines.get(0), outcome.err());
        assertEquals(folder.resolve("below/model.bin") + denied, lines.get(2));
        assertEquals(
                folder.resolve("data") + ": can't be made, as " + folder + " is no folder that may be written to; choose another folder",
                lines.get(3));
        assertEquals("[]", lines.get(4));
    }

    @Test
    void whatIsWrittenIsForItsOwnerAlone() throws IOException {
        Path there = Files.createDirectory(folder.resolve("there"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        AtomicFile.write(there.resolve("new/newer/report.json"), writer -> writer.write("report"));
        OutputFolder.at(there.resolve("another/data"))
                .write(unfinished -> AtomicFile.write(unfinished.resolve("members.jsonl"), writer -> writer.write("notes")));
        assertEquals("rwxr-xr-x", permissions(there), "what was there stays as it was");
        for (String made : List.of("new", "new/newer", "another", "another/data")) {
            assertEquals("rwx------", permissions(there.resolve(made)), made);
        }
        assertEquals("rw-------", permissions(there.resolve("new/newer/report.json")));
        assertEquals("rw-------", permissions(there.resolve("another/data/members.jsonl")));
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
