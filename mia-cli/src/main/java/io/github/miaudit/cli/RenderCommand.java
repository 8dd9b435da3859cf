package io.github.miaudit.cli;

import io.github.miaudit.AuditReport;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.OutputSet;
import io.github.miaudit.report.Subject;
import io.github.miaudit.report.output.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code mia render}: page and summaries of an audit that was made before. */
@Command(name = "render", description = "Makes page, summary and model card of an earlier audit's audit.json anew, and checks a policy.")
final class RenderCommand extends MiaCommand {

    @Option(names = "--report", required = true, paramLabel = "FILE", description = "The audit.json, of this version's schema.")
    private Path report;

    @Option(names = "--output", required = true, paramLabel = "DIR", description = "The folder for the results.")
    private Path output;

    @Mixin
    private OverwriteOptions overwrite;

    @Mixin
    private PublicationOptions publication;

    @Mixin
    private SubjectOptions subject;

    @Override
    void execute() {
        Optional<Policy> policy = publication.policy();
        Subject about = subject.toSubject();
        overwrite.requireReports(output);
        AuditReport read = AuditReport.read(report);
        AuditReport told = read.withSubject(read.document().subject().overriddenBy(about));
        try (OutputSet set = PublicationOptions.open(output, overwrite.earlier())) {
            if (isIn(output)) {
                set.keep(PublicationOptions.SCORES); // they are this report's
                set.keep(PublicationOptions.ATTACK_SCORES);
            }
            PublicationOptions.publish(told, set, policy);
        }
    }

    private boolean isIn(Path folder) {
        try {
            return Files.isSameFile(report.toAbsolutePath().getParent(), folder);
        } catch (IOException e) {
            throw new InvalidFileException(folder, e);
        }
    }
}
