package io.github.miaudit.cli;

import io.github.miaudit.IdentifierAudit;
import io.github.miaudit.IdentifierReport;
import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Sample;
import io.github.miaudit.data.Samples;
import io.github.miaudit.djl.MaskedLmScorer;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.evaluation.SampledTargetChecks;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.OutputSet;
import io.github.miaudit.report.output.Policy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code mia identifiers}: whether a model prefers true identifiers to others that could as well have stood in their place. */
@Command(name = "identifiers",
        description = "Audits whether a target model prefers the identifiers in its training sentences, such as names, to others of the"
                + " same list or format, beyond reference models that never saw them; needs no non-members. Writes identifiers.json and"
                + " identifiers.md.")
final class IdentifiersCommand extends MiaCommand {

    @Option(names = "--target", required = true, paramLabel = "DIR", description = "The Hugging Face folder of the model to audit.")
    private Path target;

    @Option(names = "--reference", required = true, paramLabel = "DIR",
            description = "The folder of a model that never saw the members; may be given several times.")
    private List<Path> references;

    @Option(names = "--control", paramLabel = "DIR",
            description = "The folder of a model that was made like the target, of other patients of the same source, and never saw the"
                    + " members.")
    private Path control;

    @ArgGroup(multiplicity = "1")
    private Sentences sentences;

    /** Where they are. */
    private static final class Sentences {

        @Option(names = "--dataset", paramLabel = "DIR",
                description = "A folder with members.jsonl and, optionally, non_members.jsonl, where nothing is to be found.")
        private Path dataset;

        @Option(names = "--input", paramLabel = "FILE",
                description = "The members alone: a .jsonl of {\"id\":…,\"group\":…,\"text\":…}, or any other file as one sentence a line.")
        private Path input;
    }

    @Option(names = "--output", required = true, paramLabel = "DIR", description = "The folder for the results.")
    private Path output;

    @Option(names = "--confidence", paramLabel = "LEVEL", defaultValue = "0.95",
            description = "Of all intervals (default: ${DEFAULT-VALUE}).")
    private double confidence;

    @Option(names = "--permutations", paramLabel = "N", defaultValue = "10000", description = "Of all tests (default: ${DEFAULT-VALUE}).")
    private int permutations;

    @Option(names = "--smallest-count", paramLabel = "N", defaultValue = "5",
            description = "Tell no count of fewer patients, nor what betrays one; 1 tells all (default: ${DEFAULT-VALUE}).")
    private int smallestCount;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1",
            description = "Of the surrogates and the tests (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--dry-run", description = "Print what scoring would take, and write nothing.")
    private boolean dryRun;

    @Mixin
    private OverwriteOptions overwrite;

    @Mixin
    private IdentifierOptions identifiers;

    @Mixin
    private ExtractionOptions extraction;

    @Mixin
    private ModelOptions options;

    @Mixin
    private PublicationOptions publication;

    @Override
    void execute() {
        IdentifierOptions.Chosen chosen = identifiers.toChosen(seed);
        extraction.settings();
        Evaluation evaluation = BadUsageException.ifRefused(() -> Evaluation.withDefaults().withConfidence(confidence)
                .withPermutations(permutations).withSmallestCount(smallestCount).withSeed(seed));
        Optional<Policy> policy = publication.policy();
        if (!dryRun) {
            overwrite.requireReports(output);
        }
        IdentifierOptions.Sentences members = new IdentifierOptions.Sentences(members(), file(Population.MEMBERS));
        Optional<IdentifierOptions.Sentences> nonMembers = nonMembers()
                .map(samples -> new IdentifierOptions.Sentences(samples, file(Population.NON_MEMBERS)));
        try (Models models = new Models(options, new StoreOptions()); TerminalProgress progress = progress()) {
            MaskedLmScorer audited = models.scorer(target);
            List<MaskedLmScorer> referenceScorers = references.stream().map(models::scorer).toList();
            Optional<MaskedLmScorer> controlScorer = Optional.ofNullable(control).map(models::scorer);
            IdentifierAudit audit = extraction.with(
                    chosen.audit(members, nonMembers, audited, referenceScorers, controlScorer, evaluation).withListener(progress));
            audit.requireSound();
            if (dryRun) {
                List<MaskedLmScorer> all = Stream.of(Stream.of(audited), referenceScorers.stream(), controlScorer.stream())
                        .flatMap(scorers -> scorers).toList();
                IdentifierPlanText.print(audit.work(), chosen.reading(), all);
                extraction.print(audit.work());
                System.out.println(String.format(Locale.ROOT, "and %,d members by %s, target and first reference, to check that the"
                        + " target works", SampledTargetChecks.sampleSize(members.samples().size()), SampledTargetChecks.RULE.label()));
                return;
            }
            try (OutputSet set = PublicationOptions.open(output, overwrite.earlier())) {
                IdentifierReport report = audit.run().withOptions(givenOptions());
                if (extraction.includesText()) {
                    extraction.writeTexts(set.file(PublicationOptions.FILLINGS));
                }
                PublicationOptions.publish(report, set, policy);
            }
        }
    }

    private List<Sample> members() {
        if (sentences.input != null) {
            return Samples.read(sentences.input);
        }
        if (!Files.isDirectory(sentences.dataset)) {
            throw new InvalidFileException(sentences.dataset, "is no folder; expected one with members.jsonl");
        }
        return read(Population.MEMBERS);
    }

    private Optional<List<Sample>> nonMembers() {
        return sentences.dataset != null && Files.exists(file(Population.NON_MEMBERS)) ? Optional.of(read(Population.NON_MEMBERS))
                : Optional.empty();
    }

    private List<Sample> read(Population population) {
        List<Sample> samples = new ArrayList<>();
        AttackDataset.readJsonLines(sentences.dataset, population, samples::add);
        return samples;
    }

    private Path file(Population population) {
        return sentences.dataset == null ? sentences.input : sentences.dataset.resolve(population.label() + ".jsonl");
    }
}
