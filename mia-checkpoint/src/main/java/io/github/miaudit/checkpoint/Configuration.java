package io.github.miaudit.checkpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.miaudit.io.InvalidFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/**
 * A checkpoint's {@code config.json}, read with care: a value of the wrong kind is an error that names it, a value that is left out
 * is the family's default, as in Hugging Face transformers. Other JSON files of a model are read alike.
 */
public record Configuration(Path file, JsonObject json) {

    private static final int MOST_LAYERS = 1000;

    /**
     * Reads a file.
     *
     * @throws InvalidFileException if it is missing, is a link out of its folder or holds no JSON object
     */
    public static Configuration read(Path file) {
        return new Configuration(file, ModelFile.json(file));
    }

    /** Whether a value is stated; null is none. */
    public boolean has(String key) {
        return json.has(key) && !json.get(key).isJsonNull();
    }

    int size(String key) {
        return wholeNumber(key, 1);
    }

    /** A whole number of at least 1; if it is none, an {@link InvalidFileException}. */
    public int size(String key, int otherwise) {
        return has(key) ? wholeNumber(key, 1) : otherwise;
    }

    /** A number of layers; one that no model has would fill the memory before weights are looked at. */
    int layers(String key) {
        return layers(key, wholeNumber(key, 1));
    }

    /** As {@link #layers(String)}, with a default. */
    int layers(String key, int otherwise) {
        int layers = size(key, otherwise);
        if (layers > MOST_LAYERS) {
            throw invalid(key, "it must be at most " + MOST_LAYERS);
        }
        return layers;
    }

    /** A whole number of at least 0, such as a token's id; if it is none, an {@link InvalidFileException}. */
    public int token(String key, int otherwise) {
        return has(key) ? wholeNumber(key, 0) : otherwise;
    }

    /** A number, infinite if it is beyond all doubles; if it is none, an {@link InvalidFileException}. */
    public double number(String key, double otherwise) {
        return has(key) ? number(key) : otherwise;
    }

    /** A small positive number that is added to a variance. */
    double epsilon(String key, double otherwise) {
        double epsilon = number(key, otherwise);
        if (!(epsilon > 0 && epsilon < 1)) {
            throw new InvalidFileException(file, key + " is " + epsilon + "; it must lie between 0 and 1");
        }
        return epsilon;
    }

    boolean flag(String key, boolean otherwise) {
        return has(key) ? primitive(key, JsonPrimitive::isBoolean, "it must be true or false").getAsBoolean() : otherwise;
    }

    String text(String key, String otherwise) {
        return has(key) ? primitive(key, JsonPrimitive::isString, "it must be a string").getAsString() : otherwise;
    }

    /** An activation under the name that the programs give it. */
    String activation(String key, String otherwise) {
        String name = text(key, otherwise);
        return switch (name) {
            case "gelu", "gelu_python" -> "gelu";
            case "gelu_new", "gelu_pytorch_tanh", "gelu_python_tanh", "gelu_fast", "gelu_accurate" -> "gelu_tanh";
            case "relu" -> "relu";
            case "silu", "swish" -> "silu";
            case "tanh" -> "tanh";
            default -> throw invalid(key, "supported are gelu, gelu_new, relu, silu and tanh");
        };
    }

    /** Refuses what the programs don't compute. */
    void require(String key, Object supported) {
        if (has(key) && !(json.get(key) instanceof JsonPrimitive value && value.getAsString().equals(supported.toString()))) {
            throw invalid(key, "supported is " + supported);
        }
    }

    void requireHeads(int width, int heads, String widthKey, String headsKey) {
        if (width % heads != 0) {
            throw new InvalidFileException(file, widthKey + " " + width + " is no multiple of " + headsKey + " " + heads);
        }
    }

    /** The same with a switch set. */
    Configuration with(String key, boolean value) {
        JsonObject changed = json.deepCopy();
        changed.addProperty(key, value);
        return new Configuration(file, changed);
    }

    /** The object under a key, or an empty one if it is not stated; if it is none, an {@link InvalidFileException}. */
    public Configuration object(String key) {
        if (!has(key)) {
            return new Configuration(file, new JsonObject());
        }
        if (json.get(key) instanceof JsonObject object) {
            return new Configuration(file, object);
        }
        throw invalid(key, "it must be an object");
    }

    /** A list of strings, empty if it is not stated; if it is none, an {@link InvalidFileException}. */
    public List<String> texts(String key) {
        if (!has(key)) {
            return List.of();
        }
        if (json.get(key) instanceof JsonArray array && array.asList().stream().allMatch(JsonElement::isJsonPrimitive)) {
            return array.asList().stream().map(JsonElement::getAsString).toList();
        }
        throw invalid(key, "it must be a list of strings");
    }

    InvalidFileException invalid(String key, String rule) {
        return new InvalidFileException(file, key + " is " + json.get(key) + "; " + rule);
    }

    private int wholeNumber(String key, int minimum) {
        double value = number(key);
        if (!(value >= minimum && value <= Integer.MAX_VALUE && value == Math.rint(value))) {
            throw invalid(key, "it must be a whole number of at least " + minimum);
        }
        return (int) value;
    }

    private double number(String key) {
        return primitive(key, JsonPrimitive::isNumber, "a number is needed").getAsDouble();
    }

    private JsonPrimitive primitive(String key, Predicate<JsonPrimitive> kind, String rule) {
        if (json.get(key) instanceof JsonPrimitive value && kind.test(value)) {
            return value;
        }
        throw invalid(key, rule);
    }
}
