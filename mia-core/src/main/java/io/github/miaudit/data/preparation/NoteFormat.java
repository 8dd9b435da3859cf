package io.github.miaudit.data.preparation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** How a file holds notes. */
interface NoteFormat {

    /** Reads a file from its start to its end. */
    void read(InputStream bytes, RowSink rows) throws IOException;

    /** The format of a file by its name; empty if it is none of them. */
    static Optional<NoteFormat> of(Path file, Optional<String> patientColumn, Optional<String> textColumn) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        String plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
        return switch (plain.substring(plain.lastIndexOf('.') + 1)) {
            case "csv" -> Optional.of(new CsvNotes(',', patientColumn.orElse("SUBJECT_ID"), textColumn.orElse("TEXT")));
            case "tsv" -> Optional.of(new CsvNotes('\t', patientColumn.orElse("SUBJECT_ID"), textColumn.orElse("TEXT")));
            case "jsonl" -> Optional.of(new JsonLinesNotes(patientColumn.orElse("group"), textColumn.orElse("text")));
            case "xml" -> Optional.of(new XmlNotes());
            case "txt" -> Optional.of(new PlainNotes());
            default -> Optional.empty();
        };
    }
}
