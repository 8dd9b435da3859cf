package io.github.miaudit.membership;

import io.github.miaudit.data.Population;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ModelScores;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.likelihood.TokenSequence;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * One sentence's tokens by the target and by the references, side by side.
 *
 * @param target     the target's log-likelihoods, nats
 * @param reference  of the same tokens the mean of the references' log-likelihoods
 * @param tokenCount how many tokens the sentence has; another number than there are log-likelihoods by rules that score a token several
 *                   times or never
 * @param status     what became of the sentence, by the target
 */
record PairedTokens(double[] target, double[] reference, int tokenCount, SequenceScore.Status status) {

    /** Fails before any scoring where an attack would find no tokens to compare. */
    static void requireApplicable(String attack, int fewest, ModelIdentity target, List<ModelIdentity> references) {
        if (references.size() < fewest) {
            throw new AuditException("attack " + attack + " takes at least " + fewest + " reference model" + (fewest == 1 ? "" : "s")
                    + ", not " + references.size() + "; give more, or leave the attack out");
        }
        for (ModelIdentity reference : references) {
            if (!reference.tokenizerDigest().equals(target.tokenizerDigest())) {
                throw new AuditException("target " + target.name() + " and reference " + reference.name()
                        + " have different tokenizers, so attack " + attack + " finds no tokens to compare; give a reference with the"
                        + " target's tokenizer, or leave the attack out");
            }
        }
    }

    /** Whether a rule scores every token of a sentence, and none twice. */
    static boolean scoresEachTokenOnce(MaskingRule rule) {
        int[] ids = IntStream.range(0, 40).toArray(); // of a sentence of twenty words of two tokens
        TokenSequence sentence = new TokenSequence("", ids, IntStream.of(ids).map(id -> id / 2).toArray(), new boolean[ids.length]);
        int[] scored = rule.rows(sentence).stream().flatMapToInt(row -> IntStream.of(row.targets())).sorted().toArray();
        return Arrays.equals(ids, scored);
    }

    /**
     * The tokens of a sentence for an attack.
     *
     * @throws AuditException if a reference did not score the tokens that the target did
     */
    static PairedTokens of(String attack, ScoreTable table, MaskingRule rule, Population population, int row) {
        SequenceScore target = table.target().scores(rule, population).get(row);
        double[] mean = null;
        for (int index = 0; index < table.references().size(); index++) {
            ModelScores model = table.references().get(index);
            double[] more = ofReference(attack, target, model.scores(rule, population).get(row), model);
            mean = mean == null ? more : mean;
            for (int token = 0; token < mean.length; token++) {
                mean[token] += (more[token] - mean[token]) / (index + 1);
            }
        }
        return new PairedTokens(target.logLikelihoods(), Objects.requireNonNull(mean, "an attack without references"), target.tokenCount(),
                target.status());
    }

    /**
     * What a reference says of the tokens that the target scored.
     *
     * @throws AuditException if it did not score these
     */
    static double[] ofReference(String attack, SequenceScore target, SequenceScore reference, ModelScores model) {
        if (!target.hasTokensOf(reference)) {
            throw new AuditException("attack " + attack + ": reference " + model.model().name() + " scored other tokens of sentence "
                    + target.id() + " than the target did, perhaps since one of them cut it; leave the sentence out, or have both models"
                    + " score long sentences in windows");
        }
        return reference.logLikelihoods();
    }

    /** How much likelier the target finds each token than the references do. */
    double[] gaps() {
        double[] gaps = new double[target.length];
        for (int token = 0; token < gaps.length; token++) {
            gaps[token] = target[token] - reference[token];
        }
        return gaps;
    }

    /** The same with one log-likelihood of every token in the place of the target's. */
    PairedTokens withTarget(double logLikelihood) {
        double[] same = new double[target.length];
        Arrays.fill(same, logLikelihood);
        return new PairedTokens(same, reference, tokenCount, status);
    }
}
