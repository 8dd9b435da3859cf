package io.github.miaudit.membership;

import com.google.auto.service.AutoService;
import io.github.miaudit.data.Population;
import io.github.miaudit.likelihood.LogLikelihood;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.metrics.MembershipStatistic;

/**
 * Offline RMIA: how many non-members a sentence dominates. {@code s} is the share of the non-members z
 * with {@code r(x) / r(z) >= gamma}, where {@code r(x) = P_T(x) / p(x)},
 * {@code p(x) = (1 + a)/2 mean_k P_Rk(x) + (1 - a)/2}, and P is the exponential of the mean log-likelihood of a token;
 * see {@link MembershipStatistic#rmia}. Needs a reference with the target's tokenizer. For masked models validated by
 * this project's benchmark alone.
 *
 * <p>The z are all non-members of the audit. That gives none of them an advantage: s is the same non-decreasing
 * function of r(x) for every sentence, so it ranks as r(x) does, but for ties of sentences between the same two
 * z. In particular sentences above all non-members tie with the highest, so without a single false positive none is
 * found. By default by the within-word left-to-right rule, a = 1 and gamma = 1: then, with one reference, it ranks like
 * {@link LikelihoodRatioAttack}.
 *
 * <p>Source: Zarifzadeh et al. 2024, arXiv 2312.03262.
 */
public final class RmiaAttack extends ReferenceAttack<RmiaAttack> {

    private static final RmiaAttack DEFAULTS = new RmiaAttack(LogLikelihood.mean(MaskingRule.withinWordLeftToRight()), 1, 1);

    private final double offlineWeight;
    private final double gamma;

    private RmiaAttack(LogLikelihood logLikelihood, double offlineWeight, double gamma) {
        super(logLikelihood, 1);
        this.offlineWeight = offlineWeight;
        this.gamma = gamma;
    }

    /** The attack by the within-word left-to-right rule, a = 1, gamma = 1. */
    public static RmiaAttack withDefaults() {
        return DEFAULTS;
    }

    /**
     * The attack with another a; tune it on data that are not evaluated.
     *
     * @param other in [0, 1]
     * @throws IllegalArgumentException if it is not in [0, 1]
     */
    public RmiaAttack withOfflineWeight(double other) {
        if (!(other >= 0 && other <= 1)) {
            throw new IllegalArgumentException("offline weight is " + other + "; it must be in [0, 1]");
        }
        return new RmiaAttack(logLikelihood, other, gamma);
    }

    /**
     * The attack with another gamma.
     *
     * @param other above 0
     * @throws IllegalArgumentException if it is not positive and finite
     */
    public RmiaAttack withGamma(double other) {
        if (!(other > 0 && other < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("gamma is " + other + "; it must be positive");
        }
        return new RmiaAttack(logLikelihood, offlineWeight, other);
    }

    @Override
    RmiaAttack with(LogLikelihood other) {
        return new RmiaAttack(other, offlineWeight, gamma);
    }

    @Override
    public String name() {
        return "rmia";
    }

    @Override
    public String definition() {
        return "s = share of non-members z with r(x) / r(z) >= " + gamma + ", r = P_T / p, a = " + offlineWeight + "; P = exp of the "
                + logLikelihood.label();
    }

    @Override
    public double[] membershipScores(ScoreTable table, Population population) {
        return MembershipStatistic.rmia(logLikelihood.of(table.target(), population), ofReferences(table, population),
                logLikelihood.of(table.target(), Population.NON_MEMBERS), ofReferences(table, Population.NON_MEMBERS), offlineWeight,
                gamma);
    }

    /** The attack by its name, for {@link java.util.ServiceLoader}. */
    @AutoService(NamedAttack.class)
    public static final class ByName extends NamedAttack {
        public ByName() {
            super("rmia", settings -> DEFAULTS.withRule(settings.logLikelihood().rule()));
        }
    }
}
