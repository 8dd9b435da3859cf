package io.github.miaudit.likelihood;

import io.github.miaudit.data.Sample;
import java.util.HashSet;
import java.util.List;

/**
 * A place in a sentence and what could stand there, such as a name and others of the same list. {@link #toString()} leaves all texts out.
 *
 * @param sample     the sentence, as it is
 * @param start      where the place begins in its text, in UTF-16 units
 * @param end        where it ends, exclusive
 * @param candidates different texts that are put there, none empty; that which stands there may be one of them
 */
public record Blank(Sample sample, int start, int end, List<String> candidates) {

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException unless 0 &le; start &lt; end &le; the text's length, and there are candidates, all different and
     *                                  none empty
     */
    public Blank {
        candidates = List.copyOf(candidates);
        if (!(0 <= start && start < end && end <= sample.text().length())) {
            throw new IllegalArgumentException("sentence " + sample.id() + " has " + sample.text().length()
                    + " characters; a blank from " + start + " to " + end + " is none of it");
        }
        if (candidates.isEmpty() || candidates.contains("") || new HashSet<>(candidates).size() < candidates.size()) {
            throw new IllegalArgumentException("blank from " + start + " to " + end + " of sentence " + sample.id()
                    + (candidates.isEmpty() ? " has no candidate" : " has an empty candidate, or one twice"));
        }
    }

    /** The sentence with a candidate in the place. */
    public String with(String candidate) {
        return sample.text().substring(0, start) + candidate + sample.text().substring(end);
    }

    /** The sentence's id, the place, and how many candidates there are. */
    @Override
    public String toString() {
        return "Blank[id=" + sample.id() + ", start=" + start + ", end=" + end + ", candidates=" + candidates.size() + "]";
    }
}
