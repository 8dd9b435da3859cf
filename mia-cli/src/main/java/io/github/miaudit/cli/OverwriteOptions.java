package io.github.miaudit.cli;

import io.github.miaudit.io.OutputSet;
import io.github.miaudit.io.OutputSet.Earlier;
import java.nio.file.Path;
import java.util.Set;
import picocli.CommandLine.Option;

/** Whether the results of an earlier run may be replaced. */
final class OverwriteOptions {

    @Option(names = "--overwrite", description = "Replace the results of an earlier run, all at once; without it they are never touched.")
    private boolean overwrite;

    /** What becomes of the results of an earlier run. */
    Earlier earlier() {
        return overwrite ? Earlier.REPLACED : Earlier.KEPT;
    }

    /** Makes sure, before any work, that a file of results can be written. */
    void require(Path file) {
        OutputSet.requireFree(file, earlier());
    }

    /** Makes sure, before any work, that the files of an audit, a comparison or identifiers can be written to a folder. */
    void requireReports(Path folder) {
        OutputSet.requireFree(folder, PublicationOptions.FILES, earlier());
    }
}
