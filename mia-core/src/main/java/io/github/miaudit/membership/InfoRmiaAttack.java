package io.github.miaudit.membership;

import com.google.auto.service.AutoService;
import io.github.miaudit.data.Population;
import io.github.miaudit.likelihood.LogLikelihood;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelScores;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.metrics.MembershipStatistic;

/**
 * InfoRMIA: how much more the target knows of a sentence than of the non-members. {@code s = log r(x) - E log r(z)} with
 * r, p and a as for {@link RmiaAttack} and the mean over the audit's non-members z weighted by p(z); see
 * {@link MembershipStatistic#infoRmia}. Needs a reference with the target's tokenizer. For masked models validated by this project's
 * benchmark alone.
 *
 * <p>The mean is the same number for every sentence, so that it gives no set an advantage and changes no rank: with a = 1 and one
 * reference, both by default, the attack ranks as {@link LikelihoodRatioAttack} does by the same rule, as the authors' own attack on
 * sequences does. What it adds is a scale on which 0 is what non-members have, no ties, unlike RMIA, and {@link #tokenScores}.
 *
 * <p>Source: Tao and Shokri 2025, arXiv 2510.05582.
 */
public final class InfoRmiaAttack extends ReferenceAttack<InfoRmiaAttack> {

    private static final InfoRmiaAttack DEFAULTS = new InfoRmiaAttack(LogLikelihood.mean(MaskingRule.withinWordLeftToRight()), 1);

    private final double offlineWeight;

    private InfoRmiaAttack(LogLikelihood logLikelihood, double offlineWeight) {
        super(logLikelihood, 1);
        this.offlineWeight = offlineWeight;
    }

    /** The attack by the within-word left-to-right rule, a = 1. */
    public static InfoRmiaAttack withDefaults() {
        return DEFAULTS;
    }

    /**
     * The attack with another a; tune it on data that are not evaluated.
     *
     * @param other in [0, 1]
     * @throws IllegalArgumentException if it is not in [0, 1]
     */
    public InfoRmiaAttack withOfflineWeight(double other) {
        if (!(other >= 0 && other <= 1)) {
            throw new IllegalArgumentException("offline weight is " + other + "; it must be in [0, 1]");
        }
        return new InfoRmiaAttack(logLikelihood, other);
    }

    @Override
    InfoRmiaAttack with(LogLikelihood other) {
        return new InfoRmiaAttack(other, offlineWeight);
    }

    @Override
    public String name() {
        return "informia";
    }

    @Override
    public String definition() {
        return "s = log r(x) - mean of log r(z) over non-members z weighted by p(z), r = P_T / p, a = " + offlineWeight
                + "; P = exp of the " + logLikelihood.label();
    }

    @Override
    public double[] membershipScores(ScoreTable table, Population population) {
        return MembershipStatistic.infoRmia(logLikelihood.of(table.target(), population), ofReferences(table, population),
                logLikelihood.of(table.target(), Population.NON_MEMBERS), ofReferences(table, Population.NON_MEMBERS), offlineWeight);
    }

    /**
     * Where in a sentence the target knows more than the references: {@code log r} of each scored token, in nats, in the order of
     * {@link SequenceScore#logLikelihoods()}. The paper adds to each token how much the target's whole distribution at its place
     * diverges from the references', which needs all the vocabulary's log-likelihoods; these are not kept, so that a place at which the
     * target is generally surer scores higher here than there.
     *
     * <p>No text is told, but whoever has the models can find the text from such numbers: keep them as secret as it.
     *
     * @param table      scores by this attack's rule
     * @param population the sentence's set
     * @param row        the sentence's row in it
     * @return one number a scored token
     * @throws io.github.miaudit.io.AuditException if a reference did not score the tokens that the target did
     */
    public double[] tokenScores(ScoreTable table, Population population, int row) {
        SequenceScore target = scores(table.target(), population, row);
        double[][] references = table.references().stream()
                .map(model -> PairedTokens.ofReference(name(), target, scores(model, population, row), model)).toArray(double[][]::new);
        return MembershipStatistic.informationGains(target.logLikelihoods(), references, offlineWeight);
    }

    private SequenceScore scores(ModelScores model, Population population, int row) {
        return model.scores(logLikelihood.rule(), population).get(row);
    }

    /** The attack by its name, for {@link java.util.ServiceLoader}. */
    @AutoService(NamedAttack.class)
    public static final class ByName extends NamedAttack {
        public ByName() {
            super("informia", settings -> DEFAULTS.withRule(settings.logLikelihood().rule()));
        }
    }
}
