package io.github.miaudit.metrics;

import java.util.Arrays;
import java.util.function.IntFunction;

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

    /**
     * What models say of one sentence, nats.
     *
     * @param target     one log-likelihood a token, at least one
     * @param references for each reference the same
     */
    public record Sentence(double[] target, double[][] references) {
    }

    private SequenceLira() {
    }

    /**
     * Scores sentences, higher = more likely a member. Each is asked for twice and then forgotten, so that memory holds one.
     *
     * @param count     how many there are
     * @param sentences gives each, from 0; the same at every call
     * @param trainedOn for each reference, whether it saw each sentence; each sentence was seen by at least 2 and not seen by at least 2
     * @return nats, one a sentence
     * @throws IllegalArgumentException if the numbers don't fit, a value is not finite, or all references of a side agree on every token
     */
    public static double[] scores(int count, IntFunction<Sentence> sentences, boolean[][] trainedOn) {
        Arguments.requireAtLeast("references", trainedOn.length, 4);
        Spread ofSeen = new Spread();
        Spread ofUnseen = new Spread();
        for (int index = 0; index < count; index++) {
            Sentence sentence = sentences.apply(index);
            requirePaired(sentence, trainedOn.length);
            ofSeen.add(said(sentence, trainedOn, true, index));
            ofUnseen.add(said(sentence, trainedOn, false, index));
        }
        Density in = ofSeen.density(true);
        Density out = ofUnseen.density(false);
        double[] scores = new double[count];
        for (int index = 0; index < count; index++) {
            Sentence sentence = sentences.apply(index);
            scores[index] = in.log(sentence.target, mean(said(sentence, trainedOn, true, index)))
                    - out.log(sentence.target, mean(said(sentence, trainedOn, false, index)));
        }
        Arguments.requireFinite("log density ratio", scores);
        return scores;
    }

    private static void requirePaired(Sentence sentence, int references) {
        Arguments.requireScores("target token", sentence.target);
        Arguments.requireSameLength("references of a sentence", sentence.references.length, "that were trained", references);
        for (double[] reference : sentence.references) {
            Arguments.requireSameLength("tokens of the target", sentence.target.length, "of a reference", reference.length);
            Arguments.requireFinite("reference token", reference);
        }
    }

    /** By the references that saw the sentence, or by those that did not. */
    private static double[][] said(Sentence sentence, boolean[][] trainedOn, boolean seen, int index) {
        double[][] said = new double[trainedOn.length][];
        int count = 0;
        for (int reference = 0; reference < trainedOn.length; reference++) {
            if (trainedOn[reference][index] == seen) {
                said[count++] = sentence.references[reference];
            }
        }
        if (count < 2) {
            throw new IllegalArgumentException("sentence " + index + " was " + (seen ? "seen" : "not seen") + " by " + count
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

    /** How far references of a side stand from their mean, over all sentences so far. */
    private static final class Spread {

        private double squares;
        private double products;
        private long ofSquares; // degrees of freedom
        private long ofProducts;

        void add(double[][] said) {
            double[] mean = mean(said);
            for (double[] reference : said) {
                double before = 0;
                for (int token = 0; token < mean.length; token++) {
                    double beside = reference[token] - mean[token];
                    squares += beside * beside;
                    products += beside * before;
                    before = beside;
                }
            }
            ofSquares += (said.length - 1L) * mean.length;
            ofProducts += (said.length - 1L) * (mean.length - 1);
        }

        Density density(boolean seen) {
            if (ofSquares > 0 && !(squares > 0)) {
                throw new IllegalArgumentException("the references that " + (seen ? "saw" : "did not see") + " a sentence agree on every"
                        + " token, so there is no spread; are they the same model?");
            }
            double variance = squares / ofSquares;
            double correlation = ofProducts == 0 ? 0 : products / ofProducts / variance;
            return new Density(variance, Math.max(-GREATEST_CORRELATION, Math.min(GREATEST_CORRELATION, correlation)));
        }
    }

    /** The normal density of a sentence's tokens about their means. */
    private record Density(double variance, double correlation) {

        /** Up to what both sides share. Token by token, given the one before: that is what makes neighbours' covariance cheap. */
        double log(double[] said, double[] mean) {
            double unexplained = variance * (1 - correlation * correlation);
            double logUnexplained = Math.log(unexplained);
            double before = said[0] - mean[0];
            double density = -(Math.log(variance) + before * before / variance) / 2;
            for (int token = 1; token < said.length; token++) {
                double beside = said[token] - mean[token];
                double surprise = beside - correlation * before;
                density -= (logUnexplained + surprise * surprise / unexplained) / 2;
                before = beside;
            }
            return density;
        }
    }
}
