package io.github.miaudit.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.io.ChildProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that share a folder of machine code, as executors of a machine do. */
class UnpackingTest {

    /** Loads both libraries and says so. */
    static final class Program {

        public static void main(String[] arguments) {
            System.out.println(NativeLibraries.pytorch().getEngineName());
            NativeLibraries.loadTokenizers();
            System.out.println("tokenizers");
        }
    }

    private static ChildProgram program(Path cache) {
        return ChildProgram.of(Program.class).withEnvironment("DJL_CACHE_DIR", cache.toString());
    }

    private static void assertLoads(ChildProgram.Outcome outcome) {
        assertEquals("PyTorch\ntokenizers\n", outcome.out(), outcome.err());
    }

    @Test
    void severalUnpackIntoOneFolderAtOnce(@TempDir Path cache) throws Exception {
        List<ChildProgram.Running> all = IntStream.range(0, 3).mapToObj(each -> start(program(cache))).toList();
        for (ChildProgram.Running each : all) {
            assertLoads(each.end());
        }
    }

    private static ChildProgram.Running start(ChildProgram program) {
        try {
            return program.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whatAProcessLeftThatWasKilledIsRemoved(@TempDir Path cache) throws Exception {
        assertLoads(program(cache).run());
        Path halfUnpacked = Files.createDirectories(cache.resolve("pytorch").resolve("tmp456"));
        Files.write(halfUnpacked.resolve("libtorch.so"), new byte[1000]);
        Path underWay = Files.createDirectories(cache.resolve("tokenizers").resolve("tmp789"));
        Files.setLastModifiedTime(halfUnpacked, FileTime.from(Instant.now().minusSeconds(7200)));

        assertLoads(program(cache).run());
        assertFalse(Files.exists(halfUnpacked));
        assertTrue(Files.exists(underWay), "another program may be at it");
    }
}
