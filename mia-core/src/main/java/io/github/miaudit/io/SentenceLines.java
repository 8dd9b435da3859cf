package io.github.miaudit.io;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Text files of a sentence, or a note, a line: what they are not, whatever they are called. */
public final class SentenceLines {

    private static final Pattern NAME = Pattern.compile("[\\p{L}_#][\\p{L}\\p{N}_ .-]{0,40}");
    /** Regular expressions. */
    private static final List<String> SEPARATORS = List.of("\t", ";", ",", "\\|");
    /** What columns of notes are called. */
    private static final Set<String> COLUMNS = Set.of("subject_id", "patient_id", "patient", "patientid", "mrn", "hadm_id", "row_id",
            "note_id", "group", "text", "note", "note_text");

    private SentenceLines() {
    }

    /**
     * Makes sure that a file is not a table, JSON or XML, of which each line, ids and all, would be taken for a sentence.
     *
     * @param file  the file
     * @param first its first line that is not blank; never quoted
     * @throws InvalidFileException if it starts as these do
     */
    public static void require(Path file, String first) {
        String line = first.startsWith("\uFEFF") ? first.substring(1).strip() : first.strip();
        if (line.startsWith("{\"") || line.startsWith("[{") || line.startsWith("{ \"")) {
            throw refused(file, "JSON", ".jsonl or .json");
        }
        if (line.startsWith("<?xml") || line.startsWith("<!DOCTYPE")) {
            throw refused(file, "XML", ".xml");
        }
        if (SEPARATORS.stream().anyMatch(separator -> isHeader(line.split(separator, -1)))) {
            throw refused(file, "a table", ".csv or .tsv");
        }
    }

    private static boolean isHeader(String[] fields) {
        List<String> names = Arrays.stream(fields).map(String::strip)
                .map(field -> field.length() > 1 && field.startsWith("\"") && field.endsWith("\"") ? field.substring(1, field.length() - 1)
                        : field)
                .toList();
        return names.size() > 1 && names.stream().allMatch(name -> name.isEmpty() || NAME.matcher(name).matches())
                && names.stream().anyMatch(name -> COLUMNS.contains(name.toLowerCase(Locale.ROOT)));
    }

    private static InvalidFileException refused(Path file, String what, String ending) {
        return new InvalidFileException(file, 1, "looks like " + what + ", not like a sentence a line: name the file " + ending
                + ", or remove this line if it is one");
    }
}
