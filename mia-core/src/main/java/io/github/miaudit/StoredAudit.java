package io.github.miaudit;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Strata;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.likelihood.StoredScores;
import io.github.miaudit.membership.MembershipAttack;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An audit of scores that lie in files: reads of them what the attacks need, and makes a {@link ScoreAudit} of it. Models are named as the
 * scores name them, or by their digests; see {@link StoredScores#model}. Immutable: every {@code with…} returns a copy, and no score is
 * read before {@link #run()}.
 *
 * <p>Each token is kept in memory where an attack takes it, or where there is room; else a sentence's sum, and how often the sentences have
 * each token, which is what checks of the target take. Ten million sentences by three models or rules take two gigabytes in all, if only
 * their sums are kept.
 */
public final class StoredAudit {

    private static final Logger LOG = LoggerFactory.getLogger(StoredAudit.class);

    /** Of Java's memory, for scores that an attack takes token by token; the rest is for the evaluation. */
    private static final double MOST = 0.6;
    /** Likewise where only checks of the target take tokens. */
    private static final double MOST_FOR_CHECKS = 0.3;
    private static final double GIBIBYTE = 1 << 30;

    private final StoredScores scores;
    private final ModelIdentity target;
    private final List<ModelIdentity> references;
    private final Optional<ModelIdentity> control;
    private final List<MembershipAttack> attacks;
    private final Optional<AttackDataset> dataset;
    private final Function<ScoreAudit, ScoreAudit> settings;

    private StoredAudit(StoredScores scores, ModelIdentity target, List<ModelIdentity> references, Optional<ModelIdentity> control,
            List<MembershipAttack> attacks, Optional<AttackDataset> dataset, Function<ScoreAudit, ScoreAudit> settings) {
        this.scores = scores;
        this.target = target;
        this.references = references;
        this.control = control;
        this.attacks = attacks;
        this.dataset = dataset;
        this.settings = settings;
    }

    /**
     * An audit with the default attacks, not yet run.
     *
     * @param scores of all models of the audit
     * @param target the name or digest of the model to audit
     * @throws AuditException as {@link StoredScores#model}
     */
    public static StoredAudit of(StoredScores scores, String target) {
        return new StoredAudit(scores, scores.model(target), List.of(), Optional.empty(), AuditPlan.DEFAULT_ATTACKS, Optional.empty(),
                Function.identity());
    }

    /**
     * The audit with one more reference, a model that never saw the members.
     *
     * @param model its name or digest
     * @throws AuditException as {@link StoredScores#model}
     */
    public StoredAudit withReference(String model) {
        return new StoredAudit(scores, target, Stream.concat(references.stream(), Stream.of(scores.model(model))).toList(), control,
                attacks, dataset, settings);
    }

    /**
     * The audit with a control; see {@link Audit#withControl}.
     *
     * @param model its name or digest
     * @throws AuditException as {@link StoredScores#model}
     */
    public StoredAudit withControl(String model) {
        return new StoredAudit(scores, target, references, Optional.of(scores.model(model)), attacks, dataset, settings);
    }

    /** The audit with the texts of the sentences, for the blind checks; sentences are compared in this order. */
    public StoredAudit withDataset(AttackDataset other) {
        return new StoredAudit(scores, target, references, control, attacks, Optional.of(other), settings);
    }

    /**
     * The audit with other attacks, in the order of the report.
     *
     * @param others at least one, of different names
     * @throws IllegalArgumentException if there is none or two share a name
     */
    public StoredAudit withAttacks(MembershipAttack... others) {
        return new StoredAudit(scores, target, references, control, AuditPlan.distinct(others), dataset, settings);
    }

    /** The audit evaluated in another way. */
    public StoredAudit withEvaluation(Evaluation other) {
        return with(audit -> audit.withEvaluation(other));
    }

    /** The audit with figures by stratum; see {@link Audit#withStrata}. */
    public StoredAudit withStrata(Strata other) {
        return with(audit -> audit.withStrata(other));
    }

    private StoredAudit with(Function<ScoreAudit, ScoreAudit> setting) {
        return new StoredAudit(scores, target, references, control, attacks, dataset, settings.andThen(setting));
    }

    /**
     * Reads, attacks and evaluates.
     *
     * @throws AuditException if the scores lack a rule that an attack needs, are not of the same sentences, a file is not whole, an attack
     *                        takes more tokens than there is memory for, or as {@link ScoreAudit#run()}
     */
    public AuditReport run() {
        StoredScores.Choice choice = new StoredScores.Choice(target, rules(MembershipAttack::targetRules), references,
                rules(MembershipAttack::referenceRules), control);
        ScoreTable table = scores.read(choice, detail(choice), dataset);
        ScoreAudit audit = settings.apply(ScoreAudit.of(table).withAttacks(attacks.toArray(MembershipAttack[]::new)));
        return dataset.map(audit::withDataset).orElse(audit).run();
    }

    private Set<MaskingRule> rules(Function<MembershipAttack, Set<MaskingRule>> needed) {
        return attacks.stream().flatMap(attack -> needed.apply(attack).stream()).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private StoredScores.Detail detail(StoredScores.Choice choice) {
        List<String> needing = attacks.stream().filter(MembershipAttack::needsTokenScores).map(MembershipAttack::name).toList();
        double memory = Runtime.getRuntime().maxMemory();
        double needed = scores.bytes(choice, StoredScores.Detail.TOKENS);
        if (needing.isEmpty() && needed > MOST_FOR_CHECKS * memory) {
            LOG.info("of each sentence the sum is kept, and not each token, which would take {} of Java's {} GiB", gibibytes(needed),
                    gibibytes(memory));
            return StoredScores.Detail.SUMS;
        }
        if (needed > MOST * memory) {
            int enough = (int) Math.ceil(needed / MOST / GIBIBYTE);
            throw new AuditException("scores of each token take about " + gibibytes(needed) + " GiB, and Java has " + gibibytes(memory)
                    + "; give it " + enough + " (MIA_JAVA_OPTIONS=-Xmx" + enough + "g), or choose attacks on whole sentences, such as"
                    + " likelihood-ratio and loss, instead of " + String.join(", ", needing));
        }
        return StoredScores.Detail.TOKENS;
    }

    private static String gibibytes(double bytes) {
        return String.format(Locale.ROOT, "%.1f", bytes / GIBIBYTE);
    }
}
