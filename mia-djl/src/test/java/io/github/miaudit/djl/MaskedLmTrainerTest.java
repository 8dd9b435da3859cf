package io.github.miaudit.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.AuditException;
import io.github.miaudit.data.Sample;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.Reduction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaskedLmTrainerTest {

    private static final List<Sample> SENTENCES = List.of(
            Sample.of("1", "The chest was clear."), Sample.of("2", "No chest pain."),
            Sample.of("3", "The patient was given aspirin."), Sample.of("4", "She had no fever and no cough."));

    @TempDir
    private Path folder;

    @Test
    void trainingLowersTheLossAndWritesAFolderThatScoresAsTrained() throws IOException {
        List<Double> losses = new ArrayList<>();
        trainer().withListener((epoch, epochs, loss) -> losses.add(loss)).train(SENTENCES, tokenizerJson(), folder);

        assertEquals(60, losses.size());
        assertTrue(losses.get(59) < 0.5 * losses.get(0), losses.toString());
        try (MaskedLmScorer scorer = MaskedLmScorer.open(folder)) {
            double learnt = Reduction.MEAN.reduce(scorer.score(SENTENCES, MaskingRule.original())).length;
            assertEquals(4, learnt);
            double seen = Reduction.MEAN.reduce(scorer.score(SENTENCES.subList(0, 1), MaskingRule.original()).get(0));
            double unseen = Reduction.MEAN.reduce(scorer.score(List.of(Sample.of("x", "Zygote quorum vexes!")), MaskingRule.original()).get(0));
            assertTrue(seen > unseen + 1, seen + " nats against " + unseen);
        }
    }

    @Test
    void theSeedDecidesTheWeights() throws IOException {
        Path again = folder.resolve("again");
        Path other = folder.resolve("other");
        trainer().withEpochs(2).train(SENTENCES, tokenizerJson(), folder.resolve("first"));
        trainer().withEpochs(2).train(SENTENCES, tokenizerJson(), again);
        trainer().withEpochs(2).withSeed(2).train(SENTENCES, tokenizerJson(), other);

        byte[] first = Files.readAllBytes(folder.resolve("first/model.safetensors"));
        assertArrayEquals(first, Files.readAllBytes(again.resolve("model.safetensors")));
        assertTrue(!java.util.Arrays.equals(first, Files.readAllBytes(other.resolve("model.safetensors"))));
    }

    @Test
    void aSentenceBeyondTheMaximumLengthIsNamed() throws IOException {
        String tokenizer = tokenizerJson();
        Sample tooLong = Sample.of("long", "pain ".repeat(40));
        AuditException error = assertThrows(AuditException.class, () -> trainer().train(List.of(tooLong), tokenizer, folder));
        assertTrue(error.getMessage().startsWith("sentence long has "), error.getMessage());
    }

    private static MaskedLmTrainer trainer() {
        return MaskedLmTrainer.of(new NetworkSize(2, 32, 2, 64, 30)).withEpochs(60).withLearningRate(5e-3);
    }

    private static String tokenizerJson() throws IOException {
        return Files.readString(Golden.ROBERTA.folder().resolve("tokenizer.json"));
    }
}
