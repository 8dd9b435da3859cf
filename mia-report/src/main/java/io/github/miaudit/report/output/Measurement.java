package io.github.miaudit.report.output;

import io.github.miaudit.report.Told;

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

    /**
     * A figure that is not told, since the number of members that it is of is not.
     *
     * @param members      what is said of their number
     * @param least        the figure is no less
     * @param most         the figure is no more; infinite if nothing is known
     * @param whatItCounts after that number
     */
    static Measurement untold(Told members, double least, double most, int smallestCount, String whatItCounts) {
        return new Measurement(least, most, "it is that of " + members.words(smallestCount) + " " + whatItCounts
                + " and not told, so that nobody is recognised");
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
