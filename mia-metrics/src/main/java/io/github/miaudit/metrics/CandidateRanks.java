package io.github.miaudit.metrics;

/**
 * The rank of each candidate of one identity, that is of an identifier of a patient with all its mentions: candidate 0 is the true
 * one, the others its K surrogates. Two bytes a candidate are kept, no score. Immutable.
 */
public final class CandidateRanks {

    /** The ranks of more could not be told apart in two bytes. */
    static final int MOST_SURROGATES = 32_766;

    /** Twice the middle rank of each, so that halves are whole. */
    private final char[] doubled;
    private final CandidateRank ofTrue;

    private CandidateRanks(char[] doubled, CandidateRank ofTrue) {
        this.doubled = doubled;
        this.ofTrue = ofTrue;
    }

    /** Of scores that have been checked, the true one's first. */
    static CandidateRanks of(double[] scores) {
        double[] ascending = SortedOrder.ascending(scores);
        char[] doubled = new char[scores.length];
        for (int candidate = 0; candidate < scores.length; candidate++) {
            doubled[candidate] = (char) rank(ascending, scores[candidate]).doubled();
        }
        return new CandidateRanks(doubled, rank(ascending, scores[0]));
    }

    private static CandidateRank rank(double[] ascending, double score) {
        int notAbove = SortedOrder.countNotAbove(ascending, score);
        return new CandidateRank(ascending.length - 1, ascending.length - notAbove,
                notAbove - SortedOrder.countBelow(ascending, score) - 1);
    }

    /** K, at least 1. */
    public int surrogates() {
        return doubled.length - 1;
    }

    /** The rank of the true one. */
    public CandidateRank ofTrue() {
        return ofTrue;
    }

    /** Twice the middle rank of a candidate, from 2 to 2 K + 2. */
    int doubled(int candidate) {
        return doubled[candidate];
    }
}
