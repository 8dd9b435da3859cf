package io.github.miaudit.djl;

import io.github.miaudit.io.AuditException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The phases of opening a model, of which several take place at the same time, each on a thread of its own. Whoever opens asks for
 * what came of them in one order, so that of several failures always the same is told. Closed before {@link #keep}, it waits until all
 * have ended and closes what they opened. To be used by one thread.
 */
final class StartUp implements AutoCloseable {

    /** A phase under way. */
    final class Phase<T> {

        private final FutureTask<T> work;
        private final Consumer<T> undo;
        private final Thread thread;
        private final boolean reading;

        private Phase(String name, Supplier<T> work, Consumer<T> undo, boolean reading) {
            this.work = new FutureTask<>(work::get);
            this.undo = undo;
            this.reading = reading;
            this.thread = new Thread(this.work, "opening " + model + ": " + name);
            thread.setDaemon(true);
            phases.add(this);
            thread.start();
        }

        /** What came of it, as soon as it has ended; throws what it threw. */
        T get() {
            try {
                return work.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) e.getCause(); // a supplier throws no others
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AuditException("model " + model + ": opening it was interrupted", e);
            }
        }

        /**
         * Begins a phase, which tells its own times, as soon as this one has ended, unless that failed or nobody wants it any more. The
         * name is for its thread.
         */
        <U> Phase<U> then(String name, Function<T, U> next, Consumer<U> nextUndo) {
            return new Phase<>(name, () -> {
                T given = get();
                if (abandoned) {
                    throw new CancellationException();
                }
                return next.apply(given);
            }, nextUndo, false);
        }

        private void undo() {
            boolean interrupted = false;
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true; // what it opens must not be lost
                }
            }
            try {
                undo.accept(work.get());
            } catch (ExecutionException e) {
                return; // it opened nothing
            } catch (InterruptedException e) {
                throw new IllegalStateException("it has ended", e);
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    private final String model;
    private final StartUpListener listener;
    private final long start = System.nanoTime();
    private final List<Phase<?>> phases = new ArrayList<>();
    private volatile boolean abandoned;
    private boolean kept;

    /** The model's name is for threads, messages and the listener. */
    StartUp(String model, StartUpListener listener) {
        this.model = model;
        this.listener = listener;
    }

    /** Does something on the caller's thread, and tells how long it took. */
    <T> T now(String name, Supplier<T> work) {
        long begun = System.nanoTime();
        T result = work.get();
        long ended = System.nanoTime();
        synchronized (this) {
            listener.phaseEnded(new StartUpPhase(model, name, Duration.ofNanos(ended - begun), Duration.ofNanos(ended - start)));
        }
        return result;
    }

    /** Begins a phase that opens something, which is closed by what undoes it. */
    <T> Phase<T> begin(String name, Supplier<T> work, Consumer<T> undo) {
        return new Phase<>(name, () -> now(name, work), undo, false);
    }

    /** Begins a phase that only reads files, and is interrupted when another has failed. */
    <T> Phase<T> beginReading(String name, Supplier<T> work) {
        return new Phase<>(name, () -> now(name, work), result -> {
        }, true);
    }

    /** What was opened is the caller's from now on, who has asked for all of it. */
    void keep() {
        kept = true;
    }

    @Override
    public void close() {
        if (!kept) {
            abandoned = true;
            phases.stream().filter(phase -> phase.reading).forEach(phase -> phase.thread.interrupt());
            for (int last = phases.size() - 1; last >= 0; last--) {
                phases.get(last).undo();
            }
        }
    }
}
