package io.github.miaudit.cli;

import io.github.miaudit.Audit;
import io.github.miaudit.AuditReport;
import io.github.miaudit.StoredAudit;
import io.github.miaudit.IdentifierAudit;
import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Sample;
import io.github.miaudit.data.Strata;
import io.github.miaudit.djl.MaskedLmScorer;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.io.OutputSet;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ScoreSummaryFile;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.likelihood.SequenceScorer;
import io.github.miaudit.likelihood.StoredScores;
import io.github.miaudit.membership.MembershipAttack;
import io.github.miaudit.report.Subject;
import io.github.miaudit.report.output.Policy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code mia audit}: the audit of the user's own models and data. */
@Command(name = "audit",
        description = "Audits a target model against reference models on a dataset, and, where options say which, the identifiers in its"
                + " members as mia identifiers does; writes audit.json, report.html, scores.csv and attack-scores.csv.")
final class AuditCommand extends MiaCommand {

    /** Options that are of no use where no model is opened. */
    private static final Set<String> OF_MODELS = Set.of("include-text", "dry-run", "store", "store-secret", "device", "precision",
            "token-budget", "length-policy", "trust-program");

    @Option(names = "--target", required = true, paramLabel = "DIR",
            description = "The Hugging Face folder of the model to audit; with --from-scores, also its name or digest, as the scores state"
                    + " them.")
    private Path target;

    @Option(names = "--reference", paramLabel = "DIR",
            description = "The folder of a model that never saw the members; may be given several times. Without one there are only attacks"
                    + " that need none, such as loss.")
    private List<Path> references = List.of();

    @Option(names = "--control", paramLabel = "DIR",
            description = "The folder of a model that was made like the target, of other patients of the same source, and never saw the"
                    + " members; what the target does beyond it is memory. See mia train-control.")
    private Path control;

    @Option(names = "--dataset", paramLabel = "DIR",
            description = "A folder with members.jsonl, non_members.jsonl and, optionally, externals.jsonl; with --from-scores it may be"
                    + " left out, and then what takes texts is not checked.")
    private Path dataset;

    @Option(names = "--from-scores", arity = "1..*", paramLabel = "PATH",
            description = "Audit scores that mia score or Spark wrote, and open no model: files with a manifest beside them, or folders"
                    + " with such files.")
    private List<Path> fromScores = List.of();

    @Option(names = "--output", required = true, paramLabel = "DIR", description = "The folder for the results.")
    private Path output;

    @Option(names = "--dry-run", description = "Print what scoring would take, and write nothing.")
    private boolean dryRun;

    @Option(names = "--include-text", paramLabel = "K", defaultValue = "0",
            description = "Show the text of the K members that the first attack tells most plainly, token by token. Such a report is as"
                    + " confidential as the notes.")
    private int excerpts;

    @Mixin
    private OverwriteOptions overwrite;

    @Mixin
    private AttackOptions attack;

    @Mixin
    private StrataOptions strata;

    @Mixin
    private IdentifierOptions identifiers;

    @Mixin
    private StoreOptions store;

    @Mixin
    private PublicationOptions publication;

    @Mixin
    private SubjectOptions subject;

    @Mixin
    private EvaluationOptions evaluation;

    @Mixin
    private ModelOptions options;

    @Override
    void execute() {
        if (excerpts < 0) {
            throw new BadUsageException("--include-text is " + excerpts + "; it must be at least 0");
        }
        Evaluation chosen = evaluation.toEvaluation();
        Optional<IdentifierOptions.Chosen> wanted = identifiers.toChosenIfAny(chosen.seed());
        Optional<Policy> policy = publication.policy();
        Subject about = subject.toDatedSubject();
        if (!dryRun) {
            overwrite.requireReports(output);
        }
        Optional<Strata> ofPatients = strata.toStrata();
        if (!fromScores.isEmpty()) {
            auditScores(chosen, wanted.isPresent(), policy, about, ofPatients);
            return;
        }
        if (dataset == null) {
            throw new BadUsageException("Missing required option: '--dataset=DIR'");
        }
        AttackDataset sentences = AttackDataset.readJsonLines(dataset);
        try (Models models = new Models(options, store); TerminalProgress progress = progress()) {
            List<MembershipAttack> attacks = attack.toAttacks(() -> models.neighbours(firstReference()));
            requireReferences(attacks, wanted.isPresent());
            MaskedLmScorer audited = models.target(target, attacks);
            Optional<MaskedLmScorer> controlScorer = Optional.ofNullable(control).map(folder -> models.target(folder, attacks));
            List<MaskedLmScorer> referenceScorers = references.stream().map(models::scorer).toList();
            Optional<IdentifierAudit> ofIdentifiers = wanted.map(each -> each.audit(set(sentences, Population.MEMBERS),
                    Optional.of(set(sentences, Population.NON_MEMBERS)), audited, referenceScorers, controlScorer, chosen));
            with(ofIdentifiers, audit(sentences, audited, controlScorer, referenceScorers, attacks, chosen, ofPatients)).requireSound();
            if (dryRun) {
                plan(sentences, audited, attacks, MembershipAttack::targetRules);
                controlScorer.ifPresent(scorer -> plan(sentences, scorer, attacks, MembershipAttack::targetRules));
                referenceScorers.forEach(scorer -> plan(sentences, scorer, attacks, MembershipAttack::referenceRules));
                attacks.stream().flatMap(each -> each.targetRewritings().keySet().stream()).forEach(
                        rewriting -> System.out.println("not counted: scoring each sentence's rewritings (" + rewriting.label() + ")"));
                ofIdentifiers.ifPresent(each -> IdentifierPlanText.print(each.work(), wanted.orElseThrow().reading(),
                        Stream.of(Stream.of(audited), referenceScorers.stream(), controlScorer.stream()).flatMap(all -> all).toList()));
                return;
            }
            try (OutputSet set = PublicationOptions.open(output, overwrite.earlier())) {
                Audit audit = with(ofIdentifiers, audit(sentences, models.storedTarget(audited, attacks),
                        controlScorer.map(scorer -> models.storedTarget(scorer, attacks)),
                        referenceScorers.stream().map(models::stored).toList(),
                        attacks, chosen, ofPatients)).withExcerpts(excerpts).withListener(progress);
                ScoreTable scores = audit.score();
                ScoreSummaryFile.write(set.file(PublicationOptions.SCORES), scores);
                publish(audit, scores, about, set, policy);
            }
        }
    }

    private void auditScores(Evaluation chosen, boolean identifiersToo, Optional<Policy> policy, Subject about,
            Optional<Strata> ofPatients) {
        requireNoneOfModels(identifiersToo);
        List<MembershipAttack> attacks = attack.toAttacks(() -> {
            throw new BadUsageException("neighbours of sentences are found by a model, and --from-scores opens none; leave the attack out");
        });
        requireReferences(attacks, false);
        StoredScores scores = StoredScores.find(fromScores);
        StoredAudit audit = StoredAudit.of(scores, named(scores, target)).withAttacks(attacks.toArray(MembershipAttack[]::new))
                .withEvaluation(chosen);
        for (Path reference : references) {
            audit = audit.withReference(named(scores, reference));
        }
        audit = control == null ? audit : audit.withControl(named(scores, control));
        audit = dataset == null ? audit : audit.withDataset(AttackDataset.openJsonLines(dataset));
        audit = ofPatients.isPresent() ? audit.withStrata(ofPatients.get()) : audit;
        try (OutputSet set = PublicationOptions.open(output, overwrite.earlier())) {
            AuditReport report = audit.run().withSubject(about).withOptions(givenOptions());
            report.confidential().sentences().ifPresent(table -> table.write(set.file(PublicationOptions.ATTACK_SCORES)));
            PublicationOptions.publish(report, set, policy);
        }
    }

    /** A folder of a model stands for its digest; anything else is a name or a digest. */
    private static String named(StoredScores scores, Path model) {
        String name = model.toString();
        boolean isName = scores.models().stream().anyMatch(each -> each.name().equals(name));
        boolean isModel = Files.exists(model.resolve("config.json"));
        return isModel || Files.isDirectory(model) && !isName ? MaskedLmScorer.digest(model) : name;
    }

    /** What would be asked of a model, or say how to open one, would be left out without a word. */
    private void requireNoneOfModels(boolean identifiersToo) {
        List<String> given = givenOptions().keySet().stream().filter(OF_MODELS::contains).map(option -> "--" + option).toList();
        if (!given.isEmpty() || identifiersToo) {
            throw new BadUsageException("--from-scores opens no model; leave out "
                    + (given.isEmpty() ? "the options of identifiers" : String.join(", ", given)));
        }
    }

    /** The model that finds the words of neighbours. */
    private Path firstReference() {
        if (references.isEmpty()) {
            throw new BadUsageException("Missing required option: '--reference=DIR', whose model finds the words of neighbours");
        }
        return references.get(0);
    }

    private void requireReferences(List<MembershipAttack> attacks, boolean identifiersToo) {
        if (!references.isEmpty()) {
            return;
        }
        List<String> needing = attacks.stream().filter(each -> !each.referenceRules().isEmpty()).map(MembershipAttack::name).toList();
        if (!needing.isEmpty() || identifiersToo) {
            throw new BadUsageException("Missing required option: '--reference=DIR', which "
                    + (needing.isEmpty() ? "identifiers need" : String.join(", ", needing) + (needing.size() == 1 ? " needs" : " need"))
                    + "; without one, choose attacks that need none, such as --attack loss");
        }
    }

    /** Where no report can be made of scores, these stay, as they may have taken hours. */
    private void publish(Audit audit, ScoreTable scores, Subject about, OutputSet set, Optional<Policy> policy) {
        try {
            AuditReport report = audit.evaluate(scores).withSubject(about).withOptions(givenOptions());
            report.confidential().sentences().ifPresent(table -> table.write(set.file(PublicationOptions.ATTACK_SCORES)));
            PublicationOptions.publish(report, set, policy);
        } catch (RuntimeException e) {
            set.left().forEach(file -> System.err.println("mia: " + file + " is what could be made"));
            throw e;
        }
    }

    private static Audit audit(AttackDataset sentences, SequenceScorer target, Optional<? extends SequenceScorer> control,
            List<? extends SequenceScorer> references, List<MembershipAttack> attacks, Evaluation evaluation,
            Optional<Strata> strata) {
        Audit audit = Audit.of(sentences, target).withAttacks(attacks.toArray(MembershipAttack[]::new)).withEvaluation(evaluation);
        for (SequenceScorer reference : references) {
            audit = audit.withReference(reference);
        }
        Audit controlled = control.isPresent() ? audit.withControl(control.get()) : audit;
        return strata.map(controlled::withStrata).orElse(controlled);
    }

    private static Audit with(Optional<IdentifierAudit> identifiers, Audit audit) {
        return identifiers.map(audit::withIdentifiers).orElse(audit);
    }

    private IdentifierOptions.Sentences set(AttackDataset sentences, Population population) {
        return new IdentifierOptions.Sentences(sentences.samples(population), dataset.resolve(population.label() + ".jsonl"));
    }

    private static void plan(AttackDataset sentences, MaskedLmScorer scorer, List<MembershipAttack> attacks,
            Function<MembershipAttack, Set<MaskingRule>> rulesOf) {
        List<Sample> samples = Stream.of(Population.values()).flatMap(population -> sentences.samples(population).stream()).toList();
        Set<MaskingRule> rules = attacks.stream().flatMap(attack -> rulesOf.apply(attack).stream()).collect(Collectors.toSet());
        PlanText.print(scorer, samples, rules);
    }
}
