package io.github.miaudit.djl;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.github.miaudit.checkpoint.Architecture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The scorer's own program with weights that can change. To be made, used and closed on one thread, one at a time in a
 * process, because DJL collects gradients globally.
 */
final class TrainableNetwork implements AutoCloseable {

    private final Architecture architecture;
    private final Model program;
    private final Precision precision;
    private final Map<String, NDArray> weights = new LinkedHashMap<>();
    private final boolean gradientsWereOn = JniUtils.isGradMode();

    private TrainableNetwork(Architecture architecture, Model program, Precision precision) {
        this.architecture = architecture;
        this.program = program;
        this.precision = precision;
    }

    /**
     * Loads the program and takes a copy of the initial weights, by the program's names, in PyTorch's own memory: what changes must
     * be neither a mapped file nor a Java buffer. What the function makes is closed. Weights and their gradients are in float32; in
     * another precision the program casts the weights each time, and so the gradients back.
     */
    static TrainableNetwork load(Architecture architecture, ScoringDevice device, Precision precision,
            Function<NDManager, Map<String, NDArray>> initial) {
        TrainableNetwork network = new TrainableNetwork(architecture, // rows are one block
                ScoringProgram.model(architecture, device.resolveOne(), Readout.PLAIN, Attention.BY_BLOCK), precision);
        try (NDManager scratch = network.manager().newSubManager()) {
            JniUtils.setGraphExecutorOptimize(false); // shapes vary; the switch is per thread
            JniUtils.setGradMode(false); // as this one; updates must not become part of what is differentiated
            initial.apply(scratch).forEach((name, tensor) -> {
                NDArray weight = tensor.duplicate();
                weight.attach(network.manager());
                weight.setName("weights." + name); // DJL passes it on under this argument and key
                weight.setRequiresGradient(true);
                network.weights.put(name, weight);
            });
            return network;
        } catch (RuntimeException e) {
            network.close();
            throw e;
        }
    }

    NDManager manager() {
        return program.getNDManager();
    }

    /** By the program's names. */
    Map<String, NDArray> weights() {
        return weights;
    }

    /**
     * Adds a batch's part to the gradients of the mean loss of batches that have so many targets together; returns its losses' sum
     * in nats.
     */
    double addGradients(TrainingBatch batch, int targets) {
        try (NDManager scratch = manager().newSubManager();
                GradientCollector gradients = Engine.getEngine("PyTorch").newGradientCollector()) {
            NDArray logLikelihoods = forward(batch, scratch, true);
            gradients.backward(logLikelihoods.sum().div(-targets));
            return loss(logLikelihoods);
        }
    }

    /** The sum of a batch's losses in nats. */
    double loss(TrainingBatch batch) {
        try (NDManager scratch = manager().newSubManager()) {
            return loss(forward(batch, scratch, false));
        }
    }

    /** The gradients since they were last cleared, by the weights' names, to be closed by the caller; changing one changes it here. */
    Map<String, NDArray> gradients() {
        Map<String, NDArray> gradients = new LinkedHashMap<>();
        weights.forEach((name, weight) -> gradients.put(name, weight.getGradient()));
        return gradients;
    }

    void clearGradients() {
        weights.values().forEach(weight -> JniUtils.zeroGrad((PtNDArray) weight));
    }

    /** Writes the weights under their checkpoint names. */
    void write(Path file) {
        Map<String, List<String>> parts = new LinkedHashMap<>(); // several of the program's tensors can be one of the checkpoint's
        architecture.parameters()
                .forEach((name, parameter) -> parts.computeIfAbsent(parameter.stored(), stored -> new ArrayList<>()).add(name));
        try (NDManager scratch = manager().newSubManager()) {
            Map<String, NDArray> stored = new LinkedHashMap<>();
            parts.forEach((name, names) -> stored.put(name, names.size() == 1 ? weights.get(names.get(0)) : joined(names, scratch)));
            // Transformers 5 take no bias of an untied decoder but its own.
            architecture.parameters().values().stream().filter(parameter -> architecture.isUntied()).forEach(
                    parameter -> parameter.better().ifPresent(name -> stored.put(name, stored.get(parameter.stored()))));
            SafetensorsWriter.write(file, stored);
        }
    }

    @Override
    public void close() {
        JniUtils.setGradMode(gradientsWereOn);
        program.close();
    }

    private NDArray forward(TrainingBatch batch, NDManager scratch, boolean training) {
        NDList inputs = batch.inputs(scratch);
        inputs.addAll(weights.values());
        if (precision != Precision.FLOAT32) {
            NDArray method = scratch.create(0);
            method.setName("module_method:forward_" + precision.label()); // DJL calls what is named so, and passes it on no further
            inputs.add(method);
        }
        return program.getBlock().forward(new ParameterStore(scratch, false), inputs, training).singletonOrThrow();
    }

    private static double loss(NDArray logLikelihoods) {
        double sum = 0;
        for (float logLikelihood : logLikelihoods.toFloatArray()) {
            sum -= logLikelihood;
        }
        return sum;
    }

    /** The parts are listed from the first row on. */
    private NDArray joined(List<String> names, NDManager scratch) {
        NDArray whole = NDArrays.concat(new NDList(names.stream().map(weights::get).toList()), 0);
        whole.attach(scratch);
        return whole;
    }
}
