package org.example;

import io.github.miaudit.Audit;
import io.github.miaudit.AuditReport;
import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.djl.MaskedLmScorer;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.likelihood.SequenceScorer;
import io.github.miaudit.likelihood.StoredScorer;
import io.github.miaudit.report.output.Publication;
import io.github.miaudit.store.SqliteScoreStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A project's own program: an audit of the demonstration with kept scores, to JSON and a page. */
public final class Consumer {

    private static final int LINES = 40;

    private Consumer() {
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        Path output = Files.createDirectories(Path.of(arguments[1]));
        Path dataset = Files.createDirectories(output.resolve("dataset"));
        for (String set : List.of("members.jsonl", "non_members.jsonl")) { // a part, which does not take long
            Files.write(dataset.resolve(set), Files.readAllLines(folder.resolve("dataset").resolve(set)).subList(0, LINES));
        }
        AttackDataset data = AttackDataset.readJsonLines(dataset);
        try (SequenceScorer target = StoredScorer.of(MaskedLmScorer.open(folder.resolve("target")),
                SqliteScoreStore.open(output.resolve("scores.db")));
                SequenceScorer reference = MaskedLmScorer.open(folder.resolve("reference"))) {
            AuditReport report = Audit.of(data, target).withReference(reference)
                    .withEvaluation(Evaluation.withDefaults().withBootstrapReplicates(100).withPermutations(1000)).run();
            report.writeJson(output.resolve("audit.json"));
            Publication.of(report).writeHtml(output.resolve("report.html"));
        }
        AuditReport read = AuditReport.read(output.resolve("audit.json"));
        System.out.println(read.toText().lines().limit(3).toList());
        if (!Files.readString(output.resolve("report.html")).contains("<svg")) {
            throw new IllegalStateException("the page has no picture");
        }
    }
}
