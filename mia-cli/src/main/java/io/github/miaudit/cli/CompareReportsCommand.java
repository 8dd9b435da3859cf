package io.github.miaudit.cli;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.report.AuditedDocument;
import io.github.miaudit.report.Differencing;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mia compare-reports}: what the reader of two reports learns by subtraction, to be asked before the second is published. */
@Command(name = "compare-reports", description = "Whether two reports, both published, tell of fewer patients than each alone may"
        + " tell of. The exit code is 0 if not, 1 if so or if it may be so, 4 if it can't be told.")
final class CompareReportsCommand extends MiaCommand {

    @Parameters(arity = "2", paramLabel = "FILE", description = "An audit.json or a comparison.json, each.")
    private List<Path> reports;

    @Option(names = "--dataset", paramLabel = "DIR",
            description = "The dataset of the first report, and again of the second: tells exactly, whatever the patients are called.")
    private List<Path> datasets = List.of();

    @Override
    void execute() {
        if (!datasets.isEmpty() && datasets.size() != 2) {
            throw new BadUsageException("there must be two --dataset, of the first report and of the second, or none");
        }
        AuditedDocument one = AuditedDocument.read(reports.get(0));
        AuditedDocument other = AuditedDocument.read(reports.get(1));
        Differencing difference = datasets.isEmpty() ? Differencing.of(one, other)
                : Differencing.of(one, AttackDataset.readJsonLines(datasets.get(0)), other,
                        AttackDataset.readJsonLines(datasets.get(1)));
        difference.reasons().forEach(System.out::println);
        switch (difference.answer()) {
            case NOTHING -> System.out.println("the two reports together tell of no fewer patients than each alone");
            case UNKNOWN -> throw new UndecidedException();
            case FEW -> throw new AuditException("who reads both reports learns of fewer patients than may be told: publish one of them, or"
                    + " audit sets that are the same or differ by more patients");
        }
    }
}
