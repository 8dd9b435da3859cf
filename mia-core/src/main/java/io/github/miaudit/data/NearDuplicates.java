package io.github.miaudit.data;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds out whether a text is nearly one of many: whether the Jaccard similarity of their sets of
 * {@value #SHINGLE}-character shingles, case and white space aside, reaches a threshold. Exact: no hashing, no misses.
 * Immutable.
 *
 * <p>Two sets that are similar enough must share one of their rarest shingles, so only texts that do are compared
 * (prefix filtering). Without many texts of the same rare shingles, a question takes little more than reading the text.
 *
 * @see <a href="https://doi.org/10.1109/ICDE.2006.9">Chaudhuri, Ganti and Kaushik 2006</a>
 */
public final class NearDuplicates {

    private static final int SHINGLE = 5;
    private static final int UNKNOWN = -1;

    private final double threshold;
    private final Map<String, Integer> ranks;
    private final List<String> texts;
    private final List<int[]> shinglesOfTexts;
    private final Map<Integer, List<Integer>> textsByRareShingle;

    private NearDuplicates(double threshold, Map<String, Integer> ranks, List<String> texts, List<int[]> shinglesOfTexts, Map<Integer, List<Integer>> textsByRareShingle) {
        this.threshold = threshold;
        this.ranks = ranks;
        this.texts = texts;
        this.shinglesOfTexts = shinglesOfTexts;
        this.textsByRareShingle = textsByRareShingle;
    }

    /**
     * Prepares to compare with texts.
     *
     * @param texts     the many
     * @param threshold in (0, 1]; 0.8 is usual
     * @return what answers questions
     * @throws IllegalArgumentException if the threshold is not in (0, 1]
     */
    public static NearDuplicates of(Collection<String> texts, double threshold) {
        if (!(threshold > 0 && threshold <= 1)) {
            throw new IllegalArgumentException("similarity threshold is " + threshold + "; it must be in (0, 1]");
        }
        Set<String> different = new HashSet<>();
        texts.forEach(text -> different.add(normalised(text)));
        Map<String, Integer> frequencies = new HashMap<>();
        different.forEach(text -> shingles(text).forEach(shingle -> frequencies.merge(shingle, 1, Integer::sum)));
        List<String> rarestFirst = new ArrayList<>(frequencies.keySet());
        rarestFirst.sort((a, b) -> Integer.compare(frequencies.get(a), frequencies.get(b)));
        Map<String, Integer> ranks = new HashMap<>();
        rarestFirst.forEach(shingle -> ranks.put(shingle, ranks.size()));
        NearDuplicates prepared = new NearDuplicates(threshold, ranks, new ArrayList<>(), new ArrayList<>(), new HashMap<>());
        different.forEach(prepared::add);
        return prepared;
    }

    /**
     * The text in lower case, with single blanks between words and none around: texts that agree in this are the same.
     *
     * @param text a text
     * @return the text to compare
     */
    public static String normalised(String text) {
        return text.toLowerCase(Locale.ROOT).strip().replaceAll("\\s+", " ");
    }

    /**
     * Whether one of the texts is similar enough, or the same.
     *
     * @param text a text
     * @return whether it is
     */
    public boolean contains(String text) {
        return similar(text).findAny().isPresent();
    }

    /**
     * The texts that are similar enough, or the same.
     *
     * @param text a text
     * @return them, {@link #normalised}, each once
     */
    public Set<String> similarTo(String text) {
        return similar(text).collect(Collectors.toSet());
    }

    private Stream<String> similar(String text) {
        int[] shingles = ranked(normalised(text));
        return IntStream.range(0, prefix(shingles.length)).boxed()
                .flatMap(place -> textsByRareShingle.getOrDefault(shingles[place], List.of()).stream())
                .distinct().filter(candidate -> similar(shingles, shinglesOfTexts.get(candidate))).map(texts::get);
    }

    private void add(String text) {
        int[] shingles = ranked(text);
        for (int place = 0; place < prefix(shingles.length); place++) {
            textsByRareShingle.computeIfAbsent(shingles[place], first -> new ArrayList<>()).add(texts.size());
        }
        texts.add(text);
        shinglesOfTexts.add(shingles);
    }

    /** A similar set shares at least threshold times size shingles, so it can't miss this many of the rarest. */
    private int prefix(int size) {
        return size - (int) Math.ceil(threshold * size - 1e-9) + 1;
    }

    private boolean similar(int[] first, int[] second) {
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

    /** The ranks of the shingles, the unknown and rarest first. */
    private int[] ranked(String normalised) {
        return shingles(normalised).stream().mapToInt(shingle -> ranks.getOrDefault(shingle, UNKNOWN)).sorted().toArray();
    }

    private static Set<String> shingles(String normalised) {
        Set<String> shingles = new HashSet<>();
        for (int start = 0; start == 0 || start + SHINGLE <= normalised.length(); start++) {
            shingles.add(normalised.substring(start, Math.min(start + SHINGLE, normalised.length())));
        }
        return shingles;
    }
}
