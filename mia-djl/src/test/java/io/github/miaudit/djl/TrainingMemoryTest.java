package io.github.miaudit.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import io.github.miaudit.checkpoint.Checkpoint;
import io.github.miaudit.data.Sample;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrainingMemoryTest {

    private static final long LIMIT = 60L << 20;

    @TempDir
    private Path folder;

    /** A step makes more than 1 MB of tensors; if 200 of them kept theirs, memory would grow by several times the limit. */
    @Test
    void trainingDoesNotGrow() {
        ResidentMemory.assumeKnown();
        List<Sample> sentences = IntStream.range(0, 40)
                .mapToObj(number -> Sample.of("" + number, "The patient had pain, " + "no fever, ".repeat(1 + number % 5))).toList();
        List<Long> resident = new ArrayList<>();
        MaskedLmTrainer.from(Golden.ROBERTA.folder()).withHeldOut(sentences).withTokensPerStep(128).withSteps(250).withCheckpointEvery(50)
                .withListener(progress -> {
                    if (progress.step() % 50 == 0) {
                        System.gc();
                        resident.add(ResidentMemory.bytes());
                    }
                }).train(sentences, folder.resolve("model"));
        long growth = resident.get(4) - resident.get(0);
        assertTrue(growth < LIMIT, "resident memory grew by " + growth + " bytes in 200 steps: " + resident);
    }

    /** What is small would not be seen in the process's memory. */
    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "BFLOAT16"})
    void aStepLeavesNoArrayBehind(Precision precision) {
        Checkpoint checkpoint = Checkpoint.open(Golden.ROBERTA.folder());
        TrainingBatch batch = new TrainingBatch(List.of(new TrainingBatch.Row(new long[] {0, 20, 4, 2}, new long[] {2}, new long[] {30})));
        try (TrainableNetwork network = TrainableNetwork.load(checkpoint.architecture(), ScoringDevice.of("cpu"), precision,
                manager -> Weights.load(checkpoint, manager))) {
            AdamW optimiser = AdamW.of(network.weights(), 0.01, network.manager());
            int before = network.manager().getManagedArrays().size();
            for (int step = 1; step <= 3; step++) {
                network.addGradients(batch, 1);
                network.loss(batch);
                Map<String, NDArray> gradients = network.gradients();
                GlobalNorm.clip(gradients.values(), 1e-3);
                optimiser.update(gradients, 1e-3, step);
                gradients.values().forEach(NDArray::close);
                network.clearGradients();
                network.write(folder.resolve("model.safetensors"));
            }
            assertEquals(3 * network.weights().size(), before);
            assertEquals(before, network.manager().getManagedArrays().size());
        }
    }
}
