package io.github.miaudit.benchmarks;

import io.github.miaudit.likelihood.MaskedRow;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.TokenSequence;
import java.util.Arrays;
import java.util.List;

/**
 * What the peers make a network compute: a row for each of the first tokens, masked, with the logits of every
 * position. Not a rule to score by, since most of what it computes is thrown away.
 *
 * @param rowCount how many tokens are masked in turn; the others stand for padding
 */
record AllPositions(int rowCount) implements MaskingRule {

    @Override
    public String label() {
        return "all-positions(" + rowCount + ")";
    }

    @Override
    public List<MaskedRow> rows(TokenSequence tokens) {
        int[] content = tokens.contentPositions();
        return Arrays.stream(content, 0, Math.min(rowCount, content.length))
                .mapToObj(position -> new MaskedRow(new int[] {position}, content)).toList();
    }
}
