package io.github.miaudit.benchmarks;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import io.github.miaudit.data.Sample;
import io.github.miaudit.djl.MaskedLmOptions;
import io.github.miaudit.djl.ProgramExport;
import io.github.miaudit.djl.ScoringDevice;
import io.github.miaudit.likelihood.MaskingRule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The peers' way to score masked copies, on this library's engine: logits and log-softmax at every position. What
 * {@link ProgramExport} writes, with one method more.
 */
final class AllPositionsModel implements AutoCloseable {

    private static final long MASK = 4;
    private static final long PADDING = 1;

    private final Model model;
    private final PtNDManager manager;
    private final IValue weights;

    private AllPositionsModel(Model model, IValue weights) {
        this.model = model;
        this.manager = (PtNDManager) model.getNDManager();
        this.weights = weights;
    }

    /** Exports a checkpoint's program and weights for {@link #open}; an export takes a sentence, here any. */
    static void export(Path checkpoint, Sample sentence, Path output) throws IOException {
        MaskedLmOptions options = MaskedLmOptions.withDefaults().withDevice(ScoringDevice.of("cpu"));
        ProgramExport.write(checkpoint, options, List.of(sentence), MaskingRule.maskless(), output);
        try (FileSystem program = FileSystems.newFileSystem(output.resolve("program.pt"));
                InputStream method = AllPositionsModel.class.getResourceAsStream("all-positions.torchscript")) {
            Files.write(program.getPath("program/code/__torch__.py"), method.readAllBytes(), StandardOpenOption.APPEND);
        }
    }

    static AllPositionsModel open(Path export) throws IOException {
        Model model = Model.newInstance("all-positions", Device.cpu(), "PyTorch");
        try (InputStream program = Files.newInputStream(export.resolve("program.pt"));
                InputStream tensors = Files.newInputStream(export.resolve("weights.safetensors"))) {
            model.load(program);
            Map<String, PtNDArray> weights = new LinkedHashMap<>();
            for (NDArray tensor : NDList.decode(model.getNDManager(), tensors)) {
                weights.put(tensor.getName(), (PtNDArray) tensor);
            }
            return new AllPositionsModel(model, IValue.stringMapFrom(weights));
        } catch (MalformedModelException e) {
            throw new IllegalStateException("the program does not compile", e);
        }
    }

    /**
     * The log-probability of each token but the first and the last, which are special, masked in a copy of its own; copies are
     * padded to the length, and so many rows are passed through at once.
     */
    float[] score(long[] tokens, int length, int rowsOnce) {
        JniUtils.setGraphExecutorOptimize(false);
        float[] scores = new float[tokens.length - 2];
        for (int first = 0; first < scores.length; first += rowsOnce) {
            int rows = Math.min(rowsOnce, scores.length - first);
            System.arraycopy(score(tokens, length, first, rows), 0, scores, first, rows);
        }
        return scores;
    }

    private float[] score(long[] tokens, int length, int first, int rows) {
        long[] ids = new long[rows * length];
        long[] positions = new long[rows];
        long[] targets = new long[rows];
        for (int row = 0; row < rows; row++) {
            for (int place = 0; place < length; place++) {
                ids[row * length + place] = place < tokens.length ? tokens[place] : PADDING;
            }
            positions[row] = (long) row * length + first + row + 1;
            targets[row] = tokens[first + row + 1];
            ids[row * length + first + row + 1] = MASK;
        }
        try (PtNDManager scratch = (PtNDManager) manager.newSubManager(); IValue input = tensor(scratch, ids);
                IValue blocks = IValue.listFrom(rows, length, tokens.length, 1); IValue scored = tensor(scratch, positions);
                IValue wanted = tensor(scratch, targets); IValue result = IValueUtils.runMethod((PtSymbolBlock) model.getBlock(),
                        "all_positions", input, blocks, scored, wanted, weights)) {
            return result.toTensor(scratch).toFloatArray();
        }
    }

    private static IValue tensor(PtNDManager scratch, long[] values) {
        return IValue.from((PtNDArray) scratch.create(values));
    }

    @Override
    public void close() {
        weights.close();
        model.close();
    }
}
