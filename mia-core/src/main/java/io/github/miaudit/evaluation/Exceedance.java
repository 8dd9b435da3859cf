package io.github.miaudit.evaluation;

import io.github.miaudit.metrics.ExceedanceTest;

/**
 * How many members, of rows that have nothing to do with one another, score above every non-member, and the exact chance of so many or
 * more if all were drawn alike: it finds the few that stand out.
 *
 * @param exceeding how many
 * @param pValue    that chance
 * @see ExceedanceTest
 */
public record Exceedance(int exceeding, double pValue) {

    static Exceedance of(double[] members, double[] nonMembers) {
        int exceeding = ExceedanceTest.exceeding(members, nonMembers);
        return new Exceedance(exceeding, ExceedanceTest.pValue(exceeding, members.length, nonMembers.length));
    }

    /** No count: it may be of few patients. */
    @Override
    public String toString() {
        return "Exceedance";
    }
}
