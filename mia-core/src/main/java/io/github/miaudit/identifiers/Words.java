package io.github.miaudit.identifiers;

import java.util.ArrayList;
import java.util.List;

/**
 * The words of a text: stretches of letters, digits and the marks on them, and between two of these also characters that are not seen,
 * such as soft hyphens. Whatever else, hyphens and apostrophes too, stands between words.
 */
final class Words {

    private final List<int[]> bounds = new ArrayList<>();

    private Words(String text) {
        int start = -1;
        int end = 0;
        int character;
        for (int index = 0; index < text.length(); index += Character.charCount(character)) {
            character = text.codePointAt(index);
            if (isOfWord(character)) {
                start = start < 0 ? index : start;
                end = index + Character.charCount(character);
            } else if (start >= 0 && Character.getType(character) != Character.FORMAT) {
                bounds.add(new int[] {start, end});
                start = -1;
            }
        }
        if (start >= 0) {
            bounds.add(new int[] {start, end});
        }
    }

    static Words of(String text) {
        return new Words(text);
    }

    int count() {
        return bounds.size();
    }

    int start(int word) {
        return bounds.get(word)[0];
    }

    /** Behind its last character. */
    int end(int word) {
        return bounds.get(word)[1];
    }

    private static boolean isOfWord(int character) {
        if (Character.isLetterOrDigit(character)) {
            return true;
        }
        int type = Character.getType(character);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK || type == Character.ENCLOSING_MARK;
    }
}
