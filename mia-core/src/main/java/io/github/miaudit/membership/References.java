package io.github.miaudit.membership;

import io.github.miaudit.data.Population;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.Reduction;
import io.github.miaudit.likelihood.ScoreTable;
import java.util.List;

/** What the attacks with references share. */
final class References {

    private References() {
    }

    static void requireComparable(String attack, int fewest, Reduction reduction, ModelIdentity target, List<ModelIdentity> references) {
        if (references.size() < fewest) {
            throw new AuditException("attack " + attack + " takes at least " + fewest + " reference model" + (fewest == 1 ? "" : "s") + ", not "
                    + references.size() + "; give more, or choose the loss attack alone");
        }
        for (ModelIdentity reference : references) {
            if (reduction == Reduction.MEAN && !reference.tokenizerDigest().equals(target.tokenizerDigest())) {
                throw new AuditException("target " + target.name() + " and reference " + reference.name()
                        + " have different tokenizers, so a mean per token does not compare the same string; choose the reduction "
                        + Reduction.SUM.label() + " or " + Reduction.PER_CHARACTER.label());
            }
        }
    }

    /** One array a reference. */
    static double[][] logLikelihoods(ScoreTable table, MaskingRule rule, Reduction reduction, Population population) {
        return table.references().stream().map(reference -> reduction.reduce(reference.scores(rule, population))).toArray(double[][]::new);
    }
}
