package io.github.miaudit.metrics;

import java.util.Arrays;

/**
 * Online LiRA on a sentence's tokens instead of their mean: {@code s = log N(x; mu_in, S_in) - log N(x; mu_out, S_out)} with x the
 * target's log-likelihoods of the tokens, mu their means over the references that saw the sentence, or did not, and S a covariance.
 * So tokens that training moves far count more, and what neighbours say alike counts once.
 *
 * <p>Few references tell little of a covariance, so of each side one deviation sigma and one correlation rho of neighbours are taken
 * from all sentences, {@code S_ij = sigma² rho^|i - j|}: sigma² is the mean of the squares of what references say beside their mean, rho
 * the mean product of neighbours' over sigma², at most 0.99 either way. {@code O(tokens * references)}.
 *
 * @see <a href="https://arxiv.org/abs/2506.05126">Rossi et al. 2025, whose covariance is of each sequence</a>
 */
public final class SequenceLira {

    private static final double GREATEST_CORRELATION = 0.99;

    private SequenceLira() {
    }

    /**
     * Scores sentences, higher = more likely a member.
     *
     * @param target     for each sentence one log-likelihood a token, nats; each at least one
     * @param references for each reference the same
     * @param trainedOn  for each reference, whether it saw each sentence; each sentence was seen by at least 2 and not seen by at least 2
     * @return nats, one a sentence
     * @throws IllegalArgumentException if the numbers don't fit, a value is not finite, or all references of a side agree on every token
     */
    public static double[] scores(double[][] target, double[][][] references, boolean[][] trainedOn) {
        requirePaired(target, references);
        double[] in = Side.of(references, trainedOn, true).logDensities(target);
        double[] out = Side.of(references, trainedOn, false).logDensities(target);
        return MembershipStatistic.likelihoodRatio(in, out);
    }

    private static void requirePaired(double[][] target, double[][][] references) {
        Arguments.requireAtLeast("references", references.length, 4);
        for (int sentence = 0; sentence < target.length; sentence++) {
            Arguments.requireScores("target token", target[sentence]);
            for (double[][] reference : references) {
                Arguments.requireSameLength("sentences of the target", target.length, "of a reference", reference.length);
                Arguments.requireSameLength("tokens of the target", target[sentence].length, "of a reference", reference[sentence].length);
                Arguments.requireFinite("reference token", reference[sentence]);
            }
        }
    }

    /** What the references say that saw sentences, or those that did not. */
    private record Side(double[][] means, double variance, double correlation) {

        static Side of(double[][][] references, boolean[][] trainedOn, boolean seen) {
            double[][] means = new double[references[0].length][];
            double squares = 0;
            double products = 0;
            long ofSquares = 0; // degrees of freedom
            long ofProducts = 0;
            for (int sentence = 0; sentence < means.length; sentence++) {
                double[][] said = ofSentence(references, trainedOn, seen, sentence);
                double[] mean = mean(said);
                for (double[] reference : said) {
                    for (int token = 0; token < mean.length; token++) {
                        double beside = reference[token] - mean[token];
                        squares += beside * beside;
                        products += token == 0 ? 0 : beside * (reference[token - 1] - mean[token - 1]);
                    }
                }
                ofSquares += (said.length - 1L) * mean.length;
                ofProducts += (said.length - 1L) * (mean.length - 1);
                means[sentence] = mean;
            }
            if (means.length > 0 && !(squares > 0)) {
                throw new IllegalArgumentException("the references that " + (seen ? "saw" : "did not see") + " a sentence agree on every"
                        + " token, so there is no spread; are they the same model?");
            }
            double variance = squares / ofSquares;
            double correlation = ofProducts == 0 ? 0 : products / ofProducts / variance;
            return new Side(means, variance, Math.max(-GREATEST_CORRELATION, Math.min(GREATEST_CORRELATION, correlation)));
        }

        private static double[][] ofSentence(double[][][] references, boolean[][] trainedOn, boolean seen, int sentence) {
            double[][] said = new double[references.length][];
            int count = 0;
            for (int reference = 0; reference < references.length; reference++) {
                if (trainedOn[reference][sentence] == seen) {
                    said[count++] = references[reference][sentence];
                }
            }
            if (count < 2) {
                throw new IllegalArgumentException("sentence " + sentence + " was " + (seen ? "seen" : "not seen") + " by " + count
                        + " references; at least 2 are needed");
            }
            return Arrays.copyOf(said, count);
        }

        private static double[] mean(double[][] said) {
            double[] mean = new double[said[0].length];
            for (double[] reference : said) {
                for (int token = 0; token < mean.length; token++) {
                    mean[token] += reference[token] / said.length;
                }
            }
            return mean;
        }

        /** Up to the constant that both sides share. */
        double[] logDensities(double[][] target) {
            double[] densities = new double[target.length];
            for (int sentence = 0; sentence < target.length; sentence++) {
                densities[sentence] = logDensity(target[sentence], means[sentence]);
            }
            return densities;
        }

        /** Token by token, given the one before: that is what makes neighbours' covariance cheap. */
        private double logDensity(double[] said, double[] mean) {
            double unexplained = variance * (1 - correlation * correlation);
            double before = said[0] - mean[0];
            double density = -(Math.log(variance) + before * before / variance) / 2;
            for (int token = 1; token < said.length; token++) {
                double beside = said[token] - mean[token];
                double surprise = beside - correlation * before;
                density -= (Math.log(unexplained) + surprise * surprise / unexplained) / 2;
                before = beside;
            }
            return density;
        }
    }
}
