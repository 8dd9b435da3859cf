package io.github.miaudit.parquet;

import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.notes.NoteFile;
import io.github.miaudit.notes.NoteFormat;
import io.github.miaudit.notes.RowSink;
import io.github.miaudit.parquet.ColumnValues.Cell;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Parquet files as pyarrow, and so Hugging Face's {@code datasets.to_parquet}, pandas and Spark write them: a note a row, by default
 * in the columns {@code group} or {@code SUBJECT_ID}, which is the patient's, and {@code text}. Other columns are read only where
 * notes should carry what they say.
 *
 * <p>The text is a column of strings, or of bytes that are UTF-8; the patient is one of these or of numbers: integers, decimals, and
 * doubles or floats, of which only whole numbers below 2<sup>53</sup> and 2<sup>24</sup> name a patient. Other columns may be of
 * booleans too, but not of dates. A row without a patient, or a file without the column unless the user named it, is nobody's; a row
 * without a text is bad. Pages may be packed with Snappy, Zstandard, gzip, Brotli or LZ4, also as Hadoop frames it, or not at all; no
 * more than one page of each of these columns is in memory.
 *
 * <p>Found by {@link java.util.ServiceLoader}; there is no need to call it. Has no state, so threads may share it.
 */
public final class ParquetNotes implements NoteFormat {

    private static final Pattern WHOLE = Pattern.compile("-?[0-9]+");

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
                take(row.get(), read.hasFloatingPatients(), rows);
            }
        }
    }

    private static void take(ParquetRows.Row row, boolean floatingPatients, RowSink rows) {
        Optional<String> patient = row.patient().map(Cell::text);
        String text = row.text().map(Cell::text).orElse("");
        Stream<Cell> cells = Stream.of(row.text().stream(), row.patient().stream(), row.labels().values().stream()).flatMap(cell -> cell);
        if (row.text().isEmpty()) {
            rows.bad(row.number(), patient, text, "has no text");
        } else if (!cells.allMatch(Cell::isText)) {
            rows.bad(row.number(), patient, text, "is not UTF-8");
        } else if (floatingPatients && patient.isPresent() && !WHOLE.matcher(patient.get()).matches()) {
            rows.bad(row.number(), Optional.empty(), text, "names no patient: its number is no whole one, or too large to be exact");
        } else {
            Map<String, String> labels = new LinkedHashMap<>();
            row.labels().forEach((name, cell) -> labels.put(name, cell.text()));
            rows.text(row.number(), patient, text, labels);
        }
    }
}
