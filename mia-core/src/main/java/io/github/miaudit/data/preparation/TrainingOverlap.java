package io.github.miaudit.data.preparation;

import io.github.miaudit.data.NearDuplicates;
import io.github.miaudit.data.Normalisation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which sentences stand in the training files, and which nearly do: they are members in truth.
 *
 * @param same    normalised sentences that stand there
 * @param similar those that nearly do
 */
record TrainingOverlap(Set<String> same, Set<String> similar) {

    private static final int NOTES_AT_ONCE = 1024;

    /** Compares with every sentence of the files, on all cores. */
    static TrainingOverlap of(Collection<String> normalised, NoteFiles training, SentenceSplitter splitter, Normalisation normalisation, double similarity) {
        NearDuplicates near = NearDuplicates.of(normalised, normalisation, similarity);
        TrainingOverlap overlap = new TrainingOverlap(ConcurrentHashMap.newKeySet(), ConcurrentHashMap.newKeySet());
        List<Note> waiting = new ArrayList<>();
        training.read(note -> {
            waiting.add(note);
            if (waiting.size() == NOTES_AT_ONCE) {
                waiting.parallelStream().forEach(each -> overlap.compare(splitter.split(each.text()), near, normalisation));
                waiting.clear();
            }
        });
        waiting.forEach(each -> overlap.compare(splitter.split(each.text()), near, normalisation));
        return overlap;
    }

    private void compare(List<String> sentences, NearDuplicates near, Normalisation normalisation) {
        for (String sentence : sentences) {
            Set<String> found = near.similarTo(sentence);
            if (!found.isEmpty()) {
                String itself = normalisation.of(sentence);
                found.forEach(other -> (other.equals(itself) ? same : similar).add(other));
            }
        }
    }
}
