package io.github.miaudit.evaluation;

import io.github.miaudit.data.Population;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ModelScores;
import io.github.miaudit.likelihood.SequenceScore;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

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
        List<SequenceScore> all = Stream.of(Population.values()).flatMap(population -> scores.scores(rule, population).stream()).toList();
        Map<SequenceScore.Status, Long> statuses = new EnumMap<>(SequenceScore.Status.class);
        all.forEach(score -> statuses.merge(score.status(), 1L, Long::sum));
        List<SequenceScore> scored = all.stream().filter(score -> score.status().isScored()).toList();
        long tokens = scored.stream().mapToLong(SequenceScore::tokenCount).sum();
        long words = scored.stream().mapToLong(score -> score.measures().words()).sum();
        return new ModelSummary(role, scores.model(), statuses,
                tokens == 0 ? 0 : scored.stream().mapToLong(SequenceScore::unknownCount).sum() / (double) tokens,
                words == 0 ? 0 : tokens / (double) words, scored.stream().filter(SequenceScore::hasSpecialLiteral).count());
    }
}
