package io.github.miaudit.evaluation;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Sample;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelScores;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.likelihood.ScoringListener;
import io.github.miaudit.likelihood.SequenceScorer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Checks that a target works as a language model, for an audit that scores no sentences itself: target and reference score some members,
 * evenly over all, by the rule that attacks take unless told otherwise. There are no externals, so what needs them is not made.
 */
public final class SampledTargetChecks {

    /** By which members are scored. */
    public static final MaskingRule RULE = MaskingRule.withinWordLeftToRight();

    private static final int MOST = 256;

    private SampledTargetChecks() {
    }

    /** How many of so many members are scored: all, or {@value #MOST}. */
    public static int sampleSize(int members) {
        return Math.min(MOST, members);
    }

    /**
     * Scores and checks. Takes as many forward passes as these members have tokens, for each of the two models, and the target's probe.
     *
     * @param target    the audited model
     * @param reference a model that never saw the members; empty if it scores no sentences
     * @param members   sentences that the target was trained on
     * @param listener  is told of progress
     * @return the checks, in the order of {@link TargetCheck.Kind}; none made where no member could be scored
     * @throws io.github.miaudit.io.AuditException if a log-likelihood is not finite
     */
    public static List<TargetCheck> of(SequenceScorer target, Optional<SequenceScorer> reference, List<Sample> members,
            ScoringListener listener) {
        int size = sampleSize(members.size());
        List<Sample> some = IntStream.range(0, size).mapToObj(place -> members.get((int) ((long) place * members.size() / size))).toList();
        AttackDataset dataset = population -> population == Population.MEMBERS ? some : List.of(); // there are no others to check with
        ModelScores scores = ModelScores.of(target, dataset, Set.of(RULE), listener);
        if (scores.scores(RULE, Population.MEMBERS).stream().noneMatch(score -> score.status().isScored() && score.tokenCount() > 0)) {
            return notMade("no member could be scored: all are empty for the tokenizer, too long or failed");
        }
        return TargetChecks.of(Optional.of(dataset), ScoreTable.of(dataset, scores.withProbe(target, dataset),
                reference.stream().map(model -> ModelScores.of(model, dataset, Set.of(RULE), listener)).toList()));
    }

    /** All checks, none of them made. */
    public static List<TargetCheck> notMade(String reason) {
        return Stream.of(TargetCheck.Kind.values())
                .map(kind -> new TargetCheck(kind, TargetCheck.Outcome.NOT_MADE, Optional.empty(), Optional.empty(), reason)).toList();
    }
}
