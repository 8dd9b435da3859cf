package io.github.miaudit.text;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds out whether a text is nearly one of many: whether the Jaccard similarity of their sets of
 * {@value Shingles#LENGTH}-character shingles, after {@link Normalisation}, reaches a threshold. Finds all: candidates are compared
 * by their shingles, not by estimates. (Shingles beyond U+0FFF are told apart by 63-bit hashes.) Immutable.
 *
 * <p>Two sets that are similar enough must share one of their rarest shingles, so only texts that do are compared
 * (prefix filtering). Without many texts of the same rare shingles, a question takes little more than reading the text. Against
 * comparing each with each, on sentences of notes: recall and precision 1.
 *
 * @see <a href="https://doi.org/10.1109/ICDE.2006.9">Chaudhuri, Ganti and Kaushik 2006</a>
 */
public final class NearDuplicates {

    private static final int UNKNOWN = -1;

    private final Normalisation normalisation;
    private final double threshold;
    private final LongRanks ranks;
    private final List<String> texts;
    private final List<int[]> shinglesOfTexts;
    /** For each rank the texts that have it among their rarest. */
    private final int[][] textsByRareShingle;

    private NearDuplicates(Normalisation normalisation, double threshold, LongRanks ranks, List<String> texts, List<int[]> shinglesOfTexts,
            int[][] textsByRareShingle) {
        this.normalisation = normalisation;
        this.threshold = threshold;
        this.ranks = ranks;
        this.texts = texts;
        this.shinglesOfTexts = shinglesOfTexts;
        this.textsByRareShingle = textsByRareShingle;
    }

    /**
     * Prepares to compare with texts.
     *
     * @param texts         the many
     * @param normalisation what they may differ in and still be the same
     * @param threshold     in (0, 1]; 0.8 is usual
     * @throws IllegalArgumentException if the threshold is not in (0, 1]
     */
    public static NearDuplicates of(Collection<String> texts, Normalisation normalisation, double threshold) {
        if (!(threshold > 0 && threshold <= 1)) {
            throw new IllegalArgumentException("similarity threshold is " + threshold + "; it must be in (0, 1]");
        }
        List<String> different = texts.stream().map(normalisation::of).distinct().toList();
        LongRanks ranks = LongRanks.rarestFirst(different.stream().flatMapToLong(text -> Arrays.stream(Shingles.of(text))).toArray());
        List<int[]> shinglesOfTexts = different.stream().map(text -> ranked(Shingles.of(text), ranks)).toList();
        int[] sizes = new int[ranks.size()];
        shinglesOfTexts.forEach(shingles -> Arrays.stream(shingles, 0, prefix(shingles.length, threshold)).forEach(rank -> sizes[rank]++));
        int[][] byRareShingle = new int[ranks.size()][];
        Arrays.setAll(byRareShingle, rank -> new int[sizes[rank]]);
        for (int text = 0; text < different.size(); text++) {
            int[] shingles = shinglesOfTexts.get(text);
            for (int place = 0; place < prefix(shingles.length, threshold); place++) {
                byRareShingle[shingles[place]][--sizes[shingles[place]]] = text;
            }
        }
        return new NearDuplicates(normalisation, threshold, ranks, different, shinglesOfTexts, byRareShingle);
    }

    /** Whether one of the texts is similar enough, or the same. */
    public boolean contains(String text) {
        return !similarTo(text).isEmpty();
    }

    /** The texts that are similar enough, or the same; normalised, each once. */
    public Set<String> similarTo(String text) {
        int[] shingles = ranked(Shingles.of(normalisation.of(text)), ranks);
        int known = shingles.length;
        while (known > 0 && shingles[shingles.length - known] == UNKNOWN) {
            known--;
        }
        Set<String> similar = Set.of();
        if (known < threshold * shingles.length - 1e-9) {
            return similar;
        }
        Set<Integer> compared = new HashSet<>();
        for (int place = shingles.length - known; place < prefix(shingles.length, threshold); place++) {
            for (int candidate : textsByRareShingle[shingles[place]]) {
                if (compared.add(candidate) && isSimilar(shingles, shinglesOfTexts.get(candidate))) {
                    similar = similar.isEmpty() ? new HashSet<>() : similar;
                    similar.add(texts.get(candidate));
                }
            }
        }
        return similar;
    }

    /** A similar set shares at least threshold times size shingles, so it can't miss this many of the rarest. */
    private static int prefix(int size, double threshold) {
        return Math.min(size, size - (int) Math.ceil(threshold * size - 1e-9) + 1);
    }

    private boolean isSimilar(int[] first, int[] second) {
        if (Math.min(first.length, second.length) < threshold * Math.max(first.length, second.length) - 1e-9) {
            return false;
        }
        int shared = 0;
        int place = 0;
        for (int shingle : first) {
            while (place < second.length && second[place] < shingle) {
                place++;
            }
            shared += place < second.length && second[place] == shingle ? 1 : 0;
        }
        return shared >= threshold * (first.length + second.length - shared) - 1e-9;
    }

    /** The ranks of shingles, the unknown and rarest first. */
    private static int[] ranked(long[] shingles, LongRanks ranks) {
        int[] ranked = new int[shingles.length];
        for (int index = 0; index < ranked.length; index++) {
            ranked[index] = ranks.of(shingles[index]);
        }
        Arrays.sort(ranked);
        return ranked;
    }
}
