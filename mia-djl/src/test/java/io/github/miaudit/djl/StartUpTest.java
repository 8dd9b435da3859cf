package io.github.miaudit.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.io.AuditException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Phases at the same time: which failure is told, and what becomes of what the others opened. */
class StartUpTest {

    @TempDir
    private Path folder;
    private final List<String> closed = new CopyOnWriteArrayList<>();

    @BeforeEach
    void copy() throws IOException {
        Copies.of(Golden.ROBERTA.folder(), List.of("config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"), folder);
    }

    @Test
    void ofSeveralFailuresTheOneIsToldThatWasAskedForFirst() {
        CountDownLatch secondFailed = new CountDownLatch(1);
        for (int run = 0; run < 20; run++) {
            try (StartUp startUp = startUp()) {
                StartUp.Phase<String> first = startUp.begin("first", () -> {
                    await(secondFailed);
                    throw new AuditException("first");
                }, closed::add);
                StartUp.Phase<String> second = startUp.begin("second", () -> {
                    secondFailed.countDown();
                    throw new AuditException("second");
                }, closed::add);
                assertEquals("first", assertThrows(AuditException.class, first::get).getMessage());
                assertEquals("second", assertThrows(AuditException.class, second::get).getMessage());
            }
        }
        assertEquals(List.of(), closed);
    }

    @Test
    void whatOthersOpenIsClosedTheLastFirstAlsoWhereItOpensLate() {
        CountDownLatch failed = new CountDownLatch(1);
        try (StartUp startUp = startUp()) {
            startUp.begin("late", () -> {
                await(failed);
                return "late";
            }, closed::add);
            startUp.begin("early", () -> "early", closed::add).then("after early", early -> "after " + early, closed::add).get();
            StartUp.Phase<String> failing = startUp.begin("failing", () -> {
                throw new AuditException("failing");
            }, closed::add);
            assertThrows(AuditException.class, failing::get);
            failed.countDown();
        }
        assertEquals(List.of("after early", "early", "late"), closed);
    }

    @Test
    void whatWasKeptStaysOpen() {
        try (StartUp startUp = startUp()) {
            startUp.begin("kept", () -> "kept", closed::add).get();
            startUp.keep();
        }
        assertEquals(List.of(), closed);
    }

    @Test
    void readingIsInterruptedAndWhatWasToFollowDoesNotBegin() {
        CountDownLatch never = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        AtomicBoolean followed = new AtomicBoolean();
        try (StartUp startUp = startUp()) {
            StartUp.Phase<String> reading = startUp.beginReading("reading", () -> {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    interrupted.set(true);
                }
                return "read";
            });
            reading.then("following", read -> {
                followed.set(true);
                return read;
            }, closed::add);
        }
        assertTrue(interrupted.get());
        assertFalse(followed.get());
        assertEquals(List.of(), closed);
    }

    @Test
    void whatFailsIsThrownAsItIsAndNothingFollows() {
        OutOfMemoryError error = new OutOfMemoryError("pretended");
        try (StartUp startUp = startUp()) {
            StartUp.Phase<String> failing = startUp.begin("failing", () -> {
                throw error;
            }, closed::add);
            StartUp.Phase<String> following = failing.then("following", value -> value, closed::add);
            assertSame(error, assertThrows(OutOfMemoryError.class, following::get));
            assertSame(error, assertThrows(OutOfMemoryError.class, failing::get));
        }
    }

    @Test
    void whoWaitsCanBeInterruptedAndStillClosesWhatOpens() {
        CountDownLatch waiting = new CountDownLatch(1);
        try (StartUp startUp = startUp()) {
            StartUp.Phase<String> slow = startUp.begin("slow", () -> {
                await(waiting);
                return "slow";
            }, closed::add);
            Thread.currentThread().interrupt();
            assertTrue(assertThrows(AuditException.class, slow::get).getMessage().contains("interrupted"));
            waiting.countDown();
        }
        assertTrue(Thread.interrupted());
        assertEquals(List.of("slow"), closed);
    }

    /** Each folder has all the faults from one on; the order is that in which they were found one after the other. */
    @Test
    void aModelWithSeveralFaultsIsRefusedForTheSameOneAsEver() throws IOException {
        spoilWeights();
        MaskedLmOptions nowhere = MaskedLmOptions.withDefaults().withDevice(ScoringDevice.of("gpu:99"));
        for (int run = 0; run < 5; run++) {
            assertTrue(message(MaskedLmOptions.withDefaults()).contains("weights must be finite"));
            assertTrue(message(nowhere).contains("device gpu:99 is not there"));
        }
        String whole = Files.readString(folder.resolve("tokenizer.json"));
        Files.writeString(folder.resolve("tokenizer.json"), whole.replace("999", "1999"));
        assertTrue(message(nowhere).contains("has token ids up to 1999"));
        Files.writeString(folder.resolve("tokenizer.json"), whole.replace("<mask>", "<veil>"));
        assertTrue(message(nowhere).contains("has no mask token"));
        Files.writeString(folder.resolve("config.json"), "{}");
        assertTrue(message(nowhere).contains("config.json: has no model_type"));
        assertEquals(Set.of(), opening());
    }

    @Test
    void eachPhaseIsToldWithItsTime() {
        List<StartUpPhase> phases = new ArrayList<>();
        MaskedLmScorer.open(folder, MaskedLmOptions.withDefaults().withDevice(ScoringDevice.of("cpu")).withStartUpListener(phases::add))
                .close();
        assertEquals(Set.of("config.json and list of tensors", "PyTorch", "tokenizer", "digest of the weights", "devices",
                "weights and program on cpu"), phases.stream().map(StartUpPhase::name).collect(Collectors.toSet()));
        assertEquals(6, phases.size());
        for (StartUpPhase phase : phases) {
            assertEquals(folder.getFileName().toString(), phase.model());
            assertTrue(!phase.took().isNegative() && phase.took().compareTo(phase.ended()) <= 0, phase.toString());
        }
        assertEquals(Set.of(), opening());
    }

    private String message(MaskedLmOptions options) {
        return assertThrows(AuditException.class, () -> MaskedLmScorer.open(folder, options)).getMessage();
    }

    private void spoilWeights() throws IOException {
        byte[] whole = Files.readAllBytes(folder.resolve("model.safetensors"));
        int data = 8 + (int) ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
        Arrays.fill(whole, data, data + 4, (byte) 0xff); // NaN
        Files.write(folder.resolve("model.safetensors"), whole);
    }

    /** The threads that open this test's models still, a while after all was told: one that has told its result takes a moment to end. */
    private Set<String> opening() {
        String prefix = "opening " + folder.getFileName();
        Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().startsWith(prefix)).forEach(thread -> {
            try {
                thread.join(5_000);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).filter(name -> name.startsWith(prefix))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static StartUp startUp() {
        return new StartUp("tried", StartUpListener.NONE);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
