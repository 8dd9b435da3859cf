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
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rival that the benchmark times computes the same. */
class AllPositionsModelTest {

    @Test
    void bothWaysGiveTheSameLogLikelihoods(@TempDir Path folder) throws IOException {
        Sample sentence = RandomCheckpoint.sentence(NetworkShape.TINY, "s", 12, new Random(5));
        try (RandomCheckpoint checkpoint = RandomCheckpoint.create(NetworkShape.TINY);
                MaskedLmScorer scorer = MaskedLmScorer.open(checkpoint.folder(), MaskedLmOptions.withDefaults().withDevice(ScoringDevice.of("cpu")))) {
            SequenceScore ours = scorer.score(List.of(sentence), MaskingRule.original()).get(0);
            AllPositionsModel.export(checkpoint.folder(), sentence, folder.resolve("export"));
            long[] tokens = LongStream.concat(LongStream.concat(LongStream.of(0), Arrays.stream(ours.tokenIds()).asLongStream()), LongStream.of(2)).toArray();
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
