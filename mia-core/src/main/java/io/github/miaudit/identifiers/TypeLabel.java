package io.github.miaudit.identifiers;

import java.util.Locale;
import java.util.regex.Pattern;

/** What types of identifiers are called: labels that may stand in any output. */
final class TypeLabel {

    private static final int LONGEST = 40;
    private static final Pattern LABEL = Pattern.compile("[a-z][a-z0-9-]{0," + (LONGEST - 1) + "}");
    private static final Pattern OTHERS = Pattern.compile("[^a-z0-9]+");

    private TypeLabel() {
    }

    /**
     * Checks a label.
     *
     * @throws IllegalArgumentException if it is none; without repeating it, as it may be an identifier by mistake
     */
    static String require(String type) {
        if (!LABEL.matcher(type).matches()) {
            throw new IllegalArgumentException("a type of " + type.length() + " characters is no label; expected a lower-case letter, then "
                    + "at most " + (LONGEST - 1) + " lower-case letters, digits and hyphens, such as surname");
        }
        return type;
    }

    /** The label nearest to a word of others, such as {@code MEDICALRECORD}; {@code other} if nothing is left of it. */
    static String of(String word) {
        String label = OTHERS.matcher(word.toLowerCase(Locale.ROOT)).replaceAll("-").replaceAll("^[-0-9]+|-+$", "");
        label = label.substring(0, Math.min(LONGEST, label.length()));
        return label.isEmpty() ? "other" : label;
    }
}
