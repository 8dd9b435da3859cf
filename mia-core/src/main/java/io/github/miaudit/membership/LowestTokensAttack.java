package io.github.miaudit.membership;

import io.github.miaudit.data.Population;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.metrics.MembershipStatistic;
import java.util.Set;

/**
 * An attack on a sentence's least likely tokens.
 *
 * @param <A> the attack itself, which copies are of
 */
abstract sealed class LowestTokensAttack<A> implements MembershipAttack permits MinKAttack, MinKPlusPlusAttack {

    final MaskingRule rule;
    final double share;

    LowestTokensAttack(MaskingRule rule, double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("share is " + share + "; it must be in (0, 1]");
        }
        this.rule = rule;
        this.share = share;
    }

    /** The attack on another rule's log-likelihoods. */
    public final A withRule(MaskingRule other) {
        return with(other, share);
    }

    /**
     * The attack on another share of the tokens.
     *
     * @param other in (0, 1]
     * @throws IllegalArgumentException if it is not in (0, 1]
     */
    public final A withShare(double other) {
        return with(rule, other);
    }

    abstract A with(MaskingRule otherRule, double otherShare);

    @Override
    public final Set<MaskingRule> targetRules() {
        return Set.of(rule);
    }

    @Override
    public final double[] membershipScores(ScoreTable table, Population population) {
        return table.target().scores(rule, population).stream().mapToDouble(score -> MembershipStatistic.lowestMean(tokens(score), share))
                .toArray();
    }

    /** What the tokens are ranked by. */
    abstract double[] tokens(SequenceScore score);
}
