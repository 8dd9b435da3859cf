package io.github.miaudit.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.miaudit.checkpoint.Checkpoint;
import io.github.miaudit.checkpoint.StoredTensor;
import java.util.List;
import java.util.Map;

/** Whether a masked-language-model head has been trained. */
public enum HeadState {

    /** Some of its biases and normalisation weights are no longer what they are before training. */
    TRAINED,
    /**
     * All its biases are 0 and all its normalisation weights 1, as Hugging Face transformers make them for a checkpoint without a head:
     * what it scores is noise.
     */
    FRESH,
    /** It has neither biases nor normalisation weights to tell by. */
    UNKNOWN;

    static HeadState of(Checkpoint checkpoint) {
        List<Map.Entry<String, StoredTensor>> vectors = checkpoint.tensors().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("head.") && entry.getValue().shape().length == 1).toList();
        if (vectors.isEmpty()) {
            return UNKNOWN;
        }
        NativeLibraries.pytorch();
        try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
            return vectors.stream().allMatch(vector -> isAll(vector.getKey().endsWith("bias") ? 0 : 1, vector.getValue(), manager)) ? FRESH
                    : TRAINED;
        }
    }

    private static boolean isAll(float value, StoredTensor stored, NDManager manager) {
        try (NDArray tensor = Weights.read(stored, manager)) {
            for (float number : tensor.toFloatArray()) {
                if (number != value) {
                    return false;
                }
            }
            return true;
        }
    }
}
