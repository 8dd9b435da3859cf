package io.github.miaudit.exposure;

import io.github.miaudit.data.Sample;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.evaluation.TargetCheck;
import io.github.miaudit.identifiers.IdentifierCounts;
import io.github.miaudit.identifiers.IdentifierPlan;
import io.github.miaudit.likelihood.Blank;
import io.github.miaudit.likelihood.BlankReading;
import io.github.miaudit.likelihood.ScoringListener;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What an audit of identifiers is going to ask, found without any model; and what it finds when it has asked. Each question can be asked
 * again, and is drawn anew then; none is kept. Immutable.
 */
public final class IdentifierWork {

    private final AuditedMentions members;
    private final Optional<AuditedMentions> nonMembers;

    private IdentifierWork(AuditedMentions members, Optional<AuditedMentions> nonMembers) {
        this.members = members;
        this.nonMembers = nonMembers;
    }

    /**
     * Finds identifiers and draws surrogates.
     *
     * @param members      sentences that the target was trained on
     * @param plan         finds and draws
     * @param nonMembers   sentences that it was not trained on; may be empty
     * @param planOfOthers finds and draws in these
     */
    public static IdentifierWork of(List<Sample> members, IdentifierPlan plan, List<Sample> nonMembers, IdentifierPlan planOfOthers) {
        return new IdentifierWork(AuditedMentions.of(members, plan),
                nonMembers.isEmpty() ? Optional.empty() : Optional.of(AuditedMentions.of(nonMembers, planOfOthers)));
    }

    /** What was found in the members, and what is not audited. */
    public IdentifierCounts counts() {
        return members.counts();
    }

    /** Mentions to ask each model for. */
    public long mentions() {
        return members.size() + nonMembers.map(AuditedMentions::size).orElse(0L);
    }

    /** Candidates to ask each model for, the true ones counted. */
    public long candidates() {
        return members.candidates() + nonMembers.map(AuditedMentions::candidates).orElse(0L);
    }

    /** Passes on what each model is asked, the true candidate first. */
    public void forEach(Consumer<Blank> sink) {
        members.forEach(mention -> sink.accept(mention.blank()));
        nonMembers.ifPresent(mentions -> mentions.forEach(mention -> sink.accept(mention.blank())));
    }

    /**
     * Asks the models and evaluates. Of each identifier only ranks are held, two bytes a candidate and ranking.
     *
     * @param models       the models
     * @param targetChecks whether the target is a working model
     * @param reading      how the tokens of a candidate are read
     * @param most         how many of the most preferred candidates count as the top
     * @param evaluation   of which confidence, permutations, seed and smallest count are used
     * @param listener     is told how many mentions are done, of all models together
     */
    public IdentifierResults results(IdentifierModels models, List<TargetCheck> targetChecks, BlankReading reading, int most,
            Evaluation evaluation, ScoringListener listener) {
        List<RankedIdentifier> ofMembers = MentionScoring.of(members, models, reading, listener);
        Optional<List<RankedIdentifier>> ofOthers = nonMembers.map(mentions -> MentionScoring.of(mentions, models, reading, listener));
        return IdentifierResults.of(members.counts(), members.repeated(), ofMembers, ofOthers, targetChecks, most, evaluation);
    }

    /** How many mentions, of the members and of others, an extraction tries: of each set the same share, so far as the budget goes. */
    private static int tried(AuditedMentions mentions, long all, ExtractionSettings settings) {
        return (int) (all == 0 ? 0 : mentions.size() * settings.affordable(all) / all);
    }

    /** At most so many rows go through each model in an extraction. */
    public long extractionRows(ExtractionSettings settings) {
        long all = mentions();
        return (tried(members, all, settings) + nonMembers.map(others -> tried(others, all, settings)).orElse(0))
                * settings.search().rowsPerBlank();
    }

    /**
     * Has the models write themselves where identifiers stand. Held are two bytes a candidate of each identifier, for each thing that
     * counts as found.
     *
     * @param models     the models, each of which has a filler
     * @param settings   how far to search
     * @param results    what was found of the same mentions: of which types a verdict is given
     * @param evaluation of which confidence, permutations, seed and smallest count are used
     * @param texts      takes what the target writes in members, which is confidential
     * @param listener   is told how many mentions are done, of all models together
     * @throws io.github.miaudit.io.AuditException if a model has no filler, or a sentence can't be filled in
     */
    public ExtractionResults extraction(IdentifierModels models, ExtractionSettings settings, IdentifierResults results,
            Evaluation evaluation, Consumer<FilledMention> texts, ScoringListener listener) {
        long all = mentions();
        MentionExtraction.Outcome ofMembers = MentionExtraction.of(members, tried(members, all, settings), evaluation.seed(), models,
                settings,
                texts, listener);
        Optional<MentionExtraction.Outcome> ofOthers = nonMembers.map(mentions -> MentionExtraction.of(mentions,
                tried(mentions, all, settings), evaluation.seed(), models, settings, unread -> {
                }, listener));
        return ExtractionResults.of(settings, members.size(), ofMembers, ofOthers, results, evaluation);
    }
}
