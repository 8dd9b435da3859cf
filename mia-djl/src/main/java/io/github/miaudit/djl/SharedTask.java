package io.github.miaudit.djl;

import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Work for a core that has nothing to do, or else for whoever needs its result. */
final class SharedTask<R> {

    private @Nullable Supplier<R> work; // nothing, once it is done: it may hold much
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);
    private @Nullable R result; // told, as the failure, by the latch
    private @Nullable Throwable failure;

    private SharedTask(Supplier<R> work) {
        this.work = work;
    }

    static <R> SharedTask<R> of(Supplier<R> work) {
        SharedTask<R> task = new SharedTask<>(work);
        ForkJoinPool.commonPool().execute(task::runUnlessBegun);
        return task;
    }

    /** Its result, or what it failed by; for which this thread works itself, unless another has begun. */
    R result() {
        awaitEnd();
        if (failure != null) {
            throw ScoringPass.unchecked(failure);
        }
        return Objects.requireNonNull(result);
    }

    /** Waits until nobody works at it any more, whatever came of it; an interrupt waits too, since this is the work of a moment. */
    void awaitEnd() {
        runUnlessBegun();
        boolean interrupted = false;
        while (true) {
            try {
                ended.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void runUnlessBegun() {
        if (!begun.compareAndSet(false, true)) {
            return;
        }
        try {
            result = Objects.requireNonNull(work).get();
        } catch (RuntimeException | Error e) { // told to who asks for the result
            failure = e;
        } finally {
            work = null;
            ended.countDown();
        }
    }
}
