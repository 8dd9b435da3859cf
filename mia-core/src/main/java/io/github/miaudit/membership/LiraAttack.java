package io.github.miaudit.membership;

import com.google.auto.service.AutoService;
import io.github.miaudit.likelihood.LogLikelihood;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.metrics.LiraVariance;
import io.github.miaudit.metrics.MembershipStatistic;
import java.util.List;
import java.util.Optional;

/**
 * Offline LiRA: how unusually likely the target finds a sentence among references that did not see it.
 * {@code s = (ll_T - mu) / sigma} with the references' mean and spread of {@code ll}; see
 * {@link MembershipStatistic#offlineLira}. At least 2 references, better 8 or more. By default {@code ll} is the mean
 * over tokens of the within-word left-to-right pseudo-log-likelihood, and the spread is pooled over all sentences of
 * the audit, as the paper advises below 64 references. Published for masked models is the case of one reference, where
 * there is no spread to divide by: {@link LikelihoodRatioAttack}.
 *
 * <p>Source: Carlini et al. 2022, arXiv 2112.03570.
 */
public final class LiraAttack extends ShadowAttack<LiraAttack> {

    private static final LiraAttack DEFAULTS = new LiraAttack(Optional.empty(), LogLikelihood.mean(MaskingRule.withinWordLeftToRight()),
            LiraVariance.POOLED);

    private final Optional<OnlineLiraAttack.Training> trainedOn;

    private LiraAttack(Optional<OnlineLiraAttack.Training> trainedOn, LogLikelihood logLikelihood, LiraVariance variance) {
        super(logLikelihood, 2, variance);
        this.trainedOn = trainedOn;
    }

    /** The attack on the within-word left-to-right mean, pooled spread. */
    public static LiraAttack withDefaults() {
        return DEFAULTS;
    }

    /**
     * The attack with references that saw some of the sentences, as shadow models do: each sentence is compared with
     * those that did not see it, at least 2.
     *
     * @param training which references saw which sentences
     */
    public LiraAttack withReferencesTrainedOn(OnlineLiraAttack.Training training) {
        return new LiraAttack(Optional.of(training), logLikelihood, variance);
    }

    @Override
    LiraAttack with(LogLikelihood otherLogLikelihood, LiraVariance otherVariance) {
        return new LiraAttack(trainedOn, otherLogLikelihood, otherVariance);
    }

    @Override
    public String name() {
        return "lira";
    }

    @Override
    public String definition() {
        return "s = (ll_T - mean_k ll_Rk) / sigma, " + sigma()
                + (trainedOn.isPresent() ? ", over the references that did not see the sentence" : "") + "; ll = " + logLikelihood.label();
    }

    @Override
    List<ShadowSide> sides() {
        return List.of(ShadowSide.unseen(trainedOn.orElse((reference, population, id) -> false)));
    }

    @Override
    double[] statistic(double[] target, double[][] references, ScoreTable table) {
        return trainedOn.map(training -> MembershipStatistic.offlineLira(target, references, saw(table, training), variance))
                .orElseGet(() -> MembershipStatistic.offlineLira(target, references, variance));
    }

    /** The attack by its name, for {@link java.util.ServiceLoader}. */
    @AutoService(NamedAttack.class)
    public static final class ByName extends NamedAttack {
        public ByName() {
            super("lira", "at least 2 references", settings -> DEFAULTS.with(settings.logLikelihood()));
        }
    }
}
