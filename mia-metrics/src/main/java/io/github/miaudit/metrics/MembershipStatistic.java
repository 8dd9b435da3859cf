package io.github.miaudit.metrics;

/** The statistics that attacks are made of: from log-likelihoods to membership scores, higher = more likely a member. */
public final class MembershipStatistic {

    private MembershipStatistic() {
    }

    /**
     * The loss statistic, {@code s_i = ll_T(x_i)}: the negative of the target's loss.
     *
     * @param targetLogLikelihoods the target's, in nats; finite; may be empty
     * @return a copy
     * @throws IllegalArgumentException if a value is NaN or infinite
     * @see <a href="https://arxiv.org/abs/1709.01604">Yeom et al. 2018</a>
     */
    public static double[] loss(double[] targetLogLikelihoods) {
        Arguments.requireFinite("target log-likelihood", targetLogLikelihoods);
        return targetLogLikelihoods.clone();
    }

    /**
     * The likelihood-ratio statistic, {@code s_i = ll_T(x_i) - ll_R(x_i)}; the negative of the source's L.
     *
     * @param targetLogLikelihoods    the target's, in nats; finite; may be empty
     * @param referenceLogLikelihoods the reference's of the same sentences in the same order
     * @return one score a sentence
     * @throws IllegalArgumentException if the lengths differ or a value is NaN or infinite
     * @see <a href="https://arxiv.org/abs/2203.03929">Mireshghallah et al. 2022</a>
     */
    public static double[] likelihoodRatio(double[] targetLogLikelihoods, double[] referenceLogLikelihoods) {
        if (targetLogLikelihoods.length != referenceLogLikelihoods.length) {
            throw new IllegalArgumentException(targetLogLikelihoods.length + " target but " + referenceLogLikelihoods.length
                    + " reference log-likelihoods; the lengths must be equal");
        }
        Arguments.requireFinite("target log-likelihood", targetLogLikelihoods);
        Arguments.requireFinite("reference log-likelihood", referenceLogLikelihoods);
        double[] scores = new double[targetLogLikelihoods.length];
        for (int index = 0; index < scores.length; index++) {
            scores[index] = targetLogLikelihoods[index] - referenceLogLikelihoods[index];
        }
        return scores;
    }
}
