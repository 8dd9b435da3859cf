package io.github.miaudit.likelihood;

import io.github.miaudit.data.Sample;
import io.github.miaudit.io.AuditException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a store while sentences are scored: to keep the scores of the sentences before, and to claim those that come next. One
 * turn at a time, on a thread of its own. Not thread-safe itself.
 */
final class StoreThread implements AutoCloseable {

    /** Sentences that nobody else scores now, with what the store has of them by each rule after all. */
    record Claimed(List<Sample> sentences, Map<MaskingRule, List<Optional<SequenceScore>>> found) {
    }

    /** Scores that the store has not yet; the work ends when it has them, or can't have them. */
    record Scored(List<Sample> sentences, Map<MaskingRule, List<SequenceScore>> scores, Cancellation.Work work) {
    }

    private final ScoreStore store;
    private final ModelIdentity model;
    private final Set<MaskingRule> rules;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "storing scores");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable Scored waiting;
    private @Nullable Future<Claimed> turn;

    StoreThread(ScoreStore store, ModelIdentity model, Set<MaskingRule> rules) {
        this.store = store;
        this.model = model;
        this.rules = rules;
    }

    /** Takes scores, to be stored at the next turn. */
    void take(Scored scored) {
        waiting = scored;
    }

    /**
     * Begins a turn: what waits is stored, and then some of the sentences are claimed.
     *
     * @param sentences what may be scored next
     * @param size      how many to claim at most
     */
    void begin(List<Sample> sentences, int size) {
        Scored scored = waiting;
        waiting = null;
        turn = thread.submit(() -> {
            if (scored != null) {
                store(scored);
            }
            return claim(sentences, size);
        });
    }

    /**
     * What the turn claimed, as soon as it has ended.
     *
     * @throws AuditException as the store does
     */
    Claimed result() {
        Future<Claimed> begun = Objects.requireNonNull(turn, "no turn has begun");
        turn = null;
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return begun.get();
                } catch (InterruptedException e) {
                    interrupted = true; // what is computed is to be stored
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof Error error) {
                        throw error;
                    }
                    throw (RuntimeException) e.getCause(); // a store throws no others
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void store(Scored scored) {
        try {
            store.add(model, scored.sentences, scored.scores);
        } finally {
            scored.work.close();
        }
    }

    private Claimed claim(List<Sample> sentences, int size) {
        List<Sample> claimed = store.claim(model, sentences.subList(0, Math.min(size, sentences.size())));
        if (claimed.isEmpty() && sentences.size() > size) { // others are at these; perhaps not at the last ones
            claimed = store.claim(model, sentences.subList(sentences.size() - size, sentences.size()));
        }
        Map<MaskingRule, List<Optional<SequenceScore>>> found = new LinkedHashMap<>();
        for (MaskingRule rule : rules) {
            found.put(rule, store.find(model, rule, claimed)); // perhaps stored since
        }
        return new Claimed(claimed, found);
    }

    /** Stores what is left, also where scoring failed. */
    @Override
    public void close() {
        try {
            if (turn != null) {
                result();
            }
        } finally {
            thread.shutdown();
            if (waiting != null) {
                store(waiting);
            }
        }
    }
}
