package io.github.miaudit.data.preparation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What every {@link SentenceSplitter} must do; a splitter's test extends this and says how to make one. */
public abstract class SentenceSplitterContract {

    /**
     * Makes the splitter.
     *
     * @return one with defaults
     */
    protected abstract SentenceSplitter splitter();

    @Property
    void losesNothingButWhiteSpace(@ForAll("notes") String note) {
        List<String> sentences = splitter().split(note);
        assertEquals(note.replaceAll("\\s+", ""), String.join("", sentences).replaceAll("\\s+", ""));
        for (String sentence : sentences) {
            assertEquals(sentence, sentence.strip().replaceAll("\\s+", " "));
            assertTrue(!sentence.isEmpty());
        }
    }

    @Provide
    Arbitrary<String> notes() {
        return Arbitraries
                .of("The ", "pt. ", "Dr. ", "seen", ".", "\n", "\r\n", "\n\n", " ", "1. ", "- ", "History:", "?", "[**2151-8-4**]", "ü😀",
                        "a.m. ", "#")
                .list().ofMaxSize(30).map(parts -> String.join("", parts));
    }

    @Test
    void nothingHasNoSentences() {
        assertEquals(List.of(), splitter().split(""));
        assertEquals(List.of(), splitter().split(" \n\t\n"));
    }

    @Test
    void severalThreadsMayUseIt() {
        String note = "Seen today. No fever. ".repeat(50);
        SentenceSplitter splitter = splitter();
        List<String> expected = splitter.split(note);
        assertEquals(100, expected.size());
        assertTrue(IntStream.range(0, 200).parallel().allMatch(call -> splitter.split(note).equals(expected)));
    }
}
