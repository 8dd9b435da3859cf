package io.github.miaudit.parquet;

import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.notes.NoteFile;
import io.github.miaudit.notes.NoteFormat;
import io.github.miaudit.notes.RowSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Parquet files as pyarrow, and so Hugging Face's {@code datasets.to_parquet}, writes them: a note a row, by default in the
 * columns {@code group}, which is the patient's, and {@code text}. Other columns are not read.
 *
 * <p>The text is a column of strings; the patient is one of strings or integers. A row without a patient, or a file without
 * the column unless the user named it, is nobody's; a row without a text is bad. Pages may be packed with Snappy, Zstandard,
 * gzip or LZ4, or not at all; no more than one page of each of the two columns is in memory.
 *
 * <p>Found by {@link java.util.ServiceLoader}; there is no need to call it. Has no state, so threads may share it.
 */
public final class ParquetNotes implements NoteFormat {

    @Override
    public Set<String> endings() {
        return Set.of(".parquet");
    }

    /**
     * Reads a file from its start to its end; a row's number is its place in the file, from 1.
     *
     * @throws IOException          if the file can't be opened
     * @throws InvalidFileException if it is no Parquet file, is damaged or cut short, is encrypted or packed in another way, has no
     *                              column of the text, or none of the patient that was named, or one of the two columns is of
     *                              another type; no message repeats its content
     */
    @Override
    public void read(NoteFile file, Columns columns, RowSink rows) throws IOException {
        try (ParquetRows read = ParquetRows.open(file.forRandomAccess(), columns)) {
            for (Optional<ParquetRows.Row> row = read.next(); row.isPresent(); row = read.next()) {
                take(row.get(), rows);
            }
        }
    }

    private static void take(ParquetRows.Row row, RowSink rows) {
        Optional<String> patient = Optional.empty();
        String text;
        try {
            patient = row.patient().isPresent() ? Optional.of(decode(row.patient().get())) : patient;
            text = row.text().isPresent() ? decode(row.text().get()) : "";
        } catch (CharacterCodingException e) {
            rows.bad(row.number(), patient, row.text().map(ParquetNotes::decodeLeniently).orElse(""),
                    row.text().isEmpty() ? "has no text" : "is not UTF-8");
            return;
        }
        if (row.text().isEmpty()) {
            rows.bad(row.number(), patient, text, "has no text");
        } else {
            rows.text(row.number(), patient, text, Map.of());
        }
    }

    private static String decode(ByteBuffer bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(bytes.duplicate()).toString();
    }

    private static String decodeLeniently(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }
}
