package io.github.miaudit.djl;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import io.github.miaudit.checkpoint.Checkpoint;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The peers' way to score masked copies, on this library's engine: logits and log-softmax at every position. In the
 * engine's package, because that is where its programs are.
 */
public final class AllPositionsModel implements AutoCloseable {

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

    /**
     * Loads a checkpoint.
     *
     * @param folder the Hugging Face folder
     * @return closed by the caller
     */
    public static AllPositionsModel open(Path folder) {
        Checkpoint checkpoint = Checkpoint.open(folder);
        Map<String, Object> attributes = new LinkedHashMap<>(checkpoint.architecture().attributes());
        attributes.putAll(Readout.PLAIN.attributes());
        Model model = Programs.load(Device.cpu(), attributes, "bert.torchscript", "blocks.torchscript", "readout.torchscript", "all-positions.torchscript");
        Map<String, PtNDArray> weights = new LinkedHashMap<>();
        Weights.load(checkpoint, model.getNDManager()).forEach((name, tensor) -> weights.put(name, (PtNDArray) tensor));
        return new AllPositionsModel(model, IValue.stringMapFrom(weights));
    }

    /**
     * Scores each token of a sentence, masked in a copy of its own.
     *
     * @param tokens   the sentence's ids, the two special tokens included
     * @param length   the length that rows are padded to
     * @param rowsOnce how many copies are passed through at once
     * @return the log-probabilities, one a token
     */
    public float[] score(long[] tokens, int length, int rowsOnce) {
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
        try (PtNDManager scratch = (PtNDManager) manager.newSubManager();
                IValue input = ScoringProgram.tensor(scratch, ids);
                IValue blocks = IValue.listFrom(rows, length, tokens.length, 1);
                IValue scored = ScoringProgram.tensor(scratch, positions);
                IValue wanted = ScoringProgram.tensor(scratch, targets);
                IValue result = IValueUtils.runMethod((PtSymbolBlock) model.getBlock(), "all_positions", input, blocks, scored, wanted, weights)) {
            return result.toTensor(scratch).toFloatArray();
        }
    }

    @Override
    public void close() {
        weights.close();
        model.close();
    }
}
