package io.github.miaudit.djl;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * Packs rows of many sentences into batches that fill the token budget of the moment (a row that is larger has a batch of its
 * own); a sentence's rows may be spread over batches. Rows wait until they fill several batches and are then sorted by shape,
 * so that a batch has few blocks: attention works block by block, and there is no padding. These batches are passed on one by
 * one while rows for the next ones come, so that whoever computes is never without.
 */
final class RowPacker {

    private static final int BATCHES_AT_ONCE = 16;
    /** Of a batch, so that many tokens asked for at many targets don't take more memory than the network. */
    private static final long MOST_VALUES = 1 << 22;

    private final TokenBudget budget;
    private final Consumer<RowBatch> sink;
    private final List<PlannedRow> waiting = new ArrayList<>();
    private final Deque<RowBatch> ready = new ArrayDeque<>();
    private long weight;
    private long weightSinceLast;

    RowPacker(TokenBudget budget, Consumer<RowBatch> sink) {
        this.budget = budget;
        this.sink = sink;
    }

    /** Takes a row; passes a batch on for about every batch of rows that it takes. */
    void add(PlannedRow row) {
        waiting.add(row);
        weight += row.weight();
        weightSinceLast += row.weight();
        if (weightSinceLast >= budget.tokens() && !ready.isEmpty()) {
            sink.accept(ready.remove());
            weightSinceLast = 0;
        }
        if (weight >= (long) BATCHES_AT_ONCE * budget.tokens()) {
            pack();
        }
    }

    /** Passes on all that wait. */
    void flush() {
        pack();
        passOn();
    }

    private void passOn() {
        while (!ready.isEmpty()) {
            sink.accept(ready.remove());
        }
    }

    /** Makes batches of about equal weight of the rows that wait. */
    private void pack() {
        passOn();
        waiting.sort(Comparator.comparingLong(PlannedRow::shape)); // stable
        long most = budget.tokens();
        long batches = Math.max(1, (weight + most - 1) / most);
        long even = Math.min(most, (weight + batches - 1) / batches);
        List<PlannedRow> batch = new ArrayList<>();
        long filled = 0;
        long targets = 0;
        long width = 1;
        for (PlannedRow row : waiting) {
            targets += row.targets().length;
            width = Math.max(width, row.width());
            if (filled >= even || !batch.isEmpty() && (filled + row.weight() > most || targets * width > MOST_VALUES)) {
                ready.add(new RowBatch(List.copyOf(batch)));
                batch.clear();
                filled = 0;
                targets = row.targets().length;
                width = row.width();
            }
            batch.add(row);
            filled += row.weight();
        }
        if (!batch.isEmpty()) {
            ready.add(new RowBatch(List.copyOf(batch)));
        }
        waiting.clear();
        weight = 0;
    }
}
