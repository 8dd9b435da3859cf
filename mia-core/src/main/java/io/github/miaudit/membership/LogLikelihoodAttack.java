package io.github.miaudit.membership;

import io.github.miaudit.likelihood.LogLikelihood;
import io.github.miaudit.likelihood.MaskingRule;
import java.util.Set;

/**
 * An attack on one log-likelihood of the sentences.
 *
 * @param <A> the attack itself, which copies are of
 */
abstract class LogLikelihoodAttack<A> implements MembershipAttack {

    final LogLikelihood logLikelihood;

    LogLikelihoodAttack(LogLikelihood logLikelihood) {
        this.logLikelihood = logLikelihood;
    }

    /** The attack on another rule's log-likelihoods. */
    public final A withRule(MaskingRule other) {
        return with(logLikelihood.withRule(other));
    }

    abstract A with(LogLikelihood other);

    @Override
    public final Set<MaskingRule> targetRules() {
        return Set.of(logLikelihood.rule());
    }

    @Override
    public final boolean needsTokenScores() {
        return false;
    }
}
