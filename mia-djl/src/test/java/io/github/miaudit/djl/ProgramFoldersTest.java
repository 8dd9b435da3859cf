package io.github.miaudit.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProgramFoldersTest {

    /** Or a folder stayed whenever some process ended between being listed and being looked at. */
    @Test
    void aProcessThatHasEndedMakesNoFolderYounger() throws Exception {
        Process program = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-version")
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        ProcessHandle ended = program.toHandle();
        program.waitFor();
        assertFalse(ended.isAlive());
        ProcessHandle here = ProcessHandle.current();
        assertEquals(here.info().startInstant().orElseThrow(), ProgramFolders.oldest(Stream.of(ended, here)));
        assertEquals(Instant.MIN, ProgramFolders.oldest(Stream.of(ended)));
    }
}
