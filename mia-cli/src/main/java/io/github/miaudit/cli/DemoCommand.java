package io.github.miaudit.cli;

import io.github.miaudit.Audit;
import io.github.miaudit.djl.MaskedLmScorer;
import io.github.miaudit.io.OutputSet;
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

    @Option(names = "--output", paramLabel = "DIR", defaultValue = "demo-report",
            description = "The folder for the results (default: ${DEFAULT-VALUE}).")
    private Path output;

    @Mixin
    private PublicationOptions publication;

    @Override
    void execute() {
        Optional<Policy> policy = publication.policy();
        try (OutputSet set = PublicationOptions.open(output); Demonstration demonstration = Demonstration.unpack();
                SequenceScorer target = MaskedLmScorer.open(demonstration.target());
                SequenceScorer reference = MaskedLmScorer.open(demonstration.reference());
                SequenceScorer control = MaskedLmScorer.open(demonstration.control());
                TerminalProgress progress = new TerminalProgress()) {
            PublicationOptions.publish(Audit.of(demonstration.dataset(), target).withReference(reference).withControl(control)
                    .withListener(progress).run().withSubject(ABOUT.withDate(LocalDate.now())), set, policy);
        }
    }
}
