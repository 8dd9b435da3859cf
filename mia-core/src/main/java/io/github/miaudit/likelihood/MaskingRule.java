package io.github.miaudit.likelihood;

import io.github.miaudit.io.AuditException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Plans how a masked language model scores a sentence: which rows are passed through it, what each row hides and
 * what it scores. A rule knows no model; a scorer knows no rule but its rows. Implementations are immutable and
 * equal exactly when their labels are.
 *
 * <p>In the formulas, {@code w} is the tokenised sentence, {@code I} its content positions, {@code N = |I|} and
 * {@code P(w_i | v)} the model's probability, over the full vocabulary, of token {@code w_i} at position
 * {@code i} of input {@code v}.
 */
public interface MaskingRule {

    /** The rule with all its parameters, such as {@code within-word-l2r}; part of every score's identity. */
    String label();

    /**
     * The rows to pass through the model.
     *
     * @param tokens the sentence
     * @return the rows; empty if there is no content
     */
    List<MaskedRow> rows(TokenSequence tokens);

    /** The length that the rule wants every sentence cut or padded to, whatever its own; empty for all rules that make sense. */
    default OptionalInt paddedLength() {
        return OptionalInt.empty();
    }

    /** The seed of the rule's random masks; empty if nothing is random. */
    default OptionalLong seed() {
        return OptionalLong.empty();
    }

    /**
     * The rule with another value of a parameter; each that the label has, in its order, makes a rule of that label of one with the default
     * ones.
     *
     * @param parameter as the label calls it
     * @param value     is rounded down where the parameter is a whole number
     * @return a copy; empty if the rule has no such parameter
     * @throws IllegalArgumentException if the value is out of bounds
     */
    default Optional<MaskingRule> withParameter(String parameter, Number value) {
        return Optional.empty();
    }

    /** Why no decision should rest on this rule's figures; reports show it; empty if nothing speaks against the rule. */
    default Optional<String> caveat() {
        return Optional.empty();
    }

    /**
     * Pseudo-log-likelihood: {@code log P(w_i | w with i masked)} for each i in I; N rows.
     *
     * @return the rule {@code original} (Salazar et al. 2020, ACL; minicons "original")
     */
    static MaskingRule original() {
        return StandardMaskingRule.ORIGINAL;
    }

    /**
     * Pseudo-log-likelihood that hides the rest of the word too, so that a word's later tokens don't give its
     * earlier ones away: {@code log P(w_i | w with i and all j > i of the same word masked)} for each i in I;
     * N rows. A position without a word is masked alone.
     *
     * @return the rule {@code within-word-l2r} (Kauf and Ivanova 2023, ACL; minicons "within_word_l2r")
     */
    static MaskingRule withinWordLeftToRight() {
        return StandardMaskingRule.WITHIN_WORD_LEFT_TO_RIGHT;
    }

    /**
     * Pseudo-log-likelihood that hides the whole word: {@code log P(w_i | w with all j of i's word masked)} for
     * each i in I; one row a word. A position without a word is masked alone.
     *
     * @return the rule {@code whole-word} (Kauf and Ivanova 2023, ACL, "within_word_mlm")
     */
    static MaskingRule wholeWord() {
        return StandardMaskingRule.WHOLE_WORD;
    }

    /**
     * Pseudo-log-likelihood from the left alone: {@code log P(w_i | w with all j >= i in I masked)} for each i in
     * I; N rows. The closing special token stays visible and tells the sentence's length.
     *
     * @return the rule {@code global-l2r} (Kauf and Ivanova 2023, ACL, "global_l2r")
     */
    static MaskingRule globalLeftToRight() {
        return StandardMaskingRule.GLOBAL_LEFT_TO_RIGHT;
    }

    /**
     * As {@link #globalLeftToRight()}, but the closing special tokens are masked too, as Kauf and Ivanova's own code
     * does. The only rule that masks a token which the tokenizer added.
     *
     * @return the rule {@code global-l2r-masking-end}
     */
    static MaskingRule globalLeftToRightMaskingEnd() {
        return StandardMaskingRule.GLOBAL_LEFT_TO_RIGHT_MASKING_END;
    }

    /** The 2022 paper's energy, with its defaults: 15 % masked, 20 draws, seed 1: {@code energy}. */
    static EnergyRule energy() {
        return EnergyRule.DEFAULTS;
    }

    /** Random masks of which each token is in exactly one: 15 % masked, 1 repetition, seed 1: {@code partition}. */
    static PartitionRule partition() {
        return PartitionRule.DEFAULTS;
    }

    /** Masks that grow from 5 % to half of the tokens in 4 steps, each token scored when it is hidden, seed 1: {@code progressive}. */
    static ProgressiveRule progressive() {
        return ProgressiveRule.DEFAULTS;
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
     * The loss that the predecessor's scripts report: the sentence cut or padded to 256 tokens (or the model's
     * length, if shorter), no mask, every position scored, special tokens and padding included. For short sentences
     * it measures length. Only to reproduce published figures.
     *
     * @return the rule {@code seed-compat-loss} (NHS England, priv-lm-health, {@code return_loss})
     */
    static MaskingRule seedCompatibleLoss() {
        return StandardMaskingRule.SEED_COMPATIBLE_LOSS;
    }

    /**
     * The names of all rules, those of a user on the class path too.
     *
     * @return in alphabetical order
     * @throws io.github.miaudit.io.AuditException if two rules have the same name
     */
    static Set<String> names() {
        return NamedRules.byName().keySet();
    }

    /**
     * The rule of a name or a label: {@code named(rule.label())} is an equal rule, of all rules that {@link #names()} has with any
     * parameters.
     *
     * @param label one of {@link #names()}, for the rule with its default parameters, or a label such as {@code energy(draws=5,seed=2)},
     *              whose other parameters are the default ones
     * @return the rule, or empty if there is none of that name, or it has no such parameter
     * @throws io.github.miaudit.io.AuditException if any two rules have the same name
     * @throws IllegalArgumentException            if a parameter is out of bounds
     */
    static Optional<MaskingRule> named(String label) {
        Map<String, MaskingRule> byName = NamedRules.byName();
        return RuleLabel.of(label).flatMap(said -> Optional.ofNullable(byName.get(said.name())).flatMap(said::appliedTo));
    }
}
