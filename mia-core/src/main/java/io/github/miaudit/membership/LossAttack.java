package io.github.miaudit.membership;

import com.google.auto.service.AutoService;
import io.github.miaudit.data.Population;
import io.github.miaudit.likelihood.LogLikelihood;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.Reduction;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.metrics.MembershipStatistic;

/**
 * The loss attack: what the target finds likely was in its training data. {@code s = ll_T}, the target's reduced
 * log-likelihood (the negative of its loss), in nats per unit. Needs no reference, so it mistakes easy sentences
 * for members. By default {@code ll_T} is the mean over tokens of the maskless log-likelihood, the loss that the
 * predecessor meant to attack.
 *
 * <p>Source: Yeom et al. 2018, "Privacy Risk in Machine Learning", CSF.
 */
public final class LossAttack extends LogLikelihoodAttack<LossAttack> {

    private static final LossAttack DEFAULTS = new LossAttack(LogLikelihood.mean(MaskingRule.maskless()));

    private LossAttack(LogLikelihood logLikelihood) {
        super(logLikelihood);
    }

    /** The attack on the maskless mean. */
    public static LossAttack withDefaults() {
        return DEFAULTS;
    }

    /** The attack with another reduction. */
    public LossAttack withReduction(Reduction other) {
        return with(logLikelihood.withReduction(other));
    }

    @Override
    LossAttack with(LogLikelihood other) {
        return new LossAttack(other);
    }

    @Override
    public String name() {
        return "loss";
    }

    @Override
    public String definition() {
        return "s = ll_T; ll = " + logLikelihood.label();
    }

    @Override
    public double[] membershipScores(ScoreTable table, Population population) {
        return MembershipStatistic.loss(logLikelihood.of(table.target(), population));
    }

    /** The attack by its name, for {@link java.util.ServiceLoader}. */
    @AutoService(NamedAttack.class)
    public static final class ByName extends NamedAttack {
        public ByName() {
            super("loss", settings -> DEFAULTS.withReduction(settings.logLikelihood().reduction()));
        }
    }
}
