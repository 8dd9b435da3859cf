package io.github.miaudit.metrics;

import java.util.Optional;
import org.apache.commons.math3.stat.StatUtils;

/**
 * Where the references stand on each sentence and how far they spread, for LiRA. Holds two numbers a sentence, however many references
 * there are.
 *
 * @param means      of what they say of a sentence
 * @param deviations by which a distance from the mean is told
 */
record ReferenceSpread(double[] means, double[] deviations) {

    /** Of all references, at least 2. */
    static ReferenceSpread of(double[][] references, LiraVariance variance) {
        return of(references, Optional.empty(), true, variance);
    }

    /**
     * Of the references that saw a sentence, or of those that did not.
     *
     * @throws IllegalArgumentException if there are fewer than 2 for some sentence
     */
    static ReferenceSpread of(double[][] references, boolean[][] trainedOn, boolean seen, LiraVariance variance) {
        return of(references, Optional.of(trainedOn), seen, variance);
    }

    private static ReferenceSpread of(double[][] references, Optional<boolean[][]> trainedOn, boolean seen, LiraVariance variance) {
        double[] means = new double[references[0].length];
        double[] variances = new double[means.length];
        double[] said = new double[references.length];
        for (int sentence = 0; sentence < means.length; sentence++) {
            int count = 0;
            for (int reference = 0; reference < references.length; reference++) {
                if (trainedOn.isEmpty() || trainedOn.get()[reference][sentence] == seen) {
                    said[count++] = references[reference][sentence];
                }
            }
            if (count < 2) {
                throw new IllegalArgumentException("sentence " + sentence + " was " + (seen ? "seen" : "not seen") + " by " + count
                        + " references; at least 2 are needed");
            }
            means[sentence] = sum(said, count) / count;
            variances[sentence] = StatUtils.variance(said, 0, count);
        }
        return new ReferenceSpread(means, variance.deviations(variances));
    }

    /** In how many deviations a log-likelihood stands above the references' mean. */
    double distance(double logLikelihood, int sentence) {
        return (logLikelihood - means[sentence]) / deviations[sentence];
    }

    /** Kahan's, as that of a stream, which takes longer to make than to sum a few numbers. */
    static double sum(double[] values, int count) {
        double sum = 0;
        double lost = 0;
        for (int index = 0; index < count; index++) {
            double next = values[index] - lost;
            double sumSoFar = sum + next;
            lost = sumSoFar - sum - next;
            sum = sumSoFar;
        }
        return sum - lost;
    }
}
