package io.github.miaudit.metrics;

/**
 * Statistics of one sentence's gaps, {@code g_t = ll_T,t - ll_R,t}: how much likelier the target finds each of its tokens than a
 * reference does. Higher = more likely a member. Both arrays are of the same tokens in the same order, in nats and finite, at least
 * one; a token that was scored several times counts each time. Published for causal models; for masked ones there is no published
 * validation.
 */
public final class TokenGapStatistic {

    private static final double ROUNDING = 1e-12; // of the sum of all gaps' sizes: a window's sum below is a tie

    private TokenGapStatistic() {
    }

    /**
     * The log ratio of what the target gained over what it lost, {@code s = log((P + c) / (N + c))} with {@code P} the sum of the
     * positive gaps and {@code N} that of the negative ones' sizes, in nats, and {@code c} the smoothing. The paper's ratio,
     * {@code P / N}, has c = 0, and is told as 0 where no gap is negative, which is where the target knows a sentence best. Increases
     * with each gap. Where gaps are small beside c it is their sum, {@code (P - N) / c}; without any gap it is 0.
     *
     * <p>The paper takes the gaps where the target's first choice is another token than the text's; here all are taken, since
     * log-likelihoods alone don't tell the first choice.
     *
     * @param smoothing c, nats, above 0
     * @throws IllegalArgumentException if there is no token, the lengths differ, a value is not finite or the smoothing not positive
     * @see <a href="https://arxiv.org/abs/2601.12104">Ilić et al. 2026</a>
     */
    public static double gainsOverLosses(double[] target, double[] reference, double smoothing) {
        requirePaired(target, reference);
        if (!(smoothing > 0 && smoothing < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("smoothing is " + smoothing + "; it must be positive");
        }
        double gains = 0;
        double losses = 0;
        for (int token = 0; token < target.length; token++) {
            double gap = target[token] - reference[token];
            gains += Math.max(gap, 0);
            losses += Math.max(-gap, 0);
        }
        return Math.log((gains + smoothing) / (losses + smoothing));
    }

    /**
     * The mean gap weighted by the reference's surprisal, {@code s = sum_t w_t g_t / sum_t w_t}, {@code w_t = max(0, -ll_R,t)}, in
     * nats: tokens that anybody could have foreseen tell little of who was trained on them. 0 if the reference is surprised by none.
     * A statistic of this project's, after the finding of the papers that membership shows at hard tokens.
     *
     * @throws IllegalArgumentException if there is no token, the lengths differ or a value is not finite
     * @see <a href="https://arxiv.org/abs/2601.20885">Jawad et al. 2026, of hard tokens</a>
     */
    public static double surprisalWeighted(double[] target, double[] reference) {
        requirePaired(target, reference);
        double weights = 0;
        double weighted = 0;
        for (int token = 0; token < target.length; token++) {
            double weight = Math.max(0, -reference[token]);
            weights += weight;
            weighted += weight * (target[token] - reference[token]);
        }
        return weights > 0 ? weighted / weights : 0;
    }

    /**
     * The votes of windows: the share, in [0, 1], of windows of consecutive tokens in whose sum the target finds the text likelier
     * than the reference does, strictly; the mean of that share over several lengths of window. A window longer than the sentence is
     * the sentence. Many sentences tie. {@code O(tokens * lengths)}.
     *
     * @param lengths of the windows in tokens, each at least 1
     * @throws IllegalArgumentException if there is no token or length, the numbers of tokens differ, a value is not finite or a length
     *                                  below 1
     * @see <a href="https://arxiv.org/abs/2601.02751">Chen et al. 2026</a>
     */
    public static double windowVotes(double[] target, double[] reference, int... lengths) {
        requirePaired(target, reference);
        Arguments.requireAtLeast("window lengths", lengths.length, 1);
        double[] gainedBefore = new double[target.length + 1]; // a window's sum is a difference of two
        double sizes = 0;
        for (int token = 0; token < target.length; token++) {
            double gap = target[token] - reference[token];
            gainedBefore[token + 1] = gainedBefore[token] + gap;
            sizes += Math.abs(gap);
        }
        double rounding = ROUNDING * sizes;
        double shares = 0;
        for (int length : lengths) {
            if (length < 1) {
                throw new IllegalArgumentException("window length is " + length + "; it must be at least 1");
            }
            int window = Math.min(length, target.length);
            int windows = target.length - window + 1;
            int votes = 0;
            for (int first = 0; first < windows; first++) {
                votes += gainedBefore[first + window] - gainedBefore[first] > rounding ? 1 : 0;
            }
            shares += (double) votes / windows;
        }
        return shares / lengths.length;
    }

    private static void requirePaired(double[] target, double[] reference) {
        Arguments.requireSameLength("token log-likelihoods of the target", target.length, "of the reference", reference.length);
        Arguments.requireScores("target token", target);
        Arguments.requireFinite("reference token", reference);
    }
}
