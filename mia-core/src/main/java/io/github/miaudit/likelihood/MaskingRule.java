package io.github.miaudit.likelihood;

import java.util.List;
import java.util.Optional;

/**
 * Plans how a masked language model scores a sentence: which rows are passed through it, what each row hides and
 * what it scores. A rule knows no model; a scorer knows no rule but its rows. Implementations are immutable and
 * equal exactly when their labels are.
 *
 * <p>In the formulas, {@code w} is the tokenised sentence, {@code I} its content positions and
 * {@code P(w_i | v)} the model's probability, over the full vocabulary, of token {@code w_i} at position
 * {@code i} of input {@code v}.
 */
public interface MaskingRule {

    /**
     * The rule with all its parameters, such as {@code within-word-l2r}; part of every score's identity.
     *
     * @return the label
     */
    String label();

    /**
     * The rows to pass through the model.
     *
     * @param tokens the sentence
     * @return the rows; every content position is a target of exactly one row, no other position is masked or a
     *         target; empty if there is no content
     */
    List<MaskedRow> rows(TokenSequence tokens);

    /**
     * Pseudo-log-likelihood: {@code log P(w_i | w with i masked)} for each i in I; |I| rows.
     *
     * @return the rule {@code original} (Salazar et al. 2020, ACL; minicons "original")
     */
    static MaskingRule original() {
        return StandardMaskingRule.ORIGINAL;
    }

    /**
     * Pseudo-log-likelihood that hides the rest of the word too, so that a word's later tokens don't give its
     * earlier ones away: {@code log P(w_i | w with i and all j > i of the same word masked)} for each i in I;
     * |I| rows. A position without a word is masked alone.
     *
     * @return the rule {@code within-word-l2r} (Kauf and Ivanova 2023, ACL; minicons "within_word_l2r")
     */
    static MaskingRule withinWordLeftToRight() {
        return StandardMaskingRule.WITHIN_WORD_LEFT_TO_RIGHT;
    }

    /**
     * No mask: {@code log P(w_i | w)} for each i in I from a single row. Cheap, but the model sees the token that
     * it is asked for.
     *
     * @return the rule {@code maskless}
     */
    static MaskingRule maskless() {
        return StandardMaskingRule.MASKLESS;
    }

    /**
     * The published rule of a label.
     *
     * @param label {@code original}, {@code within-word-l2r} or {@code maskless}
     * @return the rule, or empty if there is none of that label
     */
    static Optional<MaskingRule> labelled(String label) {
        return StandardMaskingRule.labelled(label);
    }
}
