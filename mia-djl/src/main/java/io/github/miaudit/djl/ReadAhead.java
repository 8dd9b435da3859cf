package io.github.miaudit.djl;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Prepares items on all cores while those before them are used: in chunks, some chunks ahead, so that memory is bounded. They are used
 * in order, on the caller's thread, as if each was prepared when it was its turn; so what fails first in that order is what is thrown,
 * and then nothing is at work any more.
 *
 * @param <T> what is prepared
 * @param <R> what is made of it
 */
final class ReadAhead<T, R> {

    private static final int ITEMS = 32;
    private static final int SIZE = 8_192;
    private static final int CHUNKS_A_CORE = 2;

    /** What came of a chunk: the items before one that failed, and what it failed by, or null. */
    private record Prepared<R>(List<R> results, @Nullable Throwable failure) {
    }

    private final List<T> items;
    private final ToIntFunction<T> size;
    private final Function<T, R> preparation;
    private final Deque<SharedTask<Prepared<R>>> ahead = new ArrayDeque<>();
    private volatile boolean stopped;
    private int next;

    private ReadAhead(List<T> items, ToIntFunction<T> size, Function<T, R> preparation) {
        this.items = items;
        this.size = size;
        this.preparation = preparation;
    }

    /**
     * Prepares and uses items.
     *
     * @param items       what is prepared
     * @param size        of an item: a chunk ends where {@value #SIZE} are reached, or {@value #ITEMS} items
     * @param preparation may be called by several threads at once; must not depend on what is used meanwhile
     * @param use         is called by this thread, in order
     */
    static <T, R> void forEach(List<T> items, ToIntFunction<T> size, Function<T, R> preparation, Consumer<R> use) {
        if (items.size() == 1) { // no thread is quicker than this one
            use.accept(preparation.apply(items.get(0)));
        } else {
            new ReadAhead<>(items, size, preparation).forEach(use);
        }
    }

    private void forEach(Consumer<R> use) {
        int most = CHUNKS_A_CORE * Runtime.getRuntime().availableProcessors();
        try {
            while (next < items.size() || !ahead.isEmpty()) {
                while (next < items.size() && ahead.size() < most) {
                    List<T> chunk = chunk();
                    ahead.add(SharedTask.of(() -> prepared(chunk)));
                }
                Prepared<R> prepared = ahead.remove().result();
                prepared.results.forEach(use);
                if (prepared.failure != null) {
                    throw ScoringPass.unchecked(prepared.failure);
                }
            }
        } finally {
            stopped = true;
            ahead.forEach(SharedTask::awaitEnd); // they use what the caller may close
        }
    }

    private List<T> chunk() {
        int from = next;
        int filled = 0;
        while (next < items.size() && next - from < ITEMS && filled < SIZE) {
            filled += size.applyAsInt(items.get(next));
            next++;
        }
        return items.subList(from, next);
    }

    private Prepared<R> prepared(List<T> chunk) {
        List<R> results = new ArrayList<>(chunk.size());
        try {
            for (T item : chunk) {
                if (stopped) {
                    break;
                }
                results.add(preparation.apply(item));
            }
            return new Prepared<>(results, null);
        } catch (RuntimeException | Error e) { // told to whoever waits
            return new Prepared<>(results, e);
        }
    }
}
