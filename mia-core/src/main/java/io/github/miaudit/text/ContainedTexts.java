package io.github.miaudit.text;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Finds out which of many texts stand in another one as a whole, after {@link Normalisation}, wherever its lines and sentences
 * end. Finds all that have at least {@value Shingles#LENGTH} characters, and no shorter ones. Immutable.
 *
 * <p>Of each text a few characters around its rarest shingle are looked up by a rolling hash (Karp and Rabin), and the text is
 * compared only where they stand: so a question takes little more than reading the other text.
 */
public final class ContainedTexts {

    private static final int LONGEST_WINDOW = 16;
    private static final long FACTOR = 0x9E3779B97F4A7C15L; // odd, with bits all over
    private static final int[] NONE = {};

    private final Normalisation normalisation;
    private final List<String> texts;
    private final int window;
    /** FACTOR to the power of the window. */
    private final long outgoing;
    /** For each text where the window begins that is looked up. */
    private final int[] offsets;
    /** A bit for each of the windows' hashes: a small table that most questions end at, and go no further into memory. */
    private final long[] filter;
    private final LongRanks windows;
    /** For each rank of a window's hash the texts that it is of. */
    private final int[][] textsByWindow;

    private ContainedTexts(List<String> texts, Normalisation normalisation) {
        this.normalisation = normalisation;
        this.texts = texts;
        this.window = texts.stream().mapToInt(String::length).reduce(LONGEST_WINDOW, Math::min);
        long power = 1;
        for (int place = 0; place < window; place++) {
            power *= FACTOR;
        }
        this.outgoing = power;
        LongRanks shingles = LongRanks.rarestFirst(texts.stream().flatMapToLong(text -> Arrays.stream(Shingles.of(text))).toArray());
        this.offsets = texts.stream().mapToInt(text -> Math.min(rarest(text, shingles), text.length() - window)).toArray();
        long[] hashes = IntStream.range(0, texts.size()).mapToLong(text -> hash(texts.get(text), offsets[text])).toArray();
        this.filter = new long[Integer.highestOneBit(hashes.length + 1)];
        Arrays.stream(hashes).forEach(hash -> filter[word(hash)] |= 1L << hash);
        this.windows = LongRanks.rarestFirst(hashes.clone());
        int[] sizes = new int[windows.size()];
        Arrays.stream(hashes).forEach(hash -> sizes[windows.of(hash)]++);
        this.textsByWindow = new int[windows.size()][];
        Arrays.setAll(textsByWindow, rank -> new int[sizes[rank]]);
        for (int text = 0; text < hashes.length; text++) {
            int rank = windows.of(hashes[text]);
            textsByWindow[rank][--sizes[rank]] = text;
        }
    }

    /**
     * Prepares to look for texts.
     *
     * @param texts         the many
     * @param normalisation what they may differ in and still be the same
     */
    public static ContainedTexts of(Collection<String> texts, Normalisation normalisation) {
        return new ContainedTexts(
                texts.stream().map(normalisation::of).distinct().filter(text -> text.length() >= Shingles.LENGTH).toList(), normalisation);
    }

    /**
     * The texts that stand in another one.
     *
     * @param text the other one
     * @return them, normalised, each once
     */
    public Set<String> in(String text) {
        String normalised = normalisation.of(text);
        Set<String> found = new HashSet<>();
        long hash = 0;
        for (int end = 1; end <= normalised.length(); end++) {
            hash = hash * FACTOR + normalised.charAt(end - 1) - (end > window ? normalised.charAt(end - window - 1) * outgoing : 0);
            int rank = end >= window && (filter[word(hash)] & 1L << hash) != 0 ? windows.of(hash) : -1;
            for (int candidate : rank < 0 ? NONE : textsByWindow[rank]) {
                if (normalised.startsWith(texts.get(candidate), end - window - offsets[candidate])) {
                    found.add(texts.get(candidate));
                }
            }
        }
        return found;
    }

    private long hash(String text, int start) {
        long hash = 0;
        for (int place = start; place < start + window; place++) {
            hash = hash * FACTOR + text.charAt(place);
        }
        return hash;
    }

    /** The word of the filter that a hash's bit is in: by its high bits, the bit by its low ones. */
    private int word(long hash) {
        return (int) ((hash >>> Integer.SIZE) * filter.length >>> Integer.SIZE);
    }

    private static int rarest(String text, LongRanks ranks) {
        int rarest = 0;
        int rank = Integer.MAX_VALUE;
        for (int place = 0; place <= text.length() - Shingles.LENGTH; place++) {
            int other = ranks.of(Shingles.at(text, place, place + Shingles.LENGTH));
            if (other < rank) {
                rarest = place;
                rank = other;
            }
        }
        return rarest;
    }
}
