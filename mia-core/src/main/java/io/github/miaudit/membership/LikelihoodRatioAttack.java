package io.github.miaudit.membership;

import com.google.auto.service.AutoService;
import io.github.miaudit.data.Population;
import io.github.miaudit.likelihood.LogLikelihood;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.Reduction;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.metrics.MembershipStatistic;

/**
 * The likelihood-ratio attack: what the target finds likelier than a reference that never saw the sentence was in
 * its training data. {@code s = ll_T - ll_R}, the difference of reduced log-likelihoods, in nats per unit. By
 * default {@code ll} is the mean over tokens of the within-word left-to-right pseudo-log-likelihood. Of several
 * references the {@link ReferenceMean} is taken.
 *
 * <p>Across different tokenizers the mean per token divides the two likelihoods by different counts, so it is
 * refused there; {@link Reduction#SUM}, {@link Reduction#PER_CHARACTER} and {@link Reduction#PER_WORD} compare the
 * same string.
 *
 * <p>Source: Mireshghallah et al. 2022, arXiv 2203.03929; their L is {@code -s}.
 */
public final class LikelihoodRatioAttack extends ReferenceAttack<LikelihoodRatioAttack> {

    private static final LikelihoodRatioAttack DEFAULTS = new LikelihoodRatioAttack(LogLikelihood.mean(MaskingRule.withinWordLeftToRight()),
            ReferenceMean.ARITHMETIC);

    private final ReferenceMean mean;

    private LikelihoodRatioAttack(LogLikelihood logLikelihood, ReferenceMean mean) {
        super(logLikelihood, 1);
        this.mean = mean;
    }

    /** The attack on the within-word left-to-right mean. */
    public static LikelihoodRatioAttack withDefaults() {
        return DEFAULTS;
    }

    /** The attack with another reduction. */
    public LikelihoodRatioAttack withReduction(Reduction other) {
        return with(logLikelihood.withReduction(other));
    }

    /** The attack with another mean over several references. */
    public LikelihoodRatioAttack withReferenceMean(ReferenceMean other) {
        return new LikelihoodRatioAttack(logLikelihood, other);
    }

    @Override
    LikelihoodRatioAttack with(LogLikelihood other) {
        return new LikelihoodRatioAttack(other, mean);
    }

    @Override
    public String name() {
        return "likelihood-ratio";
    }

    @Override
    public String definition() {
        return "s = ll_T - " + mean.formula() + "; ll = " + logLikelihood.label();
    }

    @Override
    public double[] membershipScores(ScoreTable table, Population population) {
        return MembershipStatistic.likelihoodRatio(logLikelihood.of(table.target(), population), mean.of(ofReferences(table, population)));
    }

    /** The attack by its name, for {@link java.util.ServiceLoader}. */
    @AutoService(NamedAttack.class)
    public static final class ByName extends NamedAttack {
        public ByName() {
            super("likelihood-ratio", settings -> DEFAULTS.with(settings.logLikelihood()));
        }
    }
}
