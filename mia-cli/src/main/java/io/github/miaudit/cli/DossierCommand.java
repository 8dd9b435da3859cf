package io.github.miaudit.cli;

import io.github.miaudit.checkpoint.Checkpoint;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.OutputSet;
import io.github.miaudit.io.Sha256;
import io.github.miaudit.report.output.dossier.Dossier;
import io.github.miaudit.report.output.dossier.DossierFacts;
import io.github.miaudit.report.output.dossier.ModelFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code mia dossier}: an audit and what its makers state, in one archive that others can check. */
@Command(name = "dossier", subcommands = DossierVerifyCommand.class,
        description = "Makes one archive of an audit and of what you state: model, threat, sets, decision. The exit code is 3 if what is"
                + " stated contradicts the audit, which the archive says too.")
final class DossierCommand extends MiaCommand {

    @Option(names = "--audit", paramLabel = "DIR", description = "The folder that mia audit wrote.")
    private Path audit;

    @Option(names = "--facts", paramLabel = "FILE", description = "What no audit can know, in YAML (docs/dossier.md).")
    private Path facts;

    @Option(names = "--model", paramLabel = "DIR",
            description = "The audited model's folder, from which training.json and trainer_state.json are read.")
    private Path model;

    @Option(names = "--sign", paramLabel = "FILE", description = "A private key of Ed25519 (PKCS#8, PEM) that signs the manifest.")
    private Path key;

    @Option(names = "--date", paramLabel = "DATE", description = "The day on which it is made (default: today).")
    private LocalDate date;

    @Option(names = "--output", paramLabel = "FILE", description = "The archive, such as dossier.zip.")
    private Path output;

    @Mixin
    private OverwriteOptions overwrite;

    @Override
    void execute() {
        require("--audit", audit);
        require("--facts", facts);
        require("--output", output);
        overwrite.require(output);
        Path file = audit.resolve(PublicationOptions.DOCUMENT);
        DossierFacts stated = DossierFacts.read(facts);
        requireOfTheSet(file);
        Optional<ModelFacts> ofModel = Optional.ofNullable(model).map(folder -> ModelFacts.read(folder, Checkpoint.open(folder).digest()));
        Dossier made = Dossier.of(file, stated, ofModel, date == null ? LocalDate.now() : date);
        Dossier dossier = key == null ? made : made.signedWith(key);
        dossier.write(output);
        System.out.println("written to " + output);
        dossier.fingerprint().ifPresent(print -> System.out.println("signed with the key of SHA-256 " + print));
        if (!dossier.document().notStated().isEmpty()) {
            System.out.println("not stated: " + String.join(", ", dossier.document().notStated()));
        }
        dossier.document().against().forEach(each -> System.out.println("against a release: " + each));
        dossier.document().alarms().forEach(each -> System.out.println("ALARM: " + each));
        if (!dossier.document().alarms().isEmpty()) {
            throw new DecisionDoesNotHoldException();
        }
    }

    private static void require(String option, Path value) {
        if (value == null) { // not required of picocli, which would ask for it before verify too
            throw new BadUsageException("Missing required option: '" + option + "'");
        }
    }

    /** An audit.json that was changed after the audit is none. */
    private void requireOfTheSet(Path file) {
        Path sums = audit.resolve(OutputSet.SUMS);
        if (!Files.exists(sums)) {
            return;
        }
        try (Stream<String> lines = Files.lines(sums)) {
            String digest = Sha256.ofFiles(file);
            if (lines.noneMatch(line -> line.equals(digest + "  " + PublicationOptions.DOCUMENT))) {
                throw new InvalidFileException(file, "is not the one that " + OutputSet.SUMS + " beside it lists; was it changed? Make the"
                        + " audit anew");
            }
        } catch (IOException e) {
            throw new InvalidFileException(sums, e);
        }
    }
}
