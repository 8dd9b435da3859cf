package io.github.miaudit.notes;

import com.google.gson.stream.MalformedJsonException;
import io.github.miaudit.io.InvalidFileException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a JSON file holds its notes, as far as its start tells. */
enum JsonShape {

    /** An object a line. */
    LINES,
    /** The elements of one array. */
    ARRAY,
    /** The elements of an array that is the only member of one object, but for the {@code schema} that pandas adds. */
    WRAPPED_ARRAY,
    /** Objects one behind the other, each on several lines; mostly one. */
    OBJECTS;

    /** In bytes. */
    static final int LOOK = 1 << 16;
    static final String SCHEMA = "schema";

    /** A member of the first object, with the start of its value, without white space. */
    private record Member(String name, String value) {

        private boolean isTable() {
            return value.matches("(?s)\\{\"[0-9]+\".*") || name.matches("[0-9]+") && value.startsWith("{");
        }
    }

    /** What is known of the first object. */
    private record Start(List<Member> members, boolean closed, boolean followed, boolean onSeveralLines) {
    }

    /**
     * Finds it out. A first line that is damaged does not change what the others are.
     *
     * @param file  for messages
     * @param bytes the start, of at most {@link #LOOK} bytes
     * @param whole whether that is all
     * @param text  the member of the text
     * @throws InvalidFileException if it is a table that is not written by rows
     */
    static JsonShape of(Path file, byte[] bytes, boolean whole, WantedColumn text) throws IOException {
        JsonCutter cutter = new JsonCutter(file, new ByteArrayInputStream(bytes));
        int first = cutter.peek();
        if (first == '[') {
            return ARRAY;
        }
        Optional<Start> object = first == '{' ? start(cutter, whole) : Optional.empty();
        if (object.isEmpty()) {
            return LINES;
        }
        Start start = object.get();
        JsonShape plain = start.onSeveralLines ? OBJECTS : LINES;
        boolean isNote = start.members.stream().anyMatch(member -> text.mayBe(member.name) && member.value.startsWith("\""));
        if (start.followed || isNote) {
            return plain;
        }
        requireRows(file, start.members, text);
        List<Member> others = start.members.stream().filter(member -> !member.name.equals(SCHEMA)).toList();
        return others.size() == 1 && others.get(0).value.startsWith("[{") ? WRAPPED_ARRAY : plain;
    }

    private static void requireRows(Path file, List<Member> members, WantedColumn text) {
        boolean byColumn = members.stream().limit(1).anyMatch(Member::isTable)
                || members.stream().anyMatch(member -> text.mayBe(member.name) && member.value.startsWith("{"));
        boolean split = members.stream().anyMatch(member -> member.name.equals("columns") && member.value.startsWith("["))
                && members.stream().anyMatch(member -> member.name.equals("data") && member.value.startsWith("[["));
        if (byColumn || split) {
            throw new InvalidFileException(file, "is a table that is not written by rows, as pandas does with orient=\"columns\", \"index\""
                    + " or \"split\"; save it with orient=\"records\", lines=True");
        }
    }

    /** Nothing if it is malformed, or ends with the file before it is closed. */
    private static Optional<Start> start(JsonCutter cutter, boolean whole) throws IOException {
        List<Member> members = new ArrayList<>();
        long before = cutter.lineBreaks();
        boolean closed = true;
        try {
            members(cutter, members);
        } catch (MalformedJsonException e) {
            return Optional.empty();
        } catch (EOFException e) {
            closed = false;
        }
        boolean onSeveralLines = cutter.lineBreaks() > before;
        return !closed && whole ? Optional.empty()
                : Optional.of(new Start(members, closed, closed && (cutter.peek() >= 0 || !whole), onSeveralLines));
    }

    private static void members(JsonCutter cutter, List<Member> members) throws IOException {
        cutter.take();
        boolean more = cutter.peek() != '}';
        while (more) {
            String name = name(cutter);
            StringBuilder value = new StringBuilder();
            try {
                cutter.value(value);
            } finally {
                members.add(new Member(name, start(value)));
            }
            requireOneLine(value);
            more = next(cutter, ',', '}') == ',';
            if (more) {
                cutter.take();
            }
        }
        cutter.take();
    }

    /** Reads a member's name and what stands between it and its value. */
    static String name(JsonCutter cutter) throws IOException {
        next(cutter, '"', '"');
        StringBuilder name = new StringBuilder();
        cutter.value(name);
        requireOneLine(name);
        next(cutter, ':', ':');
        cutter.take();
        return RowSink.decodeLeniently(name.substring(1, name.length() - 1));
    }

    private static int next(JsonCutter cutter, char one, char other) throws IOException {
        int next = cutter.peek();
        if (next < 0) {
            throw new EOFException();
        }
        if (next != one && next != other) {
            throw new MalformedJsonException("another character");
        }
        return next;
    }

    /** Within a string a line can't end, so that string is not closed. */
    private static void requireOneLine(StringBuilder value) throws IOException {
        if (value.charAt(0) == '"' && value.indexOf("\n") >= 0) {
            throw new MalformedJsonException("a string that is not closed");
        }
    }

    private static String start(StringBuilder value) {
        return value.substring(0, Math.min(value.length(), 128)).replaceAll("[ \t\r\n]", "");
    }
}
