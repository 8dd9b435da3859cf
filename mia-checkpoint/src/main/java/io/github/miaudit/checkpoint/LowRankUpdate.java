package io.github.miaudit.checkpoint;

/**
 * What a LoRA adapter (Hu et al. 2021, arXiv 2106.09685) adds to a matrix: scale · up · down.
 *
 * @param up   [rows of the matrix, rank]
 * @param down [rank, columns of the matrix]
 */
public record LowRankUpdate(StoredTensor up, StoredTensor down, double scale) {

    /** The part for some rows of the matrix. */
    LowRankUpdate rows(long first, long count) {
        return new LowRankUpdate(up.rows(first, count), down, scale);
    }
}
