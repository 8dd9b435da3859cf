package io.github.miaudit.examples;

import io.github.miaudit.Audit;
import io.github.miaudit.AuditReport;
import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.djl.MaskedLmScorer;
import io.github.miaudit.likelihood.SequenceScorer;
import io.github.miaudit.report.output.Publication;
import java.nio.file.Path;

/**
 * Audits a model against a reference that never saw the members.
 * Run: {@code AuditTwoModels [FOLDER OUTPUT]}; FOLDER holds {@code dataset}, {@code target} and {@code reference}, by default the
 * demonstration's; OUTPUT gets {@code audit.json} and {@code report.html}.
 */
public final class AuditTwoModels {

    public static void main(String[] arguments) {
        Path folder = Path.of(arguments.length > 0 ? arguments[0] : "mia-cli/src/main/resources/io/github/miaudit/cli/demo");
        Path output = Path.of(arguments.length > 1 ? arguments[1] : "demo-audit");

        AttackDataset data = AttackDataset.readJsonLines(folder.resolve("dataset"));

        try (SequenceScorer target = MaskedLmScorer.open(folder.resolve("target"));
                SequenceScorer reference = MaskedLmScorer.open(folder.resolve("reference"))) {

            AuditReport report = Audit.of(data, target)
                    .withReference(reference)
                    .atFalsePositiveRates(0.1, 0.01)
                    .run();

            System.out.println(report.toText());
            report.writeJson(output.resolve("audit.json"));
            Publication.of(report).writeHtml(output.resolve("report.html"));
        }
    }
}
