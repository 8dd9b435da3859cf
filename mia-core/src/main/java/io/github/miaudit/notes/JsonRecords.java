package io.github.miaudit.notes;

import com.google.gson.stream.MalformedJsonException;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.Utf8Input;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/** What in a JSON file may be notes, in order, one at a time and each as it is written. */
final class JsonRecords implements Closeable {

    /**
     * A piece of the file.
     *
     * @param number its line, or its place among the others, from 1
     * @param bytes  one character a byte
     */
    record Piece(long number, String bytes) {
    }

    private final Path file;
    private final JsonShape shape;
    private final BufferedReader lines;
    private final JsonCutter cutter;
    private long number;
    private boolean ended;

    private JsonRecords(Path file, JsonShape shape, InputStream text) {
        this.file = file;
        this.shape = shape;
        this.lines = NoteLines.of(file, text);
        this.cutter = new JsonCutter(file, text);
    }

    /** Opens a file and finds out how it holds notes. */
    static JsonRecords open(NoteFile file, WantedColumn text) throws IOException {
        Utf8Input input = file.openText();
        try {
            input.mark(JsonShape.LOOK + 1);
            byte[] start = input.readNBytes(JsonShape.LOOK);
            boolean whole = start.length < JsonShape.LOOK || input.read() < 0;
            input.reset();
            return new JsonRecords(file.path(), JsonShape.of(file.path(), start, whole, text), input);
        } catch (IOException | RuntimeException | Error e) {
            input.close();
            throw e;
        }
    }

    /**
     * The next piece, or nothing at the end.
     *
     * @throws EOFException         if the file ends within an array or an object of several lines
     * @throws InvalidFileException if what stands between the pieces is malformed, so that what follows can't be told apart
     */
    Optional<Piece> next() throws IOException {
        try {
            return switch (shape) {
                case LINES -> line();
                case OBJECTS -> cutter.peek() < 0 ? Optional.empty() : Optional.of(piece());
                default -> element();
            };
        } catch (MalformedJsonException e) {
            throw malformed("is no valid JSON");
        }
    }

    private Optional<Piece> line() throws IOException {
        String line = lines.readLine();
        number++;
        while (line != null && line.isBlank()) {
            line = lines.readLine();
            number++;
        }
        return Optional.ofNullable(line).map(bytes -> new Piece(number, bytes));
    }

    private Optional<Piece> element() throws IOException {
        if (number == 0) {
            enterArray();
        }
        int next = cutter.peek();
        if (!ended && next == ']') {
            leaveArray();
        } else if (!ended && number > 0) {
            require(next, ',', "is no valid JSON: a comma is missing");
            cutter.take();
        }
        return ended ? Optional.empty() : Optional.of(piece());
    }

    private Piece piece() throws IOException {
        StringBuilder value = new StringBuilder();
        cutter.value(value);
        number++;
        return new Piece(number, value.toString());
    }

    private void enterArray() throws IOException {
        if (shape == JsonShape.WRAPPED_ARRAY) {
            cutter.peek();
            cutter.take();
            while (JsonShape.name(cutter).equals(JsonShape.SCHEMA)) {
                cutter.value(new StringBuilder());
                cutter.peek();
                cutter.take();
            }
        }
        cutter.peek();
        cutter.take();
    }

    private void leaveArray() throws IOException {
        cutter.take();
        ended = true;
        if (shape == JsonShape.WRAPPED_ARRAY) {
            require(cutter.peek(), '}', "is one object with an array of objects and other members, so where the notes are can't be told;"
                    + " save the array alone");
            cutter.take();
        }
        if (cutter.peek() >= 0) {
            throw malformed("goes on after the end of its JSON");
        }
    }

    private void require(int next, char wanted, String problem) throws IOException {
        if (next < 0) {
            throw new EOFException();
        }
        if (next != wanted) {
            throw malformed(problem);
        }
    }

    private InvalidFileException malformed(String problem) {
        return new InvalidFileException(file, "after its note " + number + ", " + problem + "; write it anew");
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
