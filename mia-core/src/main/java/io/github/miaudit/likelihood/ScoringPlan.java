package io.github.miaudit.likelihood;

import java.time.Duration;

/**
 * What scoring will take, worked out before the work.
 *
 * @param model         the model
 * @param sentences     sentences to score
 * @param rows          rows to pass through the model; those that several rules share count once
 * @param tokens        tokens in those rows
 * @param batches       batches that the rows are packed into
 * @param estimatedTime from timing a few of the batches
 */
public record ScoringPlan(ModelIdentity model, long sentences, long rows, long tokens, long batches, Duration estimatedTime) {
}
