package io.github.miaudit.djl;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import io.github.miaudit.checkpoint.Architecture;
import io.github.miaudit.checkpoint.Checkpoint;
import java.util.LinkedHashMap;
import java.util.Map;

/** The network of a checkpoint: its family's program, for one configuration, with one set of weights on one device. */
final class ScoringProgram implements ScoringNetwork {

    private final Architecture architecture;
    private final Attention attention;
    private final Model model;
    private final PtNDManager manager;
    private final IValue weights;
    private final boolean ownsWeights;

    private ScoringProgram(Architecture architecture, Attention attention, Model model, IValue weights, boolean ownsWeights) {
        this.architecture = architecture;
        this.attention = attention;
        this.model = model;
        this.manager = (PtNDManager) model.getNDManager();
        this.weights = weights;
        this.ownsWeights = ownsWeights;
    }

    /** Loads the program and the checkpoint's weights, in a precision. */
    static ScoringProgram load(Checkpoint checkpoint, Device device, Precision precision, Readout readout) {
        return Attention.on(device, precision).load(attention -> load(checkpoint, device, precision, readout, attention));
    }

    static ScoringProgram load(Checkpoint checkpoint, Device device, Precision precision, Readout readout, Attention attention) {
        Model model = model(checkpoint.architecture(), device, readout, attention);
        try {
            PtNDManager manager = (PtNDManager) model.getNDManager();
            Map<String, PtNDArray> weights = new LinkedHashMap<>();
            Weights.load(checkpoint, manager,
                    tensor -> precision == Precision.FLOAT32 ? tensor : cast((PtNDArray) tensor, precision, model))
                    .forEach((name, tensor) -> weights.put(name, (PtNDArray) tensor));
            return new ScoringProgram(checkpoint.architecture(), attention, model, IValue.stringMapFrom(weights), true);
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    /** By the program, since DJL's own conversion to bfloat16 ends the process. */
    private static PtNDArray cast(PtNDArray tensor, Precision precision, Model model) {
        try (tensor; IValue given = IValue.from(tensor); IValue type = IValue.from((long) precision.scalarType());
                IValue converted = IValueUtils.runMethod((PtSymbolBlock) model.getBlock(), "cast", given, type)) {
            return converted.toTensor((PtNDManager) model.getNDManager());
        }
    }

    /** The program alone, without weights. */
    static Model model(Architecture architecture, Device device, Readout readout, Attention attention) {
        return Programs.load(device, attributes(architecture, readout, attention), resources(architecture, attention));
    }

    /** The program alone, as a TorchScript archive. */
    static byte[] archive(Architecture architecture, Readout readout, Attention attention) {
        return Programs.archive(attributes(architecture, readout, attention), resources(architecture, attention));
    }

    private static Map<String, Object> attributes(Architecture architecture, Readout readout, Attention attention) {
        Map<String, Object> attributes = new LinkedHashMap<>(architecture.attributes());
        attributes.putAll(readout.attributes());
        attributes.putAll(attention.attributes());
        return attributes;
    }

    private static String[] resources(Architecture architecture, Attention attention) {
        return new String[] {"batch.torchscript", architecture.program(), "layers.torchscript", "rows.torchscript", "blocks.torchscript",
                attention.resource(), "readout.torchscript"};
    }

    @Override
    public float[] values(PackedRows rows) {
        // Shapes vary from batch to batch, and the graph optimiser would compile for each. Its switch is per thread.
        JniUtils.setGraphExecutorOptimize(false);
        try (PtNDManager scratch = (PtNDManager) manager.newSubManager(); IValue ids = tensor(scratch, rows.ids());
                IValue blocks = IValue.listFrom(rows.blocks()); IValue positions = tensor(scratch, rows.positions());
                IValue targets = tensor(scratch, rows.targets()); IValue result = IValueUtils.runMethod((PtSymbolBlock) model.getBlock(),
                        "score", ids, blocks, positions, targets, weights)) {
            return result.toTensor(scratch).toFloatArray();
        }
    }

    @Override
    public ScoringNetwork with(Readout readout) {
        return new ScoringProgram(architecture, attention, model(architecture, device(), readout, attention), weights, false);
    }

    @Override
    public ScoringNetwork as(Architecture other, Readout readout) {
        return new ScoringProgram(other, attention, model(other, device(), readout, attention), weights, false);
    }

    @Override
    public Device device() {
        return manager.getDevice();
    }

    @Override
    public void close() {
        if (ownsWeights) {
            weights.close();
        }
        model.close();
    }

    static IValue tensor(PtNDManager scratch, long[] values) {
        return IValue.from((PtNDArray) scratch.create(values));
    }
}
