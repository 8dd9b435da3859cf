package io.github.miaudit.djl;

import static io.github.miaudit.djl.Findings.all;
import static io.github.miaudit.djl.Findings.linux;
import static io.github.miaudit.djl.Findings.settings;
import static io.github.miaudit.djl.Findings.wrong;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.io.ChildProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Java, memory, cores, system, encoding, folders. */
class MachineFindingsTest {

    private static final long GIBI = Bytes.GIBI;

    /** Says what can be done in a folder. */
    static final class Look {

        private Look() {
        }

        public static void main(String[] arguments) {
            System.out.println(FolderState.of(Path.of(arguments[0])));
        }
    }

    @TempDir
    private Path folder;

    @Test
    void javaIsNamedAndWhatItMayHave() {
        Settings settings = settings(Map.of("java.version", "17.0.1", "java.vendor", "Somebody", "sun.arch.data.model", "64"));
        assertEquals(List.of("FACT java: 17.0.1 of Somebody; heap at most 4.0 GiB, direct buffers 1.5 GiB"),
                all(new JavaFindings(settings, 4 * GIBI, 3 * GIBI / 2)));
        assertEquals(List.of("ADVICE java: a heap of 256 MiB is little for large datasets and for tokenizers; give it more, such as"
                + " MIA_JAVA_OPTIONS=-Xmx4g"), wrong(new JavaFindings(settings, GIBI / 4, GIBI)));
        assertTrue(wrong(new JavaFindings(settings, GIBI, GIBI / 4)).toString().contains("-XX:MaxDirectMemorySize=4g"));
        assertTrue(wrong(new JavaFindings(settings(Map.of("sun.arch.data.model", "32")), GIBI, GIBI)).get(0)
                .startsWith("FAULT java: this is a Java of 32 bits"));
    }

    @Test
    void memoryIsThatOfTheContainer() {
        assertEquals(List.of("FACT memory: 64.0 GiB"), all(new MemoryFindings(64 * GIBI, 64 * GIBI, 16 * GIBI)));
        assertEquals(List.of("FACT memory: 64.0 GiB, of which a container or a limit allows 4.0 GiB"),
                all(new MemoryFindings(64 * GIBI, 4 * GIBI, GIBI)));
        assertTrue(wrong(new MemoryFindings(64 * GIBI, GIBI, GIBI / 4)).get(0).startsWith("ADVICE memory: less than 2.0 GiB"));
        assertEquals(List.of("ADVICE memory: Java's heap may take 7.0 GiB of 8.0 GiB, and weights and batches lie outside it; leave them at"
                + " least a quarter, by a smaller -Xmx in MIA_JAVA_OPTIONS"), wrong(new MemoryFindings(8 * GIBI, 8 * GIBI, 7 * GIBI)));
    }

    @Test
    void threadsAreComparedWithCores() {
        assertEquals(List.of("FACT cores: 4"), all(new CoreFindings(linux(), 4)));
        assertEquals(List.of("FACT cores: 4; OMP_NUM_THREADS is 4"), all(new CoreFindings(linux("OMP_NUM_THREADS", "4"), 4)));
        assertEquals(
                List.of("ADVICE cores: OMP_NUM_THREADS is 16, and there are 4 cores: threads that wait for each other make PyTorch slow;"
                        + " set it to 4 or less"),
                wrong(new CoreFindings(linux("OMP_NUM_THREADS", "16"), 4)));
        assertTrue(wrong(new CoreFindings(linux("OMP_NUM_THREADS", "1"), 4)).get(0).contains("so PyTorch leaves 3 of 4 cores idle"));
        Settings both = settings(Map.of("ai.djl.pytorch.num_threads", "2"), "OMP_NUM_THREADS", "many");
        assertEquals(List.of("FACT cores: 2; ai.djl.pytorch.num_threads is 2"), all(new CoreFindings(both, 2)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "many", "4,2", "99999999999"})
    void whatIsNoNumberOfThreadsIsNamed(String threads) {
        assertEquals(List.of("ADVICE cores: OMP_NUM_THREADS is " + threads + ", no number of threads; unset it, or set it to 4"),
                wrong(new CoreFindings(linux("OMP_NUM_THREADS", threads), 4)));
    }

    /** By objdump -T of the natives of DJL 0.36.0 for Linux, x86-64 and arm64: GLIBC_2.34 is the newest. */
    @ParameterizedTest
    @CsvSource({"glibc 2.36,false", "glibc 2.34,false", "glibc 3.0,false", "glibc 2.33,true", "glibc 2.17,true", "glibc 1.99,true",
            "musl,true",
            "'',false", "something,false"})
    void anOldOrForeignLibraryIsAFault(String library, boolean wrong) {
        assertEquals(wrong, !wrong(new SystemFindings(linux(), library)).isEmpty());
        assertEquals(wrong, wrong(new SystemFindings(linux(), library)).toString().contains("FAULT system: "));
    }

    @Test
    void anEncodingThatDoesNotKnowAllNamesIsNamed() {
        assertEquals(List.of(), wrong(new EncodingFindings(settings(Map.of("sun.jnu.encoding", "UTF-8")))));
        assertTrue(wrong(new EncodingFindings(settings(Map.of("sun.jnu.encoding", "ANSI_X3.4-1968")))).get(0)
                .startsWith("ADVICE encoding: files whose names have characters beyond ANSI_X3.4-1968 can't be opened; set"));
    }

    @Test
    void foldersThatAreFullOrClosedAreFaultsWhereTheyAreNeeded() {
        FolderState good = new FolderState(Path.of("good"), true, true, 9 * GIBI);
        FolderState closed = new FolderState(Path.of("closed"), false, true, 9 * GIBI);
        FolderState full = new FolderState(Path.of("full"), true, true, Bytes.MEBI);
        FolderState inert = new FolderState(Path.of("inert"), true, false, 9 * GIBI);
        assertEquals(List.of("FACT temporary: good, 9.0 GiB free", "FACT cache: good, natives not unpacked yet, 9.0 GiB free"),
                all(new FolderFindings(linux(), good, good, false)));
        assertEquals(List.of(), wrong(new FolderFindings(linux(), good, closed, true)));
        assertEquals(List.of(), wrong(new FolderFindings(linux(), good, full, true)));
        assertEquals(
                List.of("FAULT cache: closed can't be written to, and natives are to be unpacked there; allow it, or set the environment"
                        + " variable DJL_CACHE_DIR to another folder"),
                wrong(new FolderFindings(linux(), good, closed, false)));
        assertEquals(List.of("FAULT cache: natives take 480 MiB in full, where 1 MiB are free; make room, or set the environment variable"
                + " ENGINE_CACHE_DIR to another folder"),
                wrong(new FolderFindings(linux("ENGINE_CACHE_DIR", "full"), good, full, false)));
        assertTrue(wrong(new FolderFindings(linux(), good, inert, true)).get(0)
                .startsWith("FAULT cache: inert is mounted so that no program"));
        assertTrue(wrong(new FolderFindings(linux(), closed, good, true)).get(0).startsWith("FAULT temporary: closed can't be written to"));
        assertTrue(wrong(new FolderFindings(linux(), full, good, true)).get(0).startsWith("ADVICE temporary: full is nearly full"));
        assertTrue(wrong(new FolderFindings(linux(), inert, good, true)).get(0).contains("so that --store fails"));
    }

    @Test
    void aFolderIsTriedWithoutATrace() throws Exception {
        FolderState here = FolderState.of(folder.resolve("not/yet/there"));
        assertEquals(folder.resolve("not/yet/there"), here.folder());
        assertTrue(here.writable() && here.executable() && here.free() > 0, here.toString());
        try (var files = Files.list(folder)) {
            assertEquals(List.of(), files.toList());
        }
        assertFalse(FolderState.of(Files.writeString(folder.resolve("file"), "").resolve("below")).writable());
    }

    @Test
    void aMountWithoutPrograms() throws Exception {
        assertEquals("FolderState[folder=" + folder + ", writable=true, executable=false, free=1048576]",
                ChildProgram.of(Look.class, folder).withSmallDisk(folder, "size=1m,noexec").run().out().strip());
    }

    @Test
    void aFolderThatMayNotBeWrittenTo() throws Exception {
        assertTrue(ChildProgram.of(Look.class, folder).withSmallDisk(folder, "size=1m,ro").run().out().contains("writable=false"));
    }
}
