package io.github.miaudit.checkpoint;

import com.google.gson.JsonObject;
import io.github.miaudit.io.InvalidFileException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A token that was added to a vocabulary: it is looked for in a text before all others.
 *
 * @param special whether it stands for no text, as the files say
 * @param flags   how it is looked for
 */
record AddedToken(int id, String content, boolean special, Map<String, Boolean> flags) {

    private static final String NORMALIZED = "normalized";
    private static final List<String> FLAGS = List.of("single_word", "lstrip", "rstrip", NORMALIZED);

    /** As a file describes it; flags that are left out are off, but a token that is not special is looked for in the normalised text. */
    static AddedToken of(int id, Configuration stated) {
        String content = stated.text("content", "");
        if (content.isEmpty()) {
            throw new InvalidFileException(stated.file(), "holds an added token, of id " + id + ", without content");
        }
        boolean special = stated.flag("special", false);
        return new AddedToken(id, content, special, FLAGS.stream()
                .collect(Collectors.toUnmodifiableMap(flag -> flag, flag -> stated.flag(flag, flag.equals(NORMALIZED) && !special))));
    }

    /** A token of which no more is known. */
    static AddedToken of(int id, String content, boolean special) {
        return new AddedToken(id, content, special, flags(!special));
    }

    /** Another content in its place, which is looked for as it is. */
    AddedToken withContent(String other) {
        return new AddedToken(id, other, special, flags(false));
    }

    /** Whether it is looked for in the normalised text. */
    boolean normalized() {
        return Objects.requireNonNull(flags.get(NORMALIZED));
    }

    /** Whether it takes in the white space on one side: {@code lstrip} or {@code rstrip}. */
    boolean takesIn(String side) {
        return Objects.requireNonNull(flags.get(side));
    }

    JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("id", id);
        json.addProperty("content", content);
        FLAGS.forEach(flag -> json.addProperty(flag, flags.get(flag)));
        json.addProperty("special", special);
        return json;
    }

    private static Map<String, Boolean> flags(boolean normalized) {
        return FLAGS.stream().collect(Collectors.toUnmodifiableMap(flag -> flag, flag -> normalized && flag.equals(NORMALIZED)));
    }
}
