package io.github.miaudit.cli;

import io.github.miaudit.io.AtomicFile;
import io.github.miaudit.io.OutputFolder;
import io.github.miaudit.io.OutputSet;
import io.github.miaudit.io.OutputSet.Earlier;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.membership.NamedAttack;
import io.github.miaudit.suite.Benchmark;
import io.github.miaudit.suite.BenchmarkExport;
import io.github.miaudit.suite.BenchmarkReport;
import io.github.miaudit.suite.BenchmarkTarget;
import io.github.miaudit.suite.SubmittedAttack;
import io.github.miaudit.suite.SuiteSize;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code mia benchmark}: which attack finds most, on tiny models that leak by degrees. */
@Command(name = "benchmark",
        description = "Trains tiny models that leak by degrees, or seem to, on invented notes, makes every attack by every rule on them,"
                + " and writes benchmark.json, benchmark.md and benchmark.html.")
final class BenchmarkCommand extends MiaCommand {

    private static final String DOCUMENT = "benchmark.json";
    private static final String TABLES = "benchmark.md";
    private static final String PAGE = "benchmark.html";
    private static final Set<String> FILES = Set.of(DOCUMENT, TABLES, PAGE);
    private static final List<Long> SEEDS = List.of(1L, 2L, 3L, 4L, 5L);

    @Option(names = "--output", required = true, paramLabel = "DIR", description = "The folder for the results.")
    private Path output;

    @Option(names = "--cache", paramLabel = "DIR",
            description = "The folder of trained models: what is there is not trained again (default: models, in the folder for the"
                    + " results).")
    private Path cache;

    @Option(names = "--seed", paramLabel = "N", split = ",", arity = "1..*",
            description = "Of patients, notes and targets; several give intervals (default: 1,2,3,4,5).")
    private List<Long> seeds;

    @Option(names = "--target", paramLabel = "NAME", split = ",", arity = "1..*", converter = TargetConverter.class,
            description = "Of the suite's targets; several may be given (default: all).")
    private List<BenchmarkTarget> targets;

    @Option(names = "--rule", paramLabel = "RULE", split = ",", arity = "1..*", converter = RuleOptions.RuleConverter.class,
            defaultValue = "original,within-word-l2r,partition,maskless",
            description = "For attacks that take one: ${bundle:" + HelpTexts.RULES + "}. Several may be given (default: ${DEFAULT-VALUE}).")
    private List<MaskingRule> rules;

    @Option(names = "--attack", paramLabel = "NAME", split = ",", arity = "1..*", converter = AttackOptions.AttackConverter.class,
            description = "As mia audit takes it (default: all).")
    private List<NamedAttack> attacks;

    @Option(names = "--attack-file", paramLabel = "FILE", arity = "1..*",
            description = "Membership scores made elsewhere: CSV with the header target,seed,id,score; higher = more likely a member.")
    private List<Path> attackFiles = List.of();

    @Option(names = "--export", paramLabel = "DIR",
            description = "Also write, for each target and seed, the sentences and the token scores that an attack made elsewhere needs.")
    private Path export;

    @Option(names = "--audits",
            description = "Also audit each target of each seed by the standard attacks and experimental-combined, and tell what the audit"
                    + " answers.")
    private boolean audits;

    @Option(names = "--quick", description = "Smaller models, seed 1 and the targets no-leak and epochs-32, unless others are asked for: to"
            + " see that it works.")
    private boolean quick;

    @Mixin
    private OverwriteOptions overwrite;

    @Override
    void execute() {
        List<SubmittedAttack> submitted = attackFiles.stream().map(SubmittedAttack::read).toList();
        Benchmark benchmark = BadUsageException.ifRefused(this::toBenchmark);
        OutputSet.requireFree(output, FILES, overwrite.earlier());
        if (export != null && overwrite.earlier() == Earlier.KEPT) {
            OutputFolder.at(export).requireFree();
        }
        try (OutputSet set = OutputSet.open(output, FILES, Set.of(), overwrite.earlier())) {
            Path models = cache == null ? output.resolve("models") : cache;
            makeFolder(models);
            BenchmarkReport report = benchmark.run(models, submitted, Optional.ofNullable(export).map(BenchmarkExport::new),
                    trainingLog(), System.out::println);
            report.writeJson(set.file(DOCUMENT));
            AtomicFile.write(set.file(TABLES), writer -> writer.write(report.toMarkdown()));
            AtomicFile.write(set.file(PAGE), writer -> writer.write(report.toHtml()));
            System.out.println("written to " + set.folder() + ": " + String.join(", ", set.complete()));
        }
    }

    private Benchmark toBenchmark() {
        List<BenchmarkTarget> all = quick ? List.of(BenchmarkTarget.NO_LEAK, BenchmarkTarget.EPOCHS_32)
                : List.of(BenchmarkTarget.values());
        List<Long> usual = quick ? SEEDS.subList(0, 1) : SEEDS;
        return new Benchmark(quick ? SuiteSize.QUICK : SuiteSize.FULL, seeds == null ? usual : seeds, targets == null ? all : targets,
                rules,
                attacks == null ? NamedAttack.all() : attacks, audits ? Benchmark.Audits.ALL : Benchmark.Audits.NONE);
    }

    static final class TargetConverter implements ITypeConverter<BenchmarkTarget> {
        @Override
        public BenchmarkTarget convert(String value) {
            return BenchmarkTarget.labelled(value).orElseThrow(
                    () -> Misspelling.noneOf(value, Arrays.stream(BenchmarkTarget.values()).map(BenchmarkTarget::label).toList()));
        }
    }
}
