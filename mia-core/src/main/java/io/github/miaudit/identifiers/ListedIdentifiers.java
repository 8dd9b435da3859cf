package io.github.miaudit.identifiers;

import io.github.miaudit.data.Sample;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.Lines;
import io.github.miaudit.metrics.CounterRandom;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Identifiers of a list, such as surnames or hospitals. An entry stands in a text if its words do, whole, and what is between them:
 * words are letters and digits in a row, so {@code Smith} stands in {@code Smith's} and {@code Smith-led}, not in {@code Smithson}.
 * White space, the kind of apostrophe and how characters are encoded do not matter; case does as {@link Case} says. Where entries
 * overlap, the longest is kept, of as long ones the first. Text without blanks between words, such as Chinese, has none of them.
 *
 * <p>As a source of surrogates, it proposes all other entries in random order. This is exact if the true ones were drawn from this very
 * list, every entry as likely as any other. Repeated entries count once: if names were drawn as often as people have them, common
 * ones are true more often than they are candidates.
 *
 * <p>Finding takes a time that grows as the text does, whatever the list's length. Immutable.
 */
public final class ListedIdentifiers implements IdentifierFinder, SurrogateSource {

    private static final Pattern BLANKS = Pattern.compile("[\\p{Z}\\s]+");
    /** A longer line, blanks and all, is not looked into. */
    private static final int LONGEST_LINE = 10_000;
    /** Longer entries are refused. */
    static final int LONGEST_ENTRY = 200;
    /** Entries of more words are refused. */
    static final int MOST_WORDS = 16;
    /** Longer lists are refused. */
    static final int MOST_ENTRIES = 2_000_000;

    /** In which case an entry is found. */
    public enum Case {
        /**
         * Any, but it must not begin with a lower-case letter where the list's entry does not: the surname {@code Brown} is found in
         * {@code Brown} and {@code BROWN}, not in {@code brown}.
         */
        AS_NAMES,
        /** Any; for notes in lower case. */
        ANY
    }

    private final String type;
    /** Each once, in the order of the list, with single blanks. */
    private final List<String> entries;
    /** An entry's place by its key. */
    private final Map<String, Integer> places;
    /** The most words that an entry has, by its first word, where it has more than one. */
    private final Map<String, Integer> mostWords;
    private final Case matched;

    private ListedIdentifiers(String type, List<String> entries, Map<String, Integer> places, Map<String, Integer> mostWords,
            Case matched) {
        this.type = type;
        this.entries = entries;
        this.places = places;
        this.mostWords = mostWords;
        this.matched = matched;
    }

    /**
     * Reads a list: UTF-8, an entry a line. Blank lines are nothing, an entry goes from its first word to its last one, and one that
     * differs from an earlier one in case or white space alone is the same.
     *
     * @param type what the entries are, such as {@code surname}
     * @param file the list
     * @return with {@link Case#AS_NAMES}
     * @throws InvalidFileException     if it can't be read, is not UTF-8, holds no entry or more than 2 000 000, or one without a letter
     *                                  or digit, with a control character, or of more than 200 characters or 16 words; its line is named
     * @throws IllegalArgumentException if the type is no label
     */
    public static ListedIdentifiers read(String type, Path file) {
        Builder builder = new Builder(TypeLabel.require(type));
        try (Lines lines = new Lines(file)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                long number = lines.number();
                builder.add(line).ifPresent(problem -> {
                    throw new InvalidFileException(file, number, problem);
                });
            }
        }
        if (builder.entries.isEmpty()) {
            throw new InvalidFileException(file, "holds no entry; a list of identifiers has one a line");
        }
        return builder.build();
    }

    /**
     * A list in memory.
     *
     * @param type    what the entries are
     * @param entries the list
     * @return with {@link Case#AS_NAMES}
     * @throws IllegalArgumentException as {@link #read} fails, with the entry's place from 1
     */
    public static ListedIdentifiers of(String type, List<String> entries) {
        Builder builder = new Builder(TypeLabel.require(type));
        for (int place = 0; place < entries.size(); place++) {
            String entry = "entry " + (place + 1) + " of a list of " + type + " ";
            builder.add(entries.get(place)).ifPresent(problem -> {
                throw new IllegalArgumentException(entry + problem);
            });
        }
        if (builder.entries.isEmpty()) {
            throw new IllegalArgumentException("a list of " + type + " holds no entry; at least 1 is needed");
        }
        return builder.build();
    }

    /** A copy that finds entries in another case. */
    public ListedIdentifiers withCase(Case inText) {
        return new ListedIdentifiers(type, entries, places, mostWords, inText);
    }

    @Override
    public String type() {
        return type;
    }

    /** How many different entries there are. */
    @Override
    public OptionalLong size() {
        return OptionalLong.of(entries.size());
    }

    @Override
    public List<Mention> find(Sample sample) {
        LongestMentions longest = new LongestMentions(sample);
        String text = sample.text();
        Words words = Words.of(text);
        for (int first = 0; first < words.count(); first++) {
            String key = IdentifierKey.of(text.substring(words.start(first), words.end(first)));
            int most = Math.min(mostWords.getOrDefault(key, 1), words.count() - first);
            boolean found = false;
            for (int count = most; count > 0 && !found; count--) {
                int start = words.start(first);
                int end = words.end(first + count - 1);
                if (end - start <= 2 * LONGEST_ENTRY && stands(text.substring(start, end))) {
                    longest.add(List.of(Mention.of(start, end, type)));
                    found = true;
                }
            }
        }
        return longest.inOrder();
    }

    private boolean stands(String text) {
        Integer place = places.get(IdentifierKey.of(text));
        return place != null && (matched == Case.ANY || !beginsInLowerCase(text) || beginsInLowerCase(entries.get(place)));
    }

    private static boolean beginsInLowerCase(String text) {
        return Character.isLowerCase(text.codePointAt(0));
    }

    @Override
    public List<Iterator<String>> proposals(List<String> identifiers, long seed) {
        return identifiers.stream().map(identifier -> others(IdentifierKey.of(identifier), seed)).toList();
    }

    private Iterator<String> others(String key, long seed) {
        if (!places.containsKey(key)) {
            return Collections.emptyIterator();
        }
        Iterator<Integer> order = new Shuffled(entries.size(), new CounterRandom(Seeds.of(seed, key)));
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return order.hasNext();
            }

            @Override
            public String next() {
                return entries.get(order.next());
            }
        };
    }

    /** The size, never an entry. */
    @Override
    public String toString() {
        return "ListedIdentifiers[" + entries.size() + " of type " + type + "]";
    }

    /** A list in making. */
    private static final class Builder {

        private final String type;
        private final List<String> entries = new ArrayList<>();
        private final Map<String, Integer> places = new HashMap<>();
        private final Map<String, Integer> mostWords = new HashMap<>();

        private Builder(String type) {
            this.type = type;
        }

        /** Adds a line, or says what is wrong with it, without a word of it. */
        private Optional<String> add(String line) {
            if (line.length() > LONGEST_LINE) {
                return Optional.of(tooLong(line.length()));
            }
            String entry = line.strip();
            if (entry.isEmpty()) {
                return Optional.empty();
            }
            if (entry.chars().anyMatch(character -> Character.isISOControl(character) && character != '\t')) {
                return Optional.of("holds a control character; remove it, or save the list as plain text in UTF-8");
            }
            Words words = Words.of(entry);
            if (words.count() == 0) {
                return Optional.of("has no letter and no digit; remove it");
            }
            if (words.count() > MOST_WORDS) {
                return Optional.of("has " + words.count() + " words; an entry has at most " + MOST_WORDS);
            }
            String inside = BLANKS.matcher(entry.substring(words.start(0), words.end(words.count() - 1))).replaceAll(" ");
            if (inside.length() > LONGEST_ENTRY) {
                return Optional.of(tooLong(inside.length()));
            }
            String key = IdentifierKey.of(inside);
            if (places.putIfAbsent(key, entries.size()) == null) {
                if (entries.size() == MOST_ENTRIES) {
                    return Optional.of("is one entry more than the " + MOST_ENTRIES + " that a list may have; give a shorter one");
                }
                entries.add(inside.equals(key) ? key : inside);
                if (words.count() > 1) {
                    mostWords.merge(IdentifierKey.of(entry.substring(words.start(0), words.end(0))), words.count(), Math::max);
                }
            }
            return Optional.empty();
        }

        private static String tooLong(int length) {
            return "has " + length + " characters; an entry has at most " + LONGEST_ENTRY + ", is this a list with an entry a line?";
        }

        private ListedIdentifiers build() {
            return new ListedIdentifiers(type, entries, places, mostWords, Case.AS_NAMES);
        }
    }
}
