package io.github.miaudit.likelihood;

import io.github.miaudit.io.Sha256;
import io.github.miaudit.metrics.CounterRandom;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A sentence as its tokenizer sees it: token ids with the special tokens that the tokenizer adds, and the word
 * each token belongs to. "Word" is the tokenizer's pre-token. Holds no text, only a key drawn from it. Immutable.
 */
public final class TokenSequence {

    private final long textKey;
    private final int[] ids;
    private final int[] wordIds;
    private final int[] contentPositions;
    private final int realLength;

    /**
     * A tokenised sentence.
     *
     * @param text    the sentence; the first 64 bits of its SHA-256 (of UTF-8) are kept as {@link #textKey()}
     * @param ids     token ids, special tokens included
     * @param wordIds for each position the index of its word, or -1 where it has none
     * @param special for each position whether the tokenizer added it (start and end tokens); all others are content
     * @throws IllegalArgumentException if the lengths differ
     */
    public TokenSequence(String text, int[] ids, int[] wordIds, boolean[] special) {
        this(key(text), ids.clone(), wordIds.clone(), contentPositions(ids, wordIds, special), ids.length);
    }

    private TokenSequence(long textKey, int[] ids, int[] wordIds, int[] contentPositions, int realLength) {
        this.textKey = textKey;
        this.ids = ids;
        this.wordIds = wordIds;
        this.contentPositions = contentPositions;
        this.realLength = realLength;
    }

    /**
     * The part of the sentence that a model sees when the whole is too long: some content tokens in a row, between
     * the special tokens that the tokenizer added.
     *
     * @param from the first content token, from 0
     * @param to   the end, exclusive
     * @return the window; its {@link #textKey()} is its own unless it is the whole sentence
     * @throws IllegalArgumentException unless 0 &le; from &le; to &le; the number of content tokens
     */
    public TokenSequence window(int from, int to) {
        if (!(0 <= from && from <= to && to <= contentPositions.length)) {
            throw new IllegalArgumentException("window [" + from + ", " + to + ") of " + contentPositions.length + " content tokens");
        }
        boolean[] dropped = new boolean[ids.length];
        IntStream.range(0, contentPositions.length).filter(index -> index < from || index >= to)
                .forEach(index -> dropped[contentPositions[index]] = true);
        int[] kept = IntStream.range(0, ids.length).filter(position -> !dropped[position]).toArray();
        boolean[] content = new boolean[ids.length];
        Arrays.stream(contentPositions).forEach(position -> content[position] = true);
        return new TokenSequence(to - from == contentPositions.length ? textKey : CounterRandom.mix(textKey, from),
                Arrays.stream(kept).map(position -> ids[position]).toArray(),
                Arrays.stream(kept).map(position -> wordIds[position]).toArray(),
                IntStream.range(0, kept.length).filter(index -> content[kept[index]]).toArray(), kept.length);
    }

    /**
     * The sentence filled up with padding, which no token attends to.
     *
     * @param length    the new length
     * @param paddingId the padding token
     * @return the padded sentence; its content is unchanged
     * @throws IllegalArgumentException if it is longer already
     */
    public TokenSequence padded(int length, int paddingId) {
        if (length < ids.length) {
            throw new IllegalArgumentException("padded length " + length + " is below the length " + ids.length);
        }
        int[] paddedIds = Arrays.copyOf(ids, length);
        int[] paddedWords = Arrays.copyOf(wordIds, length);
        Arrays.fill(paddedIds, ids.length, length, paddingId);
        Arrays.fill(paddedWords, ids.length, length, -1);
        return new TokenSequence(textKey, paddedIds, paddedWords, contentPositions, realLength);
    }

    /**
     * What a rule draws its random masks from, so that they depend on the text and not on its place in a dataset.
     *
     * @return the same for equal texts
     */
    public long textKey() {
        return textKey;
    }

    /** The number of tokens, special ones and padding included. */
    public int length() {
        return ids.length;
    }

    /** The number of tokens that are no padding; padding comes last; at most {@link #length()}. */
    public int realLength() {
        return realLength;
    }

    /** The token ids, special ones and padding included. */
    public int[] ids() {
        return ids.clone();
    }

    /**
     * The token id at a position.
     *
     * @param position from 0
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

    /** The positions of the sentence's own tokens, ascending; empty if there is nothing to score. */
    public int[] contentPositions() {
        return contentPositions.clone();
    }

    /** The number of the sentence's own tokens. */
    public int contentCount() {
        return contentPositions.length;
    }

    private static int[] contentPositions(int[] ids, int[] wordIds, boolean[] special) {
        if (ids.length != wordIds.length || ids.length != special.length) {
            throw new IllegalArgumentException(ids.length + " ids, " + wordIds.length + " word ids and " + special.length
                    + " special flags; the lengths must be equal");
        }
        int[] positions = new int[ids.length];
        int count = 0;
        for (int position = 0; position < ids.length; position++) {
            if (!special[position]) {
                positions[count++] = position;
            }
        }
        return Arrays.copyOf(positions, count);
    }

    private static long key(String text) {
        return ByteBuffer.wrap(Sha256.newDigest().digest(text.getBytes(StandardCharsets.UTF_8))).getLong();
    }
}
