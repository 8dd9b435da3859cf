package io.github.miaudit.djl;

import ai.djl.huggingface.tokenizers.jni.CharSpan;
import io.github.miaudit.data.Sample;
import io.github.miaudit.likelihood.Reading;
import io.github.miaudit.likelihood.TokenSequence;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The tokens around a place of a sentence, whatever is put there. They are found by putting something there that is none of the candidates.
 *
 * @param tokenizer  turns tokens into text
 * @param left       token ids before the place
 * @param right      token ids behind it
 * @param beforehand of the sentence's own tokens the last before the place, if there is one: a token's text depends on it
 * @param startsWord whether what is put there begins a word, as far as white space tells
 */
record BlankOpening(MaskedLmTokenizer tokenizer, int[] left, int[] right, int[] beforehand, boolean startsWord) {

    /** A letter, a syllable and a digit: one of them is a token that begins a word in every vocabulary that has any. */
    private static final List<String> PROBES = List.of("X", "a", "an", "0");

    /** Empty if tokens reach across the place's ends whatever stands there. */
    static Optional<BlankOpening> of(String sentence, BlankContext context, MaskedLmTokenizer tokenizer) {
        return PROBES.stream().flatMap(probe -> probed(sentence, context, probe, tokenizer).stream())
                .min(Comparator.comparingInt(opening -> opening.left.length + opening.right.length)); // no token for white space alone
    }

    private static Optional<BlankOpening> probed(String sentence, BlankContext context, String probe, MaskedLmTokenizer tokenizer) {
        Sample sample = Sample.of(sentence, context.before() + probe + context.after());
        int start = context.before().length();
        PlacedTokens placed = tokenizer.tokenise(sentence, sample.text(), start, start + probe.length());
        if (placed.count() == 0 || reachesOut(placed, tokenizer.spans(sample), sample.text(), start, start + probe.length())) {
            return Optional.empty();
        }
        int[] ids = placed.tokens().ids();
        int[] beforehand = beforehand(placed);
        return Optional.of(new BlankOpening(tokenizer, Arrays.copyOf(ids, placed.from()), Arrays.copyOfRange(ids, placed.to(), ids.length),
                beforehand, startsWithSpace(tokenizer.textBehind(beforehand, Arrays.copyOfRange(ids, placed.from(), placed.to())))));
    }

    /** Whether tokens of the place hold anything of the text around it but white space. */
    private static boolean reachesOut(PlacedTokens placed, CharSpan[] spans, String text, int start, int end) {
        for (int position = placed.from(); position < placed.to(); position++) {
            CharSpan span = spans[position];
            if (span != null) {
                int from = text.offsetByCodePoints(0, span.getStart());
                int to = text.offsetByCodePoints(0, span.getEnd());
                if (!text.substring(Math.min(from, start), start).isBlank() || !text.substring(end, Math.max(end, to)).isBlank()) {
                    return true;
                }
            }
        }
        return false;
    }

    private static int[] beforehand(PlacedTokens placed) {
        TokenSequence tokens = placed.tokens();
        int[] content = Arrays.stream(tokens.contentPositions()).filter(position -> position < placed.from()).toArray();
        return content.length == 0 ? content : new int[] {tokens.id(content[content.length - 1])};
    }

    /** How many tokens stand around. */
    int length() {
        return left.length + right.length;
    }

    /** All tokens, with masks for what is missing behind a beginning. */
    int[] around(int[] beginning, int tokens) {
        int[] ids = new int[left.length + tokens + right.length];
        System.arraycopy(left, 0, ids, 0, left.length);
        System.arraycopy(beginning, 0, ids, left.length, beginning.length);
        Arrays.fill(ids, left.length + beginning.length, left.length + tokens, tokenizer.maskId());
        System.arraycopy(right, 0, ids, left.length + tokens, right.length);
        return ids;
    }

    /** Whether a token may be the first in the place: it makes a new word there if such begins there, and only then. */
    boolean mayBegin(int token) {
        return startsWithSpace(tokenizer.textBehind(beforehand, token)) == startsWord;
    }

    /** What is read of tokens in the place. */
    Reading reading(int... tokens) {
        return new Reading(tokenizer.textBehind(beforehand, tokens).strip(), tokens.length);
    }

    /** How the model would write a text there. */
    static Reading reading(String sentence, BlankContext context, String text, MaskedLmTokenizer tokenizer) {
        int start = context.before().length();
        PlacedTokens placed = tokenizer.tokenise(sentence, context.before() + text + context.after(), start, start + text.length());
        int[] tokens = Arrays.copyOfRange(placed.tokens().ids(), placed.from(), placed.to());
        return new Reading(tokenizer.textBehind(beforehand(placed), tokens).strip(), tokens.length);
    }

    private static boolean startsWithSpace(String text) {
        return !text.isEmpty() && Character.isWhitespace(text.charAt(0));
    }
}
