package io.github.miaudit.likelihood;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.StampedLock;

/**
 * Asks {@linkplain StoredScorer#withCancellation scoring} to stop where nothing is lost: what is in work is finished and stored,
 * nothing is begun any more. Asked once, it stays. Thread-safe.
 */
public final class Cancellation {

    private final StampedLock work = new StampedLock(); // those at work read; whoever ends it need not be who began it
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
            long idle = work.tryWriteLock(patience.toNanos(), TimeUnit.NANOSECONDS);
            if (idle == 0) {
                return false;
            }
            work.unlockWrite(idle);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Work that is not to be cut short. */
    interface Work extends AutoCloseable {

        /** Ends it; once, by any thread. */
        @Override
        void close();
    }

    /**
     * Begins work.
     *
     * @throws ScoringCancelledException if nothing is to be begun any more
     */
    Work begin() {
        long stamp;
        do { // not behind who asks to stop and waits: what he waits for may be the caller's to end
            throwIfRequested();
            stamp = work.tryReadLock();
        } while (stamp == 0);
        long begun = stamp;
        if (requested) {
            work.unlockRead(begun);
            throw new ScoringCancelledException();
        }
        return () -> work.unlockRead(begun);
    }

    void throwIfRequested() {
        if (requested) {
            throw new ScoringCancelledException();
        }
    }
}
