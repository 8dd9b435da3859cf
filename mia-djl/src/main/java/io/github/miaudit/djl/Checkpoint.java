package io.github.miaudit.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.miaudit.InvalidFileException;
import io.github.miaudit.data.Sha256;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A RoBERTa masked-LM checkpoint in a Hugging Face folder: {@code config.json} and {@code model.safetensors}. */
final class Checkpoint {

    private final Path folder;
    private final RobertaConfiguration configuration;
    private final SafetensorsFile weights;

    private Checkpoint(Path folder, RobertaConfiguration configuration, SafetensorsFile weights) {
        this.folder = folder;
        this.configuration = configuration;
        this.weights = weights;
    }

    static Checkpoint open(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new InvalidFileException(folder, "is no folder; expected a Hugging Face checkpoint with config.json,"
                    + " model.safetensors and tokenizer.json");
        }
        RobertaConfiguration configuration = RobertaConfiguration.read(folder.resolve("config.json"));
        SafetensorsFile weights = SafetensorsFile.open(folder.resolve("model.safetensors"));
        requireTensors(configuration, weights);
        return new Checkpoint(folder, configuration, weights);
    }

    RobertaConfiguration configuration() {
        return configuration;
    }

    /** SHA-256 of configuration and weights. */
    String digest() {
        return Sha256.ofFiles(folder.resolve("config.json"), weights.file());
    }

    /** The tensors that the scoring program asks for, by name, on the manager's device. */
    Map<String, NDArray> load(NDManager manager) {
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        configuration.tensors().forEach((name, shape) -> {
            // The mapped bytes are the tensor's memory: nothing is copied on the CPU.
            tensors.put(name, manager.create(weights.mapFloat32(name), new Shape(shape), DataType.FLOAT32));
        });
        return tensors;
    }

    private static void requireTensors(RobertaConfiguration configuration, SafetensorsFile weights) {
        List<String> missing = new ArrayList<>();
        List<String> misshapen = new ArrayList<>();
        configuration.tensors().forEach((name, shape) -> {
            SafetensorsFile.Entry entry = weights.entries().get(name);
            if (entry == null) {
                missing.add(name);
            } else if (!Arrays.equals(entry.shape(), shape)) {
                misshapen.add(name + " is " + Arrays.toString(entry.shape()) + " instead of " + Arrays.toString(shape));
            }
        });
        if (missing.contains("lm_head.dense.weight")) {
            throw new InvalidFileException(weights.file(), "has no masked-language-model head (tensor lm_head.dense.weight is missing);"
                    + " its scores would be noise");
        }
        if (!missing.isEmpty()) {
            throw new InvalidFileException(weights.file(), "lacks the tensors " + String.join(", ", missing));
        }
        if (!misshapen.isEmpty()) {
            throw new InvalidFileException(weights.file(), "does not fit config.json: " + String.join("; ", misshapen));
        }
    }
}
