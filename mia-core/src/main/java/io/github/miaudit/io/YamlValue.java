package io.github.miaudit.io;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A text, a list or a mapping that stands in a file of YAML; its errors name the file and the line. */
public final class YamlValue {

    private final Path file;
    private final Node node;

    YamlValue(Path file, Node node) {
        this.file = file;
        this.node = node;
    }

    /** An error of this value. */
    public InvalidFileException problem(String problem) {
        return problem(node, problem);
    }

    /** The values of a list; empty if it is none. */
    public Optional<List<YamlValue>> list() {
        return node instanceof SequenceNode list ? Optional.of(list.getValue().stream().map(value -> new YamlValue(file, value)).toList())
                : Optional.empty();
    }

    /** Whether it is a text or number without quotes. */
    public boolean isPlain() {
        return node instanceof ScalarNode scalar && scalar.getScalarStyle() == ScalarStyle.PLAIN;
    }

    /**
     * The text of it.
     *
     * @param key what the value is called in errors
     * @throws InvalidFileException if it is a list or a mapping, or blank
     */
    public String text(String key) {
        if (!(node instanceof ScalarNode scalar)) {
            throw problem(key + " is a " + (node instanceof SequenceNode ? "list" : "mapping") + "; it must be one value");
        }
        if (scalar.getValue().isBlank()) {
            throw problem(key + " is empty; give it a value, or leave it out");
        }
        return scalar.getValue();
    }

    /**
     * The values of a mapping by their keys, in order.
     *
     * @param known all keys that it may have
     * @param what  what it is called in errors
     * @throws InvalidFileException if it is none, or has a key that is unknown or there twice
     */
    public Map<String, YamlValue> entries(List<String> known, String what) {
        Map<String, YamlValue> entries = new LinkedHashMap<>();
        for (NodeTuple entry : tuples(what + " has keys and values; known keys are " + String.join(", ", known))) {
            String key = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "that is no text";
            if (!known.contains(key)) {
                throw problem(entry.getKeyNode(), "key " + PlainText.name(key) + " is unknown; known are " + String.join(", ", known)
                        + Nearest.question(key, known));
            }
            put(entries, key, entry);
        }
        return entries;
    }

    /**
     * The values of a mapping whose keys are the user's, in order.
     *
     * @param expected what it should be, for the error
     * @throws InvalidFileException if it is none, or has a key that is no text or there twice
     */
    public Map<String, YamlValue> entries(String expected) {
        Map<String, YamlValue> entries = new LinkedHashMap<>();
        for (NodeTuple entry : tuples(expected)) {
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                throw problem(entry.getKeyNode(), expected);
            }
            put(entries, key.getValue(), entry);
        }
        return entries;
    }

    private List<NodeTuple> tuples(String expected) {
        if (!(node instanceof MappingNode mapping)) {
            throw problem(expected);
        }
        return mapping.getValue();
    }

    private void put(Map<String, YamlValue> entries, String key, NodeTuple entry) {
        if (entries.put(key, new YamlValue(file, entry.getValueNode())) != null) {
            throw problem(entry.getKeyNode(), "key " + PlainText.name(key) + " is there already; leave one out");
        }
    }

    private InvalidFileException problem(Node place, String problem) {
        return new InvalidFileException(file, StrictYaml.line(place.getStartMark()), problem);
    }
}
