package io.github.miaudit.evaluation;

import io.github.miaudit.data.Population;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ModelScores;
import io.github.miaudit.likelihood.SequenceScore;
import java.util.EnumMap;
import java.util.Map;

/**
 * How well a model's tokenizer fits the data, and what became of the sentences. A likelihood ratio across tokenizers
 * is only as good as both vocabularies.
 *
 * @param role             of the model in the audit
 * @param model            the model
 * @param sentences        how many have which status; those that none has are absent
 * @param unknownTokenRate unknown tokens among all content tokens, in [0, 1]; 0 if there is no token
 * @param tokensPerWord    content tokens a word (separated by white space); 0 if there is no word
 * @param specialLiterals  sentences in whose text a special token was read as one
 */
public record ModelSummary(Role role, ModelIdentity model, Map<SequenceScore.Status, Long> sentences, double unknownTokenRate,
        double tokensPerWord,
        long specialLiterals) {

    /** What a model is in an audit. */
    public enum Role {
        /** The audited model. */
        TARGET,
        /** A model made like the target that never saw the members. */
        CONTROL,
        /** A model that tells how likely a sentence is at all. */
        REFERENCE
    }

    /** Copies the map. */
    public ModelSummary {
        sentences = Map.copyOf(sentences);
    }

    /**
     * Summarises a model's scores.
     *
     * @param role   of the model
     * @param scores by at least one rule
     * @return the summary over all populations
     */
    public static ModelSummary of(Role role, ModelScores scores) {
        MaskingRule rule = scores.mainRule();
        Map<SequenceScore.Status, Long> statuses = new EnumMap<>(SequenceScore.Status.class);
        long tokens = 0;
        long unknown = 0;
        long words = 0;
        long specialLiterals = 0;
        for (Population population : Population.values()) {
            for (SequenceScore score : scores.scores(rule, population)) {
                statuses.merge(score.status(), 1L, Long::sum);
                if (score.status().isScored()) {
                    tokens += score.tokenCount();
                    unknown += score.unknownCount();
                    words += score.measures().words();
                    specialLiterals += score.hasSpecialLiteral() ? 1 : 0;
                }
            }
        }
        return new ModelSummary(role, scores.model(), statuses, tokens == 0 ? 0 : unknown / (double) tokens,
                words == 0 ? 0 : tokens / (double) words, specialLiterals);
    }
}
