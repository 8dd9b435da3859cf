package io.github.miaudit.identifiers;

import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;

/**
 * What could have stood in the place of identifiers of one type. Implementations are immutable, so they can be used by several
 * threads, and pure: the same arguments give the same proposals.
 *
 * <p>A test of memory by ranks is exact if a true identifier, given all else, is as likely to be any of its candidates as itself. So a
 * source must part all identifiers into classes and propose those of the true one's class, all equally likely: if the true one had
 * been one of them, the others would have been proposed as likely. To propose what is near the true one breaks this, as that then is the
 * one in the middle.
 */
public interface SurrogateSource {

    /** The type of the mentions that it is for; see {@link Mention#type()}. */
    String type();

    /**
     * Proposes others for a patient's identifiers. They may be repeated, be one of the given ones or not be needed; whoever asks
     * takes as many as they want, and ends where there are too many that are of no use.
     *
     * @param identifiers all of this type of the patient, each once however it is spelled, as each stands first
     * @param seed        of the random numbers; another for another patient
     * @return for each identifier, in order, what could have been in its place, with or without end; nothing if it is none of this
     *         source
     */
    List<Iterator<String>> proposals(List<String> identifiers, long seed);

    /** Of how many identifiers it draws, if it knows. */
    default OptionalLong size() {
        return OptionalLong.empty();
    }
}
