package io.github.miaudit.djl;

import ai.djl.Device;
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
import io.github.miaudit.io.InvalidFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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
    private final boolean ownsModel;

    private ExportedModel(Model model, Model readout, int inputs, boolean ownsModel) {
        this.model = model;
        this.readout = readout;
        this.manager = (PtNDManager) model.getNDManager();
        this.inputs = inputs;
        this.ownsModel = ownsModel;
    }

    /** Loads a model, which has been looked at, and finds out by a trial, of a short sentence's token ids, which inputs it takes. */
    static ExportedModel load(Path file, long[] trialIds, Device device, Readout values) {
        Model model = Model.newInstance("exported", device, "PyTorch");
        try {
            model.load(file.getParent(), file.getFileName().toString());
        } catch (IOException | MalformedModelException | EngineException e) {
            model.close();
            MemoryShortage.rethrow(e);
            throw new InvalidFileException(file, "is no TorchScript program that this PyTorch can load");
        }
        List<Model> opened = new ArrayList<>(List.of(model));
        try {
            Model readout = readout(device, values);
            opened.add(readout);
            for (int inputs = 2; inputs <= 3; inputs++) {
                ExportedModel exported = new ExportedModel(model, readout, inputs, true);
                if (exported.accepts(trialIds)) {
                    opened.clear();
                    return exported;
                }
            }
        } finally {
            opened.forEach(Model::close);
        }
        throw new InvalidFileException(file, "does not turn (input_ids, attention_mask) or (input_ids, attention_mask, token_type_ids)"
                + " into logits of rows, positions and vocabulary");
    }

    private static Model readout(Device device, Readout values) {
        return Programs.load(device, values.attributes(), "exported.torchscript", "readout.torchscript");
    }

    /** Block by block, since an exported model wants rows of one length. */
    @Override
    public float[] values(PackedRows rows) {
        JniUtils.setGraphExecutorOptimize(false); // as in ScoringProgram
        float[] values = new float[0];
        int token = 0;
        int target = 0;
        for (int block = 0; block < rows.blocks().length; block += PackedRows.BLOCK_NUMBERS) {
            int size = (int) rows.blocks()[block];
            int length = (int) rows.blocks()[block + 1];
            int scored = size * (int) rows.blocks()[block + 3];
            int start = token;
            float[] ofBlock = values(Arrays.copyOfRange(rows.ids(), token, token + size * length), size, length,
                    (int) rows.blocks()[block + 2],
                    Arrays.stream(rows.positions(), target, target + scored).map(position -> position - start).toArray(),
                    Arrays.copyOfRange(rows.targets(), target * rows.width(), (target + scored) * rows.width()));
            int kinds = ofBlock.length / scored;
            if (block == 0) {
                values = new float[kinds * rows.positions().length];
            }
            for (int kind = 0; kind < kinds; kind++) {
                System.arraycopy(ofBlock, kind * scored, values, kind * rows.positions().length + target, scored);
            }
            token += size * length;
            target += scored;
        }
        return values;
    }

    private float[] values(long[] ids, int rows, int length, int realLength, long[] positions, long[] targets) {
        long[] ones = new long[ids.length];
        for (int place = 0; place < ones.length; place++) {
            ones[place] = place % length < realLength ? 1 : 0;
        }
        try (PtNDManager scratch = (PtNDManager) manager.newSubManager();
                IValue logits = IValue.from(logits(scratch, ids, ones, new Shape(rows, length)));
                IValue scored = ScoringProgram.tensor(scratch, positions); IValue targetIds = ScoringProgram.tensor(scratch, targets);
                IValue result = IValueUtils.runMethod((PtSymbolBlock) readout.getBlock(), "score", logits, scored, targetIds)) {
            return result.toTensor(scratch).toFloatArray();
        }
    }

    @Override
    public ScoringNetwork with(Readout values) {
        return new ExportedModel(model, readout(device(), values), inputs, false);
    }

    @Override
    public Device device() {
        return manager.getDevice();
    }

    @Override
    public void close() {
        if (ownsModel) {
            model.close();
        }
        readout.close();
    }

    private boolean accepts(long[] ids) {
        long[] ones = new long[ids.length];
        Arrays.fill(ones, 1);
        try (PtNDManager scratch = (PtNDManager) manager.newSubManager()) {
            Shape shape = logits(scratch, ids, ones, new Shape(1, ids.length)).getShape();
            return shape.dimension() == 3 && shape.get(0) == 1 && shape.get(1) == ids.length;
        } catch (EngineException | UnsupportedOperationException e) {
            MemoryShortage.rethrow(e);
            return false; // the caller tries other inputs and says so if none fits
        }
    }

    private PtNDArray logits(PtNDManager scratch, long[] ids, long[] attention, Shape shape) {
        try (IValue inputIds = tensor(scratch, ids, shape); IValue attentionMask = tensor(scratch, attention, shape);
                IValue tokenTypes = tensor(scratch, new long[ids.length], shape);
                IValue output = inputs == 2 ? IValueUtils.runMethod((PtSymbolBlock) model.getBlock(), "forward", inputIds, attentionMask)
                        : IValueUtils.runMethod((PtSymbolBlock) model.getBlock(), "forward", inputIds, attentionMask, tokenTypes)) {
            return logits(output, scratch);
        }
    }

    private static IValue tensor(PtNDManager scratch, long[] values, Shape shape) {
        return IValue.from((PtNDArray) scratch.create(values, shape));
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
        return Stream
                .concat(Stream.ofNullable(named.get("logits")),
                        named.entrySet().stream().filter(entry -> !entry.getKey().equals("logits")).map(Map.Entry::getValue))
                .toArray(IValue[]::new);
    }
}
