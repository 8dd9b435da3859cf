package io.github.miaudit.text;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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
    private static final int COUNTERS = 1 << 20;

    private final Normalisation normalisation;
    private final List<String> texts;
    private final int window;
    /** FACTOR to the power of the window. */
    private final long outgoing;
    /** For each text where the window begins that is looked up. */
    private final int[] offsets;
    /** With the hashes of the windows as tags. */
    private final TextsByHash textsByWindow;

    private ContainedTexts(List<String> texts, Normalisation normalisation) {
        this.normalisation = normalisation;
        this.texts = texts;
        this.window = texts.stream().mapToInt(String::length).reduce(LONGEST_WINDOW, Math::min);
        long power = 1;
        for (int place = 0; place < window; place++) {
            power *= FACTOR;
        }
        this.outgoing = power;
        int[] counts = shingleCounts(texts);
        this.offsets = texts.stream().mapToInt(text -> Math.min(rarest(text, counts), text.length() - window)).toArray();
        long[] hashes = new long[texts.size()];
        this.textsByWindow = new TextsByHash(hashes.length);
        for (int text = 0; text < hashes.length; text++) {
            hashes[text] = hash(texts.get(text), offsets[text]);
            textsByWindow.count(hashes[text]);
        }
        textsByWindow.allot();
        for (int text = 0; text < hashes.length; text++) {
            textsByWindow.add(hashes[text], text, hashes[text]);
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
        if (normalised.length() < window) {
            return found;
        }
        long hash = hash(normalised, 0);
        lookUp(hash, normalised, 0, found);
        char[] characters = normalised.toCharArray();
        for (int start = 1; start <= characters.length - window; start++) {
            hash = hash * FACTOR + (characters[start + window - 1] - characters[start - 1] * outgoing);
            if (textsByWindow.mayHave(hash)) {
                lookUp(hash, normalised, start, found);
            }
        }
        return found;
    }

    private void lookUp(long hash, String normalised, int start, Set<String> found) {
        int end = textsByWindow.end(hash);
        for (int place = textsByWindow.start(hash); place < end; place++) {
            int text = textsByWindow.text(place);
            if (textsByWindow.tag(place) == hash && normalised.startsWith(texts.get(text), start - offsets[text])) {
                found.add(texts.get(text));
            }
        }
    }

    private long hash(String text, int start) {
        long hash = 0;
        for (int place = start; place < start + window; place++) {
            hash = hash * FACTOR + text.charAt(place);
        }
        return hash;
    }

    /** How often shingles occur in the texts, some counted together. */
    private static int[] shingleCounts(List<String> texts) {
        int[] counts = new int[COUNTERS];
        for (String text : texts) {
            Shingles.Cursor shingles = new Shingles.Cursor(text);
            while (shingles.next()) {
                counts[counter(shingles.shingle())]++;
            }
        }
        return counts;
    }

    private static int rarest(String text, int[] counts) {
        int rarest = 0;
        int fewest = Integer.MAX_VALUE;
        Shingles.Cursor shingles = new Shingles.Cursor(text);
        for (int place = 0; shingles.next(); place++) {
            int count = counts[counter(shingles.shingle())];
            if (count < fewest) {
                rarest = place;
                fewest = count;
            }
        }
        return rarest;
    }

    private static int counter(long shingle) {
        return (int) (shingle * FACTOR >>> Integer.SIZE) & COUNTERS - 1;
    }
}
