package io.github.miaudit.djl;

import io.github.miaudit.io.InvalidFileException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A network as {@code config.json} describes it.
 *
 * @param program        the TorchScript resource that computes it
 * @param attributes     the program's numbers and names
 * @param parameters     the tensors that the program takes, by the program's names
 * @param headPrefixes   how the checkpoint's names of the masked-language-model head begin
 * @param vocabularySize rows of the word embeddings
 * @param maximumLength  the longest input in tokens, special tokens included
 * @param paddingId      the padding token; empty if the program takes no padding
 */
record Architecture(String program, Map<String, Object> attributes, Map<String, Parameter> parameters, List<String> headPrefixes,
        int vocabularySize, int maximumLength, OptionalInt paddingId) {

    /** The families, in the order in which errors and the README list them. */
    static final List<String> FAMILIES = List.of("bert", "roberta", "xlm-roberta", "camembert", "distilbert", "electra", "modernbert");

    /**
     * A tensor of a checkpoint.
     *
     * @param stored   its name in the checkpoint
     * @param alias    another name that it may go by
     * @param shape    the shape it must have there
     * @param firstRow the first of the rows that are wanted of it
     * @param rows     how many rows are wanted
     */
    record Parameter(String stored, Optional<String> alias, long[] shape, long firstRow, long rows) {
    }

    static boolean isSupported(String modelType) {
        return FAMILIES.contains(modelType);
    }

    static Architecture of(Configuration configuration) {
        Architecture architecture = switch (configuration.modelType()) {
            case "bert" -> BertArchitecture.bert(configuration);
            case "roberta", "xlm-roberta", "camembert" -> BertArchitecture.roberta(configuration);
            case "electra" -> BertArchitecture.electra(configuration);
            case "distilbert" -> BertArchitecture.distilbert(configuration);
            case "modernbert" -> ModernBertArchitecture.of(configuration);
            default -> throw new InvalidFileException(configuration.file(), "model_type is \"" + configuration.modelType()
                    + "\"; supported are " + String.join(", ", FAMILIES)
                    + "; any other model can be exported to TorchScript and laid beside its tokenizer.json as model.pt");
        };
        if (architecture.maximumLength < 3) {
            throw new InvalidFileException(configuration.file(), "max_position_embeddings leaves room for " + architecture.maximumLength
                    + " tokens; at least 3 are needed");
        }
        return architecture;
    }

    /** Collects parameters under the program's names. */
    static final class Parameters {

        private final Map<String, Parameter> byName = new LinkedHashMap<>();

        Parameters tensor(String name, String stored, long... shape) {
            byName.put(name, new Parameter(stored, Optional.empty(), shape, 0, shape[0]));
            return this;
        }

        Parameters tensor(String name, String stored, String alias, long... shape) {
            byName.put(name, new Parameter(stored, Optional.of(alias), shape, 0, shape[0]));
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
            byName.put(name + ".weight", new Parameter(stored + ".weight", Optional.empty(), new long[] {(long) parts * out, in}, (long) part * out, out));
            if (biased) {
                byName.put(name + ".bias", new Parameter(stored + ".bias", Optional.empty(), new long[] {(long) parts * out}, (long) part * out, out));
            }
            return this;
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
