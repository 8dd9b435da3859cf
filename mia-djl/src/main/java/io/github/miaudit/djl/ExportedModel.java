package io.github.miaudit.djl;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import io.github.miaudit.InvalidFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A model that somebody exported to TorchScript, {@code (input_ids, attention_mask[, token_type_ids]) -> logits} at
 * every position; the logits may stand alone, come first in a tuple, or be called {@code logits} in a dictionary.
 * Most of what it computes is not needed, but it works for every architecture.
 */
final class ExportedModel implements ScoringNetwork {

    private final Model model;
    private final Model readout;
    private final PtNDManager manager;
    private final int inputs;

    private ExportedModel(Model model, Model readout, int inputs) {
        this.model = model;
        this.readout = readout;
        this.manager = (PtNDManager) model.getNDManager();
        this.inputs = inputs;
    }

    /** The folder's TorchScript file: {@code model.pt}, or the only {@code .pt} there is. */
    static Path fileIn(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> exported = files.filter(file -> file.getFileName().toString().endsWith(".pt")).sorted().toList();
            return exported.contains(folder.resolve("model.pt")) ? folder.resolve("model.pt") : exported.size() == 1 ? exported.get(0) : null;
        } catch (IOException e) {
            throw new InvalidFileException(folder, e);
        }
    }

    /**
     * Loads a model and finds out by a trial which inputs it takes.
     *
     * @param trialIds a short sentence's token ids
     */
    static ExportedModel load(Path file, long[] trialIds, ScoringDevice device, Readout values) {
        Model model = Model.newInstance("exported", device.resolve(), "PyTorch");
        try {
            model.load(file.getParent(), file.getFileName().toString());
        } catch (IOException | MalformedModelException | EngineException e) {
            model.close();
            throw new InvalidFileException(file, "is no TorchScript program that this PyTorch can load");
        }
        Model readout = Programs.load(device, values.attributes(), "exported.torchscript", "readout.torchscript");
        for (int inputs = 2; inputs <= 3; inputs++) {
            ExportedModel exported = new ExportedModel(model, readout, inputs);
            if (exported.accepts(trialIds)) {
                return exported;
            }
        }
        model.close();
        readout.close();
        throw new InvalidFileException(file, "does not turn (input_ids, attention_mask) or (input_ids, attention_mask, token_type_ids)"
                + " into logits of rows, positions and vocabulary");
    }

    @Override
    public float[] values(RowBatch batch, int maskId) {
        JniUtils.setGraphExecutorOptimize(false); // as in ScoringProgram
        Shape targets = new Shape(batch.size(), batch.targetsPerRow());
        long[] ones = new long[batch.size() * batch.length()];
        for (int place = 0; place < ones.length; place++) {
            ones[place] = place % batch.length() < batch.realLength() ? 1 : 0;
        }
        try (PtNDManager scratch = (PtNDManager) manager.newSubManager();
                IValue logits = IValue.from(logits(scratch, batch.ids(maskId), ones, new Shape(batch.size(), batch.length())));
                IValue positions = ScoringProgram.tensor(scratch, batch.positions(), targets);
                IValue targetIds = ScoringProgram.tensor(scratch, batch.targets(), targets);
                IValue result = IValueUtils.runMethod((PtSymbolBlock) readout.getBlock(), "score", logits, positions, targetIds)) {
            return result.toTensor(scratch).toFloatArray();
        }
    }

    @Override
    public void close() {
        model.close();
        readout.close();
    }

    private boolean accepts(long[] ids) {
        long[] ones = new long[ids.length];
        Arrays.fill(ones, 1);
        try (PtNDManager scratch = (PtNDManager) manager.newSubManager()) {
            Shape shape = logits(scratch, ids, ones, new Shape(1, ids.length)).getShape();
            return shape.dimension() == 3 && shape.get(0) == 1 && shape.get(1) == ids.length;
        } catch (EngineException | UnsupportedOperationException e) {
            return false; // the caller tries other inputs and says so if none fits
        }
    }

    private PtNDArray logits(PtNDManager scratch, long[] ids, long[] attention, Shape shape) {
        try (IValue inputIds = ScoringProgram.tensor(scratch, ids, shape);
                IValue attentionMask = ScoringProgram.tensor(scratch, attention, shape);
                IValue tokenTypes = ScoringProgram.tensor(scratch, new long[ids.length], shape);
                IValue output = inputs == 2
                        ? IValueUtils.runMethod((PtSymbolBlock) model.getBlock(), "forward", inputIds, attentionMask)
                        : IValueUtils.runMethod((PtSymbolBlock) model.getBlock(), "forward", inputIds, attentionMask, tokenTypes)) {
            return logits(output, scratch);
        }
    }

    private static PtNDArray logits(IValue output, PtNDManager scratch) {
        if (output.isTensor()) {
            return output.toTensor(scratch);
        }
        IValue[] parts = output.isTuple() ? output.toIValueTuple() : output.isMap() ? logitsFirst(output.toIValueMap()) : new IValue[0];
        try {
            if (parts.length == 0 || !parts[0].isTensor()) {
                throw new UnsupportedOperationException("no logits");
            }
            return parts[0].toTensor(scratch);
        } finally {
            Stream.of(parts).forEach(IValue::close);
        }
    }

    private static IValue[] logitsFirst(Map<String, IValue> named) {
        return Stream.concat(Stream.ofNullable(named.get("logits")),
                named.entrySet().stream().filter(entry -> !entry.getKey().equals("logits")).map(Map.Entry::getValue)).toArray(IValue[]::new);
    }
}
