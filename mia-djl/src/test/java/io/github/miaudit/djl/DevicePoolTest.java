package io.github.miaudit.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.TokenSequence;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several devices at one queue; the devices are stand-ins that say of each scored token its id and its place. */
class DevicePoolTest {

    private static final int MASK = 99;

    /** Says minus the target's id; fails as told. */
    private static class StandIn implements ScoringNetwork {

        private final AtomicInteger calls = new AtomicInteger();
        private final AtomicInteger freed = new AtomicInteger();
        private boolean closed;

        @Override
        public float[] values(PackedRows rows) {
            calls.incrementAndGet();
            float[] values = new float[rows.targets().length];
            for (int target = 0; target < values.length; target++) {
                values[target] = -rows.targets()[target];
            }
            return values;
        }

        @Override
        public ScoringNetwork with(Readout readout) {
            return this;
        }

        @Override
        public Device device() {
            return Device.gpu(0);
        }

        @Override
        public void freeMemory() {
            freed.incrementAndGet();
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    void devicesWorkAtTheSameTimeAndRowsGetTheirOwnValuesOnTheCallersThread() {
        CountDownLatch bothAtWork = new CountDownLatch(2);
        List<StandIn> devices = IntStream.range(0, 2).<StandIn>mapToObj(device -> new StandIn() {
            @Override
            public float[] values(PackedRows rows) {
                bothAtWork.countDown();
                awaited(bothAtWork);
                return super.values(rows);
            }
        }).toList();
        List<Integer> told = new ArrayList<>();
        List<PlannedRow> rows = new ArrayList<>();
        Thread caller = Thread.currentThread();
        for (int id = 1; id <= 50; id++) {
            int number = id;
            rows.add(row(id, 1 + id % 5, () -> {
                assertEquals(caller, Thread.currentThread());
                told.add(number);
            }));
        }
        try (DevicePool pool = new DevicePool("m", MASK, new TokenBudget(12), List.copyOf(devices))) {
            pass(pool, rows);
        }
        assertEquals(IntStream.rangeClosed(1, 50).boxed().toList(), told.stream().sorted().toList());
        for (PlannedRow row : rows) {
            assertEquals(-row.tokens().id(0), row.value(0, 0));
        }
        assertTrue(devices.stream().allMatch(device -> device.closed && device.calls.get() > 0));
    }

    @Test
    void aDeviceWhoseMemoryRunsOutGetsHalvesAndTheRunEndsRight() {
        StandIn little = new StandIn() {
            @Override
            public float[] values(PackedRows rows) {
                if (rows.ids().length > 20) {
                    throw new EngineException("RuntimeError: CUDA out of memory. Tried to allocate 20.00 MiB.");
                }
                return super.values(rows);
            }
        };
        TokenBudget budget = new TokenBudget(1000);
        List<PlannedRow> rows = IntStream.rangeClosed(1, 100).mapToObj(id -> row(id, 4, () -> {
        })).toList();
        try (DevicePool pool = new DevicePool("m", MASK, budget, List.of(little))) {
            pass(pool, rows);
        }
        rows.forEach(row -> assertEquals(-row.tokens().id(0), row.value(0, 0)));
        assertTrue(budget.tokens() <= 20 && budget.tokens() > 10, budget.tokens() + " tokens");
        assertTrue(little.freed.get() > 0);
    }

    @Test
    void devicesThatFindTheSameTooMuchLowerTheBudgetOnce() {
        CountDownLatch bothAtWork = new CountDownLatch(2);
        List<StandIn> devices = IntStream.range(0, 2).<StandIn>mapToObj(device -> new StandIn() {
            @Override
            public float[] values(PackedRows rows) {
                if (rows.ids().length == 64) {
                    bothAtWork.countDown();
                    awaited(bothAtWork);
                    throw new EngineException("CUDA out of memory");
                }
                return super.values(rows);
            }
        }).toList();
        TokenBudget budget = new TokenBudget(64);
        List<PlannedRow> rows = IntStream.rangeClosed(1, 32).mapToObj(id -> row(id, 4, () -> {
        })).toList();
        try (DevicePool pool = new DevicePool("m", MASK, budget, List.copyOf(devices))) {
            pass(pool, rows);
        }
        rows.forEach(row -> assertEquals(-row.tokens().id(0), row.value(0, 0)));
        assertEquals(32, budget.tokens());
    }

    @Test
    void onTheCpuCallersDoNotWaitForOneAnother() throws InterruptedException {
        CountDownLatch bothAtWork = new CountDownLatch(2);
        StandIn processor = new StandIn() {
            @Override
            public Device device() {
                return Device.cpu();
            }

            @Override
            public float[] values(PackedRows rows) {
                bothAtWork.countDown();
                awaited(bothAtWork);
                return super.values(rows);
            }
        };
        try (DevicePool pool = new DevicePool("m", MASK, new TokenBudget(5), List.of(processor))) {
            Thread other = new Thread(() -> pass(pool, List.of(row(1, 5, () -> {
            }))));
            other.start();
            PlannedRow row = row(2, 5, () -> {
            });
            pass(pool, List.of(row));
            other.join();
            assertEquals(-2, row.value(0, 0));
        }
    }

    @Test
    void closingWaitsForWhatIsUnderWay() throws InterruptedException {
        CountDownLatch atWork = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        StandIn slow = new StandIn() {
            @Override
            public float[] values(PackedRows rows) {
                atWork.countDown();
                awaited(mayEnd);
                return super.values(rows);
            }
        };
        DevicePool pool = new DevicePool("m", MASK, new TokenBudget(5), List.of(slow));
        PlannedRow row = row(1, 5, () -> {
        });
        Thread caller = new Thread(() -> pass(pool, List.of(row)));
        caller.start();
        awaited(atWork);
        Thread closing = new Thread(pool::close);
        closing.start();
        while (closing.getState() == Thread.State.NEW || closing.getState() == Thread.State.RUNNABLE) {
            Thread.onSpinWait();
        }
        assertFalse(slow.closed);
        mayEnd.countDown();
        caller.join();
        closing.join();
        assertTrue(slow.closed);
        assertEquals(-1, row.value(0, 0));
        assertEquals("model m is closed; score before closing it",
                assertThrows(IllegalStateException.class, () -> pass(pool, List.of(row(2, 5, () -> {
                })))).getMessage());
    }

    @Test
    void anInterruptedCallerIsToldAndStaysInterrupted() {
        CountDownLatch mayEnd = new CountDownLatch(1);
        StandIn slow = new StandIn() {
            @Override
            public float[] values(PackedRows rows) {
                awaited(mayEnd);
                return super.values(rows);
            }
        };
        try (DevicePool pool = new DevicePool("m", MASK, new TokenBudget(5), List.of(slow))) {
            Thread.currentThread().interrupt();
            AuditException interrupted = assertThrows(AuditException.class, () -> pass(pool, List.of(row(1, 5, () -> {
            }))));
            assertEquals("interrupted while model m scored; run again", interrupted.getMessage());
            assertTrue(Thread.interrupted());
            mayEnd.countDown();
        }
    }

    @Test
    void aRowForWhichMemoryIsTooSmallIsNamed() {
        StandIn none = new StandIn() {
            @Override
            public float[] values(PackedRows rows) {
                throw new EngineException("CUDA out of memory");
            }
        };
        try (DevicePool pool = new DevicePool("m", MASK, new TokenBudget(1000), List.of(none))) {
            AuditException failure = assertThrows(AuditException.class, () -> pass(pool, List.of(row(1, 7, () -> {
            }))));
            assertTrue(failure.getMessage().startsWith("sentence s1: memory ran out on a single row of 7 tokens"), failure.getMessage());
        }
    }

    @Test
    void aFailureIsToldAndLaterCallsWork() {
        StandIn failing = new StandIn() {
            @Override
            public float[] values(PackedRows rows) {
                if (rows.ids()[0] == 13) {
                    throw new EngineException("RuntimeError: index out of range in self");
                }
                return super.values(rows);
            }
        };
        try (DevicePool pool = new DevicePool("m", MASK, new TokenBudget(5), List.of(failing, new StandIn() {
            @Override
            public float[] values(PackedRows rows) {
                return failing.values(rows);
            }
        }))) {
            AuditException failure = assertThrows(AuditException.class,
                    () -> pass(pool, IntStream.rangeClosed(1, 40).mapToObj(id -> row(id, 5, () -> {
                    })).toList()));
            assertEquals("model m failed on 1 rows of up to 5 tokens, of sentence s13", failure.getMessage());
            PlannedRow row = row(7, 5, () -> {
            });
            pass(pool, List.of(row));
            assertEquals(-7, row.value(0, 0));
        }
    }

    @Test
    void masksAreInPlaceAndPositionsCountThroughAllRows() {
        TokenSequence tokens = new TokenSequence("text", new int[] {11, 12, 13}, new int[3], new boolean[3]);
        PackedRows packed = new RowBatch(List.of(
                new PlannedRow("s", tokens, new int[] {1}, new int[] {1}, () -> {
                }),
                new PlannedRow("s", tokens, new int[] {2}, new int[] {2}, () -> {
                }),
                new PlannedRow("s", tokens.padded(5, 0), new int[] {0, 1}, new int[] {0, 1}, () -> {
                }))).packed(MASK);
        assertArrayEquals(new long[] {11, MASK, 13, 11, 12, MASK, MASK, MASK, 13, 0, 0}, packed.ids());
        assertArrayEquals(new long[] {2, 3, 3, 1, 1, 5, 3, 2}, packed.blocks());
        assertArrayEquals(new long[] {1, 5, 6, 7}, packed.positions());
        assertArrayEquals(new long[] {12, 13, 11, 12}, packed.targets());
    }

    @Test
    void rowsMayAskForSeveralTokensAndEachGetsItsOwn() {
        TokenSequence tokens = new TokenSequence("text", new int[] {11, 12, 13}, new int[3], new boolean[3]);
        PlannedRow wide = new PlannedRow("s", tokens, new int[] {1, 2}, new int[] {1, 2}, new int[][] {{5}, {6, 7, 8}}, () -> {
        });
        PlannedRow narrow = new PlannedRow("s", tokens, new int[] {0}, new int[] {0}, new int[][] {{4}}, () -> {
        });
        RowBatch batch = new RowBatch(List.of(wide, narrow));
        PackedRows packed = batch.packed(MASK);
        assertEquals(3, packed.width());
        assertArrayEquals(new long[] {1, 2, 3}, packed.positions());
        assertArrayEquals(new long[] {5, 5, 5, 6, 7, 8, 4, 4, 4}, packed.targets());
        batch.accept(new float[] {-5, -6, -4, -5, -7, -4, -5, -8, -4}); // as the network gives them: first tokens, second ones, third ones
        assertEquals(-5, wide.value(0, 0));
        assertEquals(List.of(-6f, -7f, -8f), List.of(wide.value(0, 1), wide.value(1, 1), wide.value(2, 1)));
        assertEquals(-4, narrow.value(0, 0));
    }

    @Test
    void whatABatchAsksForIsBounded() {
        int width = 20_000;
        TokenSequence tokens = new TokenSequence("text", new int[4], new int[4], new boolean[4]);
        int[][] asked = {new int[width]};
        List<RowBatch> batches = new ArrayList<>();
        RowPacker packer = new RowPacker(new TokenBudget(100_000), batches::add);
        for (int row = 0; row < 1000; row++) {
            packer.add(new PlannedRow("s", tokens, new int[0], new int[] {1}, row < 500 ? asked : new int[][] {{1}}, () -> {
            }));
        }
        packer.flush();
        assertEquals(1000, batches.stream().mapToInt(RowBatch::size).sum());
        assertTrue(batches.stream().allMatch(batch -> batch.targetCount() * batch.width() <= 1 << 22), "values a batch");
        assertTrue(batches.size() < 10, batches.size() + " batches");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"auto;0;cpu", "cpu;4;cpu", "auto;4;gpu:0", "gpu;4;gpu:0", "gpu:3;4;gpu:3",
            "gpus;3;gpu:0,gpu:1,gpu:2", "gpu:2,gpu:0,gpu:2;3;gpu:2,gpu:0"})
    void devicesHaveNames(String name, int gpus, String resolved) {
        assertEquals(resolved, ScoringDevice.label(ScoringDevice.of(name).resolve(gpus)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpu", "gpus", "gpu:0"})
    void aDeviceThatIsNotThereIsNamed(String name) {
        assertEquals("device gpu:0 is not there: PyTorch sees 0 GPUs; choose cpu, or install the natives for CUDA as docs/gpu.md says",
                assertThrows(AuditException.class, () -> ScoringDevice.of(name).resolve(0)).getMessage());
    }

    @ParameterizedTest
    @CsvSource({"70,FLOAT16", "75,FLOAT16", "80,BFLOAT16", "90,BFLOAT16", "120,BFLOAT16"})
    void halfPrecisionIsUsualOnGpus(String capability, Precision usual) {
        assertEquals(usual, Precision.usualOn(capability));
        assertEquals(Precision.FLOAT32, Precision.usualOn(List.of(Device.cpu())));
    }

    private static void awaited(CountDownLatch event) {
        try {
            assertTrue(event.await(10, TimeUnit.SECONDS), "it does not come");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void pass(DevicePool pool, List<PlannedRow> rows) {
        ScoringPass pass = new ScoringPass(pool);
        RowPacker packer = new RowPacker(pool.budget(), pass::add);
        rows.forEach(packer::add);
        packer.flush();
        pass.finish();
    }

    private static PlannedRow row(int id, int length, Runnable done) {
        int[] ids = new int[length];
        ids[0] = id;
        return new PlannedRow("s" + id, new TokenSequence("text", ids, new int[length], new boolean[length]),
                new int[0], new int[] {0}, done);
    }
}
