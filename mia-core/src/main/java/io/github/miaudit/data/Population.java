package io.github.miaudit.data;

/** The three sets of sentences of an audit. */
public enum Population {

    /** Sentences that the target was trained on. */
    MEMBERS("members", "member"),

    /** Sentences held out from training, from the same source as the members. */
    NON_MEMBERS("non_members", "non_member"),

    /** Sentences from elsewhere, never in training. */
    EXTERNALS("externals", "external");

    private final String label;
    private final String rowLabel;

    Population(String label, String rowLabel) {
        this.label = label;
        this.rowLabel = rowLabel;
    }

    /** The set's name in files and columns, such as {@code non_members}; in sentences it is called by its {@link #words}. */
    public String label() {
        return label;
    }

    /** What a sentence of a report calls the set, such as "non-members". */
    public String words() {
        return label.replace('_', '-');
    }

    /** The name of one sentence of the set, as a CSV row states it, such as {@code non_member}. */
    public String rowLabel() {
        return rowLabel;
    }
}
