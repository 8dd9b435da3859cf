package io.github.miaudit.checkpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import io.github.miaudit.io.InvalidFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A network as {@code config.json} describes it.
 *
 * @param program       the TorchScript resource that computes it
 * @param attributes    the program's numbers and names
 * @param parameters    the tensors that the program takes, by the program's names
 * @param names         how the checkpoint names its other tensors
 * @param maximumLength the longest input in tokens, special tokens included
 * @param paddingId     the padding token; empty if the program takes no padding
 */
public record Architecture(String program, Map<String, Object> attributes, Map<String, Parameter> parameters, TensorNames names,
        int vocabularySize, int maximumLength, OptionalInt paddingId) {

    private static final List<NetworkFamily> FAMILIES = ServiceLoader.load(NetworkFamilies.class, NetworkFamilies.class.getClassLoader())
            .stream().flatMap(found -> found.get().families().stream()).sorted(Comparator.comparingInt(NetworkFamily::year)).toList();

    /**
     * A tensor of a checkpoint, of which some rows are wanted.
     *
     * @param stored its usual name there
     * @param better a name that counts before the usual one where both are there, such as that of the decoder's own bias
     * @param tied   another name of the same tensor: either may be missing, and where both are there they must be equal
     * @param shape  which it must have there
     */
    public record Parameter(String stored, Optional<String> better, Optional<String> tied, long[] shape, long firstRow, long rows) {

        /** All names that it may have there. */
        Stream<String> names() {
            return Stream.of(better.stream(), Stream.of(stored), tied.stream()).flatMap(names -> names);
        }
    }

    /**
     * Reads the {@code config.json} of a folder.
     *
     * @throws InvalidFileException if it can't be read, or describes a network that is not supported
     */
    public static Architecture read(Path folder) {
        return of(Configuration.read(folder.resolve(Checkpoint.CONFIGURATION)));
    }

    /** The padding token from whose id the network numbers positions, as RoBERTa's kin do; empty for all others. */
    public OptionalInt numberingPadding() {
        return attributes.get("padding_position") instanceof Integer padding && padding >= 0 ? OptionalInt.of(padding)
                : OptionalInt.empty();
    }

    /** Whether the output matrix is another tensor than the word embeddings. */
    public boolean isUntied() {
        return parameters.values().stream().noneMatch(parameter -> parameter.tied().isPresent());
    }

    static Architecture of(Configuration configuration) {
        String modelType = modelType(configuration);
        NetworkFamily family = family(modelType).orElseThrow(() -> new InvalidFileException(configuration.file(),
                "model_type is \"" + modelType + "\"; supported are "
                        + FAMILIES.stream().map(NetworkFamily::modelType).collect(Collectors.joining(", "))
                        + "; any other model can be exported to TorchScript, laid with its tokenizer.json but without its weights in"
                        + " a folder of its"
                        + " own as model.pt, and run with --trust-program"));
        family.requireNoProgram(configuration);
        Architecture architecture = family.reading().apply(configuration);
        if (architecture.maximumLength < 3) {
            throw new InvalidFileException(configuration.file(),
                    "max_position_embeddings leaves room for " + architecture.maximumLength + " tokens; at least 3 are needed");
        }
        return architecture;
    }

    private static Optional<NetworkFamily> family(String modelType) {
        return FAMILIES.stream().filter(family -> family.modelType().equals(modelType)).findFirst();
    }

    /** What configurations of 2019 state by their architecture alone. */
    static String modelType(Configuration configuration) {
        if (configuration.has("model_type")) {
            return configuration.text("model_type", "");
        }
        JsonArray names = configuration.json().get("architectures") instanceof JsonArray stated ? stated : new JsonArray();
        return names.asList().stream().filter(JsonElement::isJsonPrimitive).map(JsonElement::getAsString)
                .flatMap(name -> FAMILIES.stream().filter(family -> family.architectures().contains(name))).findFirst()
                .map(NetworkFamily::modelType).orElseThrow(() -> new InvalidFileException(configuration.file(),
                        "has no model_type; add one, such as \"model_type\": \"bert\""));
    }

    /** Collects parameters under the program's names. */
    static final class Parameters {

        private final Map<String, Parameter> byName = new LinkedHashMap<>();

        Parameters tensor(String name, String stored, long... shape) {
            return rows(name, stored, 0, shape[0], shape);
        }

        /** The bias of the output, which some files hold twice: as the head's, and as the decoder's, which counts. */
        Parameters outputBias(String name, String stored, String decoders, long size) {
            byName.put(name, new Parameter(stored, Optional.of(decoders), Optional.empty(), new long[] {size}, 0, size));
            return this;
        }

        /** The word embeddings, and the output matrix, which is the same tensor or, if not tied, one of its own. */
        Parameters words(String name, String stored, String outputName, String output, boolean tied, long... shape) {
            byName.put(name, new Parameter(stored, Optional.empty(), Optional.of(output).filter(decoder -> tied), shape, 0, shape[0]));
            return tied ? this : tensor(outputName, output, shape);
        }

        private Parameters rows(String name, String stored, long first, long count, long... shape) {
            byName.put(name, new Parameter(stored, Optional.empty(), Optional.empty(), shape, first, count));
            return this;
        }

        Parameters linear(String name, String stored, int out, int in, boolean biased) {
            tensor(name + ".weight", stored + ".weight", out, in);
            return biased ? tensor(name + ".bias", stored + ".bias", out) : this;
        }

        Parameters linear(String name, String stored, int out, int in) {
            return linear(name, stored, out, in, true);
        }

        /** One of several linear maps that a checkpoint keeps in one tensor, one below the other. */
        Parameters linearPart(String name, String stored, int part, int parts, int out, int in, boolean biased) {
            rows(name + ".weight", stored + ".weight", (long) part * out, out, (long) parts * out, in);
            return biased ? rows(name + ".bias", stored + ".bias", (long) part * out, out, (long) parts * out) : this;
        }

        Parameters norm(String name, String stored, int width, boolean biased) {
            tensor(name + ".weight", stored + ".weight", width);
            return biased ? tensor(name + ".bias", stored + ".bias", width) : this;
        }

        Parameters norm(String name, String stored, int width) {
            return norm(name, stored, width, true);
        }

        Map<String, Parameter> toMap() {
            return byName;
        }
    }
}
