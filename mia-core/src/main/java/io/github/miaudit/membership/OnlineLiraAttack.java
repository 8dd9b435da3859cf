package io.github.miaudit.membership;

import io.github.miaudit.data.Population;
import io.github.miaudit.likelihood.LogLikelihood;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.metrics.LiraVariance;
import io.github.miaudit.metrics.MembershipStatistic;
import java.util.List;

/**
 * Online LiRA, experimental, for whoever has references that were trained with each sentence too:
 * {@code s = log N(ll_T; mu_in, sigma_in²) - log N(ll_T; mu_out, sigma_out²)}, with mean and spread over the references
 * that saw the sentence and those that did not, at least 2 of each; see {@link MembershipStatistic#onlineLira}. By
 * default {@code ll} is the mean over tokens of the within-word left-to-right pseudo-log-likelihood, and the spread is
 * pooled over all sentences of the audit. Published for images and causal models; for masked ones there is no published
 * validation.
 *
 * <p>The scores rank sentences; they are no chances of a single one, for three reasons. One threshold for all sentences holds its
 * false-positive rate on average over them, not for each. Where the references are trained on halves of one finite set, they spread
 * less than models trained on fresh data would, for a mean by the factor {@code sqrt(1 - share of the set)}. And where the target is
 * one of such models and the others are its references, members have one reference less on one side, which scores show without any
 * leak: that is refused, by this attack and by {@link LiraAttack}.
 *
 * <p>Source: Carlini et al. 2022, arXiv 2112.03570; of what scores don't mean, Jälkö et al. 2026, arXiv 2605.25819.
 */
public final class OnlineLiraAttack extends ShadowAttack<OnlineLiraAttack> {

    /** Which references saw which sentences. */
    public interface Training {

        /**
         * Whether a reference saw a sentence.
         *
         * @param reference  the reference
         * @param population the sentence's set; ids are unique within it
         * @param id         the sentence's id
         * @return whether it was trained on it
         */
        boolean saw(ModelIdentity reference, Population population, String id);
    }

    private final Training trainedOn;

    private OnlineLiraAttack(Training trainedOn, LogLikelihood logLikelihood, LiraVariance variance) {
        super(logLikelihood, 4, variance);
        this.trainedOn = trainedOn;
    }

    /**
     * The attack on the within-word left-to-right mean, pooled spread.
     *
     * @param trainedOn which references saw which sentences
     */
    public static OnlineLiraAttack of(Training trainedOn) {
        return new OnlineLiraAttack(trainedOn, LogLikelihood.mean(MaskingRule.withinWordLeftToRight()), LiraVariance.POOLED);
    }

    @Override
    OnlineLiraAttack with(LogLikelihood otherLogLikelihood, LiraVariance otherVariance) {
        return new OnlineLiraAttack(trainedOn, otherLogLikelihood, otherVariance);
    }

    @Override
    public String name() {
        return "experimental-online-lira";
    }

    @Override
    public String definition() {
        return "s = log N(ll_T; in) - log N(ll_T; out), " + sigma() + "; ll = " + logLikelihood.label();
    }

    @Override
    List<Side> sides() {
        return List.of(new Side("did", trainedOn), Side.unseen(trainedOn));
    }

    @Override
    double[] statistic(double[] target, double[][] references, ScoreTable table) {
        return MembershipStatistic.onlineLira(target, references, saw(table, trainedOn), variance);
    }
}
