package io.github.miaudit.metrics;

/**
 * The scores of an identifier's candidates, the true one first and its K surrogates behind, higher = likelier; of one mention, or
 * summed over all mentions of the same identifier of the same patient, in which candidate j is the same string. What their context
 * adds to all candidates of a mention drops out of a comparison. Immutable.
 */
public final class CandidateScores {

    private final double[] scores;

    private CandidateScores(double[] scores) {
        this.scores = scores;
    }

    /**
     * The scores of one mention: log-likelihoods in context, or their differences target - reference.
     *
     * @throws IllegalArgumentException if there is no surrogate, more than {@value CandidateRanks#MOST_SURROGATES}, or a score is not
     *                                  finite
     */
    public static CandidateScores of(double... trueFirst) {
        Arguments.requireAtLeast("surrogates", trueFirst.length - 1, 1);
        if (trueFirst.length - 1 > CandidateRanks.MOST_SURROGATES) {
            throw new IllegalArgumentException((trueFirst.length - 1) + " surrogates; at most " + CandidateRanks.MOST_SURROGATES
                    + " can be ranked");
        }
        Arguments.requireFinite("candidate's score", trueFirst);
        return new CandidateScores(trueFirst.clone());
    }

    /**
     * Candidate by candidate, the sum with those of another mention; O(K). A sum ranks as a mean does. Mentions have to be added in the
     * same order for all candidates, as here, so that candidates that are equal in all mentions stay equal.
     *
     * @throws IllegalArgumentException if the other has another number of candidates, or a sum is not finite
     */
    public CandidateScores plus(CandidateScores other) {
        Arguments.requireSameLength("candidates", scores.length, "candidates of another mention", other.scores.length);
        double[] sums = scores.clone();
        for (int candidate = 0; candidate < sums.length; candidate++) {
            sums[candidate] += other.scores[candidate];
        }
        return of(sums);
    }

    /** How preferred each candidate is; O(K log K). */
    public CandidateRanks ranks() {
        return CandidateRanks.of(scores);
    }
}
