package io.github.miaudit.membership;

import com.google.auto.service.AutoService;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Rewriting;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.Casing;
import io.github.miaudit.likelihood.LogLikelihood;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.metrics.MembershipStatistic;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The lower-case ratio, experimental: how much the target minds that a sentence loses its capitals.
 * {@code s = ll_T(lower x) / ll_T(x)}, the ratio of the mean losses of a token. Needs no reference, and a tokenizer that
 * tells upper from lower case. Defined for causal models; for masked ones there is no published validation. By default
 * by the maskless rule.
 *
 * <p>Source: Carlini et al. 2021, arXiv 2012.07805.
 */
public final class LowerCaseAttack extends LogLikelihoodAttack<LowerCaseAttack> {

    private static final LowerCaseAttack DEFAULTS = new LowerCaseAttack(LogLikelihood.mean(MaskingRule.maskless()));

    private LowerCaseAttack(LogLikelihood logLikelihood) {
        super(logLikelihood);
    }

    /** The attack by the maskless rule. */
    public static LowerCaseAttack withDefaults() {
        return DEFAULTS;
    }

    @Override
    LowerCaseAttack with(LogLikelihood other) {
        return new LowerCaseAttack(other);
    }

    @Override
    public Map<Rewriting, Set<MaskingRule>> targetRewritings() {
        return Map.of(Rewriting.LOWER_CASE, targetRules());
    }

    @Override
    public String name() {
        return "experimental-lower-case";
    }

    @Override
    public String definition() {
        return "s = ll_T(lower x) / ll_T(x); ll = " + logLikelihood.label();
    }

    @Override
    public void requireApplicable(ModelIdentity target, List<ModelIdentity> references) {
        if (target.casing() == Casing.UNCASED) {
            throw new AuditException("attack " + name() + " compares a sentence with itself in lower case, but the tokenizer of target "
                    + target.name() + " makes both the same; leave the attack out");
        }
    }

    @Override
    public double[] membershipScores(ScoreTable table, Population population) {
        double[] lowerCase = table.target().rewritten(Rewriting.LOWER_CASE, logLikelihood.rule(), population).stream()
                .mapToDouble(only -> logLikelihood.reduction().reduce(only.get(0))).toArray();
        double[] asTheyStand = table.target().scores(logLikelihood.rule(), population).stream().mapToDouble(this::divisor).toArray();
        return MembershipStatistic.lowerCaseRatio(asTheyStand, lowerCase);
    }

    private double divisor(SequenceScore score) {
        double mean = logLikelihood.reduction().reduce(score);
        if (!(mean < 0)) {
            throw new AuditException("sentence " + score.id() + " has a log-likelihood of " + mean + ", by which attack " + name()
                    + " can't divide; leave the sentence or the attack out");
        }
        return mean;
    }

    /** The attack by its name, for {@link java.util.ServiceLoader}. */
    @AutoService(NamedAttack.class)
    public static final class ByName extends NamedAttack {
        public ByName() {
            super("experimental-lower-case", settings -> DEFAULTS);
        }
    }
}
