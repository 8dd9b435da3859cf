package io.github.miaudit.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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

    @Property
    void findsWhatSearchingForEachFinds(@ForAll("texts") List<String> texts, @ForAll("text") String text) {
        String normalised = Normalisation.CASE_AND_SPACE.of(text);
        Set<String> expected = texts.stream().map(Normalisation.CASE_AND_SPACE::of)
                .filter(other -> other.length() >= 5 && normalised.contains(other))
                .collect(Collectors.toSet());
        assertEquals(expected, ContainedTexts.of(texts, Normalisation.CASE_AND_SPACE).in(text));
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
