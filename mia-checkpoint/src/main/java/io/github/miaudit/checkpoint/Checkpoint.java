package io.github.miaudit.checkpoint;

import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.Sha256;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A masked-LM checkpoint in a Hugging Face folder: {@code config.json} and weights. Thread-safe. */
public final class Checkpoint {

    static final String CONFIGURATION = "config.json";

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

    /** Whether a folder holds weights, of whatever network. */
    public static boolean hasWeights(Path folder) {
        return WeightFiles.areIn(folder);
    }

    /**
     * Whether a folder holds weights of a family that there is a program for.
     *
     * @throws InvalidFileException if its config.json can't be read or does not tell the family
     */
    public static boolean isSupported(Path folder) {
        return hasWeights(folder) && Architecture.isSupported(Configuration.read(folder.resolve(CONFIGURATION)));
    }

    /**
     * Opens a folder. Of the weights, the names and places are read.
     *
     * @throws InvalidFileException if a file is missing, broken, hostile or of a family that is not supported, or the files do not fit
     */
    public static Checkpoint open(Path folder) {
        Configuration configuration = Configuration.read(folder.resolve(CONFIGURATION));
        Architecture architecture = Architecture.of(configuration);
        WeightFiles weights = WeightFiles.open(folder);
        return new Checkpoint(configuration, architecture, weights, find(architecture, weights));
    }

    public Architecture architecture() {
        return architecture;
    }

    /** SHA-256 of configuration and weights. */
    public String digest() {
        return Sha256.ofFiles(Stream.concat(Stream.of(configuration.file()), weights.files().stream()).toArray(Path[]::new));
    }

    /** The tensors that the network takes, not yet read, by the program's names. */
    public Map<String, StoredTensor> tensors() {
        return Collections.unmodifiableMap(tensors);
    }

    private static Map<String, StoredTensor> find(Architecture architecture, WeightFiles weights) {
        Map<String, StoredTensor> found = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>();
        List<String> misshapen = new ArrayList<>();
        architecture.parameters().forEach((name, parameter) -> {
            Optional<StoredTensor> stored = Stream
                    .of(parameter.better().stream(), Stream.of(parameter.stored()), parameter.tied().stream()).flatMap(names -> names)
                    .flatMap(Checkpoint::spellings).map(weights.tensors()::get).filter(tensor -> tensor != null).findFirst();
            if (stored.isEmpty()) {
                missing.add(parameter.stored());
            } else if (!Arrays.equals(stored.get().shape(), parameter.shape())) {
                misshapen.add(parameter.stored() + " is " + Arrays.toString(stored.get().shape()) + " instead of "
                        + Arrays.toString(parameter.shape()));
            } else {
                found.put(name, parameter.rows() == parameter.shape()[0] ? stored.get()
                        : stored.get().rows(parameter.firstRow(), parameter.rows()));
            }
        });
        Path file = weights.files().get(0);
        if (missing.stream().anyMatch(name -> architecture.names().head().stream().anyMatch(name::startsWith))) {
            throw new InvalidFileException(file,
                    "has no complete masked-language-model head, so its scores would be noise; it lacks " + list(missing));
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
        return Stream.of(name, bare).distinct().flatMap(spelling -> Stream.of(spelling, spelling
                .replaceFirst("(LayerNorm|layer_norm)\\.weight$", "$1.gamma").replaceFirst("(LayerNorm|layer_norm)\\.bias$", "$1.beta")));
    }

    private static String list(List<String> names) {
        List<String> distinct = names.stream().distinct().toList();
        return String.join("; ", distinct.subList(0, Math.min(NAMED_AT_MOST, distinct.size())))
                + (distinct.size() > NAMED_AT_MOST ? " and " + (distinct.size() - NAMED_AT_MOST) + " more" : "");
    }
}
