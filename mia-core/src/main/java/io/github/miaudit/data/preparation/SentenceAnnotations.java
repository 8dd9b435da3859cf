package io.github.miaudit.data.preparation;

import io.github.miaudit.notes.Annotation;
import io.github.miaudit.notes.Note;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is annotated in a note, carried to its sentences. The sentences hold all of the note that is not white space, in order, so the
 * characters of both are paired. What goes over more than one sentence is lost, and so is what stands behind a place where a splitter
 * broke its promise.
 */
final class SentenceAnnotations {

    private final Map<Integer, List<Annotation>> bySentence = new HashMap<>();

    private SentenceAnnotations() {
    }

    static SentenceAnnotations of(Note note, List<String> sentences) {
        SentenceAnnotations annotations = new SentenceAnnotations();
        if (!note.annotations().isEmpty()) {
            Pairs pairs = new Pairs(note.text(), sentences);
            note.annotations().forEach(annotation -> annotations.carry(annotation, pairs));
        }
        return annotations;
    }

    /** Those of a sentence, by its number from 1. */
    List<Annotation> ofSentence(int number) {
        return bySentence.getOrDefault(number, List.of());
    }

    private void carry(Annotation annotation, Pairs pairs) {
        int first = pairs.firstFrom(annotation.start());
        int last = pairs.firstFrom(annotation.end()) - 1;
        if (first <= last && pairs.sentences[first] == pairs.sentences[last] && annotation.end() <= pairs.reached) {
            bySentence.computeIfAbsent(pairs.sentences[first], unseen -> new ArrayList<>())
                    .add(new Annotation(pairs.places[first], pairs.places[last] + 1, annotation.type()));
        }
    }

    /** For each character of the sentences that is no blank its place in the note, the sentence's number, and its place there. */
    private static final class Pairs {

        private final int[] inNote;
        private final int[] sentences;
        private final int[] places;
        private int count;
        /** Behind this character of the note nothing is paired. */
        private int reached;

        private Pairs(String note, List<String> texts) {
            int length = texts.stream().mapToInt(String::length).sum();
            inNote = new int[length];
            sentences = new int[length];
            places = new int[length];
            for (int number = 1; number <= texts.size(); number++) {
                String text = texts.get(number - 1);
                for (int place = 0; place < text.length(); place++) {
                    if (text.charAt(place) != ' ' && !pair(note, text.charAt(place), number, place)) {
                        return;
                    }
                }
            }
            reached = note.length();
        }

        private boolean pair(String note, char character, int number, int place) {
            while (reached < note.length() && note.charAt(reached) != character && Character.isWhitespace(note.charAt(reached))) {
                reached++;
            }
            if (reached == note.length() || note.charAt(reached) != character) {
                return false;
            }
            inNote[count] = reached++;
            sentences[count] = number;
            places[count++] = place;
            return true;
        }

        /** The first pair from a place in the note on; the number of pairs if there is none. */
        private int firstFrom(int place) {
            int found = Arrays.binarySearch(inNote, 0, count, place);
            return found >= 0 ? found : -found - 1;
        }
    }
}
