package io.github.miaudit.cli;

import io.github.miaudit.report.output.dossier.VerifiedDossier;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mia dossier verify}: whether everything in a dossier follows, and who signed it. */
@Command(name = "verify", description = "Checks that everything in a dossier follows from its audit.json and its dossier.json, making all"
        + " pages anew, and says who signed it. The exit code is 0 if so, 1 if not or if it is not signed as --key says, 3 if it is whole"
        + " but its decision contradicts the audit or has expired.")
final class DossierVerifyCommand extends MiaCommand {

    @Parameters(paramLabel = "FILE", description = "The dossier.")
    private Path file;

    @Option(names = "--key", paramLabel = "FILE", description = "The public key (Ed25519, PEM) whose holder must have signed it.")
    private Path key;

    @Override
    void execute() {
        VerifiedDossier verified = VerifiedDossier.of(file, Optional.ofNullable(key));
        verified.toLines().forEach(System.out::println);
        LocalDate today = LocalDate.now();
        verified.document().stated().expires().filter(today::isAfter)
                .ifPresent(expires -> System.out.println("ALARM: The decision expired on " + expires + "; today is " + today + "."));
        if (!verified.document().holdsOn(today)) {
            throw new DecisionDoesNotHoldException();
        }
    }
}
