package io.github.miaudit.cli;

import io.github.miaudit.data.Sample;
import io.github.miaudit.data.Samples;
import io.github.miaudit.djl.MaskedLmScorer;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ScoreFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code mia score}: token log-likelihoods of sentences. */
@Command(name = "score", description = "Scores sentences: one JSON object a line with every token's log-likelihood in nats.")
final class ScoreCommand extends MiaCommand {

    @Option(names = "--model", required = true, paramLabel = "DIR", description = "A Hugging Face masked-LM folder.")
    private Path model;

    @Option(names = "--input", required = true, paramLabel = "FILE",
            description = "A .jsonl of {\"id\":…,\"text\":…}, or any other file as one UTF-8 sentence a line, taken as it is.")
    private Path input;

    @Option(names = "--output", required = true, paramLabel = "FILE", description = "The JSON Lines file to write.")
    private Path output;

    @Option(names = "--dry-run", description = "Print what scoring would take, and write nothing.")
    private boolean dryRun;

    @Mixin
    private OverwriteOptions overwrite;

    @Mixin
    private RuleOptions rule;

    @Mixin
    private StoreOptions store;

    @Mixin
    private ModelOptions options;

    @Override
    void execute() {
        MaskingRule chosen = rule.toRule();
        if (!dryRun) {
            overwrite.require(output);
        }
        List<Sample> samples = Samples.read(input);
        try (Models models = new Models(options, store); TerminalProgress progress = progress()) {
            MaskedLmScorer scorer = models.scorer(model);
            if (dryRun) {
                PlanText.print(scorer, samples, Set.of(chosen));
            } else {
                makeFolder(output.toAbsolutePath().getParent());
                ScoreFile.write(output, models.stored(scorer).score(samples, Set.of(chosen), progress).get(chosen));
            }
        }
    }
}
