package io.github.miaudit.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The names of a table's columns, and what parts them: a comma, a semicolon, a tab or {@code |}, or the character that a line
 * {@code sep=;} above them names, as Excel writes it. Which one it is, is known by the names: with the right one, the columns are
 * there that are looked for. Only the first 64 KiB are looked at.
 *
 * @param file      the table
 * @param separator what parts the columns; if none of those above makes the columns that are looked for, the one that makes most
 * @param columns   their names, without quotes and white space around them; none if the table is empty
 * @param line      the line that the names stand in, from 1
 * @param start     how many bytes of UTF-8 stand above them
 */
public record TableHeader(Path file, char separator, List<String> columns, long line, long start) {

    private static final int LOOK = 1 << 16;
    private static final List<Character> SEPARATORS = List.of(',', ';', '\t', '|');
    private static final Pattern BREAK = Pattern.compile("\r\n|\r|\n");
    /** Empty lines, and one that names the separator. */
    private static final Pattern ABOVE = Pattern.compile("(?i)[\r\n]*+(?:sep=([\t\\p{Punct}&&[^\"]])(?:\r\n|\r|\n)[\r\n]*+)?");
    private static final int MOST_NAMED = 10;
    private static final int LONGEST_NAME = 40;
    /** A number, an end of a sentence, many words, or what stands in JSON and XML: a row and no name. */
    private static final Pattern NO_NAME = Pattern.compile("[+-]?[0-9][0-9.,]*|.*[.?!]|(?:\\S+\\s+){4,}\\S+|.*[{}<>\"].*", Pattern.DOTALL);

    /** Copies the list. */
    public TableHeader {
        columns = List.copyOf(columns);
    }

    /**
     * Looks at the start of a table.
     *
     * @param file  its name, for messages
     * @param text  UTF-8, from its start, that can be marked; afterwards it is at the start of the names
     * @param usual the separator that the file's name tells of
     * @param fits  whether columns are those that are looked for
     * @throws IOException          if it can't be read
     * @throws InvalidFileException if more than one separator fits
     */
    public static TableHeader of(Path file, InputStream text, char usual, Predicate<List<String>> fits) throws IOException {
        text.mark(LOOK + 1);
        String start = new String(text.readNBytes(LOOK), StandardCharsets.ISO_8859_1);
        text.reset();
        Matcher above = ABOVE.matcher(start);
        above.lookingAt(); // if only at nothing
        text.skipNBytes(above.end());
        String rest = start.substring(above.end());
        long line = 1 + BREAK.matcher(above.group()).results().count();
        List<Character> separators = above.group(1) != null ? List.of(above.group(1).charAt(0))
                : Stream.concat(Stream.of(usual), SEPARATORS.stream().filter(separator -> separator != usual)).toList();
        List<TableHeader> headers = separators.stream()
                .map(separator -> new TableHeader(file, separator, names(rest, separator), line, above.end())).toList();
        List<TableHeader> fitting = headers.stream().filter(header -> fits.test(header.columns)).toList();
        if (fitting.size() > 1) {
            throw new InvalidFileException(file, 1, "can be read in two ways, with columns parted by " + fitting.get(0).separatorInWords()
                    + " or by " + fitting.get(1).separatorInWords() + "; rename a column, or write sep= and the separator above them");
        }
        return fitting.isEmpty() ? headers.stream().reduce((one, other) -> other.columns.size() > one.columns.size() ? other : one).get()
                : fitting.get(0);
    }

    /**
     * Where a column stands.
     *
     * @param columns names
     * @param name    the one
     * @param anyCase whether one that differs in upper and lower case alone will do, if there is no other such
     * @return the index, or -1 if there is none or more than one
     */
    public static int indexOf(List<String> columns, String name, boolean anyCase) {
        List<String> same = columns.contains(name) ? List.of(name)
                : columns.stream().filter(column -> anyCase && column.equalsIgnoreCase(name)).toList();
        int index = same.size() == 1 ? columns.indexOf(same.get(0)) : -1;
        return index == columns.lastIndexOf(same.isEmpty() ? name : same.get(0)) ? index : -1;
    }

    /**
     * Where a column stands that must be there.
     *
     * @param name    its name
     * @param anyCase as {@link #indexOf} takes it
     * @param advice  what to do if it is called otherwise
     * @return its index
     * @throws InvalidFileException if it is missing, with the columns that are there and the likely cause, or is there more than once
     */
    public int index(String name, boolean anyCase, String advice) {
        int index = indexOf(columns, name, anyCase);
        if (index >= 0) {
            return index;
        }
        if (columns.contains(name)) {
            throw new InvalidFileException(file, line, "has more than one column " + name + "; rename all but one");
        }
        throw new InvalidFileException(file, line, "has no column " + name + "; " + found(name, anyCase) + advice);
    }

    /** What parts the columns, in words: {@code comma}, {@code semicolon}, {@code tab}, or the character itself. */
    public String separatorInWords() {
        return switch (separator) {
            case ',' -> "comma";
            case ';' -> "semicolon";
            case '\t' -> "tab";
            default -> String.valueOf(separator);
        };
    }

    private String found(String name, boolean anyCase) {
        if (columns.stream().anyMatch(column -> column.indexOf('\0') >= 0)) {
            return "it looks like UTF-16 without a byte order mark, or no text: save it as UTF-8; ";
        }
        if (columns.stream().anyMatch(column -> column.length() > LONGEST_NAME || NO_NAME.matcher(column).matches())
                || columns.size() == 1 && columns.get(0).contains(" ")) {
            return "its first line does not look like a header: put one above it; ";
        }
        List<String> others = columns.stream().filter(column -> column.equalsIgnoreCase(name)).toList();
        if (!others.isEmpty()) {
            return "it has " + printable(others) + (anyCase ? "; " : ", in other case; ");
        }
        return columns.size() == 1 ? "it has only " + printable(columns) + ", or its columns are parted by none of , ; | and tabs; "
                : "it has " + printable(columns) + "; ";
    }

    private static String printable(List<String> names) {
        int more = names.size() - MOST_NAMED;
        return names.stream().limit(MOST_NAMED).map(name -> name.isEmpty() ? "one without a name" : InvalidFileException.printable(name))
                .collect(Collectors.joining(", ")) + (more > 0 ? " and " + more + " more" : "");
    }

    /** The first row's fields, of a start whose characters are bytes. */
    private static List<String> names(String start, char separator) {
        List<String> names = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        int index = 0;
        while (index < start.length() && (quoted || start.charAt(index) != '\n' && start.charAt(index) != '\r')) {
            char character = start.charAt(index);
            boolean doubled = quoted && character == '"' && index + 1 < start.length() && start.charAt(index + 1) == '"';
            if (character == '"' && !doubled && (quoted || field.isEmpty())) {
                quoted = !quoted;
            } else if (character == separator && !quoted) {
                names.add(name(field));
                field.setLength(0);
            } else {
                field.append(character);
            }
            index += doubled ? 2 : 1;
        }
        return index == 0 ? List.of() : add(names, name(field));
    }

    private static List<String> add(List<String> names, String last) {
        names.add(last);
        return names;
    }

    private static String name(StringBuilder bytes) {
        return new String(bytes.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8).strip();
    }
}
