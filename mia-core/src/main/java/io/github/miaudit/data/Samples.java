package io.github.miaudit.data;

import com.google.gson.JsonObject;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import io.github.miaudit.io.AtomicFile;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.LineIndex;
import io.github.miaudit.io.Lines;
import io.github.miaudit.io.SentenceLines;
import io.github.miaudit.io.StrictJsonReader;
import io.github.miaudit.notes.PatientKey;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads sentences from files and writes them. Files are UTF-8; a line ends at LF or CR LF; a byte order mark at the start is
 * ignored. Errors name the file and the line and never repeat the line's content.
 */
public final class Samples {

    private static final Set<String> MEMBERS = Set.of("id", "group", "text");
    /** Endings of files whose lines are no sentences. */
    private static final List<String> NO_LINES = List.of(".csv", ".tsv", ".parquet", ".xml", ".json", ".ndjson", ".xlsx", ".xls", ".gz",
            ".bz2", ".zip", ".zst");

    private Samples() {
    }

    /**
     * Reads a {@code .jsonl} file as JSON Lines and any other file as one sentence a line, unless its name says that it is a table,
     * a document or packed.
     *
     * @return its sentences, in order
     * @throws InvalidFileException if the file can't be read, is of such a name, holds no sentence or has a malformed line
     */
    public static List<Sample> read(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        NO_LINES.stream().filter(name::endsWith).findFirst().ifPresent(ending -> {
            throw new InvalidFileException(file, "is no file of one sentence a line, as its ending " + ending + " says; read it as notes,"
                    + " as mia prepare and mia train --notes do, or write its sentences to a .txt or .jsonl file");
        });
        return name.endsWith(".jsonl") ? readJsonLines(file) : readPlainLines(file);
    }

    /**
     * Reads JSON Lines: each line an object with {@code text}, optionally {@code id} (a string or a whole
     * number) and {@code group} (a string or a number, kept as it is written; whose it is, says {@link Sample#patient()}); other
     * members are ignored, but none may be stated twice. Or a bare string. A sentence without an id gets its line number, from 1.
     *
     * @return its sentences, in order
     * @throws InvalidFileException if the file can't be read, holds no sentence, has a malformed line or repeats
     *                              an id
     */
    public static List<Sample> readJsonLines(Path file) {
        List<Sample> samples = new ArrayList<>();
        readJsonLines(file, samples::add);
        return List.copyOf(samples);
    }

    /**
     * Reads JSON Lines as {@link #readJsonLines(Path)} does, but a sentence at a time: memory holds one of them, and 8 bytes of each.
     *
     * @param file the file
     * @param sink takes each sentence, in order
     * @throws InvalidFileException likewise; the sentences before a malformed line have been handed over by then, and all where
     *                              an id stands twice
     */
    public static void readJsonLines(Path file, Consumer<Sample> sink) {
        UniqueIds ids = new UniqueIds(file);
        readLines(file, (number, line) -> {
            Sample sample = parse(file, number, line);
            ids.add(sample.id());
            sink.accept(sample);
        });
        require(file, ids);
    }

    /** Makes sure that a file holds sentences in JSON Lines, as {@link #readJsonLines(Path)} does, and finds them by their places. */
    static LineIndex index(Path file) {
        UniqueIds ids = new UniqueIds(file);
        LineIndex index = LineIndex.of(file, (number, line) -> ids.add(parse(file, number, line).id()));
        require(file, ids);
        return index;
    }

    private static void require(Path file, UniqueIds ids) {
        requireSome(file, ids.count());
        ids.require(sink -> readLines(file, (number, line) -> sink.accept(number, parse(file, number, line).id())));
    }

    private static void readLines(Path file, BiConsumer<Long, String> sink) {
        try (Lines lines = new Lines(file)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                sink.accept(lines.number(), line);
            }
        }
    }

    /**
     * Reads one sentence a line, as it is: nothing is trimmed, an empty line is an empty sentence. The id is the
     * line number, from 1.
     *
     * @return its sentences, in order
     * @throws InvalidFileException if the file can't be read, is empty, is not UTF-8, or starts as a table, JSON or XML does
     */
    public static List<Sample> readPlainLines(Path file) {
        List<Sample> samples = new ArrayList<>();
        try (Lines lines = new Lines(file)) {
            boolean begun = false;
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (!begun && !line.isBlank()) {
                    SentenceLines.require(file, line);
                    begun = true;
                }
                samples.add(Sample.of(Long.toString(lines.number()), line));
            }
        }
        requireSome(file, samples.size());
        return List.copyOf(samples);
    }

    /**
     * Writes sentences as {@link #readJsonLines(Path)} reads them, whole or not at all.
     *
     * @param file    the file to make or replace
     * @param samples the sentences
     * @throws InvalidFileException if it can't be written
     */
    public static void writeJsonLines(Path file, List<Sample> samples) {
        AtomicFile.write(file, writer -> {
            for (Sample sample : samples) {
                JsonObject line = new JsonObject();
                line.addProperty("id", sample.id());
                sample.group().ifPresent(group -> line.addProperty("group", group));
                line.addProperty("text", sample.text());
                writer.write(line + "\n");
            }
        });
    }

    /** A digest of everything in the sets, as {@link AttackDataset#digest()}; a set may be empty. */
    public static String digest(PerPopulation<List<Sample>> sets) {
        return DatasetDigest.of(List.of(""), sets::of).get(0);
    }

    private static void requireSome(Path file, int count) {
        if (count == 0) {
            throw new InvalidFileException(file, "is empty; expected one sentence a line");
        }
    }

    /** The sentence of a line. */ // Gson's own messages can quote the input, so none of them is passed on.
    static Sample parse(Path file, long number, String line) {
        try (StrictJsonReader json = new StrictJsonReader(line)) {
            Sample sample = json.peek() == JsonToken.STRING ? Sample.of(Long.toString(number), json.nextString())
                    : parseObject(file, number, json);
            json.peek(); // throws if anything follows
            json.repeated().map(StrictJsonReader.Repeated::member).ifPresent(member -> {
                throw new InvalidFileException(file, number,
                        "states " + (MEMBERS.contains(member) ? "\"" + member + "\"" : "a member") + " twice");
            });
            return sample;
        } catch (MalformedJsonException | EOFException | IllegalStateException e) {
            throw new InvalidFileException(file, number, "is not valid JSON; expected an object with id, group and text, or a string");
        } catch (IllegalArgumentException e) {
            throw new InvalidFileException(file, number, Objects.requireNonNull(e.getMessage()));
        } catch (IOException e) {
            throw new InvalidFileException(file, e);
        }
    }

    private static Sample parseObject(Path file, long number, StrictJsonReader json) throws IOException {
        if (json.peek() != JsonToken.BEGIN_OBJECT) {
            throw new InvalidFileException(file, number, "is neither a JSON object nor a JSON string");
        }
        String id = null;
        String group = null;
        String text = null;
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case "id" -> id = id(file, number, json);
                case "group" -> group = group(file, number, json);
                case "text" -> text = text(file, number, json);
                default -> json.skipValue();
            }
        }
        json.endObject();
        if (text == null) {
            throw new InvalidFileException(file, number, "has no \"text\"");
        }
        String name = id == null ? Long.toString(number) : id;
        return group == null ? Sample.of(name, text) : Sample.of(name, group, text);
    }

    private static String text(Path file, long number, StrictJsonReader json) throws IOException {
        if (json.peek() != JsonToken.STRING) {
            throw new InvalidFileException(file, number, "\"text\" is no string but " + json.peek());
        }
        return json.nextString();
    }

    /** A string or a whole number; null stands for none. */
    private static @Nullable String id(Path file, long number, StrictJsonReader json) throws IOException {
        JsonToken kind = json.peek();
        String value = label(file, number, "\"id\" is neither a string nor a whole number", json);
        if (value != null && kind == JsonToken.STRING && value.isEmpty()) {
            throw new InvalidFileException(file, number, "\"id\" is empty; leave it out if unknown");
        }
        if (value != null && kind == JsonToken.NUMBER && !value.matches("-?[0-9]+")) {
            throw new InvalidFileException(file, number, "\"id\" is no whole number; write it as a string");
        }
        return value;
    }

    /** A string or a number, as it is written; null stands for none. */
    private static @Nullable String group(Path file, long number, StrictJsonReader json) throws IOException {
        boolean isNumber = json.peek() == JsonToken.NUMBER;
        String value = label(file, number, "\"group\" is neither a string nor a number", json);
        return value != null && isNumber ? PatientKey.numeral(value) : value;
    }

    private static @Nullable String label(Path file, long number, String otherwise, StrictJsonReader json) throws IOException {
        switch (json.peek()) {
            case STRING, NUMBER -> {
                return json.nextString();
            }
            case NULL -> {
                json.nextNull();
                return null;
            }
            default -> throw new InvalidFileException(file, number, otherwise + " but " + json.peek());
        }
    }
}
