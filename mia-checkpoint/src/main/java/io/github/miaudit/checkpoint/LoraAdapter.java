package io.github.miaudit.checkpoint;

import io.github.miaudit.io.InvalidFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A LoRA adapter as PEFT saves it, alone or within the model that it adapts.
 *
 * @param updates  what is added to matrices, by the family's names
 * @param replaced tensors that take the place of the base model's, by the family's names
 */
record LoraAdapter(Map<String, LowRankUpdate> updates, Map<String, StoredTensor> replaced) {

    /** The module, which of the two factors, whose adapter. */
    private static final Pattern FACTOR = Pattern
            .compile("(?<module>.+)\\.lora_(?<embedding>embedding_)?(?<factor>[AB])(\\.(?!weight$)(?<adapter>[^.]+))?(\\.weight)?");
    private static final Pattern SAVED = Pattern.compile("(?<=^|\\.)modules_to_save\\.([^.]+)\\.");

    private static final Pattern ADAPTED = Pattern.compile("(?<=^|\\.)(base_layer|original_module)\\.");

    /** Whether a tensor within a model belongs to an adapter. */
    static boolean holds(String stored) {
        return stored.contains(".lora_") || SAVED.matcher(stored).find();
    }

    /** Refuses a model from which an adapter was taken away: its tensors are named as what the adapter changed. */
    static void requireNoneTakenAway(Map<String, StoredTensor> stored) {
        stored.values().stream().filter(tensor -> ADAPTED.matcher(tensor.name()).find())
                .filter(tensor -> stored.keySet().stream().noneMatch(LoraAdapter::holds)).findFirst().ifPresent(tensor -> {
                    throw new InvalidFileException(tensor.file(),
                            "holds " + tensor.name() + ", which an adapter changed whose tensors are not"
                                    + " there; put the adapter beside the weights, or rename the tensors to audit the base model alone");
                });
    }

    /**
     * Takes the tensors of an adapter apart.
     *
     * @throws InvalidFileException if one is no part of a LoRA adapter, or is of none of the network's matrices
     */
    static LoraAdapter of(Map<String, StoredTensor> stored, LoraSettings settings, FamilyNames names) {
        Map<String, StoredTensor> ups = new TreeMap<>();
        Map<String, StoredTensor> downs = new TreeMap<>();
        Map<String, StoredTensor> replaced = new TreeMap<>();
        TreeSet<String> adapters = new TreeSet<>();
        stored.forEach((name, tensor) -> {
            Matcher factor = FACTOR.matcher(name);
            Matcher saved = SAVED.matcher(name);
            if (factor.matches()) {
                adapters.add(factor.group("adapter") == null ? "default" : factor.group("adapter"));
                boolean embedding = factor.group("embedding") != null;
                // An embedding's factors are those of the transposed matrix.
                boolean up = factor.group("factor").equals(embedding ? "A" : "B");
                requireMatrix(tensor);
                put(up ? ups : downs, factor.group("module"), embedding ? tensor.transposed() : tensor);
            } else if (name.contains(".lora_")) {
                throw new InvalidFileException(tensor.file(), "tensor " + name
                        + " is of no plain LoRA adapter; merge the adapter into its base model with merge_and_unload()");
            } else {
                if (saved.find()) {
                    adapters.add(saved.group(1));
                }
                put(replaced, names.of(saved.replaceAll("")), tensor);
            }
        });
        if (adapters.size() > 1) {
            throw new InvalidFileException(settings.file(),
                    "comes with the tensors of several adapters, " + String.join(", ", adapters) + "; keep one, or merge them");
        }
        if (ups.isEmpty() && replaced.isEmpty()) {
            throw new InvalidFileException(settings.file(), "comes with no tensor of an adapter; is its weight file complete?");
        }
        return new LoraAdapter(updates(ups, downs, settings, names), replaced);
    }

    private static Map<String, LowRankUpdate> updates(Map<String, StoredTensor> ups, Map<String, StoredTensor> downs,
            LoraSettings settings, FamilyNames names) {
        if (!ups.keySet().equals(downs.keySet())) {
            throw new InvalidFileException(settings.file(), "comes with tensors lora_A of " + downs.keySet() + " but lora_B of "
                    + ups.keySet() + "; both must be there for each");
        }
        Map<String, LowRankUpdate> updates = new TreeMap<>();
        ups.forEach((module, up) -> {
            StoredTensor down = Objects.requireNonNull(downs.get(module));
            if (up.shape()[1] != down.shape()[0]) {
                throw new InvalidFileException(up.file(), "tensors " + up.name() + " of shape " + Arrays.toString(up.shape()) + " and "
                        + down.name() + " of shape " + Arrays.toString(down.shape()) + " don't go together");
            }
            String plain = module.replaceFirst("^base_model\\.model\\.", "");
            put(updates, names.of(module + ".weight"), new LowRankUpdate(up, down, settings.scale(plain, down.shape()[0])), up);
        });
        return updates;
    }

    private static void requireMatrix(StoredTensor tensor) {
        if (tensor.shape().length != 2) {
            throw new InvalidFileException(tensor.file(), "tensor " + tensor.name() + " has the shape " + Arrays.toString(tensor.shape())
                    + "; a matrix is needed, as LoRA's on linear layers and embeddings are");
        }
    }

    private static void put(Map<String, StoredTensor> tensors, String name, StoredTensor tensor) {
        put(tensors, name, tensor, tensor);
    }

    private static <T> void put(Map<String, T> values, String name, T value, StoredTensor tensor) {
        if (values.put(name, value) != null) {
            throw new InvalidFileException(tensor.file(), "holds " + name + " twice, once as " + tensor.name());
        }
    }
}
