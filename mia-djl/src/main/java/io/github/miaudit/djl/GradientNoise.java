package io.github.miaudit.djl;

/**
 * How a training is made noisy, after DP-SGD (Abadi et al. 2016, arXiv 1607.00133, algorithm 1). For each update the gradient of each
 * sentence's own loss {@code l_i}, the mean over its targets in nats, is taken alone; one that is longer than {@code C}, as Euclidean norm
 * over all weights, is shortened to {@code C}; noise is added to their sum; and what the optimiser gets is
 *
 * <pre>{@code (sum over sentences of g_i min(1, C / |g_i|) + N(0, (s C)²)) / L}</pre>
 *
 * with independent noise for each weight, of standard deviation multiplier {@code s} times {@code C}, and {@code L} sentences expected in
 * an update: all sentences over updates an epoch. So sentences weigh the same here whatever their length, where without noise tokens do.
 * Windows of a sentence that is longer than the model are sentences here.
 *
 * <p><b>It is no promise of privacy.</b> It makes a model remember less, as DP-SGD does, but no epsilon may be told of it: nothing accounts
 * for what the updates tell together; updates are no Poisson samples, since each epoch passes once over all sentences; what is bounded is
 * a sentence, so that a patient of many sentences is bounded by no more than their number times that; and whoever knows the seed, which the
 * training's record has, can take the noise away again.
 *
 * @param sentenceNorm {@code C}, in nats by weight
 * @param multiplier   {@code s}; with 0 gradients are shortened and nothing is added
 */
public record GradientNoise(double sentenceNorm, double multiplier) {

    /** Throws an {@link IllegalArgumentException} if the norm is not positive, the multiplier negative, or one not finite. */
    public GradientNoise {
        Arguments.requirePositive("sentence norm", sentenceNorm);
        if (!(multiplier >= 0 && multiplier < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("noise multiplier is " + multiplier + "; it must be at least 0");
        }
    }

    /** The noise's standard deviation, of the sum over an update's sentences. */
    double deviation() {
        return multiplier * sentenceNorm;
    }
}
