package io.github.miaudit.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
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

/**
 * YAML 1.2 of files that nobody vouches for. Nothing but strings is ever made of their content: tags, anchors and aliases are
 * refused, and so are a second document, repeated keys and deep nesting. JSON is such YAML too.
 */
public final class StrictYaml {

    /**
     * What a file should be, for its bounds and its errors.
     *
     * @param what       such as {@code policy}
     * @param key        that every such file has
     * @param mostBytes  of the file
     * @param mostNested lists and mappings in one another
     * @param values     what is at the bottom of it, as a sentence
     */
    public record Kind(String what, String key, int mostBytes, int mostNested, String values) {
    }

    private final Path file;
    private final Kind kind;
    private final LoadSettings settings;

    private StrictYaml(Path file, Kind kind) {
        this.file = file;
        this.kind = kind;
        settings = LoadSettings.builder().setLabel(file.toString()).setMaxAliasesForCollections(0).setAllowDuplicateKeys(false)
                .setCodePointLimit(kind.mostBytes).build();
    }

    /**
     * Reads a file in UTF-8.
     *
     * @throws InvalidFileException if it can't be read, is too large, no YAML, empty, or has what is refused; the message names the
     *                              line
     */
    public static YamlValue read(Path file, Kind kind) {
        StrictYaml yaml = new StrictYaml(file, kind);
        return yaml.value(yaml.text());
    }

    /**
     * Reads a text.
     *
     * @param file what it is called in errors
     * @throws InvalidFileException likewise
     */
    public static YamlValue parse(Path file, String text, Kind kind) {
        return new StrictYaml(file, kind).value(text);
    }

    static long line(Optional<Mark> mark) {
        return mark.map(Mark::getLine).orElse(0) + 1L;
    }

    private YamlValue value(String text) {
        try {
            refuseWhatIsNotPlain(text);
            return new YamlValue(file, new Compose(settings).composeString(text)
                    .orElseThrow(() -> new InvalidFileException(file, "is empty; a " + kind.what + " has the key " + kind.key)));
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
            throw new InvalidFileException(file, "is not valid YAML 1.2: " + PlainText.line(Objects.requireNonNull(e.getMessage())));
        }
    }

    private String text() {
        byte[] bytes;
        try (InputStream content = Files.newInputStream(file)) {
            bytes = content.readNBytes(kind.mostBytes + 1);
        } catch (IOException e) {
            throw new InvalidFileException(file, e);
        }
        if (bytes.length > kind.mostBytes) {
            throw new InvalidFileException(file,
                    "is larger than " + kind.mostBytes + " bytes; a " + kind.what + " is a few lines of YAML");
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new InvalidFileException(file, "is not UTF-8; convert it to UTF-8 first");
        }
    }

    /** Looks at the events, before anything is built that could be deep, shared or of any type. */
    private void refuseWhatIsNotPlain(String text) {
        int documents = 0;
        int depth = 0;
        for (Event event : new Parse(settings).parseString(text)) {
            long line = line(event.getStartMark());
            if (event instanceof DocumentStartEvent && ++documents > 1) {
                throw new InvalidFileException(file, line, "starts a second document; a " + kind.what + " is one");
            }
            if (event instanceof AliasEvent alias) {
                throw new InvalidFileException(file, line,
                        "has the alias *" + PlainText.name(alias.getAlias().getValue()) + "; write out what it stands for");
            }
            if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
                throw new InvalidFileException(file, line,
                        "has the anchor &" + PlainText.name(node.getAnchor().get().getValue()) + "; leave it out");
            }
            tag(event).ifPresent(tag -> {
                throw new InvalidFileException(file, line, "has the tag " + PlainText.name(tag) + "; leave it out");
            });
            if (event instanceof CollectionStartEvent && ++depth > kind.mostNested) {
                throw new InvalidFileException(file, line, "is nested too deeply; " + kind.values);
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
}
