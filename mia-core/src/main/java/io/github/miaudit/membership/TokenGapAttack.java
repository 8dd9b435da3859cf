package io.github.miaudit.membership;

import io.github.miaudit.data.Population;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ScoreTable;
import java.util.List;
import java.util.Set;

/**
 * An attack on how much likelier the target finds each token of a sentence than a reference does. Of several references the mean of a
 * token's log-likelihoods is taken. They must have the target's tokenizer, or tokens would not pair. By rules that score a token
 * several times each scoring counts as a token.
 *
 * @param <A> the attack itself, which copies are of
 */
abstract class TokenGapAttack<A> implements MembershipAttack {

    final MaskingRule rule;

    TokenGapAttack(MaskingRule rule) {
        this.rule = rule;
    }

    /** The attack on another rule's log-likelihoods. */
    public abstract A withRule(MaskingRule other);

    @Override
    public final Set<MaskingRule> targetRules() {
        return Set.of(rule);
    }

    @Override
    public final Set<MaskingRule> referenceRules() {
        return targetRules();
    }

    @Override
    public final void requireApplicable(ModelIdentity target, List<ModelIdentity> references) {
        PairedTokens.requireApplicable(name(), 1, target, references);
    }

    /**
     * {@inheritDoc}
     *
     * @throws io.github.miaudit.io.AuditException if a reference did not score the tokens of a sentence that the target did
     */
    @Override
    public final double[] membershipScores(ScoreTable table, Population population) {
        double[] scores = new double[table.rows(population).size()];
        for (int row = 0; row < scores.length; row++) {
            PairedTokens tokens = PairedTokens.of(name(), table, rule, population, row);
            scores[row] = score(tokens.target(), tokens.reference());
        }
        return scores;
    }

    /** The membership score of one sentence, from its tokens' log-likelihoods by the target and by the references. */
    abstract double score(double[] target, double[] reference);
}
