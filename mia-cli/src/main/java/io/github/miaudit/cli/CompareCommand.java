package io.github.miaudit.cli;

import io.github.miaudit.ComparativeAudit;
import io.github.miaudit.ComparisonReport;
import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.io.OutputSet;
import io.github.miaudit.membership.MembershipAttack;
import io.github.miaudit.report.StatedUtilities;
import io.github.miaudit.report.Subject;
import io.github.miaudit.report.output.ComparisonPublication;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code mia compare}: which version of a model leaks less. */
@Command(name = "compare",
        description = "Audits several versions of a target against several references on one dataset, and compares them with the first;"
                + " writes comparison.json and report.html.")
final class CompareCommand extends MiaCommand {

    @Option(names = "--target", required = true, paramLabel = "NAME=DIR",
            description = "A version of the model to audit; at least two, the first is the baseline.")
    private Map<String, Path> targets;

    @Option(names = "--reference", required = true, paramLabel = "NAME=DIR",
            description = "A model that never saw the members; may be given several times.")
    private Map<String, Path> references;

    @Option(names = "--dataset", required = true, paramLabel = "DIR",
            description = "A folder with members.jsonl, non_members.jsonl and, optionally, externals.jsonl.")
    private Path dataset;

    @Option(names = "--output", required = true, paramLabel = "DIR", description = "The folder for the results.")
    private Path output;

    @Option(names = "--margin", paramLabel = "X",
            description = "Call two versions alike where their AUCs are shown to differ by less than this, such as 0.02.")
    private Double margin;

    @Mixin
    private OverwriteOptions overwrite;

    @Mixin
    private AttackOptions attack;

    @Mixin
    private StoreOptions store;

    @Mixin
    private SubjectOptions subject;

    @Mixin
    private UtilityOptions utility;

    @Mixin
    private EvaluationOptions evaluation;

    @Mixin
    private ModelOptions options;

    @Override
    void execute() {
        if (targets.size() < 2) {
            throw new BadUsageException("1 target; a comparison needs at least 2, each as --target NAME=DIR");
        }
        Optional<StatedUtilities> useful = utility.toUtilities(List.copyOf(targets.keySet()));
        Subject about = subject.toDatedSubject();
        Evaluation plain = evaluation.toEvaluation();
        Evaluation chosen = margin == null ? plain : BadUsageException.ifRefused(() -> plain.withMargin(margin));
        overwrite.requireReports(output);
        AttackDataset sentences = AttackDataset.readJsonLines(dataset);
        try (Models models = new Models(options, store); TerminalProgress progress = progress()) {
            List<MembershipAttack> attacks = attack.toAttacks(() -> models.neighbours(references.values().iterator().next()));
            ComparativeAudit audit = ComparativeAudit.of(sentences).withAttacks(attacks.toArray(MembershipAttack[]::new))
                    .withEvaluation(chosen).withListener(progress);
            for (Map.Entry<String, Path> target : targets.entrySet()) {
                audit = audit.withTarget(target.getKey(), models.storedTarget(models.target(target.getValue(), attacks), attacks));
            }
            for (Map.Entry<String, Path> reference : references.entrySet()) {
                audit = audit.withReference(reference.getKey(), models.stored(models.scorer(reference.getValue())));
            }
            audit.requireSound();
            try (OutputSet set = PublicationOptions.open(output, overwrite.earlier())) {
                ComparisonReport report = audit.run().withSubject(about).withOptions(givenOptions());
                publish(useful.map(report::withUtilities).orElse(report), set);
            }
        }
    }

    private static void publish(ComparisonReport report, OutputSet set) {
        report.writeJson(set.file(PublicationOptions.COMPARISON));
        System.out.print(report.toText());
        ComparisonPublication.of(report).writeHtml(set.file("report.html"));
        System.out.println("written to " + set.folder() + ": " + String.join(", ", set.complete()));
    }
}
