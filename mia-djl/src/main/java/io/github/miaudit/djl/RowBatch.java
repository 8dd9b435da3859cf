package io.github.miaudit.djl;

import io.github.miaudit.likelihood.MaskedRow;
import io.github.miaudit.likelihood.TokenSequence;
import java.util.Arrays;
import java.util.List;

/** Rows of equal token length and equal number of targets, to be passed through the network together. */
record RowBatch(List<Row> rows) {

    /**
     * A row of a known sentence.
     *
     * @param sentence the sentence's index in the call
     * @param tokens   its tokens
     * @param mask     what to hide and to score
     */
    record Row(int sentence, TokenSequence tokens, MaskedRow mask) {
    }

    int size() {
        return rows.size();
    }

    int length() {
        return rows.get(0).tokens().length();
    }

    int targetsPerRow() {
        return rows.get(0).mask().targets().length;
    }

    /** Token ids with the masks in place, row by row. */
    long[] ids(int maskId) {
        long[] ids = new long[size() * length()];
        for (int row = 0; row < size(); row++) {
            int offset = row * length();
            for (int position = 0; position < length(); position++) {
                ids[offset + position] = rows.get(row).tokens().id(position);
            }
            for (int position : rows.get(row).mask().masked()) {
                ids[offset + position] = maskId;
            }
        }
        return ids;
    }

    /** Target positions, row by row. */
    long[] positions() {
        return rows.stream().flatMapToInt(row -> Arrays.stream(row.mask().targets())).asLongStream().toArray();
    }

    /** Token ids at the target positions, row by row. */
    long[] targets() {
        return rows.stream().flatMapToInt(row -> Arrays.stream(row.mask().targets()).map(row.tokens()::id)).asLongStream().toArray();
    }
}
