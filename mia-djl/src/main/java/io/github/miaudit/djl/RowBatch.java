package io.github.miaudit.djl;

import io.github.miaudit.likelihood.TokenSequence;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Rows to be passed through the network together; those of equal shape are neighbours. */
record RowBatch(List<PlannedRow> rows) {

    int size() {
        return rows.size();
    }

    /** Tokens of all rows. */
    int tokenCount() {
        int count = 0;
        for (PlannedRow row : rows) {
            count += row.tokens().length();
        }
        return count;
    }

    /** The longest row's tokens. */
    int length() {
        return rows.stream().mapToInt(row -> row.tokens().length()).max().orElse(0);
    }

    /** Tokens that are scored. */
    int targetCount() {
        int count = 0;
        for (PlannedRow row : rows) {
            count += row.targets().length;
        }
        return count;
    }

    /** The most tokens that a row asks for at a target. */
    int width() {
        return rows.stream().mapToInt(PlannedRow::width).max().orElse(1);
    }

    /** How many tokens it counts as in a token budget. */
    long weight() {
        return rows.stream().mapToLong(PlannedRow::weight).sum();
    }

    /** The id of the first row's sentence. */
    String firstSentence() {
        return rows.get(0).sentence();
    }

    /** Two batches, where there are two rows at least. */
    List<RowBatch> halves() {
        return List.of(new RowBatch(rows.subList(0, size() / 2)), new RowBatch(rows.subList(size() / 2, size())));
    }

    /** The rows as the network takes them. */
    PackedRows packed(int maskId) {
        long[] ids = new long[tokenCount()];
        long[] positions = new long[targetCount()];
        int width = width();
        long[] targets = new long[positions.length * width];
        List<long[]> blocks = new ArrayList<>();
        int token = 0;
        int target = 0;
        long shape = -1;
        for (PlannedRow row : rows) {
            TokenSequence tokens = row.tokens();
            if (row.shape() != shape) {
                shape = row.shape();
                blocks.add(new long[] {0, tokens.length(), tokens.realLength(), row.targets().length});
            }
            blocks.get(blocks.size() - 1)[0]++;
            for (int position = 0; position < tokens.length(); position++) {
                ids[token + position] = tokens.id(position);
            }
            for (int position : row.masked()) {
                ids[token + position] = maskId;
            }
            for (int ofRow = 0; ofRow < row.targets().length; ofRow++) {
                positions[target] = token + row.targets()[ofRow];
                for (int rank = 0; rank < width; rank++) {
                    targets[target * width + rank] = row.asked(ofRow, rank);
                }
                target++;
            }
            token += tokens.length();
        }
        return new PackedRows(ids, blocks.stream().flatMapToLong(LongStream::of).toArray(), positions, targets);
    }

    /** Hands the network's values to their rows: for each kind of value, each row, each target. */
    void accept(float[] values) {
        int ofAKind = targetCount();
        int kinds = values.length / ofAKind;
        int first = 0;
        for (PlannedRow row : rows) {
            int targets = row.targets().length;
            int wanted = row.wanted(kinds);
            float[] ofRow = new float[wanted * targets];
            for (int kind = 0; kind < wanted; kind++) {
                System.arraycopy(values, kind * ofAKind + first, ofRow, kind * targets, targets);
            }
            first += targets;
            row.accept(ofRow);
        }
    }
}
