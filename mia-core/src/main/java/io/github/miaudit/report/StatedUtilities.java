package io.github.miaudit.report;

import io.github.miaudit.io.PlainText;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How useful each version of a target is, as whoever compares them measured it: nothing of it is checked. Immutable.
 *
 * @param name   of what was measured, such as F1
 * @param values by the versions' names; higher = more useful
 */
public record StatedUtilities(String name, Map<String, Double> values) {

    /** What it is called if nobody says. */
    public static final String UNNAMED = "usefulness as stated";

    /** The name has at most so many characters, as it stands in sentences. */
    public static final int MOST_CHARACTERS = 40;

    /**
     * Copies the map.
     *
     * @throws IllegalArgumentException if the name is blank, too long or not of one line, there is no value, or one is not finite
     */
    public StatedUtilities {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        requireName(name);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no utility is stated; state one of each version");
        }
        values.forEach(StatedUtilities::requireFinite);
    }

    static void requireName(String name) {
        if (name.isBlank() || name.length() > MOST_CHARACTERS || !PlainText.line(name).equals(name)) {
            throw new IllegalArgumentException("the utility's name is \"" + PlainText.line(name) + "\" of " + name.length()
                    + " characters; it must have 1 to " + MOST_CHARACTERS + " in one line, no blank at its ends, such as F1");
        }
    }

    static void requireFinite(String target, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("the utility of " + target + " is " + value + "; it must be finite");
        }
    }

    /**
     * Refuses a set that is not of these versions, all of them.
     *
     * @param targets the versions' names
     * @throws IllegalArgumentException if one is missing or too much, with its name
     */
    public void requireOf(List<String> targets) {
        values.keySet().stream().filter(target -> !targets.contains(target)).findFirst().ifPresent(unknown -> {
            throw new IllegalArgumentException("a utility is stated of " + unknown + ", which is no target; targets are "
                    + String.join(", ", targets));
        });
        Optional<String> missing = targets.stream().filter(target -> !values.containsKey(target)).findFirst();
        if (missing.isPresent()) {
            throw new IllegalArgumentException("no utility is stated of " + missing.get() + ", but of "
                    + String.join(", ", values.keySet()) + "; state it of all targets or of none");
        }
    }
}
