package io.github.miaudit.djl;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import io.github.miaudit.checkpoint.Checkpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Native memory, which Java does not collect, stays as it is, whatever shapes come and whatever fails. */
class ScoringMemoryTest {

    private static final int BATCHES = 10_000;
    private static final int SAMPLED_EVERY = 1_000;
    private static final long LIMIT = 150L << 20; // of the Java heap's and the allocator's ups and downs

    /** A batch that fails takes 200 kB of inputs; those of all, left open, would come to more than 600 MB. */
    @Test
    void tenThousandBatchesOfWhichAThirdFailLeaveNothingBehind() {
        ResidentMemory.assumeKnown();
        Checkpoint checkpoint = Checkpoint.open(Golden.ROBERTA.folder());
        int vocabulary = checkpoint.architecture().vocabularySize();
        Random random = new Random(1);
        List<Long> resident = new ArrayList<>();
        try (ScoringNetwork network = ScoringProgram.load(checkpoint, Device.cpu(), Precision.FLOAT32, Readout.MOMENTS)) {
            for (int batch = 0; batch <= BATCHES; batch++) {
                boolean fails = batch % 3 == 2;
                PackedRows rows = rows(random, vocabulary, fails ? 80 : 1);
                if (fails) {
                    rows.ids()[0] = vocabulary + 7;
                    assertThrows(EngineException.class, () -> network.values(rows));
                } else {
                    network.values(rows);
                }
                if (batch % SAMPLED_EVERY == 0) {
                    System.gc();
                    resident.add(ResidentMemory.bytes());
                }
            }
        }
        long growth = resident.get(resident.size() - 1) - resident.get(1);
        assertTrue(growth < LIMIT, "resident memory grew by " + growth + " bytes: " + resident);
    }

    /** Many rows of one length and one of another, about 300 tokens and a multiple of that, so that hardly two batches are alike. */
    private static PackedRows rows(Random random, int vocabulary, int times) {
        int rows = times * (8 + random.nextInt(8));
        int length = 20 + random.nextInt(8);
        int more = 3 + random.nextInt(30);
        int total = rows * length + more;
        long[] positions = new long[rows + 1];
        for (int row = 0; row <= rows; row++) {
            positions[row] = (long) row * length + 1;
        }
        return new PackedRows(random.longs(total, 5, vocabulary).toArray(), new long[] {rows, length, length, 1, 1, more, more, 1},
                positions,
                random.longs(rows + 1, 5, vocabulary).toArray());
    }
}
