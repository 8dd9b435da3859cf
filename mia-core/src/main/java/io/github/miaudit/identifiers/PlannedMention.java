package io.github.miaudit.identifiers;

import io.github.miaudit.data.Sample;
import java.util.List;
import java.util.Objects;

/**
 * A mention of an identifier, and what could have stood there. {@link #toString()} leaves all strings out.
 *
 * @param sample     the sentence
 * @param mention    where the identifier stands in it
 * @param identity   the same for all mentions of one identifier of one type in sentences of one patient, however they are spelled, and
 *                   another for others: a number from 0
 * @param occurrences how often these sentences mention it
 * @param surrogates written as the true one is; all different, and none the true one
 */
public record PlannedMention(Sample sample, Mention mention, int identity, int occurrences, List<String> surrogates) {

    /** Copies the list. */
    public PlannedMention {
        Objects.requireNonNull(sample, "sample");
        Objects.requireNonNull(mention, "mention");
        surrogates = List.copyOf(surrogates);
    }

    /** The identifier that stands there. */
    public String identifier() {
        return mention.in(sample.text());
    }

    /**
     * The same for all ways to spell the identifier: case, white space, how characters are encoded and which apostrophe is typed do not
     * matter. As confidential as the identifier.
     */
    public String key() {
        return IdentifierKey.of(identifier());
    }

    /**
     * The sentence with another identifier in the place of the true one.
     *
     * @param surrogate the other one
     */
    public String textWith(String surrogate) {
        return sample.text().substring(0, mention.start()) + surrogate + sample.text().substring(mention.end());
    }

    /** The sentence's id and the mention, never a text. */
    @Override
    public String toString() {
        return "PlannedMention[" + sample.id() + ", " + mention + ", " + surrogates.size() + " surrogates]";
    }
}
