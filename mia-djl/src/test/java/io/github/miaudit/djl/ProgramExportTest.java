package io.github.miaudit.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import io.github.miaudit.data.Sample;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.likelihood.MaskingRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The exported files, read by DJL's own readers and run by themselves, give the golden values. */
class ProgramExportTest {

    @TempDir
    private Path folder;

    @Test
    void whatIsExportedGivesTheGoldenValues() throws Exception {
        List<Golden.Sentence> sentences = Golden.ROBERTA.plainSentences();
        MaskingRule rule = MaskingRule.withinWordLeftToRight();
        Path output = folder.resolve("export");
        int batches = ProgramExport.write(Golden.ROBERTA.folder(), MaskedLmOptions.withDefaults().withTokenBudget(400),
                sentences.stream().flatMap(sentence -> Stream.of(sentence.sample(), Sample.of("again", sentence.sample().text()))).toList(),
                rule, output);
        assertTrue(batches > 3);

        List<Double> computed = new ArrayList<>();
        try (Model program = Model.newInstance("program", Device.cpu(), "PyTorch");
                NDManager manager = program.getNDManager().newSubManager()) {
            program.load(output, "program.pt");
            Map<String, PtNDArray> weights = new HashMap<>();
            read(manager, output.resolve("weights.safetensors")).forEach((name, tensor) -> weights.put(name, (PtNDArray) tensor));
            for (int batch = 0; batch < batches; batch++) {
                Map<String, NDArray> given = read(manager, output.resolve("batch-%06d.safetensors".formatted(batch)));
                IValue result = IValueUtils.runMethod((PtSymbolBlock) program.getBlock(), "score",
                        IValue.from((PtNDArray) given.get("ids")),
                        IValue.listFrom(given.get("blocks").toLongArray()), IValue.from((PtNDArray) given.get("positions")),
                        IValue.from((PtNDArray) given.get("targets")), IValue.stringMapFrom(weights));
                float[] values = result.toTensor((PtNDManager) manager).toFloatArray();
                assertArrayEquals(given.get("values").toFloatArray(), values, 1e-6f);
                for (float value : values) {
                    computed.add((double) value);
                }
            }
            assertFalse(Files.exists(output.resolve("batch-%06d.safetensors".formatted(batches))));
        }
        double[] expected = sentences.stream().map(sentence -> sentence.sample().text()).distinct()
                .flatMapToDouble(text -> DoubleStream.of(sentences.stream().filter(sentence -> sentence.sample().text().equals(text))
                        .findFirst().orElseThrow().logLikelihoods(rule)))
                .sorted().toArray();
        assertArrayEquals(expected, computed.stream().mapToDouble(Double::doubleValue).sorted().toArray(), 1e-4);
    }

    @Test
    void whatFailsLeavesNothingBehind() {
        Sample ordinary = Golden.ROBERTA.plainSentences().get(3).sample();
        MaskingRule padding = MaskingRule.seedCompatibleLoss();
        Path output = folder.resolve("export");
        MaskedLmOptions options = MaskedLmOptions.withDefaults();
        AuditException half = assertThrows(AuditException.class,
                () -> ProgramExport.write(Golden.ROBERTA.folder(), options.withPrecision(Precision.BFLOAT16), List.of(ordinary),
                        MaskingRule.original(), output));
        assertEquals("an export holds the values in float32, to compare with; leave the precision bfloat16 out", half.getMessage());
        AuditException none = assertThrows(AuditException.class,
                () -> ProgramExport.write(Golden.ROBERTA.folder(), options, List.of(Sample.of("1", "")), padding, output));
        assertEquals("of 1 sentences none has a token to score, or is short enough for the length policy", none.getMessage());
        assertEquals(0, folder.toFile().list().length);
    }

    @Test
    void nothingIsWrittenOver() {
        InvalidFileException there = assertThrows(InvalidFileException.class,
                () -> ProgramExport.write(Golden.ROBERTA.folder(), MaskedLmOptions.withDefaults(), List.of(), MaskingRule.original(),
                        Golden.BERT.folder()));
        assertEquals(Golden.BERT.folder() + ": is there already; choose another folder, or remove it first", there.getMessage());
    }

    private static Map<String, NDArray> read(NDManager manager, Path file) throws Exception {
        Map<String, NDArray> tensors = new HashMap<>();
        NDList.decode(manager, Files.readAllBytes(file)).forEach(tensor -> tensors.put(tensor.getName(), tensor));
        return tensors;
    }
}
