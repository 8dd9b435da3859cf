package io.github.miaudit.cli;

import io.github.miaudit.AuditReport;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.io.OutputSet;
import io.github.miaudit.membership.LossFile;
import io.github.miaudit.report.Subject;
import io.github.miaudit.report.output.Policy;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code mia audit-scores}: the audit from losses computed elsewhere. */
@Command(name = "audit-scores", description = "Audits from losses computed elsewhere; writes audit.json and report.html.")
final class AuditScoresCommand extends MiaCommand {

    @Option(names = "--scores", required = true, paramLabel = "FILE",
            description = "CSV with the header population,target_loss,reference_loss, optionally control_loss,id,group; population is"
                    + " member,"
                    + " non_member or external; losses are mean negative log-likelihoods in nats.")
    private Path scores;

    @Option(names = "--output", required = true, paramLabel = "DIR", description = "The folder for the results.")
    private Path output;

    @Option(names = "--attack", paramLabel = "NAME", split = ",", arity = "1..*", converter = AttackConverter.class,
            defaultValue = "likelihood-ratio,loss",
            description = "likelihood-ratio or loss; several may be given (default: ${DEFAULT-VALUE}).")
    private List<String> attacks;

    @Mixin
    private OverwriteOptions overwrite;

    @Mixin
    private StrataOptions strata;

    @Mixin
    private PublicationOptions publication;

    @Mixin
    private SubjectOptions subject;

    @Mixin
    private EvaluationOptions evaluation;

    @Override
    void execute() {
        Optional<Policy> policy = publication.policy();
        Subject about = subject.toDatedSubject();
        Evaluation chosen = evaluation.toEvaluation();
        overwrite.requireReports(output);
        AuditReport report = AuditReport
                .ofLosses(scores, attacks.stream().distinct().toList(), chosen, strata.toStrata()).withSubject(about)
                .withOptions(givenOptions());
        try (OutputSet set = PublicationOptions.open(output, overwrite.earlier())) {
            PublicationOptions.publish(report, set, policy);
        }
    }

    static final class AttackConverter implements ITypeConverter<String> {
        @Override
        public String convert(String value) {
            if (!LossFile.ATTACKS.contains(value)) {
                throw new TypeConversionException("'" + value + "' is none of " + String.join(", ", LossFile.ATTACKS)
                        + "; the other attacks need the models, see mia audit");
            }
            return value;
        }
    }
}
