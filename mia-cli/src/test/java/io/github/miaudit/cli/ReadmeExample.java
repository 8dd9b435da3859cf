package io.github.miaudit.cli;

import io.github.miaudit.Audit;
import io.github.miaudit.AuditReport;
import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.djl.MaskedLmScorer;
import io.github.miaudit.likelihood.SequenceScorer;
import io.github.miaudit.membership.LikelihoodRatioAttack;
import io.github.miaudit.membership.LossAttack;
import io.github.miaudit.report.output.Publication;
import java.nio.file.Path;

/** The README's Java, as a program. */
final class ReadmeExample {

    private ReadmeExample() {
    }

    static void run(Path folder) {
        AttackDataset data = AttackDataset.readJsonLines(folder.resolve("dataset"));

        try (SequenceScorer target = MaskedLmScorer.open(folder.resolve("target"));
             SequenceScorer reference = MaskedLmScorer.open(folder.resolve("reference"))) {

            AuditReport report = Audit.of(data, target)
                    .withReference(reference)
                    .withAttacks(LikelihoodRatioAttack.withDefaults(), LossAttack.withDefaults())
                    .atFalsePositiveRates(0.1, 0.01)
                    .run();

            System.out.println(report.toText());
            report.writeJson(folder.resolve("audit.json"));
            Publication.of(report).writeHtml(folder.resolve("report.html"));
        }
    }
}
