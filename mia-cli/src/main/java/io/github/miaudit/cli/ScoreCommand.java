package io.github.miaudit.cli;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.PerPopulation;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Sample;
import io.github.miaudit.data.Samples;
import io.github.miaudit.data.SentenceDigest;
import io.github.miaudit.djl.MaskedLmScorer;
import io.github.miaudit.io.UnorderedDigest;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelProbe;
import io.github.miaudit.likelihood.ScoreFile;
import io.github.miaudit.likelihood.ScoreManifest;
import io.github.miaudit.likelihood.ScoredSentence;
import io.github.miaudit.likelihood.ScoringInParts;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.likelihood.SequenceScorer;
import io.github.miaudit.likelihood.TokenCounter;
import io.github.miaudit.likelihood.TokenSpread;
import io.github.miaudit.likelihood.TolerantScorer;
import io.github.miaudit.membership.NamedAttack;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code mia score}: token log-likelihoods of sentences. */
@Command(name = "score",
        description = "Scores sentences: one JSON object a line with every token's log-likelihood in nats, and a manifest beside it that"
                + " says which model and rule made them; mia audit --from-scores reads both.")
final class ScoreCommand extends MiaCommand {

    private static final String SCORES = "scores.jsonl";

    @Option(names = "--model", required = true, paramLabel = "DIR", description = "A Hugging Face masked-LM folder.")
    private Path model;

    @ArgGroup(multiplicity = "1")
    private Source source;

    /** One of the two. */
    private static final class Source {

        @Option(names = "--input", required = true, paramLabel = "FILE",
                description = "A .jsonl of {\"id\":…,\"text\":…}, or any other file as one UTF-8 sentence a line, taken as it is.")
        private Path input;

        @Option(names = "--dataset", required = true, paramLabel = "DIR",
                description = "A folder with members.jsonl, non_members.jsonl and, optionally, externals.jsonl; scored by all rules that"
                        + " are given, or by those that standard attacks need: within-word-l2r, partition and maskless.")
        private Path dataset;
    }

    @Option(names = "--population", paramLabel = "SET",
            description = "Which set the sentences of --input are: member, non_member or external; audits need it.")
    private String population;

    @Option(names = "--output", required = true, paramLabel = "PATH",
            description = "The JSON Lines file to write; with --dataset the folder, for scores of several models and rules:"
                    + " model=DIGEST/rule=NAME/" + SCORES + ".")
    private Path output;

    @Option(names = "--without-tokens",
            description = "Write a sentence's sum alone, not each token: less to store, and no token ids, which give the text away; enough"
                    + " for likelihood-ratio, loss and other attacks on whole sentences.")
    private boolean withoutTokens;

    @Option(names = "--moments", description = "Also write what the model expects of each token, which attack min-k-plus-plus needs.")
    private boolean moments;

    @Option(names = "--no-probe",
            description = "With --dataset, don't ask the model again what checks of a target need; of references nobody needs it.")
    private boolean noProbe;

    @Option(names = "--allow-failed", paramLabel = "SHARE", defaultValue = "0",
            description = "Go on where sentences can't be scored, up to this share of them; they are marked as failed, with the reason"
                    + " (default: ${DEFAULT-VALUE}).")
    private double allowFailed;

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
        if (withoutTokens && moments) {
            throw new BadUsageException("--moments are of tokens; leave out --without-tokens or --moments");
        }
        if (source.dataset == null) {
            scoreFile(rule.toRule());
        } else {
            scoreDataset(new LinkedHashSet<>(rule.toRules(NamedAttack.standardRules())));
        }
    }

    private void scoreFile(MaskingRule chosen) {
        if (noProbe) {
            throw new BadUsageException("--no-probe is for --dataset; with --input no model is probed");
        }
        Optional<Population> set = Optional.ofNullable(population).map(ScoreCommand::population);
        if (!dryRun) {
            overwrite.require(output);
            overwrite.require(ScoreManifest.beside(output));
        }
        List<Sample> samples = Samples.read(source.input);
        try (Models models = new Models(options, store); TerminalProgress progress = progress()) {
            MaskedLmScorer scorer = models.scorer(model, moments);
            if (dryRun) {
                PlanText.print(scorer, samples, Set.of(chosen));
                return;
            }
            List<SequenceScore> scores = tolerant(models.stored(scorer, moments)).score(samples, Set.of(chosen), progress).get(chosen);
            List<ScoredSentence> sentences = new ArrayList<>();
            for (int row = 0; row < samples.size(); row++) {
                sentences.add(new ScoredSentence(set, samples.get(row).group(), told(scores.get(row))));
            }
            Population digested = set.orElse(Population.MEMBERS);
            makeFolder(output.toAbsolutePath().getParent());
            ScoreFile.write(output, sentences);
            ScoreManifest manifest = ScoreManifest
                    .of(output, scorer.model(), chosen, ScoreManifest.Counts.of(sentences),
                            SentenceDigest.of(digested, samples))
                    .withTrainedOn(scorer.isKnownToBeTrainedOn(samples) ? set.stream().toList() : List.of());
            tell(output, ScoreManifest.beside(output),
                    withoutTokens ? set.flatMap(known -> spread(known, scores)).map(manifest::withSpread).orElse(manifest) : manifest);
        }
    }

    private void scoreDataset(Set<MaskingRule> rules) {
        if (population != null) {
            throw new BadUsageException("--population is for --input; a dataset's files say which set they are");
        }
        AttackDataset dataset = AttackDataset.openJsonLines(source.dataset);
        try (Models models = new Models(options, store); TerminalProgress progress = progress()) {
            MaskedLmScorer scorer = models.scorer(model, moments);
            if (dryRun) {
                PlanText.print(scorer, Stream.of(Population.values()).flatMap(set -> dataset.samples(set).stream()).toList(), rules);
                return;
            }
            Map<MaskingRule, Path> files = new LinkedHashMap<>();
            for (MaskingRule each : rules) {
                files.put(each, folder(scorer, each).resolve(SCORES));
                overwrite.require(folder(scorer, each).resolve(SCORES));
                overwrite.require(folder(scorer, each).resolve(ScoreManifest.NAME));
            }
            SequenceScorer stored = models.stored(scorer, moments);
            ScoringInParts scoring = BadUsageException.ifRefused(() -> ScoringInParts.of(stored).withFailures(allowFailed));
            ScoringInParts.Outcome scored = (withoutTokens ? scoring.withoutTokens() : scoring).write(dataset, files, progress);
            Optional<ModelProbe> probe = noProbe ? Optional.empty() : scored.scores().withProbe(stored, dataset).probe();
            List<Population> trainedOn = Stream.of(Population.values()).filter(set -> !dataset.samples(set).isEmpty())
                    .filter(set -> scorer.isKnownToBeTrainedOn(dataset.samples(set))).toList();
            UnorderedDigest input = SentenceDigest.of(dataset);
            for (MaskingRule each : rules) {
                Path scores = Objects.requireNonNull(files.get(each));
                ScoreManifest manifest = ScoreManifest
                        .of(scores, scorer.model(), each, Objects.requireNonNull(scored.counts().get(each)), input)
                        .withTrainedOn(trainedOn);
                ScoreManifest asked = probe.map(manifest::withProbe).orElse(manifest);
                tell(scores, scores.resolveSibling(ScoreManifest.NAME),
                        withoutTokens ? scored.scores().spread(each).map(asked::withSpread).orElse(asked) : asked);
            }
        }
    }

    private Path folder(MaskedLmScorer scorer, MaskingRule each) {
        return output.resolve(ScoreManifest.folder(scorer.model().modelDigest(), each));
    }

    private SequenceScorer tolerant(SequenceScorer scorer) {
        return BadUsageException.ifRefused(() -> TolerantScorer.of(scorer, allowFailed));
    }

    private SequenceScore told(SequenceScore score) {
        return withoutTokens ? score.withoutTokens() : score;
    }

    /** Of a file of one set. */
    private static Optional<PerPopulation<TokenSpread>> spread(Population set, List<SequenceScore> scores) {
        TokenCounter counter = new TokenCounter();
        scores.forEach(score -> counter.add(set, score));
        return counter.spread();
    }

    private static void tell(Path scores, Path manifest, ScoreManifest told) {
        told.write(manifest);
        if (told.counts().failed() > 0) {
            System.err.println("mia: " + told.counts().failed() + " of " + told.counts().sentences() + " sentences could not be scored; "
                    + scores + " says why, by their ids");
        }
    }

    private static Population population(String name) {
        return Stream.of(Population.values()).filter(set -> set.rowLabel().equals(name)).findFirst()
                .orElseThrow(() -> new BadUsageException("--population is '" + name + "'; it must be member, non_member or external"));
    }
}
