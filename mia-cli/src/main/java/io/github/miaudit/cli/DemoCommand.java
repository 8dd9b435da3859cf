package io.github.miaudit.cli;

import io.github.miaudit.Audit;
import io.github.miaudit.djl.MaskedLmScorer;
import io.github.miaudit.io.OutputSet;
import io.github.miaudit.io.OutputSet.Earlier;
import io.github.miaudit.likelihood.SequenceScorer;
import io.github.miaudit.report.Subject;
import io.github.miaudit.report.output.Policy;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code mia demo}: the embedded audit of a tiny model on synthetic notes, beside a control. */
@Command(name = "demo", description = "Audits the shipped tiny model on the shipped synthetic notes; writes audit.json and report.html.")
final class DemoCommand extends MiaCommand {

    private static final Subject ABOUT = Subject.UNNAMED.withTitle("Demonstration: a tiny model of synthetic notes")
            .withPurpose("to show what a report says").withDataset("notes that were made up");

    private static final Path ITS_OWN = Path.of("demo-report");

    @Option(names = "--output", paramLabel = "DIR",
            description = "The folder for the results (default: demo-report, where a demonstration replaces the one before).")
    private Path output;

    @Mixin
    private OverwriteOptions overwrite;

    @Mixin
    private PublicationOptions publication;

    @Override
    void execute() {
        Path folder = output == null ? ITS_OWN : output;
        Earlier earlier = output == null ? Earlier.REPLACED : overwrite.earlier();
        OutputSet.requireFree(folder, PublicationOptions.FILES, earlier);
        Optional<Policy> policy = publication.policy();
        try (OutputSet set = PublicationOptions.open(folder, earlier); Demonstration demonstration = Demonstration.unpack();
                SequenceScorer target = MaskedLmScorer.open(demonstration.target());
                SequenceScorer reference = MaskedLmScorer.open(demonstration.reference());
                SequenceScorer control = MaskedLmScorer.open(demonstration.control());
                TerminalProgress progress = progress()) {
            PublicationOptions.publish(Audit.of(demonstration.dataset(), target).withReference(reference).withControl(control)
                    .withListener(progress).run().withSubject(ABOUT.withDate(LocalDate.now())), set, policy);
        }
    }
}
