package io.github.miaudit.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.miaudit.Audit;
import io.github.miaudit.AuditReport;
import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Population;
import io.github.miaudit.djl.MaskedLmOptions;
import io.github.miaudit.djl.MaskedLmScorer;
import io.github.miaudit.djl.ScoringDevice;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.evaluation.TargetCheck;
import io.github.miaudit.report.Attack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All of the demonstration: {@code mvn -Pcluster verify}. */
@Tag("cluster")
class ClusterAuditTest {

    private static final Evaluation EVALUATION = Evaluation.withDefaults().withBootstrapReplicates(200).withPermutations(1000);

    /**
     * Target and reference are scored in seven buckets and audited. Other sentences are in a batch, so log-likelihoods differ by the noise
     * of float32, and a pair of sentences may change places; the model is asked again about other sentences, so what it says differs, but
     * not what follows of it.
     */
    @Test
    void theVerdictIsThatOfOneMachine(@TempDir Path folder) throws IOException {
        AttackDataset dataset = AttackDataset.readJsonLines(Demonstration.dataset());
        AuditReport found = onSpark(folder, Demonstration.write(folder.resolve("sentences"), Integer.MAX_VALUE), dataset, 4096, 7);
        AuditReport expected = onOneMachine(dataset);

        assertEquals(expected.document().conclusion(), found.document().conclusion());
        assertEquals(outcomes(expected), outcomes(found));
        assertEquals(List.of(), found.document().targetChecks().stream()
                .filter(check -> check.kind().isNeeded() && check.outcome() == TargetCheck.Outcome.NOT_MADE).toList());
        assertEquals(expected.document().main().validity().verdict(), found.document().main().validity().verdict());
        List<Attack> attacks = expected.document().main().attacks();
        for (int place = 0; place < attacks.size(); place++) {
            assertEquals(attacks.get(place).auc(), found.document().main().attacks().get(place).auc(), 1e-4, attacks.get(place).name());
        }
    }

    /** Where rows come in the dataset's order, in one bucket, they share their batches with the same others. */
    @Test
    void ofOneBucketFiguresAreThoseOfOneMachineBitForBit(@TempDir Path folder) throws IOException {
        AttackDataset dataset = AttackDataset.readJsonLines(Demonstration.dataset());
        List<String> lines = Stream.of(Population.values()).flatMap(set -> Demonstration.sentences(set, Integer.MAX_VALUE).stream())
                .toList();
        Path sentences = Files.write(folder.resolve("sentences.json"), lines);
        AuditReport found = onSpark(folder, sentences, dataset, 1 << 27, 1);
        AuditReport expected = onOneMachine(dataset);
        assertEquals(expected.document().comparisons(), found.document().comparisons());
    }

    private static AuditReport onSpark(Path folder, Path sentences, AttackDataset dataset, int bytesOfPartition, int buckets)
            throws IOException {
        String output = folder.resolve("scores").toUri().toString();
        try (SparkSession spark = SparkSession.builder().master("local[2]").config("spark.ui.enabled", false)
                .config("spark.driver.host", "localhost").config("spark.sql.warehouse.dir", folder.resolve("warehouse").toString())
                .config("spark.sql.files.maxPartitionBytes", bytesOfPartition).getOrCreate()) {
            for (Path model : List.of(Demonstration.model(), Demonstration.reference())) {
                ClusterScoring.of(Demonstration.read(spark, sentences), Demonstration.COLUMNS, ClusterModel.at(model.toUri().toString()))
                        .withBuckets(buckets).into(output);
            }
            return ClusterScores.read(spark, output).audit("target").withReference("reference").withDataset(dataset)
                    .withEvaluation(EVALUATION).run();
        }
    }

    private static AuditReport onOneMachine(AttackDataset dataset) {
        MaskedLmOptions options = MaskedLmOptions.withDefaults().withDevice(ScoringDevice.of("cpu"));
        try (MaskedLmScorer target = MaskedLmScorer.open(Demonstration.model(), options);
                MaskedLmScorer reference = MaskedLmScorer.open(Demonstration.reference(), options)) {
            return Audit.of(dataset, target).withReference(reference).withEvaluation(EVALUATION).run();
        }
    }

    private static List<String> outcomes(AuditReport report) {
        return report.document().targetChecks().stream().map((TargetCheck check) -> check.kind() + " " + check.outcome()).toList();
    }
}
