package io.github.miaudit.djl;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The network: the program in {@code roberta.torchscript}, compiled for one configuration, with one set of weights
 * on one device. Its only state is read, so several threads may call it, each with batches of its own.
 */
final class ScoringProgram implements AutoCloseable {

    private final Model model;
    private final PtNDManager manager;
    private final IValue weights;

    private ScoringProgram(Model model, PtNDManager manager, IValue weights) {
        this.model = model;
        this.manager = manager;
        this.weights = weights;
    }

    /** Loads the program and the checkpoint's weights. */
    static ScoringProgram load(Checkpoint checkpoint, ScoringDevice device) {
        Model model = model(checkpoint.configuration(), device);
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
    static Model model(RobertaConfiguration configuration, ScoringDevice device) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("layers", configuration.layers());
        attributes.put("heads", configuration.heads());
        attributes.put("first_position", configuration.firstPosition());
        attributes.put("epsilon", configuration.epsilon());
        attributes.put("tied", configuration.tied());
        Model model = Model.newInstance("masked-lm", device.resolve(), "PyTorch");
        try {
            model.load(new ByteArrayInputStream(ProgramArchive.of(source(), attributes)));
            return model;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MalformedModelException e) {
            throw new IllegalStateException("the scoring program does not compile", e);
        }
    }

    /** Log-probabilities of a batch's targets in nats, row by row. They are on the host when this returns. */
    float[] logProbabilities(RowBatch batch, int maskId) {
        // Shapes vary from batch to batch, and the graph optimiser would compile for each. Its switch is per thread.
        JniUtils.setGraphExecutorOptimize(false);
        Shape targets = new Shape(batch.size(), batch.targetsPerRow());
        try (PtNDManager scratch = (PtNDManager) manager.newSubManager();
                IValue ids = tensor(scratch, batch.ids(maskId), new Shape(batch.size(), batch.length()));
                IValue positions = tensor(scratch, batch.positions(), targets);
                IValue targetIds = tensor(scratch, batch.targets(), targets);
                IValue result = IValueUtils.runMethod((PtSymbolBlock) model.getBlock(), "forward", ids, positions, targetIds, weights)) {
            return result.toTensor(scratch).toFloatArray();
        }
    }

    @Override
    public void close() {
        weights.close();
        model.close();
    }

    private static IValue tensor(PtNDManager scratch, long[] values, Shape shape) {
        NDArray array = scratch.create(values, shape);
        return IValue.from((PtNDArray) array);
    }

    private static String source() {
        try (InputStream source = ScoringProgram.class.getResourceAsStream("roberta.torchscript")) {
            return new String(source.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
