package io.github.miaudit.cli;

import io.github.miaudit.ComparativeAudit;
import io.github.miaudit.ComparisonReport;
import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.likelihood.SequenceScorer;
import io.github.miaudit.report.output.ComparisonPublication;
import java.nio.file.Path;

/** The README's comparison, as a program. */
final class ReadmeComparison {

    private ReadmeComparison() {
    }

    static ComparisonReport run(AttackDataset data, SequenceScorer before, SequenceScorer after, SequenceScorer reference, Path folder) {
        ComparisonReport comparison = ComparativeAudit.of(data)
                .withTarget("before", before)
                .withTarget("after", after)
                .withReference("general", reference)
                .run();

        System.out.println(comparison.toText()); // AUC after - before, its interval, p-values corrected by Holm
        ComparisonPublication.of(comparison).writeHtml(folder.resolve("comparison.html"));
        return comparison;
    }
}
