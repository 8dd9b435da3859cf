package io.github.miaudit.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import io.github.miaudit.checkpoint.Checkpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the kernels themselves compute is seen on a GPU alone, or as {@code benchmarks/gpu/pretended_kernels.py} says. */
class AttentionTest {

    /** NVIDIA's CUDA guide: 7.5 is Turing, 8.0 Ampere, 9.0 Hopper. */
    @ParameterizedTest
    @CsvSource({"75,FLOAT32,TOGETHER", "75,FLOAT16,BY_BLOCK", "80,FLOAT16,TOGETHER", "80,BFLOAT16,TOGETHER", "90,FLOAT32,TOGETHER",
            "120,BFLOAT16,TOGETHER"})
    void halfPrecisionTakesAmpere(String capability, Precision precision, Attention expected) {
        assertEquals(expected, Attention.on(capability, precision));
    }

    @ParameterizedTest
    @CsvSource({"FLOAT32", "BFLOAT16", "FLOAT16"})
    void onACpuItIsByBlock(Precision precision) {
        assertEquals(Attention.BY_BLOCK, Attention.on(Device.cpu(), precision));
    }

    @Test
    void whatPyTorchCannotCompileIsByBlock() {
        List<Attention> tried = new ArrayList<>();
        assertEquals("loaded", Attention.TOGETHER.load(attention -> {
            tried.add(attention);
            if (attention == Attention.TOGETHER) {
                throw new EngineException("Unknown builtin op: aten::_flash_attention_forward.");
            }
            return "loaded";
        }));
        assertEquals(List.of(Attention.TOGETHER, Attention.BY_BLOCK), tried);
    }

    @Test
    void otherFailuresAreTold() {
        assertThrows(EngineException.class, () -> Attention.TOGETHER.load(attention -> {
            assertEquals(Attention.TOGETHER, attention);
            throw new EngineException("CUDA out of memory. Tried to allocate 20.00 MiB");
        }));
        assertThrows(EngineException.class, () -> Attention.BY_BLOCK.load(attention -> {
            throw new EngineException("no such device");
        }));
    }

    /** This PyTorch compiles every family's program for a GPU too, which on a CPU computes the same to the bit. */
    @ParameterizedTest
    @ValueSource(strings = {"golden/roberta-tiny", "golden/families/deberta-v2", "golden/families/eurobert", "golden/families/longformer",
            "golden/families/modernbert", "golden/families/mpnet", "golden/rare-settings/nomic-bert", "golden/families/megatron-bert",
            "golden/variants/xmod"})
    void onACpuTheProgramForAGpuComputesTheSame(String folder) {
        Checkpoint checkpoint = Checkpoint.open(Golden.resource("/" + folder));
        PackedRows rows = rows(checkpoint.architecture().vocabularySize());
        assertArrayEquals(values(checkpoint, rows, Attention.BY_BLOCK), values(checkpoint, rows, Attention.TOGETHER));
    }

    private static float[] values(Checkpoint checkpoint, PackedRows rows, Attention attention) {
        try (ScoringNetwork network = ScoringProgram.load(checkpoint, Device.cpu(), Precision.FLOAT32, Readout.PLAIN, attention)) {
            return network.values(rows);
        }
    }

    /** Two rows of 5 tokens, of which each scores one, and one of 9 tokens, which scores two. */
    private static PackedRows rows(int vocabulary) {
        Random random = new Random(1);
        long[] ids = LongStream.generate(() -> 4 + random.nextInt(vocabulary - 4)).limit(19).toArray();
        return new PackedRows(ids, new long[] {2, 5, 5, 1, 1, 9, 9, 2}, new long[] {1, 7, 12, 16}, new long[] {7, 8, 9, 10});
    }
}
