package io.github.miaudit.likelihood;

import io.github.miaudit.data.Sample;
import io.github.miaudit.io.AuditException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Scores sentences with one masked language model. Whoever opens a scorer closes it.
 *
 * <p>To plug in a model of another kind, implement the three methods; {@link MaskingRule#rows(TokenSequence)} says
 * what to compute. A score depends on the text, the model, the tokenizer, the rule, the precision and the length
 * policy alone: not on the other sentences of the call, their order or the batching, beyond float noise.
 *
 * <p>A scorer may be used by several threads unless it says otherwise, but not during or after {@link #close()}.
 */
public interface SequenceScorer extends AutoCloseable {

    /** Which model this is; the same at every call. */
    ModelIdentity model();

    /**
     * Scores sentences by several rules at once, so that rows which the rules share can be computed once.
     *
     * @param samples  the sentences; may be empty
     * @param rules    what to mask and score
     * @param listener is told of progress
     * @return for each rule one score a sentence, in the same order, with the same ids, none above 0 by more than rounding; a sentence
     *         without content tokens is {@link SequenceScore.Status#EMPTY}. Audits refuse a scorer most of whose scores are above 0: it
     *         may tell losses, by which members would seem the least likely
     * @throws AuditException if a sentence can't be scored (a log-likelihood that is not finite); the message names
     *                        its id. Nothing is returned for the others then
     */
    Map<MaskingRule, List<SequenceScore>> score(List<Sample> samples, Set<MaskingRule> rules, ScoringListener listener);

    /**
     * Scores sentences by one rule without reporting progress.
     *
     * @param samples the sentences; may be empty
     * @param rule    what to mask and score
     * @return one score a sentence, in the same order
     * @throws AuditException as {@link #score(List, Set, ScoringListener)}
     */
    default List<SequenceScore> score(List<Sample> samples, MaskingRule rule) {
        List<SequenceScore> scores = score(samples, Set.of(rule), ScoringListener.NONE).get(rule);
        if (scores == null) {
            throw new AuditException("model " + model().name() + " returned no scores for a rule that it was asked for");
        }
        return scores;
    }

    /**
     * Whether the model is known to have been trained on just these sentences, in this order. That no such thing is known, as by
     * default, says nothing about the model.
     *
     * @param sentences such as an audit's members
     */
    default boolean isKnownToBeTrainedOn(List<Sample> sentences) {
        return false;
    }

    /**
     * The content tokens of a sentence as they stand in its text, in order, for people to read.
     *
     * @param sample the sentence
     * @return its tokens' texts; empty, as here, if this scorer can't tell them
     */
    default Optional<List<String>> tokens(Sample sample) {
        return Optional.empty();
    }

    /**
     * The same model for {@link ModelProbe}, which asks again what it has been asked: it computes everything anew, and tells
     * {@link SequenceScore#moments()} if it can. This scorer itself, if it does so anyhow, as here; else one that is closed with it.
     */
    default SequenceScorer forProbing() {
        return this;
    }

    /**
     * The model's weights by settings that its files don't state, though they might, for {@link ModelProbe}; none, as here, if that can't
     * be
     * told. Nothing is opened yet.
     */
    default List<OtherReading> otherReadings() {
        return List.of();
    }

    /** Frees the model; never throws a checked exception. */
    @Override
    void close();
}
