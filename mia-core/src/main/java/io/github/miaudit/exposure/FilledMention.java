package io.github.miaudit.exposure;

import io.github.miaudit.likelihood.BlankFillings;
import io.github.miaudit.identifiers.Mention;
import java.util.List;

/**
 * What the target writes in the place of an identifier: text, as confidential as the notes. {@link #toString()} leaves it out.
 *
 * @param sentence   the sentence's id
 * @param mention    where in it
 * @param identifier what stands there, as the model would write it
 * @param fillings   what the model writes, the likeliest first
 */
public record FilledMention(String sentence, Mention mention, String identifier, List<String> fillings) {

    /** Copies the list. */
    public FilledMention {
        fillings = List.copyOf(fillings);
    }

    static FilledMention of(AuditedMention audited, BlankFillings found) {
        return new FilledMention(audited.planned().sample().id(), audited.planned().mention(), found.candidates().get(0).text(),
                found.likeliest().stream().map(filling -> filling.reading().text()).toList());
    }

    /** The sentence's id, the place, and how many fillings there are. */
    @Override
    public String toString() {
        return "FilledMention[" + sentence + ", " + mention + ", " + fillings.size() + " fillings]";
    }
}
