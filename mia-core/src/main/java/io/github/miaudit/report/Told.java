package io.github.miaudit.report;

/** Whether a report tells how many members are accepted, and if not, what it says instead. */
public enum Told {

    /** It is told. */
    EXACTLY,
    /** They are of at least one patient, but of fewer than may be told; where only one would be left to hide, also of none. */
    FEW,
    /**
     * The members that are not accepted are of so few patients: with the others, who is left would be told. Also all, where it is not told
     * how many others are accepted.
     */
    ALL_BUT_FEW,
    /** Nothing is said: the set has too few patients, or another rate so close by is told that the two would tell how many others. */
    NOT_AT_ALL;

    /** What is said instead of a number of patients, such as "fewer than 5". */
    public String words(int smallestCount) {
        return switch (this) {
            case EXACTLY -> throw new IllegalStateException("the number itself is told");
            case FEW -> "fewer than " + smallestCount;
            case ALL_BUT_FEW -> "all but fewer than " + smallestCount;
            case NOT_AT_ALL -> "a number not told";
        };
    }

    /** What is said instead of a count or a share of sentences, such as "of fewer than 5 patients". */
    public String ofPatients(int smallestCount) {
        return this == NOT_AT_ALL ? "not told" : "of " + words(smallestCount) + " patients";
    }

    /** Whether it is told. */
    public boolean isExact() {
        return this == EXACTLY;
    }
}
