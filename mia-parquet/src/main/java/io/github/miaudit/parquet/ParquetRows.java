package io.github.miaudit.parquet;

import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.notes.NoteFormat;
import io.github.miaudit.notes.WantedColumn;
import io.github.miaudit.parquet.ColumnValues.Cell;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.parquet.VersionParser;
import org.apache.parquet.VersionParser.ParsedVersion;
import org.apache.parquet.VersionParser.VersionParseException;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a file, in order, of which only the patient, the text and the labels are read. Whatever is wrong with the file's bytes
 * ends in an {@link InvalidFileException}, without a cause: the libraries' messages can quote values.
 */
final class ParquetRows implements Closeable {

    /** A row as stored; a value may be missing, and need not be UTF-8. */
    record Row(long number, Optional<Cell> patient, Optional<Cell> text, Map<String, Cell> labels) {
    }

    private static final int TAIL = 8; // the footer's length, then PAR1
    private static final String MAGIC = "PAR1";
    private static final String MAGIC_IF_ENCRYPTED = "PARE";

    private final Path file;
    private final long footerStart;
    private final @Nullable ParsedVersion writer;
    private final Iterator<RowGroup> groups;
    private final Optional<NoteColumn> patient;
    private final NoteColumn text;
    private final Map<String, NoteColumn> labels = new LinkedHashMap<>();
    private long number;
    private long leftInGroup;
    private Optional<ColumnValues> patients = Optional.empty();
    private Optional<ColumnValues> texts = Optional.empty();
    private final Map<String, ColumnValues> others = new LinkedHashMap<>();

    private ParquetRows(Path file, long footerStart, FileMetaData footer, NoteFormat.Columns columns) {
        this.file = file;
        this.footerStart = footerStart;
        this.writer = writer(footer);
        this.groups = footer.getRow_groups().iterator();
        List<NoteColumn> all = NoteColumn.all(footer.getSchema());
        this.patient = NoteColumn.find(file, all, WantedColumn.patient(columns), false);
        this.text = NoteColumn.find(file, all, WantedColumn.text(columns), true).get();
        columns.labels().forEach(name -> labels.put(name, NoteColumn.find(file, all, WantedColumn.label(name), true).get()));
        this.patient.ifPresent(column -> column.requirePatient(file));
        this.text.requireText(file);
        this.labels.values().forEach(column -> column.requireLabel(file));
    }

    /** Opens a file, of which the column of the patient may be missing unless the user named it. */
    static ParquetRows open(Path file, NoteFormat.Columns columns) throws IOException {
        Files.newInputStream(file).close(); // what fails here is not the content's fault
        return converted(file, () -> {
            long size = Files.size(file);
            if (size < TAIL + MAGIC.length()) {
                throw new InvalidFileException(file, "is no Parquet file: it is too short");
            }
            byte[] tail = bytes(file, size - TAIL, TAIL);
            String magic = new String(tail, TAIL - MAGIC.length(), MAGIC.length(), StandardCharsets.ISO_8859_1);
            if (magic.equals(MAGIC_IF_ENCRYPTED)) {
                throw new InvalidFileException(file, "is encrypted; decrypt it first");
            }
            if (!magic.equals(MAGIC)) {
                throw new InvalidFileException(file, "is no Parquet file, or is cut short: it does not end with " + MAGIC);
            }
            int length = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt();
            long start = size - TAIL - length;
            if (length < 0 || start < MAGIC.length()) {
                throw damaged(file);
            }
            return new ParquetRows(file, start, Util.readFileMetaData(new ByteArrayInputStream(bytes(file, start, length))), columns);
        });
    }

    /** Whether the patient is a floating-point number, which not all whole numbers are. */
    boolean hasFloatingPatients() {
        return patient.isPresent() && patient.get().kind() == NoteColumn.Kind.FLOATING;
    }

    /** The next row, or nothing at the end. */
    Optional<Row> next() {
        return converted(file, () -> {
            while (leftInGroup == 0) {
                close();
                if (!groups.hasNext()) {
                    return Optional.empty();
                }
                enter(groups.next());
            }
            leftInGroup--;
            number++;
            Optional<Cell> whose = patients.isPresent() ? patients.get().next() : Optional.empty();
            Map<String, Cell> said = new LinkedHashMap<>();
            others.forEach((name, column) -> column.next().ifPresent(value -> said.put(name, value)));
            return Optional.of(new Row(number, whose, texts.get().next(), said));
        });
    }

    private void enter(RowGroup group) throws IOException {
        leftInGroup = group.getNum_rows();
        if (leftInGroup < 0) {
            throw damaged(file);
        }
        if (leftInGroup > 0) { // a column without values has no pages
            texts = Optional.of(ColumnValues.open(file, footerStart, writer, group, text));
            if (patient.isPresent()) {
                patients = Optional.of(ColumnValues.open(file, footerStart, writer, group, patient.get()));
            }
            for (Map.Entry<String, NoteColumn> label : labels.entrySet()) {
                others.put(label.getKey(), ColumnValues.open(file, footerStart, writer, group, label.getValue()));
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (ColumnValues column : Stream.of(texts.stream(), patients.stream(), others.values().stream()).flatMap(open -> open).toList()) {
            column.close(); // a file that was only read closes without fail
        }
        others.clear();
    }

    /** What every unexpected state of the bytes ends in. */
    static InvalidFileException damaged(Path file) {
        return new InvalidFileException(file, "is no Parquet file, or is damaged or cut short; write it anew");
    }

    /** Runs what reads bytes that can be anything, for which the libraries have all sorts of exceptions. */
    private static <T> T converted(Path file, Callable<T> reading) {
        try {
            return reading.call();
        } catch (InvalidFileException e) {
            throw e;
        } catch (OutOfMemoryError e) {
            throw new InvalidFileException(file, "is damaged, or a page of it needs more memory than there is; give Java more (-Xmx),"
                    + " or write it anew in smaller pages");
        } catch (Exception | StackOverflowError e) {
            throw damaged(file);
        }
    }

    private static byte[] bytes(Path file, long start, int count) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            bytes.skipNBytes(start);
            return bytes.readNBytes(count);
        }
    }

    /** Who wrote the file, for the library to know of faults of old writers; null if it does not say, as the library wants it. */
    private static @Nullable ParsedVersion writer(FileMetaData footer) {
        try {
            return footer.isSetCreated_by() ? VersionParser.parse(footer.getCreated_by()) : null;
        } catch (VersionParseException e) {
            return null;
        }
    }
}
