package io.github.miaudit.data.preparation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class EnglishSentencesTest {

    @Test
    void exceptionsEndNoSentence() {
        assertArrayEquals(new int[] {18, 35}, EnglishSentences.ends("Seen by Dr. Lee.  Ph.D. p.o. daily."));
        assertArrayEquals(new int[] {}, EnglishSentences.ends(""));
    }

    /** The oracle is ICU. */
    @Property(tries = 5000)
    void asciiEndsWhereIcuSays(@ForAll("paragraphs") String paragraph) {
        assertArrayEquals(EnglishSentences.endsInAny(" " + paragraph).toArray(), EnglishSentences.endsInAscii(" " + paragraph).toArray());
    }

    @Property(tries = 2000)
    void anyAsciiEndsWhereIcuSays(@ForAll("characters") String paragraph) {
        assertArrayEquals(EnglishSentences.endsInAny(" " + paragraph).toArray(), EnglishSentences.endsInAscii(" " + paragraph).toArray());
    }

    @Provide
    Arbitrary<String> paragraphs() {
        return Arbitraries.of("a", "Bc", "7", "12", ".", ".", "!", "?", ",", ";", "-", "\"", "(", ")", "]", "*", "/", " ", " ", " ", "\t",
                "Mr.", "Dr.", "pt.", " q.", "approx.", "Ph.D.", "Ph.", "D.", "S.p.A.", "a.m.", "M.D.", "Hon.", "B.A.", "i.e.", "Lt.Cdr.",
                "U.S.", "vs.", "To.", "y.o.", "\u000B", "\u001C").list().ofMinSize(1).ofMaxSize(25).map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<String> characters() {
        return Arbitraries.strings().withCharRange('\u0001', '\t').withCharRange('\u000B', '\f').withCharRange('\u000E', '\u007F')
                .withChars("...   ABab").ofMinLength(1).ofMaxLength(40);
    }
}
