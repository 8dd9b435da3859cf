package io.github.miaudit.djl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Packs rows of many sentences into batches of equal length, so that no batch needs padding or an attention mask.
 * A batch holds at most the token budget of the moment (but always one row); a sentence's rows may be spread over batches.
 * Rows that wait are fewer than one batch for each length and number of targets. Rows that a rule padded are kept
 * apart by their real length.
 */
final class RowPacker {

    private record Shape(int length, int realLength, int targets) {
    }

    private final TokenBudget budget;
    private final Consumer<RowBatch> sink;
    private final Map<Shape, List<PlannedRow>> waiting = new LinkedHashMap<>();

    RowPacker(TokenBudget budget, Consumer<RowBatch> sink) {
        this.budget = budget;
        this.sink = sink;
    }

    /** Takes a row; passes a batch on when one is full. */
    void add(PlannedRow row) {
        Shape shape = new Shape(row.tokens().length(), row.tokens().realLength(), row.targets().length);
        List<PlannedRow> rows = waiting.computeIfAbsent(shape, empty -> new ArrayList<>());
        rows.add(row);
        if ((rows.size() + 1) * row.weight() > budget.tokens()) {
            sink.accept(new RowBatch(List.copyOf(rows)));
            rows.clear();
        }
    }

    /** Passes on what is left. */
    void flush() {
        waiting.values().stream().filter(rows -> !rows.isEmpty()).forEach(rows -> sink.accept(new RowBatch(List.copyOf(rows))));
        waiting.clear();
    }
}
