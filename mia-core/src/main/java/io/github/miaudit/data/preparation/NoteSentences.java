package io.github.miaudit.data.preparation;

import io.github.miaudit.data.Sample;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.notes.NoteInputs;
import io.github.miaudit.notes.NotesRead;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * All sentences of notes, for a model to learn from: none is chosen or left out, as a preparation would.
 *
 * @param sentences in the order of the notes; the id tells file, row and number, the group is the patient as the notes spell it
 * @param read      what came of reading the notes
 */
public record NoteSentences(List<Sample> sentences, NotesRead read) {

    /** Copies the list. */
    public NoteSentences {
        sentences = List.copyOf(sentences);
        Objects.requireNonNull(read, "read");
    }

    /**
     * Reads notes and cuts them as a preparation does.
     *
     * @param notes    what to learn from
     * @param splitter cuts them into sentences
     * @throws io.github.miaudit.io.InvalidFileException as {@link NoteInputs#read} does
     * @throws AuditException                          if they hold no sentence
     * @throws IllegalArgumentException                if a sentence is no Unicode text
     */
    public static NoteSentences of(NoteInputs notes, SentenceSplitter splitter) {
        List<Sample> sentences = new ArrayList<>();
        NotesRead read = notes.read(note -> {
            int number = 0;
            for (String sentence : splitter.split(note.text())) {
                number++;
                sentences.add(new Sample(note.source().file() + ":" + note.source().row() + ":" + number, note.patient(), sentence));
            }
        }, remains -> {
        });
        if (sentences.isEmpty()) {
            throw new AuditException("the " + read.notes() + " notes hold no sentence; give others to learn from");
        }
        return new NoteSentences(sentences, read);
    }

    /** How many there are, never a text. */
    @Override
    public String toString() {
        return "NoteSentences[" + sentences.size() + " of " + read.notes() + " notes]";
    }
}
