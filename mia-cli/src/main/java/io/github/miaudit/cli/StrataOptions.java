package io.github.miaudit.cli;

import io.github.miaudit.data.Strata;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Whether an audit tells figures by stratum. */
final class StrataOptions {

    @Option(names = "--strata", paramLabel = "FILE",
            description = "CSV with a column patient, with the names that the sentences have, and a column a variable, such as sex,"
                    + " age band"
                    + " or rare disease: figures by stratum, so that averages hide nobody.")
    private Path file;

    /** To be asked for before any long work; empty if not wanted. */
    Optional<Strata> toStrata() {
        return Optional.ofNullable(file).map(Strata::read);
    }
}
