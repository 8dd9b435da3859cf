package io.github.miaudit.examples;

import io.github.miaudit.Audit;
import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Sample;
import io.github.miaudit.djl.MaskedLmScorer;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.Reduction;
import io.github.miaudit.likelihood.ScoreSummaryFile;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.membership.LikelihoodRatioAttack;
import io.github.miaudit.membership.LiraAttack;
import io.github.miaudit.membership.LossAttack;
import io.github.miaudit.membership.MembershipAttack;
import io.github.miaudit.membership.MinKAttack;
import io.github.miaudit.report.Evaluation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
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

    @Option(names = "--attack", paramLabel = "NAME", split = ",", converter = AttackConverter.class, defaultValue = "likelihood-ratio,loss",
            description = "likelihood-ratio, loss, lira (at least 2 references) or experimental-min-k; several may be given (default: ${DEFAULT-VALUE}).")
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
        List<MembershipAttack> attacks = attackNames.stream().distinct().map(name -> name.attack(rule, reduction)).toList();
        Evaluation chosen = evaluation.toEvaluation();
        AttackDataset sentences = AttackDataset.readJsonLines(dataset);
        List<MaskedLmScorer> scorers = new ArrayList<>();
        try (TerminalProgress progress = new TerminalProgress()) {
            scorers.add(MaskedLmScorer.open(target, options.toOptions()));
            references.forEach(folder -> scorers.add(MaskedLmScorer.open(folder, options.toOptions())));
            List<MaskedLmScorer> referenceScorers = scorers.subList(1, scorers.size());
            if (dryRun) {
                plan(sentences, scorers.get(0), attacks, MembershipAttack::targetRules);
                referenceScorers.forEach(scorer -> plan(sentences, scorer, attacks, MembershipAttack::referenceRules));
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
        }
    }

    private static void plan(AttackDataset sentences, MaskedLmScorer scorer, List<MembershipAttack> attacks,
            Function<MembershipAttack, Set<MaskingRule>> rulesOf) {
        List<Sample> samples = Stream.of(Population.values()).flatMap(population -> sentences.samples(population).stream()).toList();
        Set<MaskingRule> rules = attacks.stream().flatMap(attack -> rulesOf.apply(attack).stream()).collect(Collectors.toSet());
        System.out.println(PlanText.of(scorer.plan(samples, rules)));
    }

    /** An attack that can be asked for by name. */
    private enum AttackName {

        LIKELIHOOD_RATIO("likelihood-ratio", (rule, reduction) -> LikelihoodRatioAttack.withDefaults().withRule(rule).withReduction(reduction)),
        LOSS("loss", (rule, reduction) -> LossAttack.withDefaults().withReduction(reduction)),
        LIRA("lira", (rule, reduction) -> LiraAttack.withDefaults().withRule(rule).withReduction(reduction)),
        MIN_K("experimental-min-k", (rule, reduction) -> MinKAttack.withDefaults());

        private final String label;
        private final BiFunction<MaskingRule, Reduction, MembershipAttack> maker;

        AttackName(String label, BiFunction<MaskingRule, Reduction, MembershipAttack> maker) {
            this.label = label;
            this.maker = maker;
        }

        private MembershipAttack attack(MaskingRule rule, Reduction reduction) {
            return maker.apply(rule, reduction);
        }
    }

    static final class AttackConverter implements ITypeConverter<AttackName> {
        @Override
        public AttackName convert(String value) {
            return Stream.of(AttackName.values()).filter(name -> name.label.equals(value)).findFirst().orElseThrow(() ->
                    new TypeConversionException("'" + value + "' is none of likelihood-ratio, loss, lira, experimental-min-k"));
        }
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
