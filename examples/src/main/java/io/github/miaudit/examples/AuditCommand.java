package io.github.miaudit.examples;

import io.github.miaudit.Audit;
import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Sample;
import io.github.miaudit.djl.MaskedLmNeighbours;
import io.github.miaudit.djl.MaskedLmOptions;
import io.github.miaudit.djl.MaskedLmScorer;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.Reduction;
import io.github.miaudit.likelihood.ScoreSummaryFile;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.membership.MembershipAttack;
import io.github.miaudit.report.Evaluation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code mia audit}: the audit of the user's own models and data. */
@Command(name = "audit", description = "Audits a target model against a reference model on a dataset; writes audit.json and scores.csv.")
public final class AuditCommand extends MiaCommand {

    @Option(names = "--target", required = true, paramLabel = "DIR", description = "The Hugging Face folder of the model to audit.")
    private Path target;

    @Option(names = "--reference", required = true, paramLabel = "DIR",
            description = "The folder of a model that never saw the members; may be given several times.")
    private List<Path> references;

    @Option(names = "--attack", paramLabel = "NAME", split = ",", arity = "1..*", converter = AttackName.Converter.class, defaultValue = "likelihood-ratio,loss",
            description = "likelihood-ratio, loss, lira (at least 2 references); or, not validated on masked models, experimental-rmia, -quantile,"
                    + " -min-k, -min-k-plus-plus, -zlib, -lower-case, -neighbourhood (50 scorings a sentence, by swaps of the first reference)."
                    + " Several may be given (default: ${DEFAULT-VALUE}).")
    private List<AttackName> attackNames;

    @Option(names = "--dataset", required = true, paramLabel = "DIR",
            description = "A folder with members.jsonl, non_members.jsonl and, optionally, externals.jsonl.")
    private Path dataset;

    @Option(names = "--output", required = true, paramLabel = "DIR", description = "The folder for the results.")
    private Path output;

    @Option(names = "--reduction", paramLabel = "REDUCTION", converter = ReductionConverter.class, defaultValue = "mean",
            description = "Of token log-likelihoods: sum, mean, per-character or per-word (default: ${DEFAULT-VALUE});"
                    + " models with different tokenizers need another than mean.")
    private Reduction reduction;

    @Option(names = "--dry-run", description = "Print what scoring would take, and write nothing.")
    private boolean dryRun;

    @Mixin
    private RuleOptions referenceRule;

    @Mixin
    private EvaluationOptions evaluation;

    @Mixin
    private ModelOptions options;

    private AuditCommand() {
    }

    /**
     * Runs this command alone.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        System.exit(run(new AuditCommand(), arguments));
    }

    @Override
    void execute() {
        MaskingRule rule = referenceRule.toRule();
        Evaluation chosen = evaluation.toEvaluation();
        AttackDataset sentences = AttackDataset.readJsonLines(dataset);
        MaskedLmOptions ofTarget = attackNames.contains(AttackName.MIN_K_PLUS_PLUS) ? options.toOptions().withVocabularyMoments() : options.toOptions();
        List<MaskedLmScorer> scorers = new ArrayList<>();
        List<MaskedLmNeighbours> generators = new ArrayList<>();
        try (TerminalProgress progress = new TerminalProgress()) {
            List<MembershipAttack> attacks = attackNames.stream().distinct().map(name -> name.attack(rule, reduction, () -> {
                generators.add(MaskedLmNeighbours.open(references.get(0), options.toOptions()));
                return generators.get(0);
            })).toList();
            scorers.add(MaskedLmScorer.open(target, ofTarget));
            references.forEach(folder -> scorers.add(MaskedLmScorer.open(folder, options.toOptions())));
            List<MaskedLmScorer> referenceScorers = scorers.subList(1, scorers.size());
            if (dryRun) {
                plan(sentences, scorers.get(0), attacks, MembershipAttack::targetRules);
                referenceScorers.forEach(scorer -> plan(sentences, scorer, attacks, MembershipAttack::referenceRules));
                attacks.stream().flatMap(attack -> attack.targetRewritings().keySet().stream()).forEach(rewriting ->
                        System.out.println("not counted: scoring each sentence's rewritings (" + rewriting.label() + ")"));
                return;
            }
            makeFolder(output);
            Audit audit = Audit.of(sentences, scorers.get(0))
                    .withAttacks(attacks.toArray(MembershipAttack[]::new))
                    .withEvaluation(chosen)
                    .withListener(progress);
            for (MaskedLmScorer scorer : referenceScorers) {
                audit = audit.withReference(scorer);
            }
            ScoreTable scores = audit.score();
            ScoreSummaryFile.write(output.resolve("scores.csv"), scores);
            publish(audit.evaluate(scores), output);
        } finally {
            scorers.forEach(MaskedLmScorer::close);
            generators.forEach(MaskedLmNeighbours::close);
        }
    }

    private static void plan(AttackDataset sentences, MaskedLmScorer scorer, List<MembershipAttack> attacks,
            Function<MembershipAttack, Set<MaskingRule>> rulesOf) {
        List<Sample> samples = Stream.of(Population.values()).flatMap(population -> sentences.samples(population).stream()).toList();
        Set<MaskingRule> rules = attacks.stream().flatMap(attack -> rulesOf.apply(attack).stream()).collect(Collectors.toSet());
        System.out.println(PlanText.of(scorer.plan(samples, rules)));
    }

    static final class ReductionConverter implements ITypeConverter<Reduction> {
        @Override
        public Reduction convert(String value) {
            for (Reduction reduction : Reduction.values()) {
                if (reduction.label().equals(value)) {
                    return reduction;
                }
            }
            throw new TypeConversionException("'" + value + "' is none of sum, mean, per-character, per-word");
        }
    }
}
