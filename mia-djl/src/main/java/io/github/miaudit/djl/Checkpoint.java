package io.github.miaudit.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.Sha256;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A masked-LM checkpoint in a Hugging Face folder: {@code config.json} and weights. */
final class Checkpoint {

    private static final int NAMED_AT_MOST = 20;

    private final Configuration configuration;
    private final Architecture architecture;
    private final WeightFiles weights;
    private final Map<String, StoredTensor> tensors;

    private Checkpoint(Configuration configuration, Architecture architecture, WeightFiles weights, Map<String, StoredTensor> tensors) {
        this.configuration = configuration;
        this.architecture = architecture;
        this.weights = weights;
        this.tensors = tensors;
    }

    static Checkpoint open(Path folder) {
        Configuration configuration = Configuration.read(folder.resolve("config.json"));
        Architecture architecture = Architecture.of(configuration);
        WeightFiles weights = WeightFiles.open(folder);
        return new Checkpoint(configuration, architecture, weights, find(architecture, weights));
    }

    Architecture architecture() {
        return architecture;
    }

    /** SHA-256 of configuration and weights. */
    String digest() {
        return Sha256.ofFiles(Stream.concat(Stream.of(configuration.file()), weights.files().stream()).toArray(Path[]::new));
    }

    /** The tensors under the program's names, on the manager's device, in float32. */
    Map<String, NDArray> load(NDManager manager) {
        return load(manager, UnaryOperator.identity());
    }

    /** The tensors under the program's names, on the manager's device, each made something else of before the next is read. */
    Map<String, NDArray> load(NDManager manager, UnaryOperator<NDArray> conversion) {
        Map<String, NDArray> loaded = new LinkedHashMap<>();
        tensors.forEach((name, stored) -> {
            NDArray tensor = stored.read(manager);
            requireFinite(stored, tensor);
            loaded.put(name, conversion.apply(tensor));
        });
        return loaded;
    }

    private static Map<String, StoredTensor> find(Architecture architecture, WeightFiles weights) {
        Map<String, StoredTensor> found = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>();
        List<String> misshapen = new ArrayList<>();
        architecture.parameters().forEach((name, parameter) -> {
            Optional<StoredTensor> stored = Stream.concat(Stream.of(parameter.stored()), parameter.alias().stream())
                    .flatMap(Checkpoint::spellings).map(weights.tensors()::get).filter(tensor -> tensor != null).findFirst();
            if (stored.isEmpty()) {
                missing.add(parameter.stored());
            } else if (!Arrays.equals(stored.get().shape(), parameter.shape())) {
                misshapen.add(parameter.stored() + " is " + Arrays.toString(stored.get().shape()) + " instead of " + Arrays.toString(parameter.shape()));
            } else {
                found.put(name, parameter.rows() == parameter.shape()[0] ? stored.get() : stored.get().rows(parameter.firstRow(), parameter.rows()));
            }
        });
        Path file = weights.files().get(0);
        if (missing.stream().anyMatch(name -> isHead(architecture, name))) {
            throw new InvalidFileException(file, "has no complete masked-language-model head, so its scores would be noise; it lacks " + list(missing));
        }
        if (!missing.isEmpty()) {
            throw new InvalidFileException(file, "lacks the tensors " + list(missing));
        }
        if (!misshapen.isEmpty()) {
            throw new InvalidFileException(file, "does not fit config.json: " + list(misshapen));
        }
        return found;
    }

    /** How a tensor has been named over the years: with or without the model's prefix, with TensorFlow's words for weight and bias. */
    private static Stream<String> spellings(String name) {
        String bare = name.replaceFirst("^(bert|roberta|electra|distilbert|model)\\.", "");
        return Stream.of(name, bare).distinct().flatMap(spelling -> Stream.of(spelling,
                spelling.replaceFirst("(LayerNorm|layer_norm)\\.weight$", "$1.gamma").replaceFirst("(LayerNorm|layer_norm)\\.bias$", "$1.beta")));
    }

    private static boolean isHead(Architecture architecture, String name) {
        return architecture.headPrefixes().stream().anyMatch(name::startsWith);
    }

    private static String list(List<String> names) {
        List<String> distinct = names.stream().distinct().toList();
        return String.join("; ", distinct.subList(0, Math.min(NAMED_AT_MOST, distinct.size())))
                + (distinct.size() > NAMED_AT_MOST ? " and " + (distinct.size() - NAMED_AT_MOST) + " more" : "");
    }

    private static void requireFinite(StoredTensor stored, NDArray tensor) {
        // The extremes of a tensor with a NaN are NaN.
        try (NDArray least = tensor.min(); NDArray greatest = tensor.max()) {
            if (!(Float.isFinite(least.getFloat()) && Float.isFinite(greatest.getFloat()))) {
                throw new InvalidFileException(stored.file(), "tensor " + stored.name() + " holds " + least.getFloat() + " to " + greatest.getFloat()
                        + "; weights must be finite, so the training went wrong or the file is broken");
            }
        }
    }
}
