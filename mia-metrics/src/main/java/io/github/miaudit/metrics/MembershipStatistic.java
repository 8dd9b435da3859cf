package io.github.miaudit.metrics;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.math3.special.Erf;

/**
 * The statistics that attacks are made of: from log-likelihoods to membership scores, higher = more likely a member, one a
 * sentence. Unless stated otherwise, log-likelihoods are in nats and finite, there may be none, and several arrays are of the same
 * sentences in the same order, those of references one array a reference.
 */
public final class MembershipStatistic {

    private MembershipStatistic() {
    }

    /**
     * The loss statistic, {@code s_i = ll_T(x_i)}: the negative of the target's loss.
     *
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
     * @throws IllegalArgumentException if the lengths differ or a value is NaN or infinite
     * @see <a href="https://arxiv.org/abs/2203.03929">Mireshghallah et al. 2022</a>
     */
    public static double[] likelihoodRatio(double[] targetLogLikelihoods, double[] referenceLogLikelihoods) {
        Arguments.requireSameLength("target", targetLogLikelihoods.length, "reference log-likelihoods", referenceLogLikelihoods.length);
        Arguments.requireFinite("target log-likelihood", targetLogLikelihoods);
        Arguments.requireFinite("reference log-likelihood", referenceLogLikelihoods);
        return IntStream.range(0, targetLogLikelihoods.length)
                .mapToDouble(index -> targetLogLikelihoods[index] - referenceLogLikelihoods[index]).toArray();
    }

    /**
     * How several references' log-likelihoods become one a sentence: their mean, {@code 1/K sum_k ll_k}. The order of the
     * references doesn't matter but for rounding.
     *
     * @throws IllegalArgumentException if there is no reference, the lengths differ or a value is not finite
     */
    public static double[] meanReference(double[][] referenceLogLikelihoods) {
        requireReferences(referenceLogLikelihoods, 1);
        return perSentence(referenceLogLikelihoods, MembershipStatistic::mean);
    }

    /**
     * How several references' log-likelihoods become one a sentence: the logarithm of their mean likelihood,
     * {@code log(1/K sum_k exp(ll_k))}, computed without overflow. Only for log-likelihoods of whole sentences.
     *
     * @throws IllegalArgumentException if there is no reference, the lengths differ or a value is not finite
     */
    public static double[] logMeanExpReference(double[][] referenceLogLikelihoods) {
        requireReferences(referenceLogLikelihoods, 1);
        return perSentence(referenceLogLikelihoods, MembershipStatistic::logMeanExp);
    }

    /**
     * Offline LiRA, {@code s = (ll_T - mu) / sigma} with mu the mean of the references' log-likelihoods of the sentence, which none
     * of them saw, and sigma their standard deviation, of the sentence or pooled. It ranks like the paper's one-sided Phi(s), which
     * is exactly 1 from 8.3 on, so that ties would fall where TPR at low FPR looks. Linear in the target's.
     *
     * @throws IllegalArgumentException if the numbers don't fit, there are fewer than 2 references, a value is not finite, or all
     *                                  references agree on every sentence
     * @see <a href="https://arxiv.org/abs/2112.03570">Carlini et al. 2022</a>
     */
    public static double[] offlineLira(double[] targetLogLikelihoods, double[][] referenceLogLikelihoods, LiraVariance variance) {
        requirePaired(targetLogLikelihoods, referenceLogLikelihoods, 2);
        return standardScores(targetLogLikelihoods, ReferenceSpread.of(referenceLogLikelihoods, variance));
    }

    /**
     * Offline LiRA as {@link #offlineLira(double[], double[][], LiraVariance)}, by those references that did not see the sentence,
     * for whoever has references of which some did.
     *
     * @param trainedOn for each reference, whether it saw each sentence; each sentence was not seen by at least 2
     * @throws IllegalArgumentException if the numbers don't fit, a value is not finite, or the references agree on every
     *                                  sentence
     */
    public static double[] offlineLira(double[] targetLogLikelihoods, double[][] referenceLogLikelihoods, boolean[][] trainedOn,
            LiraVariance variance) {
        requirePaired(targetLogLikelihoods, referenceLogLikelihoods, 2);
        return standardScores(targetLogLikelihoods, ReferenceSpread.of(referenceLogLikelihoods, trainedOn, false, variance));
    }

    private static double[] standardScores(double[] target, ReferenceSpread spread) {
        return IntStream.range(0, target.length).mapToDouble(index -> spread.distance(target[index], index)).toArray();
    }

    /**
     * The paper's offline LiRA score, the chance {@code Phi(z)} that a reference finds the sentence less likely than the target
     * does, on a scale that does not saturate: {@code -log(1 - Phi(z))}, in nats, with z the score of {@link #offlineLira}. Ranks
     * as z does. Above 0 unless z is below -38; relative error below 1e-9.
     *
     * @throws IllegalArgumentException if z is NaN
     * @see <a href="https://arxiv.org/abs/2112.03570">Carlini et al. 2022, algorithm 1</a>
     */
    public static double offlineLiraLogTail(double z) {
        if (Double.isNaN(z)) {
            throw new IllegalArgumentException("z is NaN");
        }
        if (z < 0) {
            return -Math.log1p(-Erf.erfc(-z / Math.sqrt(2)) / 2);
        }
        if (z < 20) {
            return -Math.log(Erf.erfc(z / Math.sqrt(2)) / 2);
        }
        double square = z * z; // erfc nears underflow; the asymptotic series is exact to 1e-9 from here
        return square / 2 + Math.log(z * Math.sqrt(2 * Math.PI))
                - Math.log1p(-1 / square + 3 / (square * square) - 15 / (square * square * square));
    }

    /**
     * Online LiRA, {@code s = log N(ll_T; mu_in, sigma_in²) - log N(ll_T; mu_out, sigma_out²)}, for whoever has models that were
     * trained with each sentence too.
     *
     * @param trainedOn for each reference, whether it saw each sentence; each sentence was seen by at least 2 and not seen by at least 2
     * @throws IllegalArgumentException if the numbers don't fit, a value is not finite, or all references of a kind
     *                                  agree on every sentence
     * @see <a href="https://arxiv.org/abs/2112.03570">Carlini et al. 2022</a>
     */
    public static double[] onlineLira(double[] targetLogLikelihoods, double[][] referenceLogLikelihoods, boolean[][] trainedOn,
            LiraVariance variance) {
        requirePaired(targetLogLikelihoods, referenceLogLikelihoods, 4);
        double[] in = logDensities(targetLogLikelihoods, ReferenceSpread.of(referenceLogLikelihoods, trainedOn, true, variance));
        double[] out = logDensities(targetLogLikelihoods, ReferenceSpread.of(referenceLogLikelihoods, trainedOn, false, variance));
        return likelihoodRatio(in, out);
    }

    /** Up to a constant. */
    private static double[] logDensities(double[] target, ReferenceSpread spread) {
        double[] densities = new double[target.length];
        for (int index = 0; index < target.length; index++) {
            double z = spread.distance(target[index], index);
            densities[index] = -Math.log(spread.deviations()[index]) - z * z / 2;
        }
        return densities;
    }

    /**
     * Offline RMIA: the share, in [0, 1], of population sentences z that the ratio of x dominates, {@code r(x) / r(z) >= gamma},
     * with {@code r(x) = P_T(x) / p(x)} and {@code p(x) = (1 + a)/2 mean_k P_Rk(x) + (1 - a)/2}, where P is {@code exp} of the
     * log-likelihood (a mean per token, at most 0, so that P is a chance). In log space, {@code O((n + z) log z)}.
     *
     * @param targetOfPopulation     the target's of sentences that are known non-members, at least one
     * @param referencesOfPopulation the references' of them
     * @param offlineWeight          a, in [0, 1]; 1 for references that are not tuned on similar data
     * @param gamma                  above 0; 1 in the paper
     * @throws IllegalArgumentException if the numbers don't fit, there is no reference, or a value is out of bounds
     * @see <a href="https://arxiv.org/abs/2312.03262">Zarifzadeh et al. 2024</a>
     */
    public static double[] rmia(double[] targetLogLikelihoods, double[][] referenceLogLikelihoods, double[] targetOfPopulation,
            double[][] referencesOfPopulation, double offlineWeight, double gamma) {
        if (!(gamma > 0 && gamma < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("gamma is " + gamma + "; it must be positive");
        }
        Arguments.requireScores("population", targetOfPopulation);
        double[] population = informationGains(targetOfPopulation, referencesOfPopulation, offlineWeight);
        double[] scores = informationGains(targetLogLikelihoods, referenceLogLikelihoods, offlineWeight);
        Arrays.sort(population);
        double shift = Math.log(gamma);
        for (int index = 0; index < scores.length; index++) {
            scores[index] = SortedOrder.countNotAbove(population, scores[index] - shift) / (double) population.length;
        }
        return scores;
    }

    /**
     * InfoRMIA: how much more the target knows of a sentence than of the population, {@code s = log r(x) - sum_z p(z) log r(z) / sum_z
     * p(z)} with r, p and a as in {@link #rmia}; in nats. The sum, over known non-members z, is minus the divergence of the target
     * from p on them. It is the same for all sentences: s ranks as r(x) does, and unlike RMIA never ties where r does not.
     *
     * @param targetOfPopulation     the target's of sentences that are known non-members, at least one
     * @param referencesOfPopulation the references' of them
     * @param offlineWeight          a, in [0, 1]
     * @throws IllegalArgumentException if the numbers don't fit, there is no reference, or a value is out of bounds
     * @see <a href="https://arxiv.org/abs/2510.05582">Tao and Shokri 2025</a>
     */
    public static double[] infoRmia(double[] targetLogLikelihoods, double[][] referenceLogLikelihoods, double[] targetOfPopulation,
            double[][] referencesOfPopulation, double offlineWeight) {
        Arguments.requireScores("population", targetOfPopulation);
        double[] ofPopulation = informationGains(targetOfPopulation, referencesOfPopulation, offlineWeight);
        // p(z) is P_T(z) / r(z); as shares of the greatest, lest all become 0
        double[] logChances = likelihoodRatio(targetOfPopulation, ofPopulation);
        double greatest = Arrays.stream(logChances).max().orElseThrow();
        double weights = 0;
        double gained = 0;
        for (int index = 0; index < ofPopulation.length; index++) {
            double weight = Math.exp(logChances[index] - greatest);
            weights += weight;
            gained += weight * ofPopulation[index];
        }
        double expected = gained / weights;
        return Arrays.stream(informationGains(targetLogLikelihoods, referenceLogLikelihoods, offlineWeight)).map(gain -> gain - expected)
                .toArray();
    }

    /**
     * How much likelier the target finds each sentence, or each token, than the references do: {@code log r(x)} of {@link #rmia}, in
     * nats.
     *
     * @param offlineWeight a, in [0, 1]
     * @throws IllegalArgumentException if the numbers don't fit, there is no reference, or a value is out of bounds
     */
    public static double[] informationGains(double[] targetLogLikelihoods, double[][] referenceLogLikelihoods, double offlineWeight) {
        Arguments.requireRate("offline weight", offlineWeight);
        requirePaired(targetLogLikelihoods, referenceLogLikelihoods, 1);
        double[] gains = perSentence(referenceLogLikelihoods, MembershipStatistic::logMeanExp);
        for (int index = 0; index < gains.length; index++) {
            double chance = (1 + offlineWeight) / 2 * Math.exp(gains[index]) + (1 - offlineWeight) / 2;
            // log space where nothing is added, lest a small chance become 0
            double logChance = offlineWeight == 1 ? gains[index] : Math.log(chance);
            gains[index] = targetLogLikelihoods[index] - logChance;
        }
        return gains;
    }

    /**
     * Min-K%: the mean of the {@code max(1, floor(share n))} lowest of a sentence's token values, the share being in (0, 1]; 0.2 in
     * the papers. With log-likelihoods it is Min-K% (Shi et al. 2024); with log-likelihoods standardised by
     * {@link #standardised(double[], double[], double[])} it is Min-K%++ (Zhang et al. 2024). Both are defined for causal models;
     * for masked ones there is no published validation.
     *
     * @throws IllegalArgumentException if there is no value, one is not finite, or the share is not in (0, 1]
     * @see <a href="https://arxiv.org/abs/2310.16789">Shi et al. 2024</a>
     * @see <a href="https://arxiv.org/abs/2404.02936">Zhang et al. 2024</a>
     */
    public static double lowestMean(double[] tokenValues, double share) {
        Arguments.requireScores("token", tokenValues);
        Arguments.requireShare("share", share);
        double[] ascending = SortedOrder.ascending(tokenValues);
        int count = Math.max(1, (int) Math.floor(share * ascending.length));
        double sum = 0;
        for (int index = 0; index < count; index++) {
            sum += ascending[index];
        }
        return sum / count;
    }

    /**
     * Token log-likelihoods in units of what the model itself expects, {@code (lp_i - mu_i) / sigma_i}, by the model's mean
     * log-likelihood over its vocabulary at each token and its standard deviation, which is above 0.
     *
     * @throws IllegalArgumentException if the lengths differ, a value is not finite or a deviation is not above 0
     */
    public static double[] standardised(double[] logLikelihoods, double[] means, double[] deviations) {
        Arguments.requireSameLength("log-likelihoods", logLikelihoods.length, "means", means.length);
        Arguments.requireSameLength("log-likelihoods", logLikelihoods.length, "deviations", deviations.length);
        Arguments.requireFinite("log-likelihood", logLikelihoods);
        Arguments.requireFinite("mean", means);
        double[] standardised = new double[logLikelihoods.length];
        for (int index = 0; index < standardised.length; index++) {
            if (!(deviations[index] > 0 && deviations[index] < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("deviation " + index + " is " + deviations[index] + "; it must be positive");
            }
            standardised[index] = (logLikelihoods[index] - means[index]) / deviations[index];
        }
        return standardised;
    }

    /**
     * The zlib ratio, {@code s = ll / bytes}: how likely the target finds a sentence (mean per token) for how little it compresses.
     * Validated for causal models; for masked ones there is no published validation.
     *
     * @throws IllegalArgumentException if the lengths differ, a value is not finite or a compressed length is not above 0
     * @see <a href="https://arxiv.org/abs/2012.07805">Carlini et al. 2021</a>
     */
    public static double[] zlibRatio(double[] logLikelihoods, int[] compressedLengths) {
        Arguments.requireSameLength("log-likelihoods", logLikelihoods.length, "compressed lengths", compressedLengths.length);
        Arguments.requireFinite("log-likelihood", logLikelihoods);
        double[] scores = new double[logLikelihoods.length];
        for (int index = 0; index < scores.length; index++) {
            if (compressedLengths[index] <= 0) {
                throw new IllegalArgumentException(
                        "compressed length " + index + " is " + compressedLengths[index] + "; it must be positive");
            }
            scores[index] = logLikelihoods[index] / compressedLengths[index];
        }
        return scores;
    }

    /**
     * The lower-case ratio, {@code s = ll(lower x) / ll(x)}, which is that of the losses: how much the target minds that a sentence
     * loses its capitals. Validated for causal models; for masked ones there is no published validation.
     *
     * @throws IllegalArgumentException if the lengths differ, a value is not finite or a log-likelihood not below 0
     * @see <a href="https://arxiv.org/abs/2012.07805">Carlini et al. 2021</a>
     */
    public static double[] lowerCaseRatio(double[] logLikelihoods, double[] lowerCaseLogLikelihoods) {
        Arguments.requireSameLength("log-likelihoods", logLikelihoods.length, "log-likelihoods in lower case",
                lowerCaseLogLikelihoods.length);
        Arguments.requireFinite("log-likelihood", logLikelihoods);
        Arguments.requireFinite("log-likelihood in lower case", lowerCaseLogLikelihoods);
        double[] scores = new double[logLikelihoods.length];
        for (int index = 0; index < scores.length; index++) {
            if (!(logLikelihoods[index] < 0)) {
                throw new IllegalArgumentException(
                        "log-likelihood " + index + " is " + logLikelihoods[index] + "; a ratio needs it below 0");
            }
            scores[index] = lowerCaseLogLikelihoods[index] / logLikelihoods[index];
        }
        return scores;
    }

    /**
     * The neighbourhood comparison, {@code s = ll(x) - mean_j ll(x_j)}: how much likelier the target finds a sentence than its
     * neighbours, sentences one word away. Validated for causal models; for masked ones there is no published validation.
     *
     * @throws IllegalArgumentException if the lengths differ, a value is not finite or a sentence has no neighbour
     * @see <a href="https://arxiv.org/abs/2305.18462">Mattern et al. 2023</a>
     */
    public static double[] neighbourhood(double[] logLikelihoods, double[][] neighbourLogLikelihoods) {
        Arguments.requireSameLength("log-likelihoods", logLikelihoods.length, "neighbourhoods", neighbourLogLikelihoods.length);
        double[] means = new double[logLikelihoods.length];
        for (int index = 0; index < means.length; index++) {
            if (neighbourLogLikelihoods[index].length == 0) {
                throw new IllegalArgumentException("sentence " + index + " has no neighbour; at least 1 is needed");
            }
            Arguments.requireFinite("neighbour's log-likelihood", neighbourLogLikelihoods[index]);
            means[index] = mean(neighbourLogLikelihoods[index]);
        }
        return likelihoodRatio(logLikelihoods, means);
    }

    private static double[] perSentence(double[][] references, ToDoubleFunction<double[]> reduction) {
        double[] reduced = new double[references[0].length];
        double[] ofSentence = new double[references.length];
        for (int index = 0; index < reduced.length; index++) {
            for (int reference = 0; reference < references.length; reference++) {
                ofSentence[reference] = references[reference][index];
            }
            reduced[index] = reduction.applyAsDouble(ofSentence);
        }
        return reduced;
    }

    private static double logMeanExp(double[] values) {
        double greatest = values[0];
        for (double value : values) {
            greatest = Math.max(greatest, value);
        }
        double sum = 0;
        for (double value : values) {
            sum += Math.exp(value - greatest);
        }
        return greatest + Math.log(sum / values.length);
    }

    private static double mean(double[] values) {
        return ReferenceSpread.sum(values, values.length) / values.length;
    }

    private static void requireReferences(double[][] references, int fewest) {
        if (references.length < fewest) {
            throw new IllegalArgumentException(references.length + " references; at least " + fewest + " are needed");
        }
        for (double[] reference : references) {
            Arguments.requireSameLength("log-likelihoods of the first reference", references[0].length, "of another", reference.length);
            Arguments.requireFinite("reference log-likelihood", reference);
        }
    }

    private static void requirePaired(double[] target, double[][] references, int fewest) {
        requireReferences(references, fewest);
        Arguments.requireSameLength("target log-likelihoods", target.length, "reference log-likelihoods", references[0].length);
        Arguments.requireFinite("target log-likelihood", target);
    }
}
