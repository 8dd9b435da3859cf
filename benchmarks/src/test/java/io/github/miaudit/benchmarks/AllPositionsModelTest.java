package io.github.miaudit.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.miaudit.data.Sample;
import io.github.miaudit.djl.MaskedLmOptions;
import io.github.miaudit.djl.MaskedLmScorer;
import io.github.miaudit.djl.ScoringDevice;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.SequenceScore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rival that the benchmark times computes the same. */
class AllPositionsModelTest {

    @Test
    void bothWaysGiveTheSameLogLikelihoods(@TempDir Path folder) throws IOException {
        Sample sentence = RandomCheckpoint.sentence(NetworkShape.TINY, "s", 12, new Random(5));
        MaskedLmOptions options = MaskedLmOptions.withDefaults().withDevice(ScoringDevice.of("cpu"));
        try (RandomCheckpoint checkpoint = RandomCheckpoint.create(NetworkShape.TINY);
                MaskedLmScorer scorer = MaskedLmScorer.open(checkpoint.folder(), options)) {
            SequenceScore ours = scorer.score(List.of(sentence), MaskingRule.original()).get(0);
            AllPositionsModel.export(checkpoint.folder(), sentence, folder.resolve("export"));
            int[] tokenIds = ours.tokenIds();
            long[] tokens = new long[tokenIds.length + 2]; // between <s>, which is 0, and </s>
            Arrays.setAll(tokens, place -> place == 0 ? 0 : place > tokenIds.length ? 2 : tokenIds[place - 1]);
            try (AllPositionsModel rival = AllPositionsModel.open(folder.resolve("export"))) {
                for (int length : new int[] {tokens.length, 20}) { // without padding, and with
                    float[] theirs = rival.score(tokens, length, 4);
                    assertEquals(10, theirs.length);
                    for (int token = 0; token < theirs.length; token++) {
                        assertEquals(ours.logLikelihoods()[token], theirs[token], 1e-4);
                    }
                }
            }
        }
    }
}
