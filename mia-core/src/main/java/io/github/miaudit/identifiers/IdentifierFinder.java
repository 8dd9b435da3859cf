package io.github.miaudit.identifiers;

import io.github.miaudit.data.Sample;
import java.util.List;

/**
 * Finds identifiers in sentences. Implementations are immutable, so they can be used by several threads, and pure: the same
 * sentence gives the same mentions. They take a time that grows with a sentence's length as the length does, and throw nothing
 * because of what it says; if they must, then without repeating it.
 */
@FunctionalInterface
public interface IdentifierFinder {

    /**
     * The identifiers of a sentence.
     *
     * @param sample the sentence
     * @return where they stand, in order; none overlaps another
     */
    List<Mention> find(Sample sample);

    /**
     * Finds what several find. Where mentions overlap, the longest is kept; of as long ones that of the earlier finder, and of one
     * finder's that which starts first.
     *
     * @param finders in the order in which they win
     * @return a finder that fails with an {@link IllegalArgumentException} where one of them finds something beyond a sentence's end
     */
    static IdentifierFinder allOf(List<? extends IdentifierFinder> finders) {
        List<IdentifierFinder> all = List.copyOf(finders);
        return sample -> {
            LongestMentions longest = new LongestMentions(sample);
            all.forEach(finder -> longest.add(finder.find(sample)));
            return longest.inOrder();
        };
    }
}
