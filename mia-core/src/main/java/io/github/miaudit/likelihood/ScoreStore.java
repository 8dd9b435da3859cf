package io.github.miaudit.likelihood;

import io.github.miaudit.data.Sample;
import io.github.miaudit.io.AuditException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps scores, so that no sentence is scored twice by the same model and rule, today or after a crash. A score is found by all
 * that determines it: the sentence's text, the model's and tokenizer's digests, precision, length policy, and the rule with its
 * parameters. Not by a sentence's id, nor by a model's name.
 *
 * <p>Several threads and processes may share a store: what one has claimed, another is not given to score until it is stored
 * or its claimant is gone.
 */
public interface ScoreStore extends AutoCloseable {

    /**
     * Looks scores up.
     *
     * @param model   that scored
     * @param rule    by which it did
     * @param samples sentences
     * @return for each sentence its score under its own id, or empty if there is none
     * @throws AuditException if the store can't be read
     */
    List<Optional<SequenceScore>> find(ModelIdentity model, MaskingRule rule, List<Sample> samples);

    /**
     * Claims sentences to score now. Claims end when the scores are added or the store is closed.
     *
     * @param model   that will score
     * @param samples sentences of different texts
     * @return those that nobody else has claimed, in order
     * @throws AuditException if the store can't be written
     */
    List<Sample> claim(ModelIdentity model, List<Sample> samples);

    /**
     * Adds scores, all of them or none, and ends the claims of their sentences.
     *
     * @param model   that scored
     * @param samples the sentences
     * @param scores  for each rule one score a sentence, in the same order
     * @throws AuditException if the store can't be written
     */
    void add(ModelIdentity model, List<Sample> samples, Map<MaskingRule, List<SequenceScore>> scores);

    /** Ends this store's claims; never throws a checked exception. */
    @Override
    void close();
}
