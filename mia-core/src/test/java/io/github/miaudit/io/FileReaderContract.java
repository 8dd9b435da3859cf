package io.github.miaudit.io;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.sun.management.ThreadMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every reader of a file must do, whatever the file holds: end, normally or with an {@link AuditException}, soon,
 * without taking more memory than the file's size explains, and without leaving a file open. A reader's test
 * extends this, says how to read, and has its seeds and what was found earlier in the resources
 * {@code NAMEOFTHETESTInputs/endsAsPromised}, a file each. Usually they are read as they are, and mutated at random; with the
 * profile {@code torture} Jazzer looks for files that reach new code.
 */
// what does not end fails; Jazzer has its own time
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class FileReaderContract {

    /** Of the processor, so that a busy machine makes no difference. */
    private static final Duration LONGEST = Duration.ofSeconds(5);
    /** For any file, however small. */
    private static final long MOST_BYTES = 16 << 20;
    private static final int MUTATIONS = 300;
    private static final int READINGS = 20;
    private static final String BEYOND_DOUBLES = "1e99999";
    private static final String BEYOND_INTEGERS = "2147483648";
    private static final String NEGATIVE = "-1";
    private static final List<String> NUMBERS = List.of(BEYOND_DOUBLES, BEYOND_INTEGERS, NEGATIVE);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static long inputs;
    private static long inputBytes;

    @TempDir
    private Path folder;

    private final String name;
    private final long mostBytesPerByte;

    /**
     * A contract for a reader.
     *
     * @param name             what the file is called
     * @param mostBytesPerByte that reading may allocate for each byte of the file, beside {@value #MOST_BYTES}
     */
    protected FileReaderContract(String name, long mostBytesPerByte) {
        this.name = name;
        this.mostBytesPerByte = mostBytesPerByte;
    }

    /**
     * Reads a file.
     *
     * @param file in a folder that holds nothing but what {@link #prepare} put there
     * @throws IOException if the test itself fails
     */
    protected abstract void read(Path file) throws IOException;

    /**
     * Puts into a folder what a reader needs beside the file.
     *
     * @param folder for the files of a test
     * @throws IOException if the test itself fails
     */
    protected void prepare(Path folder) throws IOException {
    }

    @DictionaryEntries({BEYOND_DOUBLES, BEYOND_INTEGERS, NEGATIVE})
    @FuzzTest
    void endsAsPromised(byte[] content) throws IOException {
        Path file = folder.resolve(name);
        inputs++;
        inputBytes += content.length;
        Cost first = cost(file, content);
        if (exceeds(first, content)) { // unless it was of classes that were loaded, and instrumented by Jazzer
            Cost second = cost(file, content);
            assertFalse(exceeds(second, content), () -> second + " for " + content.length + " bytes");
        }
        if (first.filesLeftOpen > 0) { // unless another thread opened it
            long open = openFiles();
            for (int time = 0; time < READINGS; time++) {
                cost(file, content);
            }
            long left = openFiles() - open;
            assertTrue(left < READINGS / 2, () -> left + " files left open by " + READINGS + " readings of " + content.length + " bytes");
        }
    }

    /** For the table of docs/reliability.md. */
    @AfterAll
    static void sayHowMuchWasFuzzed() {
        if (System.getenv("JAZZER_FUZZ") != null) {
            System.out.println("fuzzed with " + inputs + " inputs, " + inputBytes + " bytes");
        }
    }

    private record Cost(Duration ofTheProcessor, long bytes, long filesLeftOpen) {
    }

    private Cost cost(Path file, byte[] content) throws IOException {
        prepare(folder);
        Files.write(file, content);
        long open = openFiles();
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        long started = THREADS.getCurrentThreadCpuTime();
        try {
            read(file);
        } catch (AuditException e) {
            assertFalse(e.getMessage().isBlank());
        }
        return new Cost(Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - started), THREADS.getCurrentThreadAllocatedBytes() - allocated,
                openFiles() - open);
    }

    private static long openFiles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix ? unix.getOpenFileDescriptorCount()
                : 0;
    }

    private boolean exceeds(Cost cost, byte[] content) {
        return cost.ofTheProcessor.compareTo(LONGEST) > 0 || cost.bytes > MOST_BYTES + mostBytesPerByte * content.length;
    }

    @Test
    void endsAsPromisedWhereverAFileIsDamaged() throws Exception {
        List<byte[]> seeds = seeds();
        Random random = new Random(20261126);
        for (int mutation = 0; mutation < MUTATIONS; mutation++) {
            byte[] damaged = damaged(seeds.get(mutation % seeds.size()), random);
            try {
                endsAsPromised(damaged);
            } catch (RuntimeException | Error e) {
                throw new AssertionError("mutation " + mutation + ", " + damaged.length + " bytes", e); // it is always the same
            }
        }
    }

    private List<byte[]> seeds() throws IOException, URISyntaxException {
        URL resource = getClass().getResource(getClass().getSimpleName() + "Inputs/endsAsPromised");
        List<byte[]> seeds = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of(resource.toURI()))) {
            for (Path file : files.sorted().toList()) {
                seeds.add(Files.readAllBytes(file));
            }
        }
        return seeds;
    }

    /** Cuts out, repeats or changes one to four places. */
    private static byte[] damaged(byte[] seed, Random random) {
        byte[] content = seed;
        for (int place = random.nextInt(4); place >= 0 && content.length > 0; place--) {
            int from = random.nextInt(content.length);
            int to = Math.min(content.length, from + 1 + random.nextInt(16));
            content = switch (random.nextInt(5)) {
                case 0 -> joined(Arrays.copyOf(content, from), Arrays.copyOfRange(content, to, content.length));
                case 1 -> joined(Arrays.copyOf(content, to), Arrays.copyOfRange(content, from, content.length));
                case 2 -> changed(content, from, (byte) (content[from] ^ 1 << random.nextInt(Byte.SIZE)));
                case 3 -> joined(
                        joined(Arrays.copyOf(content, from),
                                NUMBERS.get(random.nextInt(NUMBERS.size())).getBytes(StandardCharsets.US_ASCII)),
                        Arrays.copyOfRange(content, from + 1, content.length));
                default -> changed(content, from, (byte) (random.nextBoolean() ? -1 : 0));
            };
        }
        return content;
    }

    private static byte[] joined(byte[] start, byte[] end) {
        byte[] whole = Arrays.copyOf(start, start.length + end.length);
        System.arraycopy(end, 0, whole, start.length, end.length);
        return whole;
    }

    private static byte[] changed(byte[] content, int index, byte value) {
        byte[] changed = content.clone();
        changed[index] = value;
        return changed;
    }
}
