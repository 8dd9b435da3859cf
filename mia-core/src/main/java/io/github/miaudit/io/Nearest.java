package io.github.miaudit.io;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** What somebody probably meant who wrote a word that is unknown. */
public final class Nearest {

    private static final int LETTERS_PER_ERROR = 3;

    private Nearest() {
    }

    /**
     * The word that takes the fewest edits (a character put in, left out, replaced, or two neighbours exchanged); of several the first.
     * O(words · length²).
     *
     * @param word  as it was written; capitals count as small letters
     * @param known the words that it could be
     * @return empty if even that takes more than one edit for each three characters
     */
    public static Optional<String> to(String word, Collection<String> known) {
        int most = Math.max(1, word.length() / LETTERS_PER_ERROR);
        return known.stream().filter(other -> edits(word.toLowerCase(Locale.ROOT), other.toLowerCase(Locale.ROOT)) <= most)
                .min(Comparator.comparingInt(other -> edits(word.toLowerCase(Locale.ROOT), other.toLowerCase(Locale.ROOT))));
    }

    /** A question to put behind a message; empty if nothing is near. */
    public static String question(String word, Collection<String> known) {
        return to(word, known).map(near -> "; did you mean " + near + "?").orElse("");
    }

    /** The optimal string alignment distance. */
    private static int edits(String one, String other) {
        int[][] edits = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                if (i == 0 || j == 0) {
                    edits[i][j] = i + j;
                    continue;
                }
                int replaced = edits[i - 1][j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                edits[i][j] = Math.min(replaced, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
                if (i > 1 && j > 1 && one.charAt(i - 1) == other.charAt(j - 2) && one.charAt(i - 2) == other.charAt(j - 1)) {
                    edits[i][j] = Math.min(edits[i][j], 1 + edits[i - 2][j - 2]);
                }
            }
        }
        return edits[one.length()][other.length()];
    }
}
