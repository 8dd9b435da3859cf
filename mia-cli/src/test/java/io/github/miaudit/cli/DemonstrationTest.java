package io.github.miaudit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.Audit;
import io.github.miaudit.djl.MaskedLmScorer;
import io.github.miaudit.likelihood.SequenceScorer;
import io.github.miaudit.membership.LikelihoodRatioAttack;
import io.github.miaudit.membership.LossAttack;
import io.github.miaudit.report.Attack;
import io.github.miaudit.report.Comparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is shipped is what {@code train-demo} makes, and it shows what it is there to show. */
class DemonstrationTest {

    @TempDir
    private static Path shipped;

    @TempDir
    private Path made;

    @BeforeAll
    static void unpack() {
        Demonstration.unpackInto(shipped);
    }

    @Test
    void theShippedNotesAndTokenizersAreThoseOfTrainDemo() throws IOException {
        TrainDemoCommand.Notes notes = TrainDemoCommand.Notes.generate();
        notes.writeDataset(made);
        for (String file : List.of("members.jsonl", "non_members.jsonl", "externals.jsonl")) {
            assertEquals(-1, Files.mismatch(made.resolve(file), shipped.resolve("dataset").resolve(file)), file);
        }
        String tokenizer = notes.trainTokenizer();
        assertEquals(tokenizer, Files.readString(shipped.resolve("target/tokenizer.json")));
        assertEquals(tokenizer, Files.readString(shipped.resolve("reference/tokenizer.json")));
    }

    @Test
    void theLikelihoodRatioSeesMoreOfTheLeakThanTheLoss() {
        try (Demonstration demonstration = Demonstration.unpack();
                SequenceScorer target = MaskedLmScorer.open(demonstration.target());
                SequenceScorer reference = MaskedLmScorer.open(demonstration.reference())) {
            Comparison comparison = Audit.of(demonstration.dataset(), target)
                    .withReference(reference)
                    .withAttacks(LikelihoodRatioAttack.withDefaults(), LossAttack.withDefaults())
                    .run().document().main();
            Attack ratio = comparison.attacks().get(0);
            Attack loss = comparison.attacks().get(1);
            assertTrue(ratio.auc() > loss.auc() + 0.05, ratio + " against " + loss);
            assertTrue(truePositiveRate(ratio) > 2 * truePositiveRate(loss), ratio + " against " + loss);
        }
    }

    /** At the first false positive rate, 0.1. */
    private static double truePositiveRate(Attack attack) {
        return attack.tprAtFpr().get(0).tpr().orElseThrow();
    }
}
