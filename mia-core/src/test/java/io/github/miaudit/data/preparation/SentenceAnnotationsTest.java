package io.github.miaudit.data.preparation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.notes.Annotation;
import io.github.miaudit.notes.Note;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SentenceAnnotationsTest {

    private static final String NOTE = "\nRecord date: 2067-05-03\n\nAnn  Li was seen\nby Dr. Grant. He left.";
    private static final List<String> SENTENCES = List.of("Record date: 2067-05-03", "Ann Li was seen by Dr. Grant.", "He left.");

    @Test
    void stretchesAreCarriedToTheirSentences() {
        SentenceAnnotations annotations = annotations(NOTE, SENTENCES, stretch("2067-05-03"), stretch("Ann  Li"), stretch("seen\nby"));
        assertEquals(List.of(new Annotation(13, 23, "X")), annotations.ofSentence(1));
        assertEquals(List.of(new Annotation(0, 6, "X"), new Annotation(11, 18, "X")), annotations.ofSentence(2));
        assertEquals(List.of(), annotations.ofSentence(3));
    }

    @Test
    void whatGoesOverSentencesOrIsOnlyBlankIsLost() {
        SentenceAnnotations annotations = annotations(NOTE, SENTENCES, stretch("Grant. He"), stretch("\n\n"), new Annotation(0, 1, "X"));
        for (int sentence = 1; sentence <= 3; sentence++) {
            assertEquals(List.of(), annotations.ofSentence(sentence));
        }
    }

    /** A splitter that changes the text. */
    @Test
    void nothingIsCarriedBehindABrokenPromise() {
        SentenceAnnotations annotations = annotations("Ann Li came. Bob left.", List.of("Ann Li came.", "Rob left."),
                new Annotation(0, 3, "X"),
                new Annotation(13, 16, "X"));
        assertEquals(List.of(new Annotation(0, 3, "X")), annotations.ofSentence(1));
        assertEquals(List.of(), annotations.ofSentence(2));
    }

    /** What is carried says in its sentence what it says in the note, and what begins and ends in one sentence is carried. */
    @Property
    void itSaysTheSameThere(@ForAll("notes") String note) {
        List<String> sentences = new ClinicalSentenceSplitter().split(note);
        for (int start = 0; start < note.length(); start += 3) {
            for (int end = start + 1; end <= Math.min(note.length(), start + 12); end += 2) {
                SentenceAnnotations annotations = annotations(note, sentences, new Annotation(start, end, "X"));
                List<String> carried = new ArrayList<>();
                for (int number = 1; number <= sentences.size(); number++) {
                    for (Annotation annotation : annotations.ofSentence(number)) {
                        carried.add(sentences.get(number - 1).substring(annotation.start(), annotation.end()));
                    }
                }
                String expected = note.substring(start, end).strip().replaceAll("\\s+", " ");
                assertTrue(carried.isEmpty() || carried.equals(List.of(expected)), () -> "lost");
                boolean isOneWord = expected.matches("[a-z]+");
                assertTrue(!isOneWord || carried.size() == 1);
            }
        }
    }

    @Provide
    Arbitrary<String> notes() {
        return Arbitraries.of("pain", "was", "12 mg", "Caf\u00e9", "No rash.", "\n", "\n\n", "  ", "- item", "PLAN:", ".").list()
                .ofMaxSize(15)
                .map(words -> String.join(" ", words));
    }

    private static Annotation stretch(String text) {
        return new Annotation(NOTE.indexOf(text), NOTE.indexOf(text) + text.length(), "X");
    }

    private static SentenceAnnotations annotations(String note, List<String> sentences, Annotation... annotations) {
        return SentenceAnnotations.of(new Note(Optional.empty(), note, Map.of(), new Note.Source("notes", 1), List.of(annotations)),
                sentences);
    }
}
