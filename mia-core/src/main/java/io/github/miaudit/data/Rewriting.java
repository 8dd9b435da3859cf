package io.github.miaudit.data;

import java.util.List;
import java.util.Locale;

/**
 * Makes other sentences of a sentence, for attacks that ask how the target scores those. Implementations are pure: the
 * same sentence gives the same rewritings. Instances are told apart by identity, so attacks that want the same
 * rewritings should share one.
 */
public interface Rewriting {

    /** One rewriting: the sentence in lower case, by the rules of no particular language. */
    Rewriting LOWER_CASE = new Rewriting() {
        @Override
        public String label() {
            return "lower-case";
        }

        @Override
        public List<Sample> rewrite(Sample sample) {
            return List.of(new Sample(sample.id(), sample.group(), sample.text().toLowerCase(Locale.ROOT)));
        }
    };

    /** The name in reports and messages, such as {@code lower-case}. */
    String label();

    /**
     * Rewrites a sentence.
     *
     * @param sample the sentence
     * @return its rewritings, each with the sentence's id and group; none if there is no way to
     */
    List<Sample> rewrite(Sample sample);

    /**
     * Rewrites several sentences, each as {@link #rewrite} does; to be implemented where that is quicker than one after the other.
     *
     * @param samples the sentences
     * @return for each its rewritings, in the same order
     */
    default List<List<Sample>> rewriteAll(List<Sample> samples) {
        return samples.stream().map(this::rewrite).toList();
    }
}
