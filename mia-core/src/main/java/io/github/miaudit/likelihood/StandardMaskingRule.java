package io.github.miaudit.likelihood;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
                return word < 0
                        ? new int[] {content[index]}
                        : Arrays.stream(content, index, content.length).filter(j -> tokens.wordId(j) == word).toArray();
            });
        }
    },

    MASKLESS("maskless") {
        @Override
        public List<MaskedRow> rows(TokenSequence tokens) {
            int[] content = tokens.contentPositions();
            return content.length == 0 ? List.of() : List.of(new MaskedRow(new int[0], content));
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

    static Optional<MaskingRule> labelled(String label) {
        return Arrays.stream(values()).filter(rule -> rule.label.equals(label)).map(MaskingRule.class::cast).findFirst();
    }

    private static List<MaskedRow> oneRowPerToken(int[] content, IntFunction<int[]> maskedAt) {
        return IntStream.range(0, content.length)
                .mapToObj(index -> new MaskedRow(maskedAt.apply(index), new int[] {content[index]}))
                .toList();
    }
}
