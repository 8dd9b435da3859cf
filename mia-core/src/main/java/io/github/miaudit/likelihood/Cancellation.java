package io.github.miaudit.likelihood;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Asks {@linkplain StoredScorer#withCancellation scoring} to stop where nothing is lost: what is in work is finished and stored,
 * nothing is begun any more. Asked once, it stays. Thread-safe.
 */
public final class Cancellation {

    private final ReadWriteLock work = new ReentrantReadWriteLock(); // those at work read
    private volatile boolean requested;

    /** One that nobody has asked for. */
    public Cancellation() {
        // a lock and a flag
    }

    /**
     * Asks for it, and waits for what is in work.
     *
     * @param patience how long to wait at most
     * @return whether nothing is in work any more; false also if this thread is interrupted meanwhile
     */
    public boolean request(Duration patience) {
        requested = true;
        try {
            boolean idle = work.writeLock().tryLock(patience.toNanos(), TimeUnit.NANOSECONDS);
            if (idle) {
                work.writeLock().unlock();
            }
            return idle;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Does work that is not to be cut short. */
    <T> T unlessRequested(Supplier<T> whole) {
        work.readLock().lock();
        try {
            throwIfRequested();
            return whole.get();
        } finally {
            work.readLock().unlock();
        }
    }

    void throwIfRequested() {
        if (requested) {
            throw new ScoringCancelledException();
        }
    }
}
