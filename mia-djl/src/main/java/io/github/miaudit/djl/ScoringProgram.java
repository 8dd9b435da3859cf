package io.github.miaudit.djl;

import ai.djl.Model;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.util.LinkedHashMap;
import java.util.Map;

/** The network of a checkpoint: its family's program, for one configuration, with one set of weights on one device. */
final class ScoringProgram implements ScoringNetwork {

    private final Model model;
    private final PtNDManager manager;
    private final IValue weights;

    private ScoringProgram(Model model, PtNDManager manager, IValue weights) {
        this.model = model;
        this.manager = manager;
        this.weights = weights;
    }

    /** Loads the program and the checkpoint's weights. */
    static ScoringProgram load(Checkpoint checkpoint, ScoringDevice device, Readout readout) {
        Model model = model(checkpoint.architecture(), device, readout);
        try {
            PtNDManager manager = (PtNDManager) model.getNDManager();
            Map<String, PtNDArray> weights = new LinkedHashMap<>();
            checkpoint.load(manager).forEach((name, tensor) -> weights.put(name, (PtNDArray) tensor));
            return new ScoringProgram(model, manager, IValue.stringMapFrom(weights));
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    /** The program alone, without weights. */
    static Model model(Architecture architecture, ScoringDevice device, Readout readout) {
        Map<String, Object> attributes = new LinkedHashMap<>(architecture.attributes());
        attributes.putAll(readout.attributes());
        return Programs.load(device, attributes, architecture.program(), "readout.torchscript");
    }

    @Override
    public float[] values(RowBatch batch, int maskId) {
        // Shapes vary from batch to batch, and the graph optimiser would compile for each. Its switch is per thread.
        JniUtils.setGraphExecutorOptimize(false);
        Shape targets = new Shape(batch.size(), batch.targetsPerRow());
        try (PtNDManager scratch = (PtNDManager) manager.newSubManager();
                IValue ids = tensor(scratch, batch.ids(maskId), new Shape(batch.size(), batch.length()));
                IValue real = IValue.from((long) batch.realLength());
                IValue positions = tensor(scratch, batch.positions(), targets);
                IValue targetIds = tensor(scratch, batch.targets(), targets);
                IValue result = IValueUtils.runMethod((PtSymbolBlock) model.getBlock(), "score", ids, real, positions, targetIds, weights)) {
            return result.toTensor(scratch).toFloatArray();
        }
    }

    @Override
    public void close() {
        weights.close();
        model.close();
    }

    static IValue tensor(PtNDManager scratch, long[] values, Shape shape) {
        return IValue.from((PtNDArray) scratch.create(values, shape));
    }
}
