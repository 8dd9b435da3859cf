package io.github.miaudit.data.preparation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * In what members and non-members are made alike: they are taken in pairs that have the same length, to within an eighth, and say the
 * same in some columns of the notes, such as the category. So none of this can tell the sets apart. What models make of the sentences
 * can't be matched: it would hide what the audit is for. Immutable.
 *
 * @param lengths whether they are matched by length
 * @param columns names of the columns
 */
public record Matching(boolean lengths, List<String> columns) {

    /** What the length of a sentence is called among the columns. */
    public static final String LENGTH = "length";

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if a column is blank, named twice or called {@value #LENGTH}
     */
    public Matching {
        columns = List.copyOf(columns);
        if (columns.stream().anyMatch(String::isBlank) || columns.contains(LENGTH)
                || columns.stream().distinct().count() < columns.size()) {
            throw new IllegalArgumentException("matching is by " + columns + "; each column needs a name, and once");
        }
    }

    /** Sets of which each is taken for itself. */
    public static Matching none() {
        return new Matching(false, List.of());
    }

    /**
     * Sets that are matched by some features.
     *
     * @param features names of columns, or {@value #LENGTH} for the length of the sentence
     * @throws IllegalArgumentException if one is blank or named twice
     */
    public static Matching by(List<String> features) {
        List<String> columns = new ArrayList<>(features);
        return new Matching(columns.remove(LENGTH), columns);
    }

    /** Whether there is anything to match by. */
    boolean isNeeded() {
        return lengths || !columns.isEmpty();
    }

    /** What a sentence has in common with its counterpart. */
    Stratum of(Candidate sentence) {
        Map<String, String> labels = new TreeMap<>();
        columns.forEach(column -> labels.put(column, sentence.labels().getOrDefault(column, "").strip()));
        return new Stratum(lengths ? lengthClass(sentence.length()) : 0, labels);
    }

    /** Sentences that may be each other's counterparts. */
    record Stratum(int lengthClass, Map<String, String> labels) {
    }

    /** Lengths of a class differ by less than an eighth; up to 16 by nothing. */
    static int lengthClass(int length) {
        int octave = 31 - Integer.numberOfLeadingZeros(length | 8);
        return (octave << 3) + (length >>> octave - 3);
    }

    /** As it is stated. */
    @Override
    public String toString() {
        List<String> features = new ArrayList<>(columns);
        if (lengths) {
            features.add(LENGTH);
        }
        return isNeeded() ? String.join(",", features) : "nothing";
    }
}
