package io.github.miaudit.djl;

/**
 * What a network is given: rows of any lengths, one behind the other, with masks in place. Rows of equal length, real length
 * and number of scored tokens that are neighbours form a block.
 *
 * @param ids       the tokens of all rows
 * @param blocks    for each block its rows, their length, their real length (the rest is padding), their scored tokens
 * @param positions where among all tokens the scored ones are, row by row
 * @param targets   the tokens whose log-probability is wanted there: at each position as many, side by side
 */
record PackedRows(long[] ids, long[] blocks, long[] positions, long[] targets) {

    /** Numbers that describe a block. */
    static final int BLOCK_NUMBERS = 4;

    /** How many log-probabilities are wanted at each position. */
    int width() {
        return targets.length / positions.length;
    }
}
