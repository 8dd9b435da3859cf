package io.github.miaudit.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What {@code docs/files.md} says of the files. */
final class FilesPage {

    private static final Path PAGE = Path.of("../docs/files.md");
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");

    private FilesPage() {
    }

    /** The names of the columns or members of a file: those in the first column of the table under its heading. */
    static Set<String> names(String file) throws IOException {
        return under("## " + file);
    }

    /** The paths of members of a document whose own members have a table, such as {@code comparisons.attacks}. */
    static List<String> paths(String file) throws IOException {
        String start = "### " + file + ": ";
        return Files.readAllLines(PAGE).stream().filter(line -> line.startsWith(start)).map(line -> line.substring(start.length()))
                .toList();
    }

    /** The names of the members of such a member. */
    static Set<String> names(String file, String path) throws IOException {
        return under("### " + file + ": " + path);
    }

    private static Set<String> under(String title) throws IOException {
        List<String> lines = Files.readAllLines(PAGE);
        int heading = lines.indexOf(title);
        if (heading < 0) {
            throw new AssertionError(PAGE + " has no heading " + title);
        }
        return lines.stream().skip(heading + 1L).takeWhile(line -> !line.startsWith("#")).filter(line -> line.startsWith("| `"))
                .flatMap(line -> NAME.matcher(line.substring(0, line.indexOf(" | "))).results()).map(name -> name.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The only block of code in a language. */
    static String code(String language) throws IOException {
        Matcher block = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(PAGE));
        if (!block.find()) {
            throw new AssertionError(PAGE + " has no code in " + language);
        }
        return block.group(1);
    }
}
