package io.github.miaudit.cli;

import io.github.miaudit.AuditReport;
import io.github.miaudit.ScoreAudit;
import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Strata;
import io.github.miaudit.djl.MaskedLmScorer;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.likelihood.StoredScores;
import io.github.miaudit.membership.MembershipAttack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** {@code mia audit --from-scores}: which files are whose, and whether memory holds them. */
final class StoredAudit {

    private static final int SHORTEST_DIGEST = 8;
    /** Of Java's memory, for scores that an attack takes token by token; the rest is for the evaluation. */
    private static final double MOST = 0.6;
    /** Likewise where only checks of the target take tokens. */
    private static final double MOST_FOR_CHECKS = 0.3;
    private static final double GIBIBYTE = 1 << 30;

    private final StoredScores scores;
    private final StoredScores.Choice choice;
    private final List<MembershipAttack> attacks;

    private StoredAudit(StoredScores scores, StoredScores.Choice choice, List<MembershipAttack> attacks) {
        this.scores = scores;
        this.choice = choice;
        this.attacks = attacks;
    }

    /**
     * Finds scores and says whose they are.
     *
     * @param places     files of scores, or folders with some
     * @param target     a model's folder, or its name or digest, as the scores state them
     * @param references likewise
     * @param control    likewise
     */
    static StoredAudit of(List<Path> places, Path target, List<Path> references, Optional<Path> control, List<MembershipAttack> attacks) {
        StoredScores scores = StoredScores.find(places);
        StoredScores.Choice choice = new StoredScores.Choice(model(scores, "--target", target),
                rules(attacks, MembershipAttack::targetRules),
                references.stream().map(reference -> model(scores, "--reference", reference)).toList(),
                rules(attacks, MembershipAttack::referenceRules), control.map(folder -> model(scores, "--control", folder)));
        return new StoredAudit(scores, choice, attacks);
    }

    private static Set<MaskingRule> rules(List<MembershipAttack> attacks, Function<MembershipAttack, Set<MaskingRule>> needed) {
        return attacks.stream().flatMap(attack -> needed.apply(attack).stream()).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static ModelIdentity model(StoredScores scores, String option, Path named) {
        String name = named.toString();
        boolean isFolder = Files.isDirectory(named) && scores.models().stream().noneMatch(model -> model.name().equals(name));
        Optional<String> digest = isFolder || Files.exists(named.resolve("config.json")) ? Optional.of(MaskedLmScorer.digest(named))
                : Optional.empty();
        List<ModelIdentity> found = scores.models().stream().filter(model -> digest.map(model.modelDigest()::equals).orElseGet(
                () -> model.name().equals(name) || name.length() >= SHORTEST_DIGEST && model.modelDigest().startsWith(name))).toList();
        if (found.size() == 1) {
            return found.get(0);
        }
        String there = scores.models().stream().map(model -> model.name() + " (" + told(model) + ")").collect(Collectors.joining(", "));
        throw new AuditException((found.isEmpty() ? "there are no scores of " + option + " " + name
                : "there are scores of several models that " + option + " " + name + " names")
                + "; scores are of " + there + ": give a model's folder, its name or its digest"
                + (found.size() > 1 ? ", or the files of one precision and length policy alone" : ""));
    }

    private static String told(ModelIdentity model) {
        return model.modelDigest().substring(0, Math.min(12, model.modelDigest().length())) + ", " + model.precision() + ", "
                + model.lengthPolicy().label();
    }

    /** The report; texts of a dataset are for the blind checks. */
    AuditReport run(Optional<AttackDataset> dataset, Evaluation evaluation, Optional<Strata> strata) {
        ScoreTable table = scores.read(choice, detail(), dataset);
        ScoreAudit audit = ScoreAudit.of(table).withAttacks(attacks.toArray(MembershipAttack[]::new)).withEvaluation(evaluation);
        ScoreAudit withTexts = dataset.map(audit::withDataset).orElse(audit);
        return strata.map(withTexts::withStrata).orElse(withTexts).run();
    }

    private StoredScores.Detail detail() {
        List<String> needing = attacks.stream().filter(MembershipAttack::needsTokenScores).map(MembershipAttack::name).toList();
        double memory = Runtime.getRuntime().maxMemory();
        double needed = scores.bytes(choice, StoredScores.Detail.TOKENS);
        if (needing.isEmpty() && needed > MOST_FOR_CHECKS * memory) {
            System.err.printf(Locale.ROOT, "mia: of each sentence the sum is read, and not each token, which would take %.1f of Java's %.1f"
                    + " GiB; so checks of the target that take tokens can't be made%n", needed / GIBIBYTE, memory / GIBIBYTE);
            return StoredScores.Detail.SUMS;
        }
        if (needed > MOST * memory) {
            throw new AuditException(String.format(Locale.ROOT, "scores of each token take about %.1f GiB, and Java has %.1f; give it %.0f"
                    + " (MIA_JAVA_OPTIONS=-Xmx%.0fg), or choose attacks on whole sentences (--attack likelihood-ratio,loss) instead of %s",
                    needed / GIBIBYTE, memory / GIBIBYTE, Math.ceil(needed / MOST / GIBIBYTE), Math.ceil(needed / MOST / GIBIBYTE),
                    String.join(", ", needing)));
        }
        return StoredScores.Detail.TOKENS;
    }
}
