package io.github.miaudit.djl;

import java.util.Arrays;
import java.util.List;

/** Rows of equal length, real length and number of targets, to be passed through the network together. */
record RowBatch(List<PlannedRow> rows) {

    int size() {
        return rows.size();
    }

    int length() {
        return rows.get(0).tokens().length();
    }

    int realLength() {
        return rows.get(0).tokens().realLength();
    }

    int targetsPerRow() {
        return rows.get(0).targets().length;
    }

    /** How many tokens it counts as in a token budget. */
    long weight() {
        return size() * rows.get(0).weight();
    }

    /** The id of the first row's sentence. */
    String firstSentence() {
        return rows.get(0).sentence();
    }

    /** Two batches, where there are two rows at least. */
    List<RowBatch> halves() {
        return List.of(new RowBatch(rows.subList(0, size() / 2)), new RowBatch(rows.subList(size() / 2, size())));
    }

    /** Token ids with the masks in place, row by row. */
    long[] ids(int maskId) {
        long[] ids = new long[size() * length()];
        for (int row = 0; row < size(); row++) {
            int offset = row * length();
            for (int position = 0; position < length(); position++) {
                ids[offset + position] = rows.get(row).tokens().id(position);
            }
            for (int position : rows.get(row).masked()) {
                ids[offset + position] = maskId;
            }
        }
        return ids;
    }

    /** Target positions, row by row. */
    long[] positions() {
        return rows.stream().flatMapToInt(row -> Arrays.stream(row.targets())).asLongStream().toArray();
    }

    /** Token ids at the target positions, row by row. */
    long[] targets() {
        return rows.stream().flatMapToInt(row -> Arrays.stream(row.targets()).map(row.tokens()::id)).asLongStream().toArray();
    }

    /** Hands the network's values to their rows: for each kind of value, each row, each target. */
    void accept(float[] values) {
        int kinds = values.length / (size() * targetsPerRow());
        for (int row = 0; row < size(); row++) {
            float[] ofRow = new float[kinds * targetsPerRow()];
            for (int kind = 0; kind < kinds; kind++) {
                System.arraycopy(values, (kind * size() + row) * targetsPerRow(), ofRow, kind * targetsPerRow(), targetsPerRow());
            }
            rows.get(row).accept(ofRow);
        }
    }
}
