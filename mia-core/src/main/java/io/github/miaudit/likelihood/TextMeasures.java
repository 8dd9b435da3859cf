package io.github.miaudit.likelihood;

import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;

/**
 * What the reductions of a score need to know of its text.
 *
 * @param characters       its code points
 * @param words            separated by Unicode white space
 * @param compressedLength how many bytes zlib needs for it in UTF-8, at its default level, with header and checksum; at least 8
 */
public record TextMeasures(int characters, int words, int compressedLength) {

    /** Of a text that nobody measured; what needs a measure refuses it. */
    static final TextMeasures UNKNOWN = new TextMeasures(0, 0, 0);

    /** To make one takes longer than to compress a sentence. */
    private static final ThreadLocal<Deflater> DEFLATERS = ThreadLocal.withInitial(Deflater::new);

    /** Whether a text was measured at all. */
    public boolean isKnown() {
        return compressedLength > 0;
    }

    /** Whether a text may be the one that was measured: it has as many characters and words. */
    public boolean mayBeOf(String text) {
        return characters == text.codePointCount(0, text.length()) && words == countWords(text);
    }

    /** Measures a text. */
    public static TextMeasures of(String text) {
        return new TextMeasures(text.codePointCount(0, text.length()), countWords(text), compressedLength(text));
    }

    private static int countWords(String text) {
        int words = 0;
        boolean inWord = false;
        for (int index = 0; index < text.length(); index += Character.charCount(text.codePointAt(index))) {
            int character = text.codePointAt(index);
            boolean blank = Character.isWhitespace(character) || Character.isSpaceChar(character);
            words += !blank && !inWord ? 1 : 0;
            inWord = !blank;
        }
        return words;
    }

    private static int compressedLength(String text) {
        Deflater deflater = DEFLATERS.get();
        deflater.reset();
        deflater.setInput(text.getBytes(StandardCharsets.UTF_8));
        deflater.finish();
        byte[] discarded = new byte[1024];
        while (!deflater.finished()) {
            deflater.deflate(discarded);
        }
        return Math.toIntExact(deflater.getBytesWritten());
    }
}
