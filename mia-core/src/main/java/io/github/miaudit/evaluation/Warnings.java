package io.github.miaudit.evaluation;

import com.google.gson.JsonObject;
import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.io.StrictJson;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ModelScores;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.membership.MembershipAttack;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What makes an audit's figures doubtful. */
public final class Warnings {

    private static final Set<SequenceScore.Status> TOO_LONG = Set.of(SequenceScore.Status.WINDOWED, SequenceScore.Status.TRUNCATED,
            SequenceScore.Status.TOO_LONG);

    private Warnings() {
    }

    /**
     * What is known before any sentence is scored.
     *
     * @param dataset    the sentences
     * @param attacks    what will be made of them
     * @param references with which models
     * @param evaluation counts of fewer patients than its smallest count are not told
     * @return a sentence each
     * @throws io.github.miaudit.io.AuditException if an attack can't be made on these sentences
     */
    public static List<String> beforeScoring(AttackDataset dataset, List<MembershipAttack> attacks, List<ModelIdentity> references,
            Evaluation evaluation) {
        return beforeScoring(PatientSets.of(dataset), dataset, attacks, references, evaluation);
    }

    private static List<String> beforeScoring(PatientSets sets, AttackDataset dataset, List<MembershipAttack> attacks,
            List<ModelIdentity> references, Evaluation evaluation) {
        return Stream.of(sets.warnings(evaluation).stream(), sharedKept(dataset.datasheet()),
                attacks.stream().flatMap(attack -> attack.caveats(dataset, references).stream())).flatMap(some -> some).toList();
    }

    private static Stream<String> sharedKept(Optional<String> datasheet) {
        return datasheet.map(sheet -> StrictJson.parse(sheet).getAsJsonObject().get("settings"))
                .filter(settings -> settings instanceof JsonObject named && named.has("keep-shared")
                        && named.get("keep-shared").getAsBoolean())
                .map(settings -> "the members may say what other patients' notes say too, and the others do not (--keep-shared): so"
                        + " the sets"
                        + " differ by more than memory")
                .stream();
    }

    /** A sentence each, of those known before too. */
    static List<String> of(AuditedData data, ScoreTable scores, List<ModelSummary> models, List<MembershipAttack> attacks,
            Evaluation evaluation) {
        List<String> warnings = new ArrayList<>(
                beforeScoring(data.sets(), data.named(), attacks, scores.references().stream().map(ModelScores::model).toList(),
                        evaluation));
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
        if (models.stream().map(summary -> summary.model().lengthPolicy()).distinct().count() > 1
                && models.stream().flatMap(summary -> summary.sentences().keySet().stream()).anyMatch(TOO_LONG::contains)) {
            warnings.add("the models take sentences that are too long for them in different ways (" + models.stream()
                    .map(summary -> summary.model().name() + ": " + summary.model().lengthPolicy().label())
                    .collect(Collectors.joining(", "))
                    + "), so scores of these are of different tokens; score all in one");
        }
        for (ModelSummary summary : models) {
            if (summary.specialLiterals() > 0) {
                warnings.add(summary.specialLiterals() + " sentences contain a special token of model " + summary.model().name()
                        + " as text, which was read as that token");
            }
            long failed = summary.sentences().getOrDefault(SequenceScore.Status.FAILED, 0L);
            if (failed > 0) {
                warnings.add(failed + " sentences could not be scored by model " + summary.model().name() + " and are left out");
            }
            long truncated = summary.sentences().getOrDefault(SequenceScore.Status.TRUNCATED, 0L);
            if (truncated > 0) {
                warnings.add(truncated + " sentences are longer than model " + summary.model().name() + " and were cut");
            }
        }
        return warnings;
    }
}
