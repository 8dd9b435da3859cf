package io.github.miaudit.examples;

import io.github.miaudit.AuditReport;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code mia audit-scores}: the audit from losses computed elsewhere. */
@Command(name = "audit-scores", description = "Audits from losses computed elsewhere; writes audit.json.")
public final class AuditScoresCommand extends MiaCommand {

    @Option(names = "--scores", required = true, paramLabel = "FILE",
            description = "CSV with the header population,target_loss,reference_loss, optionally id,group; population is member,"
                    + " non_member or external; losses are mean negative log-likelihoods in nats.")
    private Path scores;

    @Option(names = "--output", required = true, paramLabel = "DIR", description = "The folder for audit.json.")
    private Path output;

    @Mixin
    private EvaluationOptions evaluation;

    private AuditScoresCommand() {
    }

    /**
     * Runs this command alone.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        System.exit(run(new AuditScoresCommand(), arguments));
    }

    @Override
    void execute() {
        AuditReport report = AuditReport.ofLosses(scores, evaluation.toEvaluation());
        makeFolder(output);
        publish(report, output);
    }
}
