package io.github.miaudit.report.output;

/**
 * What a document tells of a figure: the range it lies in, which is one value if it is told.
 *
 * @param least  it is no less than this
 * @param most   and no more than this; infinite if nothing is known
 * @param remark why no value is told and what to do, or what else to know about the value; may be empty
 */
record Measurement(double least, double most, String remark) {

    static Measurement of(double value) {
        return new Measurement(value, value, "");
    }

    /** A count that is not told because it is small. */
    static Measurement below(int smallestCount, String whatItCounts) {
        return new Measurement(1, smallestCount - 1,
                "it is below " + smallestCount + " " + whatItCounts + " and not told, so that nobody is recognised");
    }

    /** The share that such a count is of others. */
    static Measurement shareBelow(int smallestCount, int of, String whatItCounts) {
        return new Measurement(1.0 / of, Math.min(1, (smallestCount - 1) / (double) of),
                "it is that of fewer than " + smallestCount + " " + whatItCounts + " and not told, so that nobody is recognised");
    }

    /** Nothing is known. */
    static Measurement missing(String reasonAndAdvice) {
        return new Measurement(0, Double.POSITIVE_INFINITY, reasonAndAdvice);
    }

    boolean isTold() {
        return least == most;
    }

    boolean isKnownAtAll() {
        return most < Double.POSITIVE_INFINITY;
    }
}
