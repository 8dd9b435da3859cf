package io.github.miaudit.report.output;

import io.github.miaudit.data.Population;
import io.github.miaudit.evaluation.Conclusion;
import io.github.miaudit.evaluation.TargetCheck;
import io.github.miaudit.exposure.Preference;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.report.AuditDocument;
import io.github.miaudit.report.AuditWords;
import io.github.miaudit.report.Comparison;
import io.github.miaudit.report.IdentifierDocument;
import io.github.miaudit.report.StrataFigures;
import io.github.miaudit.report.output.PolicyOutcome.Check;
import io.github.miaudit.report.output.PolicyOutcome.Status;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an audit must not exceed, so that a pipeline can stop a model that leaks. A YAML file states it:
 *
 * <pre>{@code
 * against: non_members            # or externals; non_members if left out
 * limits:
 *   - figure: tpr-upper-bound     # the upper end of the interval of the TPR
 *     attack: likelihood-ratio    # left out, every attack of the audit must keep the limit
 *     fpr: 0.01                   # one of the audit's
 *     at-most: 0.02
 *   - figure: patients-exposed
 *     fpr: 0.01
 *     at-most: 3
 *   - figure: validity
 *     at-least: VALID             # then SHIFTED, UNDECIDED, NOT_INTERPRETABLE and NOT_CHECKED
 * }</pre>
 *
 * <p>Of each attack are {@code auc}, {@code auc-upper-bound}, {@code patient-auc-upper-bound} and {@code empirical-leakage}; of
 * each attack at a false positive rate {@code tpr}, {@code tpr-upper-bound}, {@code patient-tpr-upper-bound},
 * {@code patients-exposed} and {@code patients-exposed-upper-bound}; of the first attack, unless another is named,
 * {@code epsilon-lower-bound}; of the whole comparison {@code excluded-sentences} (those of all sets),
 * {@code overlapping-sentences} and {@code validity}; of identifiers {@code identifier-exposure-upper-bound},
 * {@code identifiers-first-share} and {@code patients-exposed-by-identifiers}. Whatever its limits, an audit that tells members the other
 * way, or of a target that fails a check, breaks it; so does one whose target prefers true identifiers, or one that finds a stratum,
 * unless it limits such a figure. Of strata, against the non-members, it is {@code worst-stratum-auc-upper-bound}.
 * Immutable, so that threads may share it.
 *
 * @see Publication#check
 */
public final class Policy {

    private final Population against;
    private final List<Limit> limits;

    Policy(Population against, List<Limit> limits) {
        this.against = against;
        this.limits = List.copyOf(limits);
    }

    /**
     * Reads a policy of one limit or more from a file in UTF-8 of at most 64 KiB. Tags, anchors and aliases are refused.
     *
     * @throws InvalidFileException if the file can't be read, is no YAML, or states anything but a policy; the message names
     *                              the line and the offending value
     */
    public static Policy read(Path yaml) {
        return new PolicyFile(yaml).read();
    }

    /** Whether an audit keeps it. What the audit does not tell is never taken for kept. */
    PolicyOutcome check(AuditDocument document, String digest) {
        Optional<Comparison> comparison = document.comparisons().stream().filter(candidate -> candidate.nonMembers() == against)
                .findFirst();
        Stream<Check> checks = limits.stream()
                .flatMap(limit -> limit.figure().isOfIdentifiers() ? Stream.of(limit.check(document.identifiers()))
                        : comparison.map(found -> limit.check(document, found))
                                .orElseGet(() -> List.of(limit.undecidable(against.words(), "the audit has no comparison with "
                                        + against.words() + "; audit with such sentences, or limit the other comparison")))
                                .stream());
        Stream<Check> always = Stream.of(
                comparison.filter(found -> found.conclusion() == Conclusion.TOLD_THE_OTHER_WAY).map(this::otherWay).stream(),
                document.failedTargetChecks().stream().map(Policy::brokenModel),
                document.identifiers().flatMap(this::remembered).stream(),
                document.strata().flatMap(this::toldOfAStratum).stream()).flatMap(some -> some);
        return new PolicyOutcome("audit.json", digest, Stream.concat(checks, always).toList());
    }

    /** Whether an audit of identifiers alone keeps it; it has no figure of sentences. */
    PolicyOutcome check(IdentifierDocument document, String digest) {
        Stream<Check> checks = limits.stream().map(limit -> limit.figure().isOfIdentifiers() ? limit.check(Optional.of(document))
                : limit.undecidable(against.words(), "an audit of identifiers alone has no such figure; audit sentences too (mia audit)"));
        Stream<Check> always = Stream.concat(
                document.targetChecks().stream().filter(check -> check.outcome() == TargetCheck.Outcome.FAILED).map(Policy::brokenModel),
                remembered(document).stream());
        return new PolicyOutcome("identifiers.json", digest, Stream.concat(checks, always).toList());
    }

    /** Low figures of sentences are no good news where names are remembered; how much of that is tolerated is for a limit of these. */
    private Optional<Check> remembered(IdentifierDocument document) {
        return document.preference() != Preference.PREFERRED || limits.stream().anyMatch(limit -> limit.figure().isOfIdentifiers())
                ? Optional.empty()
                : Optional.of(new Check("the target does not prefer true identifiers", Status.BROKEN,
                        document.answer() + " How much of it is tolerated, a limit of such a figure would say, as "
                                + Figure.IDENTIFIERS_FIRST_SHARE.label()));
    }

    /** Nor is an average where some patients are told; how much of that is tolerated is for a limit of the worst stratum. */
    private Optional<Check> toldOfAStratum(StrataFigures strata) {
        return strata.verdict() != StrataFigures.Verdict.FOUND
                || limits.stream().anyMatch(limit -> limit.figure() == Figure.WORST_STRATUM_AUC_UPPER_BOUND) ? Optional.empty()
                        : Optional.of(new Check("no stratum's members are told", Status.BROKEN, strata.answer()
                                + " How much of it is tolerated, a limit of " + Figure.WORST_STRATUM_AUC_UPPER_BOUND.label()
                                + " would say."));
    }

    /** Low figures are no good news of a model that does not work. */
    private static Check brokenModel(TargetCheck failed) {
        return new Check("the target works as a language model: " + AuditWords.check(failed), Status.BROKEN, failed.words());
    }

    /** Low figures are no good news where a turned score tells members. */
    private Check otherWay(Comparison comparison) {
        return new Check("members against " + against.words() + " are not told the other way", Status.BROKEN, "members score lower than"
                + " others, so whoever turns the score round tells them; is a sign wrong, are the two sets swapped, or the target and a"
                + " reference?");
    }
}
