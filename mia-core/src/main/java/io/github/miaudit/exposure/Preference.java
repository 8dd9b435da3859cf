package io.github.miaudit.exposure;

/** What an audit of identifiers concludes. */
public enum Preference {

    /** The target prefers the true ones beyond what a model does that never saw the notes: it remembers them. */
    PREFERRED,
    /** That was not seen. It does not show that nothing is remembered. */
    NOT_DETECTED,
    /** That was not seen of the types that could be judged, but others could not be; so nothing is said of all together. */
    PARTLY_JUDGED,
    /**
     * A model that never saw the notes does not find true ones and surrogates alike either, or the target is no working model, so ranks by
     * the target say nothing.
     */
    NOT_INTERPRETABLE,
    /** They are of too few patients to say anything of. */
    TOO_FEW
}
