package io.github.miaudit.cli;

import io.github.miaudit.djl.MaskedLmOptions;
import picocli.CommandLine.Option;

/** The word that a stranger's program needs to be run; an option of all commands that open models. */
final class ProgramOptions {

    @Option(names = "--trust-program",
            description = "Run model.pt where a folder holds it and no weights: a program, to be taken only from whom you would take one."
                    + " What it calls is looked at first (docs/security.md).")
    private boolean trusted;

    boolean areTrusted() {
        return trusted;
    }

    MaskedLmOptions toOptions() {
        return trusted ? MaskedLmOptions.withDefaults().withExportedModels() : MaskedLmOptions.withDefaults();
    }
}
