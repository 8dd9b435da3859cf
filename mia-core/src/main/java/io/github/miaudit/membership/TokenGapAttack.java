package io.github.miaudit.membership;

import io.github.miaudit.data.Population;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ModelScores;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.likelihood.SequenceScore;
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
        if (references.isEmpty()) {
            throw new AuditException("attack " + name() + " takes at least 1 reference model, not 0; give one, or leave the attack out");
        }
        for (ModelIdentity reference : references) {
            if (!reference.tokenizerDigest().equals(target.tokenizerDigest())) {
                throw new AuditException("target " + target.name() + " and reference " + reference.name()
                        + " have different tokenizers, so attack " + name() + " finds no tokens to compare; give a reference with the"
                        + " target's tokenizer, or leave the attack out");
            }
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws AuditException if a reference did not score the tokens of a sentence that the target did
     */
    @Override
    public final double[] membershipScores(ScoreTable table, Population population) {
        List<SequenceScore> target = table.target().scores(rule, population);
        List<List<SequenceScore>> references = table.references().stream().map(reference -> reference.scores(rule, population)).toList();
        double[] scores = new double[target.size()];
        for (int row = 0; row < scores.length; row++) {
            SequenceScore sentence = target.get(row);
            scores[row] = score(sentence.logLikelihoods(), ofReferences(sentence, references, row, table.references()));
        }
        return scores;
    }

    /** The membership score of one sentence, from its tokens' log-likelihoods by the target and by the references. */
    abstract double score(double[] target, double[] reference);

    private double[] ofReferences(SequenceScore target, List<List<SequenceScore>> references, int row, List<ModelScores> models) {
        double[] mean = logLikelihoods(target, references.get(0).get(row), models.get(0));
        for (int index = 1; index < references.size(); index++) {
            double[] more = logLikelihoods(target, references.get(index).get(row), models.get(index));
            for (int token = 0; token < mean.length; token++) {
                mean[token] += (more[token] - mean[token]) / (index + 1);
            }
        }
        return mean;
    }

    private double[] logLikelihoods(SequenceScore target, SequenceScore reference, ModelScores model) {
        if (!target.hasTokensOf(reference)) {
            throw new AuditException("attack " + name() + ": reference " + model.model().name() + " scored other tokens of sentence "
                    + target.id() + " than the target did, perhaps since one of them cut it; leave the sentence out, or have both models"
                    + " score long sentences in windows");
        }
        return reference.logLikelihoods();
    }
}
