package io.github.miaudit.likelihood;

import java.util.stream.IntStream;

/**
 * A sentence as its tokenizer sees it: token ids with the special tokens that the tokenizer adds, and the word
 * each token belongs to. "Word" is the tokenizer's pre-token. Immutable.
 */
public final class TokenSequence {

    private final int[] ids;
    private final int[] wordIds;
    private final int[] contentPositions;

    /**
     * A tokenised sentence.
     *
     * @param ids     token ids, special tokens included
     * @param wordIds for each position the index of its word, or -1 where it has none
     * @param special for each position whether the tokenizer added it (start and end tokens); all others are content
     * @throws IllegalArgumentException if the lengths differ
     */
    public TokenSequence(int[] ids, int[] wordIds, boolean[] special) {
        if (ids.length != wordIds.length || ids.length != special.length) {
            throw new IllegalArgumentException(ids.length + " ids, " + wordIds.length + " word ids and "
                    + special.length + " special flags; the lengths must be equal");
        }
        this.ids = ids.clone();
        this.wordIds = wordIds.clone();
        this.contentPositions = IntStream.range(0, ids.length).filter(position -> !special[position]).toArray();
    }

    /**
     * The number of tokens, special ones included.
     *
     * @return the length
     */
    public int length() {
        return ids.length;
    }

    /**
     * The token ids, special ones included.
     *
     * @return a copy
     */
    public int[] ids() {
        return ids.clone();
    }

    /**
     * The token id at a position.
     *
     * @param position from 0
     * @return the id
     */
    public int id(int position) {
        return ids[position];
    }

    /**
     * The word of the token at a position.
     *
     * @param position from 0
     * @return the word's index in the sentence, or -1 where the tokenizer gives none
     */
    public int wordId(int position) {
        return wordIds[position];
    }

    /**
     * The positions of the sentence's own tokens, ascending.
     *
     * @return a copy; empty if there is nothing to score
     */
    public int[] contentPositions() {
        return contentPositions.clone();
    }
}
