package io.github.miaudit.cli;

import io.github.miaudit.AuditReport;
import io.github.miaudit.report.output.Policy;
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
    private PublicationOptions publication;

    @Override
    void execute() {
        Optional<Policy> policy = publication.policy();
        AuditReport read = AuditReport.read(report);
        makeFolder(output);
        PublicationOptions.publish(read, output, policy);
    }
}
