package io.github.miaudit.membership;

import io.github.miaudit.data.Population;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.LogLikelihood;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.Reduction;
import io.github.miaudit.likelihood.ScoreTable;
import java.util.List;
import java.util.Set;

/**
 * An attack that compares the target's log-likelihoods with those of references.
 *
 * @param <A> the attack itself, which copies are of
 */
abstract class ReferenceAttack<A> extends LogLikelihoodAttack<A> {

    private final int fewestReferences;

    ReferenceAttack(LogLikelihood logLikelihood, int fewestReferences) {
        super(logLikelihood);
        this.fewestReferences = fewestReferences;
    }

    @Override
    public final Set<MaskingRule> referenceRules() {
        return targetRules();
    }

    @Override
    public final void requireApplicable(ModelIdentity target, List<ModelIdentity> references) {
        if (references.size() < fewestReferences) {
            throw new AuditException("attack " + name() + " takes at least " + fewestReferences + " reference model"
                    + (fewestReferences == 1 ? "" : "s") + ", not " + references.size() + "; give more, or choose the loss attack alone");
        }
        for (ModelIdentity reference : references) {
            if (logLikelihood.reduction() == Reduction.MEAN && !reference.tokenizerDigest().equals(target.tokenizerDigest())) {
                throw new AuditException("target " + target.name() + " and reference " + reference.name()
                        + " have different tokenizers, so a mean per token does not compare the same string; choose the reduction "
                        + Reduction.SUM.label() + " or " + Reduction.PER_CHARACTER.label());
            }
        }
    }

    /** One array a reference. */
    final double[][] ofReferences(ScoreTable table, Population population) {
        return table.references().stream().map(reference -> logLikelihood.of(reference, population)).toArray(double[][]::new);
    }
}
