package io.github.miaudit.report.output;

import io.github.miaudit.data.Population;
import io.github.miaudit.evaluation.Validity.Verdict;
import io.github.miaudit.io.InvalidFileException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads a policy from a file that nobody vouches for. Nothing but strings is ever made of its content. */
final class PolicyFile {

    private static final int MOST_BYTES = 1 << 16;
    /** The policy, its limits, a limit; and one more, so that a limit's value that is a list is called by its name. */
    private static final int MOST_NESTED = 4;
    private static final List<String> KEYS = List.of("against", "limits");
    private static final List<String> KEYS_OF_LIMIT = List.of("figure", "attack", "fpr", "at-most", "at-least");

    private final Path file;
    private final LoadSettings settings;

    PolicyFile(Path file) {
        this.file = file;
        settings = LoadSettings.builder().setLabel(file.toString()).setMaxAliasesForCollections(0).setAllowDuplicateKeys(false)
                .setCodePointLimit(MOST_BYTES).build();
    }

    Policy read() {
        String text = text();
        Node root;
        try {
            refuseWhatPoliciesHaveNot(text);
            root = new Compose(settings).composeString(text)
                    .orElseThrow(() -> new InvalidFileException(file, "is empty; a policy has the key limits"));
        } catch (MarkedYamlEngineException e) {
            String problem = "is not valid YAML 1.2: " + PlainText.line(e.getProblem());
            throw e.getProblemMark().map(mark -> new InvalidFileException(file, mark.getLine() + 1L, problem))
                    .orElse(new InvalidFileException(file, problem));
        } catch (ReaderException e) {
            long line = 1 + text.codePoints().limit(e.getPosition()).filter(character -> character == '\n').count();
            throw new InvalidFileException(file, line,
                    String.format(Locale.ROOT, "has the character U+%04X, which YAML forbids; remove it", e.getCodePoint()));
        } catch (NumberFormatException e) { // SnakeYAML Engine's, where the file ends within an escape
            throw new InvalidFileException(file, "is not valid YAML 1.2: it ends within an escape such as \\x41");
        } catch (YamlEngineException e) {
            throw new InvalidFileException(file, "is not valid YAML 1.2: " + PlainText.line(e.getMessage()));
        }
        return policy(entries(root, KEYS, "a policy"));
    }

    private String text() {
        byte[] bytes;
        try (InputStream content = Files.newInputStream(file)) {
            bytes = content.readNBytes(MOST_BYTES + 1);
        } catch (IOException e) {
            throw new InvalidFileException(file, e);
        }
        if (bytes.length > MOST_BYTES) {
            throw new InvalidFileException(file, "is larger than " + MOST_BYTES + " bytes; a policy is a few lines of YAML");
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new InvalidFileException(file, "is not UTF-8; convert it to UTF-8 first");
        }
    }

    /** Looks at the events, before anything is built that could be deep, shared or of any type. */
    private void refuseWhatPoliciesHaveNot(String text) {
        int documents = 0;
        int depth = 0;
        for (Event event : new Parse(settings).parseString(text)) {
            long line = line(event.getStartMark());
            if (event instanceof DocumentStartEvent && ++documents > 1) {
                throw new InvalidFileException(file, line, "starts a second document; a policy is one");
            }
            if (event instanceof AliasEvent alias) {
                throw new InvalidFileException(file, line,
                        "has the alias *" + shown(alias.getAlias().getValue()) + "; write out what it stands for");
            }
            if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
                throw new InvalidFileException(file, line,
                        "has the anchor &" + shown(node.getAnchor().get().getValue()) + "; leave it out");
            }
            tag(event).ifPresent(tag -> {
                throw new InvalidFileException(file, line, "has the tag " + shown(tag) + "; leave it out");
            });
            if (event instanceof CollectionStartEvent && ++depth > MOST_NESTED) {
                throw new InvalidFileException(file, line, "is nested too deeply; a limit's values are texts or numbers");
            }
            if (event instanceof CollectionEndEvent) {
                depth--;
            }
        }
    }

    private static Optional<String> tag(Event event) {
        if (event instanceof ScalarEvent scalar) {
            return scalar.getTag();
        }
        return event instanceof CollectionStartEvent collection ? collection.getTag() : Optional.empty();
    }

    private Policy policy(Map<String, Node> entries) {
        Population against = Population.NON_MEMBERS;
        if (entries.containsKey("against")) {
            String label = text(entries, "against");
            against = Stream.of(Population.NON_MEMBERS, Population.EXTERNALS).filter(population -> population.label().equals(label))
                    .findFirst().orElseThrow(() -> unfit(entries, "against", "be non_members or externals"));
        }
        if (!entries.containsKey("limits")) {
            throw new InvalidFileException(file, "has no key limits; add it, with one limit or more");
        }
        if (!(entries.get("limits") instanceof SequenceNode list)) {
            throw new InvalidFileException(file, line(entries.get("limits")),
                    "limits is no list; start each limit with a dash, such as - figure: auc");
        }
        if (list.getValue().isEmpty()) {
            throw new InvalidFileException(file, line(list), "limits is empty; at least one limit is needed");
        }
        List<Limit> limits = new ArrayList<>();
        for (Node limit : list.getValue()) {
            limits.add(limit(entries(limit, KEYS_OF_LIMIT, "a limit"), line(limit)));
        }
        return new Policy(against, limits);
    }

    private Limit limit(Map<String, Node> entries, long line) {
        if (!entries.containsKey("figure")) {
            throw new InvalidFileException(file, line, "this limit has no figure; known are " + Figure.labels());
        }
        String label = text(entries, "figure");
        Figure figure = Figure.labelled(label).orElseThrow(() -> new InvalidFileException(file, line(entries.get("figure")),
                "figure " + shown(label) + " is unknown; known are " + Figure.labels()));
        String bound = figure.unit() == Figure.Unit.VERDICT ? "at-least" : "at-most";
        refuse(entries, figure, bound.equals("at-most") ? "at-least" : "at-most", "say " + bound);
        if (!figure.isOfAnAttack()) {
            refuse(entries, figure, "attack", "leave it out");
        }
        if (!figure.isAtARate()) {
            refuse(entries, figure, "fpr", "leave it out");
        }
        require(entries, figure, bound, line, bound.equals("at-least") ? "VALID" : figure.unit() == Figure.Unit.COUNT ? "3" : "0.6");
        if (figure.isAtARate()) {
            require(entries, figure, "fpr", line, "0.01");
        }
        Optional<String> attack = entries.containsKey("attack") ? Optional.of(text(entries, "attack")) : Optional.empty();
        Optional<Double> rate = entries.containsKey("fpr") ? Optional.of(share(entries, "fpr")) : Optional.empty();
        return new Limit(figure, attack, rate, switch (figure.unit()) {
            case SHARE -> share(entries, bound); // above 1 nothing would break it: somebody meant per cent
            case COUNT, NATS -> number(entries, bound, Double.MAX_VALUE, "be at least 0, and finite");
            case VERDICT -> verdict(entries, bound);
        });
    }

    private void refuse(Map<String, Node> entries, Figure figure, String key, String advice) {
        if (entries.containsKey(key)) {
            throw new InvalidFileException(file, line(entries.get(key)), "figure " + figure.label() + " takes no " + key + "; " + advice);
        }
    }

    private void require(Map<String, Node> entries, Figure figure, String key, long line, String example) {
        if (!entries.containsKey(key)) {
            throw new InvalidFileException(file, line,
                    "figure " + figure.label() + " needs the key " + key + ", such as " + key + ": " + example);
        }
    }

    private double verdict(Map<String, Node> entries, String key) {
        String name = text(entries, key);
        return Stream.of(Verdict.values()).filter(verdict -> verdict.name().equals(name)).findFirst()
                .orElseThrow(() -> unfit(entries, key, "be VALID, SHIFTED, UNDECIDED, NOT_INTERPRETABLE or NOT_CHECKED")).ordinal();
    }

    private double share(Map<String, Node> entries, String key) {
        return number(entries, key, 1, "lie in [0, 1]");
    }

    private double number(Map<String, Node> entries, String key, double most, String range) {
        double value = number(entries, key);
        if (value < 0 || value > most) {
            throw unfit(entries, key, range);
        }
        return value;
    }

    private double number(Map<String, Node> entries, String key) {
        String text = text(entries, key);
        try {
            if (((ScalarNode) entries.get(key)).getScalarStyle() == ScalarStyle.PLAIN) {
                return new BigDecimal(text).doubleValue(); // unlike Double's, its numbers are digits alone
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw unfit(entries, key, "be a number such as 0.02, without quotes");
    }

    private InvalidFileException unfit(Map<String, Node> entries, String key, String must) {
        return new InvalidFileException(file, line(entries.get(key)), key + " is " + shown(text(entries, key)) + "; it must " + must);
    }

    private String text(Map<String, Node> entries, String key) {
        Node node = entries.get(key);
        if (!(node instanceof ScalarNode scalar)) {
            throw new InvalidFileException(file, line(node),
                    key + " is a " + (node instanceof SequenceNode ? "list" : "mapping") + "; it must be one value");
        }
        if (scalar.getValue().isBlank()) {
            throw new InvalidFileException(file, line(node), key + " is empty; give it a value, or leave it out");
        }
        return scalar.getValue();
    }

    private Map<String, Node> entries(Node node, List<String> known, String what) {
        if (!(node instanceof MappingNode mapping)) {
            throw new InvalidFileException(file, line(node), what + " has keys and values; known keys are " + String.join(", ", known));
        }
        Map<String, Node> entries = new LinkedHashMap<>();
        for (NodeTuple entry : mapping.getValue()) {
            String key = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "that is no text";
            long line = line(entry.getKeyNode());
            if (!known.contains(key)) {
                throw new InvalidFileException(file, line, "key " + shown(key) + " is unknown; known are " + String.join(", ", known));
            }
            if (entries.put(key, entry.getValueNode()) != null) {
                throw new InvalidFileException(file, line, "key " + key + " is there already; leave one out");
            }
        }
        return entries;
    }

    /** What somebody wrote, so that an error can quote it. */
    private static String shown(String value) {
        return PlainText.name(value);
    }

    private static long line(Node node) {
        return line(node.getStartMark());
    }

    private static long line(Optional<Mark> mark) {
        return mark.map(Mark::getLine).orElse(0) + 1L;
    }
}
