package io.github.miaudit.djl;

import ai.djl.huggingface.tokenizers.jni.CharSpan;
import io.github.miaudit.data.Sample;
import io.github.miaudit.likelihood.Blank;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** The text around a place of a sentence, before and after it. */
record BlankContext(String before, String after) {

    /** Where the text around a place has to be cut, this part of what the model takes is left to what is put there. */
    private static final int RESERVE = 8;

    /** All that is around the place. */
    static BlankContext of(Blank blank) {
        String text = blank.sample().text();
        return new BlankContext(text.substring(0, blank.start()), text.substring(blank.end()));
    }

    /**
     * The same or, where it leaves less than an eighth of {@code maximum} tokens to what is put in the place, so much of it that it does
     * not: as many tokens of either side, what one side leaves going to the other. It is cut at white space where there is some. What is
     * put in the place does not matter, so it is the same for all candidates.
     */
    BlankContext within(int maximum, String sentence, MaskedLmTokenizer tokenizer) {
        Sample left = Sample.of(sentence, before);
        Sample right = Sample.of(sentence, after);
        int special = tokenizer.tokenise(Sample.of(sentence, "")).length();
        int ofLeft = tokenizer.tokenise(left).contentCount();
        int ofRight = tokenizer.tokenise(right).contentCount();
        int room = Math.max(0, maximum - special - maximum / RESERVE);
        if (ofLeft + ofRight <= room) {
            return this;
        }
        int keptLeft = Math.min(ofLeft, Math.max(room / 2, room - ofRight));
        int keptRight = Math.min(ofRight, room - keptLeft);
        return new BlankContext(keptLeft == ofLeft ? before : end(before, ofLeft - keptLeft, spans(left, tokenizer)),
                keptRight == ofRight ? after : start(after, keptRight, spans(right, tokenizer)));
    }

    /**
     * So much of the text that the tokens of what is put in the place depend on no more: the word before it, the next one, and what stands
     * between, cut in front of spaces between two letters or digits ({@link MaskedLmTokenizer#readsWordsApart}). All where there is no
     * such space. That the word before the place stays makes what is put there never the first of the text.
     */
    BlankContext nearest() {
        int from = IntStream.iterate(before.length() - 2, place -> place > 0, place -> place - 1)
                .filter(place -> parts(before, place)).findFirst().orElse(0);
        int to = IntStream.range(1, Math.max(1, after.length() - 1)).filter(place -> parts(after, place)).findFirst()
                .orElse(after.length());
        return new BlankContext(before.substring(from), after.substring(0, to));
    }

    private static boolean parts(String text, int place) {
        return text.charAt(place) == ' ' && isPlain(text.charAt(place - 1)) && isPlain(text.charAt(place + 1));
    }

    private static boolean isPlain(char letter) {
        return letter >= 'a' && letter <= 'z' || letter >= 'A' && letter <= 'Z' || letter >= '0' && letter <= '9';
    }

    /** The tokens of the text with a candidate in the place, and which are the candidate's. */
    PlacedTokens with(String candidate, String sentence, MaskedLmTokenizer tokenizer) {
        return tokenizer.tokenise(sentence, before + candidate + after, before.length(), before.length() + candidate.length());
    }

    private static List<CharSpan> spans(Sample sample, MaskedLmTokenizer tokenizer) {
        CharSpan[] spans = tokenizer.spans(sample);
        return Arrays.stream(tokenizer.tokenise(sample).contentPositions()).mapToObj(position -> spans[position]).toList();
    }

    /** A text without its first tokens, and without what is left of the word that this cuts. */
    private static String end(String text, int dropped, List<CharSpan> spans) {
        int from = spans.stream().skip(dropped).filter(Objects::nonNull).map(span -> text.offsetByCodePoints(0, span.getStart()))
                .findFirst().orElse(text.length());
        return text.substring(IntStream.range(Math.max(1, from), text.length())
                .filter(place -> Character.isWhitespace(text.charAt(place - 1))).findFirst().orElse(from));
    }

    /** A text's first tokens, without what is left of the word that this cuts. */
    private static String start(String text, int kept, List<CharSpan> spans) {
        int to = spans.stream().limit(kept).filter(Objects::nonNull).mapToInt(span -> text.offsetByCodePoints(0, span.getEnd())).max()
                .orElse(0);
        return text.substring(0, IntStream.iterate(to, place -> place > 0, place -> place - 1)
                .filter(place -> place == text.length() || Character.isWhitespace(text.charAt(place))).findFirst().orElse(to));
    }
}
