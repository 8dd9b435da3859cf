package io.github.miaudit.notes;

import com.google.auto.service.AutoService;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.github.miaudit.io.InvalidFileException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Values with a header, separated by commas or, as the ending says, tabs (RFC 4180). */
@AutoService(NoteFormat.class)
public final class CsvNotes implements NoteFormat {

    private static final String BYTE_ORDER_MARK = "\u00EF\u00BB\u00BF"; // a character a byte

    @Override
    public Set<String> endings() {
        return Set.of(".csv", ".csv.gz", ".tsv", ".tsv.gz");
    }

    @Override
    public void read(NoteFile file, Columns columns, RowSink rows) throws IOException {
        char separator = file.path().toString().toLowerCase(Locale.ROOT).matches("(?s).*\\.tsv(\\.gz)?") ? '\t' : ',';
        String patientColumn = columns.patient().orElse("SUBJECT_ID");
        String textColumn = columns.text().orElse("TEXT");
        long line = 1;
        QuoteCount counted = new QuoteCount(file.open());
        try (CsvReader<CsvRecord> csv = CsvReader.builder().fieldSeparator(separator).extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE).maxBufferSize(NoteFile.LONGEST_NOTE)
                .ofCsvRecord(counted, StandardCharsets.ISO_8859_1)) {
            Iterator<CsvRecord> records = csv.iterator();
            if (!records.hasNext()) {
                throw new InvalidFileException(file.path(), "is empty; expected a header with " + patientColumn + " and " + textColumn);
            }
            List<String> header = header(records.next());
            int patient = column(file.path(), header, patientColumn);
            int text = column(file.path(), header, textColumn);
            Map<String, Integer> labels = new LinkedHashMap<>();
            columns.labels().forEach(label -> labels.put(label, column(file.path(), header, label)));
            while (records.hasNext()) {
                CsvRecord row = records.next();
                line = row.getStartingLineNumber();
                if (row.getFieldCount() == header.size()) {
                    Map<String, String> said = new LinkedHashMap<>();
                    labels.forEach((label, column) -> said.put(label, row.getField(column)));
                    rows.bytes(line, Optional.of(row.getField(patient)), row.getField(text), said);
                } else {
                    rows.bad(line, Optional.empty(), RowSink.decodeLeniently(String.join("\n", row.getFields())),
                            "has " + row.getFieldCount() + " fields; the header has " + header.size());
                }
            }
            if (counted.quotes % 2 != 0) { // the parser takes the rest of the file for a field
                throw new InvalidFileException(file.path(), "has an odd number of quotation marks, so a quoted field is not closed;"
                        + " within a field a mark must be doubled, and the field quoted");
            }
        } catch (CsvParseException e) { // its message can quote the input; what follows can't be told apart, so none of it is skipped
            throw new InvalidFileException(file.path(), "is malformed after the row of line " + line
                    + ": a quoted field goes on after its closing mark, or a field is longer than 64 MiB");
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static List<String> header(CsvRecord record) {
        List<String> names = record.getFields();
        String first = names.get(0).startsWith(BYTE_ORDER_MARK) ? names.get(0).substring(BYTE_ORDER_MARK.length()) : names.get(0);
        String unquoted = first.length() > 1 && first.startsWith("\"") && first.endsWith("\"") ? first.substring(1, first.length() - 1)
                : first;
        return Stream.concat(Stream.of(unquoted), names.stream().skip(1)).map(String::strip).toList();
    }

    private static int column(Path file, List<String> header, String name) {
        int column = header.indexOf(name);
        if (column != header.lastIndexOf(name)) {
            throw new InvalidFileException(file, 1, "has more than one column " + name + "; rename all but one");
        }
        if (column < 0) {
            throw new InvalidFileException(file, 1, "has no column " + name + "; choose another name for it");
        }
        return column;
    }

    /** Counts quotation marks on their way. */
    private static final class QuoteCount extends FilterInputStream {

        private long quotes;

        private QuoteCount(InputStream bytes) {
            super(bytes);
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            quotes += next == '"' ? 1 : 0;
            return next;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            for (int index = offset; index < offset + count; index++) {
                quotes += buffer[index] == '"' ? 1 : 0;
            }
            return count;
        }
    }
}
