package io.github.miaudit.evaluation;

import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelScores;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.likelihood.SequenceScore;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What makes an audit's figures doubtful. */
final class Warnings {

    private Warnings() {
    }

    /** A sentence each. */
    static List<String> of(ScoreTable scores, List<ModelSummary> models) {
        List<String> warnings = new ArrayList<>();
        Set<MaskingRule> rules = new LinkedHashSet<>(scores.target().rules());
        scores.references().forEach(reference -> rules.addAll(reference.rules()));
        rules.forEach(rule -> rule.caveat().ifPresent(caveat -> warnings.add("rule " + rule.label() + " " + caveat)));
        boolean sameTokens = models.stream().map(summary -> summary.model().tokenizerDigest()).distinct().count() == 1;
        if (!sameTokens
                && scores.references().stream().map(ModelScores::rules).flatMap(Set::stream).anyMatch(rule -> rule.seed().isPresent())) {
            warnings.add("target and reference have different tokenizers, so their random masks hide different parts of a sentence");
        }
        if (models.stream().map(summary -> summary.model().precision()).distinct().count() > 1) {
            warnings.add("the models compute in different precisions (" + models.stream()
                    .map(summary -> summary.model().name() + ": " + summary.model().precision()).collect(Collectors.joining(", "))
                    + "), which moves their scores apart; score all in one");
        }
        for (ModelSummary summary : models) {
            if (summary.specialLiterals() > 0) {
                warnings.add(summary.specialLiterals() + " sentences contain a special token of model " + summary.model().name()
                        + " as text, which was read as that token");
            }
            long truncated = summary.sentences().getOrDefault(SequenceScore.Status.TRUNCATED, 0L);
            if (truncated > 0) {
                warnings.add(truncated + " sentences are longer than model " + summary.model().name() + " and were cut");
            }
        }
        return warnings;
    }
}
