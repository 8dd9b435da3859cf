/**
 * From sentences and a model to token log-likelihoods: masking rules plan which tokens are hidden and scored, a scorer computes
 * them, and scores keep every token's log-likelihood in nats (higher = likelier), so that reductions and attacks are arithmetic
 * afterwards.
 *
 * <pre>{@code
 * static double[] means(SequenceScorer scorer, AttackDataset data) {
 *     MaskingRule rule = MaskingRule.withinWordLeftToRight();
 *     ModelScores scores = ModelScores.of(scorer, data, Set.of(rule), progress -> System.out.println(progress.sentencesDone()));
 *     ScoreSummaryFile.write(Path.of("scores.csv"), ScoreTable.of(data, scores, List.of()));
 *     SequenceScore first = scores.scores(rule, Population.MEMBERS).get(0);
 *     System.out.println(first.tokenCount() + " tokens: " + Arrays.toString(first.logLikelihoods()));
 *     return new LogLikelihood(rule, Reduction.MEAN).of(scores, Population.MEMBERS); // nats a token, higher = likelier
 * }
 * }</pre>
 *
 * <p>To add a rule, implement {@link io.github.miaudit.likelihood.MaskingRule} and list it in a
 * {@link io.github.miaudit.likelihood.NamedRules}. To score models of another kind, implement
 * {@link io.github.miaudit.likelihood.SequenceScorer}; its contract is {@code SequenceScorerContract} in the tests.
 *
 * <p>Rules plan {@link MaskedRow}s of a {@link TokenSequence}; those with parameters are {@link EnergyRule},
 * {@link PartitionRule} and {@link ProgressiveRule}. A scorer says which model it is by a {@link ModelIdentity} with its
 * {@link Casing} and {@link LengthPolicy}, and can say by a {@link ScoringPlan} what scoring will take. {@link ProgressCounter}
 * counts for its {@link ScoringListener}, who is told a {@link ScoringProgress}. A {@link StoredScorer} asks a
 * {@link ScoreStore} first, and stops where nothing is lost by a {@link Cancellation} ({@link ScoringCancelledException}).
 * A {@link ScoreFile} keeps each {@link ScoredSentence}, with {@link TextMeasures} of the text, and a {@link ScoreManifest} says who made
 * it; {@link StoredScores} finds such files and reads them as a table of {@link ScoredSentences}, a {@link ScoreColumn} each model and
 * rule, in little memory; {@link TokenFrequencies}, or their {@link TokenSpread} alone, are what stays of tokens that are not kept, once a
 * {@link TokenCounter} has counted them. {@link ScoringInParts} writes them of a dataset that memory does not hold. Where single
 * sentences may fail, a {@link TolerantScorer} goes on. Whether a model works shows a {@link ModelProbe} and every {@link OtherReading} of
 * its weights.
 *
 * <p>What could stand in a {@link Blank} is scored by a {@link BlankScorer}, token by token as {@link BlankReading} says; a
 * {@link BlankFiller} writes what a model would write there: {@link BlankFillings}, each {@link Filling} with its
 * {@link Reading}, found as {@link FillingSettings} say.
 */
@NullMarked
package io.github.miaudit.likelihood;

import org.jspecify.annotations.NullMarked;
