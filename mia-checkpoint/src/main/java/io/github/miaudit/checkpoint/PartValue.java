package io.github.miaudit.checkpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Set;

/** What may stand under a key of a tokenizer's part. */
enum PartValue {

    FLAG("true or false") {
        @Override
        boolean isMet(JsonElement value) {
            return value instanceof JsonPrimitive flag && flag.isBoolean();
        }
    },

    /** What is put in another's place. */
    SHORT_TEXT("a string of at most 16 characters") {
        @Override
        boolean isMet(JsonElement value) {
            return value instanceof JsonPrimitive text && text.isString() && text.getAsString().length() <= LONGEST_SHORT_TEXT;
        }
    },

    /** What is put before a text; the library fails later if it is empty. */
    PREFIX("a string of 1 to 16 characters") {
        @Override
        boolean isMet(JsonElement value) {
            return SHORT_TEXT.isMet(value) && !value.getAsString().isEmpty();
        }
    },

    TOKEN("a string of at most 1024 characters") {
        @Override
        boolean isMet(JsonElement value) {
            return value instanceof JsonPrimitive text && text.isString() && text.getAsString().length() <= LONGEST_TOKEN;
        }
    },

    CHARACTER("one character") {
        @Override
        boolean isMet(JsonElement value) {
            return value instanceof JsonPrimitive text && text.isString()
                    && text.getAsString().codePointCount(0, text.getAsString().length()) == 1;
        }
    },

    /** Number of characters that a word may have to be looked up. */
    WORD_LENGTH("a whole number from 1 to 1000") {
        @Override
        boolean isMet(JsonElement value) {
            return isWhole(value) && value.getAsInt() >= 1 && value.getAsInt() <= LONGEST_WORD;
        }
    },

    ID("a whole number from 0 to " + TokenizerVocabulary.LARGEST_ID) {
        @Override
        boolean isMet(JsonElement value) {
            return isWhole(value) && value.getAsInt() <= TokenizerVocabulary.LARGEST_ID;
        }
    },

    NUMBER("a number") {
        @Override
        boolean isMet(JsonElement value) {
            return value instanceof JsonPrimitive number && number.isNumber() && Double.isFinite(number.getAsDouble());
        }
    },

    /** Of which {@link KnownPatterns} tell the rest. */
    PATTERN("{\"String\": …} or {\"Regex\": …}, of 1 to 1000 characters") {
        @Override
        boolean isMet(JsonElement value) {
            return value instanceof JsonObject pattern && pattern.size() == 1
                    && pattern.entrySet().iterator().next().getValue() instanceof JsonPrimitive text && text.isString()
                    && (pattern.has("String") || pattern.has("Regex"))
                    && !text.getAsString().isEmpty() && text.getAsString().length() <= LONGEST_PATTERN;
        }
    },

    BEHAVIOR("Removed, Isolated, MergedWithPrevious, MergedWithNext or Contiguous") {
        @Override
        boolean isMet(JsonElement value) {
            return isOneOf(value, Set.of("Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous"));
        }
    },

    PREPEND_SCHEME("always, first or never") {
        @Override
        boolean isMet(JsonElement value) {
            return isOneOf(value, Set.of("always", "first", "never"));
        }
    },

    /** A token and its id, which {@link SentenceFrame} compares with the vocabulary's. */
    TOKEN_WITH_ID("a list of a token and its id") {
        @Override
        boolean isMet(JsonElement value) {
            return value instanceof JsonArray pair && pair.size() == 2 && TOKEN.isMet(pair.get(0)) && ID.isMet(pair.get(1));
        }
    },

    /** Spaces that a decoder takes off a token's start; the library fails where it takes off more than there is. */
    CUT_AT_START("a whole number from 0 to 16") {
        @Override
        boolean isMet(JsonElement value) {
            return isWhole(value) && value.getAsInt() <= LONGEST_SHORT_TEXT;
        }
    },

    CUT_AT_END("0") {
        @Override
        boolean isMet(JsonElement value) {
            return isWhole(value) && value.getAsInt() == 0;
        }
    },

    /** Whatever others look at. */
    READ_ELSEWHERE("there") {
        @Override
        boolean isMet(JsonElement value) {
            return true;
        }
    };

    private static final int LONGEST_SHORT_TEXT = 16;
    /** Real vocabularies hold tokens of some 100. */
    static final int LONGEST_TOKEN = 1024;
    private static final int LONGEST_PATTERN = 1000;
    private static final int LONGEST_WORD = 1000;
    private static final int MOST_DIGITS = 9;

    private final String description;

    PartValue(String description) {
        this.description = description;
    }

    abstract boolean isMet(JsonElement value);

    String description() {
        return description;
    }

    /** As the library reads it: in digits alone, and few of them. */
    private static boolean isWhole(JsonElement value) {
        return value instanceof JsonPrimitive number && number.isNumber() && number.getAsString().length() <= MOST_DIGITS
                && number.getAsString().chars().allMatch(digit -> digit >= '0' && digit <= '9');
    }

    private static boolean isOneOf(JsonElement value, Set<String> words) {
        return value instanceof JsonPrimitive text && text.isString() && words.contains(text.getAsString());
    }
}
