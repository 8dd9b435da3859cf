package io.github.miaudit.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ContainedTextsTest {

    @Test
    void lineBreaksAndCaseHideNothing() {
        ContainedTexts sentences = ContainedTexts.of(List.of("Seen by Dr. Smith today.", "No rash.", "ok"), Normalisation.CASE_AND_SPACE);
        assertEquals(Set.of("seen by dr. smith today."), sentences.in("Plan:\nseen by\n  DR. Smith\r\ntoday. Then home, ok"));
        assertEquals(Set.of(), sentences.in("Seen by Dr. Smith"));
        assertEquals(Set.of(), sentences.in(""));
        assertEquals(Set.of(), ContainedTexts.of(List.of(), Normalisation.CASE_AND_SPACE).in("whatever it is"));
    }

    /** Beginnings, middles and ends of the text, of which some have the same rare characters. */
    @Property
    void findsPiecesOfTheText(@ForAll("longText") String text, @ForAll Normalisation normalisation, @ForAll Random random) {
        List<String> pieces = IntStream.range(0, 40).mapToObj(piece -> random.nextInt(text.length()))
                .map(start -> text.substring(start, start + 1 + random.nextInt(text.length() - start))).toList();
        String normalised = normalisation.of(text);
        Set<String> expected = pieces.stream().map(normalisation::of).filter(piece -> piece.length() >= 5 && normalised.contains(piece))
                .collect(Collectors.toSet());
        assertEquals(expected, ContainedTexts.of(pieces, normalisation).in(text));
    }

    @Property
    void findsWhatSearchingForEachFinds(@ForAll("texts") List<String> texts, @ForAll("text") String text) {
        String normalised = Normalisation.CASE_AND_SPACE.of(text);
        Set<String> expected = texts.stream().map(Normalisation.CASE_AND_SPACE::of)
                .filter(other -> other.length() >= 5 && normalised.contains(other))
                .collect(Collectors.toSet());
        assertEquals(expected, ContainedTexts.of(texts, Normalisation.CASE_AND_SPACE).in(text));
    }

    @Provide
    Arbitrary<String> longText() {
        return Arbitraries.of("pain", "was", "12 mg", "Caf\u00e9", "\n", "\u4e2d\u6587", "NO", ".").list().ofMinSize(1).ofMaxSize(60)
                .map(words -> String.join(" ", words));
    }

    @Provide
    Arbitrary<String> text() {
        return Arbitraries.strings().withChars('a', 'B', ' ', '\u4e2d').ofMaxLength(60);
    }

    @Provide
    Arbitrary<List<String>> texts() {
        return Arbitraries.strings().withChars('a', 'B', ' ', '\u4e2d').ofMaxLength(9).list().ofMaxSize(30);
    }
}
