package io.github.miaudit.likelihood;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** The published rules without parameters; {@link MaskingRule} documents each. */
enum StandardMaskingRule implements MaskingRule {

    ORIGINAL("original") {
        @Override
        public List<MaskedRow> rows(TokenSequence tokens) {
            int[] content = tokens.contentPositions();
            return oneRowPerToken(content, index -> new int[] {content[index]});
        }
    },

    WITHIN_WORD_LEFT_TO_RIGHT("within-word-l2r") {
        @Override
        public List<MaskedRow> rows(TokenSequence tokens) {
            int[] content = tokens.contentPositions();
            return oneRowPerToken(content, index -> {
                int word = tokens.wordId(content[index]);
                return word < 0 ? new int[] {content[index]} : restOfWord(tokens, word, content, index);
            });
        }
    },

    WHOLE_WORD("whole-word") {
        @Override
        public List<MaskedRow> rows(TokenSequence tokens) {
            Map<Integer, List<Integer>> words = new LinkedHashMap<>();
            for (int position : tokens.contentPositions()) {
                int word = tokens.wordId(position) < 0 ? -1 - position : tokens.wordId(position);
                words.computeIfAbsent(word, first -> new ArrayList<>()).add(position);
            }
            return words.values().stream().map(positions -> positions.stream().mapToInt(Integer::intValue).toArray())
                    .map(positions -> new MaskedRow(positions, positions)).toList();
        }
    },

    GLOBAL_LEFT_TO_RIGHT("global-l2r") {
        @Override
        public List<MaskedRow> rows(TokenSequence tokens) {
            int[] content = tokens.contentPositions();
            return oneRowPerToken(content, index -> Arrays.copyOfRange(content, index, content.length));
        }
    },

    GLOBAL_LEFT_TO_RIGHT_MASKING_END("global-l2r-masking-end") {
        @Override
        public List<MaskedRow> rows(TokenSequence tokens) {
            int[] content = tokens.contentPositions();
            return oneRowPerToken(content, index -> IntStream.range(content[index], tokens.realLength()).toArray());
        }
    },

    MASKLESS("maskless") {
        @Override
        public List<MaskedRow> rows(TokenSequence tokens) {
            int[] content = tokens.contentPositions();
            return content.length == 0 ? List.of() : List.of(new MaskedRow(new int[0], content));
        }
    },

    SEED_COMPATIBLE_LOSS("seed-compat-loss") {
        @Override
        public List<MaskedRow> rows(TokenSequence tokens) {
            return tokens.contentCount() == 0 ? List.of()
                    : List.of(new MaskedRow(new int[0], IntStream.range(0, tokens.length()).toArray()));
        }

        @Override
        public OptionalInt paddedLength() {
            return OptionalInt.of(256);
        }

        @Override
        public Optional<String> caveat() {
            return Optional.of("counts padding and special tokens, so it measures length; invalid for decisions");
        }
    };

    private final String label;

    StandardMaskingRule(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }

    private static List<MaskedRow> oneRowPerToken(int[] content, IntFunction<int[]> maskedAt) {
        List<MaskedRow> rows = new ArrayList<>(content.length);
        for (int index = 0; index < content.length; index++) {
            rows.add(new MaskedRow(maskedAt.apply(index), new int[] {content[index]}));
        }
        return Collections.unmodifiableList(rows);
    }

    /** The positions of a word from one of them on; by loops, since there are as many rows as tokens. */
    private static int[] restOfWord(TokenSequence tokens, int word, int[] content, int from) {
        int count = 0;
        for (int index = from; index < content.length; index++) {
            count += tokens.wordId(content[index]) == word ? 1 : 0;
        }
        int[] rest = new int[count];
        for (int index = content.length - 1; count > 0; index--) {
            if (tokens.wordId(content[index]) == word) {
                rest[--count] = content[index];
            }
        }
        return rest;
    }

    /** The rules by their names, for {@link java.util.ServiceLoader}. */
    @AutoService(NamedRules.class)
    public static final class ByName extends NamedRules {
        public ByName() {
            super(values());
        }
    }
}
