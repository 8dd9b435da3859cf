package io.github.miaudit.data.preparation;

/** Searches the training notes elsewhere than on this machine, such as on a cluster where they lie. */
@FunctionalInterface
public interface TrainingSearch {

    /**
     * Looks for sentences in all training notes, each with its patient. A preparation checks that what comes back is of this search and of
     * the very notes of its training files.
     *
     * @param search what is looked for; {@link SentenceSearch#toJson} brings it to other machines
     * @return what all notes say, {@linkplain Overlaps#merge merged} of parts if need be
     */
    Overlaps find(SentenceSearch search);
}
