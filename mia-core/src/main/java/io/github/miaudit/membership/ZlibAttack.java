package io.github.miaudit.membership;

import io.github.miaudit.data.Population;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.Reduction;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.metrics.MembershipStatistic;
import java.util.List;
import java.util.Set;

/**
 * The zlib ratio, experimental: what the target finds likely though it does not compress. {@code s = ll_T / bytes},
 * the mean log-likelihood of a token over the length of the sentence under zlib. Needs no reference. Defined for causal
 * models; for masked ones there is no published validation. By default by the maskless rule.
 *
 * <p>Source: Carlini et al. 2021, arXiv 2012.07805.
 */
public final class ZlibAttack implements MembershipAttack {

    private static final ZlibAttack DEFAULTS = new ZlibAttack(MaskingRule.maskless());

    private final MaskingRule rule;

    private ZlibAttack(MaskingRule rule) {
        this.rule = rule;
    }

    /**
     * The attack by the maskless rule.
     *
     * @return the shared default
     */
    public static ZlibAttack withDefaults() {
        return DEFAULTS;
    }

    /**
     * The attack on another rule's log-likelihoods.
     *
     * @param other the rule
     * @return a copy
     */
    public ZlibAttack withRule(MaskingRule other) {
        return new ZlibAttack(other);
    }

    @Override
    public String name() {
        return "experimental-zlib";
    }

    @Override
    public String definition() {
        return "s = ll_T / bytes of the zlib-compressed text; ll = mean of token log-likelihoods by " + rule.label();
    }

    @Override
    public Set<MaskingRule> targetRules() {
        return Set.of(rule);
    }

    @Override
    public double[] membershipScores(ScoreTable table, Population population) {
        List<SequenceScore> scores = table.target().scores(rule, population);
        return MembershipStatistic.zlibRatio(Reduction.MEAN.reduce(scores), scores.stream().mapToInt(score -> score.measures().compressedLength()).toArray());
    }
}
