package io.github.miaudit.report;

/**
 * What a comparison answers of a target.
 *
 * @param target  the target's name
 * @param verdict beside the baseline, by all attacks with the non-members
 */
public record TargetVerdict(String target, VersionVerdict verdict) {
}
