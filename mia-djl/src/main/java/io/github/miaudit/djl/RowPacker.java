package io.github.miaudit.djl;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Packs rows of many sentences into batches that fill the token budget of the moment (a row that is larger has a batch of its
 * own); a sentence's rows may be spread over batches. Rows wait until they fill several batches and are then sorted by shape,
 * so that a batch has few blocks: attention works block by block, and there is no padding.
 */
final class RowPacker {

    private static final int BATCHES_AT_ONCE = 16;

    private final TokenBudget budget;
    private final Consumer<RowBatch> sink;
    private final List<PlannedRow> waiting = new ArrayList<>();
    private long weight;

    RowPacker(TokenBudget budget, Consumer<RowBatch> sink) {
        this.budget = budget;
        this.sink = sink;
    }

    /** Takes a row; passes batches on when enough rows wait. */
    void add(PlannedRow row) {
        waiting.add(row);
        weight += row.weight();
        if (weight >= (long) BATCHES_AT_ONCE * budget.tokens()) {
            flush();
        }
    }

    /** Passes on all that wait, in batches of about equal weight. */
    void flush() {
        List<PlannedRow> rows = new ArrayList<>(waiting);
        waiting.clear();
        rows.sort(Comparator.comparing(PlannedRow::shape)); // stable
        long most = budget.tokens();
        long batches = Math.max(1, (weight + most - 1) / most);
        long even = Math.min(most, (weight + batches - 1) / batches);
        weight = 0;
        List<PlannedRow> batch = new ArrayList<>();
        long filled = 0;
        for (PlannedRow row : rows) {
            if (filled >= even || !batch.isEmpty() && filled + row.weight() > most) {
                sink.accept(new RowBatch(List.copyOf(batch)));
                batch.clear();
                filled = 0;
            }
            batch.add(row);
            filled += row.weight();
        }
        if (!batch.isEmpty()) {
            sink.accept(new RowBatch(List.copyOf(batch)));
        }
    }
}
