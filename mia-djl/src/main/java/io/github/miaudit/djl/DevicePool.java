package io.github.miaudit.djl;

import ai.djl.engine.EngineException;
import io.github.miaudit.checkpoint.Architecture;
import io.github.miaudit.io.AuditException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * A model's networks, one a device, and the one queue from which they take batches. A GPU computes one batch at a time; on the
 * CPU each caller has a batch of its own computed. Where memory runs out, the token budget is lowered and the batch passed
 * through in halves. Thread-safe until closed.
 */
final class DevicePool implements AutoCloseable {

    /** A part of a batch with its values, as {@link ScoringNetwork#values}. */
    record Computed(RowBatch batch, float[] values) {
    }

    /** What came of a batch: its parts with their values, or what failed. */
    record Outcome(List<Computed> computed, Optional<Throwable> failure) {
    }

    private final String model;
    private final int maskId;
    private final TokenBudget budget;
    private final List<ScoringNetwork> networks;
    private final boolean shared;
    private final BlockingQueue<ScoringNetwork> idle;
    private final ExecutorService workers;

    /** The model's name is for messages; the networks are closed with the pool. */
    DevicePool(String model, int maskId, TokenBudget budget, List<ScoringNetwork> networks) {
        this.model = model;
        this.maskId = maskId;
        this.budget = budget;
        this.networks = List.copyOf(networks);
        this.shared = !networks.get(0).device().isGpu();
        this.idle = new ArrayBlockingQueue<>(networks.size(), false, networks);
        ThreadFactory threads = work -> {
            Thread thread = new Thread(work, "scoring with " + model);
            thread.setDaemon(true);
            return thread;
        };
        this.workers = shared ? Executors.newCachedThreadPool(threads) : Executors.newFixedThreadPool(networks.size(), threads);
    }

    /** A pool of the same networks with another readout, to be closed before this one. */
    DevicePool with(Readout readout) {
        return new DevicePool(model, maskId, budget, networks.stream().map(network -> network.with(readout)).toList());
    }

    /** A pool of the same weights read as another architecture says, to be closed before this one. */
    DevicePool as(Architecture other, Readout readout) {
        return new DevicePool(model, maskId, budget, networks.stream().map(network -> network.as(other, readout)).toList());
    }

    /** A pool of the same networks with another token in the place of masks, to be closed before this one. */
    DevicePool withMask(int other, Readout readout) {
        return new DevicePool(model, other, budget, networks.stream().map(network -> network.with(readout)).toList());
    }

    String model() {
        return model;
    }

    /** What a batch should hold at most. */
    TokenBudget budget() {
        return budget;
    }

    /**
     * How many batches of a caller should be under way: for each GPU the next one too; on the CPU the next one is prepared while one is
     * computed.
     */
    int capacity() {
        return shared ? 1 : 2 * networks.size();
    }

    /** Queues a batch; what comes of it is added to the outcomes. */
    void submit(RowBatch batch, BlockingQueue<Outcome> outcomes) {
        PackedRows packed = batch.packed(maskId); // here, while the devices compute
        try {
            workers.execute(() -> outcomes.add(outcome(batch, packed)));
        } catch (RejectedExecutionException e) {
            throw new IllegalStateException("model " + model + " is closed; score before closing it", e);
        }
    }

    private Outcome outcome(RowBatch batch, PackedRows packed) {
        ScoringNetwork network = shared ? networks.get(0) : idle.remove(); // there are as many as workers
        try {
            List<Computed> computed = new ArrayList<>();
            pass(batch, packed, network, computed);
            return new Outcome(computed, Optional.empty());
        } catch (RuntimeException | Error e) { // told to whoever waits
            return new Outcome(List.of(), Optional.of(e));
        } finally {
            if (!shared) {
                idle.add(network);
            }
        }
    }

    private void pass(RowBatch batch, PackedRows packed, ScoringNetwork network, List<Computed> computed) {
        if (batch.size() > 1 && batch.weight() > budget.tokens()) { // lowered since it was packed
            passHalves(batch, network, computed);
            return;
        }
        Optional<float[]> values = values(batch, packed, network);
        if (values.isPresent()) {
            computed.add(new Computed(batch, values.get()));
        } else {
            budget.lowerBelow(batch.weight(), model);
            network.freeMemory();
            passHalves(batch, network, computed);
        }
    }

    private void passHalves(RowBatch batch, ScoringNetwork network, List<Computed> computed) {
        batch.halves().forEach(half -> pass(half, half.packed(maskId), network, computed));
    }

    /** Nothing if memory ran out on several rows. */
    private Optional<float[]> values(RowBatch batch, PackedRows packed, ScoringNetwork network) {
        try {
            return Optional.of(network.values(packed));
        } catch (EngineException e) {
            if (!MemoryShortage.isIn(e)) {
                throw new AuditException("model " + model + " failed on " + batch.size() + " rows of up to " + batch.length()
                        + " tokens, of sentence " + batch.firstSentence() + (batch.size() > 1 ? " and others" : ""), e);
            }
            if (batch.size() == 1) {
                throw new AuditException("sentence " + batch.firstSentence() + ": memory ran out on a single row of " + batch.length()
                        + " tokens, of which model " + model + " scores " + batch.targetCount()
                        + " at once; free memory, give the process more, or choose a device that has it", e);
            }
            return Optional.empty();
        }
    }

    /** Lets the batches under way end, which may take as long as they take. */
    @Override
    public void close() {
        workers.shutdown();
        boolean interrupted = false;
        while (true) {
            try {
                if (workers.awaitTermination(1, TimeUnit.MINUTES)) {
                    break;
                }
            } catch (InterruptedException e) {
                interrupted = true; // the weights must not go while they are in use
            }
        }
        networks.forEach(ScoringNetwork::close);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
