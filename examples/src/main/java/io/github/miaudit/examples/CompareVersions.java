package io.github.miaudit.examples;

import io.github.miaudit.ComparativeAudit;
import io.github.miaudit.ComparisonReport;
import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Samples;
import io.github.miaudit.djl.MaskedLmScorer;
import io.github.miaudit.djl.MaskedLmTrainer;
import io.github.miaudit.likelihood.SequenceScorer;
import io.github.miaudit.report.output.ComparisonPublication;
import java.nio.file.Path;

/**
 * Asks which of two versions of a model leaks less, paired on the same sentences.
 * Run: {@code CompareVersions [DATASET BEFORE AFTER REFERENCE OUTPUT]}; by default the demonstration's, with the reference, which saw
 * no member, trained further on the externals for the later version; OUTPUT gets {@code comparison.html}.
 */
public final class CompareVersions {

    /** A model trained further on the externals, who are other patients. */
    static Path trainedFurther(Path model, Path data, Path output) {
        MaskedLmTrainer.from(model).withEpochs(2).train(Samples.readJsonLines(data.resolve("externals.jsonl")), output);
        return output;
    }

    public static void main(String[] arguments) {
        String demo = "mia-cli/src/main/resources/io/github/miaudit/cli/demo/";
        String[] given = arguments.length > 0 ? arguments
                : new String[] {demo + "dataset", demo + "target",
                        trainedFurther(Path.of(demo + "reference"), Path.of(demo + "dataset"), Path.of("demo-audit/after")).toString(),
                        demo + "reference", "demo-audit"};
        AttackDataset data = AttackDataset.readJsonLines(Path.of(given[0]));
        Path output = Path.of(given[4]);

        try (SequenceScorer before = MaskedLmScorer.open(Path.of(given[1]));
                SequenceScorer after = MaskedLmScorer.open(Path.of(given[2]));
                SequenceScorer reference = MaskedLmScorer.open(Path.of(given[3]))) {

            ComparisonReport comparison = ComparativeAudit.of(data)
                    .withTarget("before", before)
                    .withTarget("after", after)
                    .withReference("general", reference)
                    .run();

            System.out.println(comparison.toText()); // AUC after - before, its interval, p-values corrected by Holm
            ComparisonPublication.of(comparison).writeHtml(output.resolve("comparison.html"));
        }
    }
}
