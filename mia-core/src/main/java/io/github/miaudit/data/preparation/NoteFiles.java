package io.github.miaudit.data.preparation;

import io.github.miaudit.InvalidFileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Notes as hospitals keep them: one file or a folder with files in it, at any depth, read as a stream in the order of their
 * names. By their ending, each also with {@code .gz}:
 * <ul>
 * <li>{@code .csv}, {@code .tsv}: a header, then a note a row, quoted if it has several lines; by default the columns
 *     {@code SUBJECT_ID} and {@code TEXT}, as in MIMIC-III's {@code NOTEEVENTS.csv}</li>
 * <li>{@code .jsonl}: an object a line; by default the members {@code group} and {@code text}</li>
 * <li>{@code .xml}: n2c2 and i2b2 2014, {@code PATIENT-VISIT.xml}, the text in {@code <TEXT>}</li>
 * <li>{@code .txt}: a note a line, of no known patient</li>
 * </ul>
 * and {@code .parquet} where the module {@code mia-parquet} is on the class path.
 *
 * <p>Text is UTF-8, with or without a byte order mark. A row is bad if it lacks a column or has too many, its bytes are not
 * UTF-8, or it holds a NUL. Immutable.
 */
public final class NoteFiles {

    private static final List<NoteFormat> FORMATS = Stream.concat(
            Stream.of(new CsvNotes(".csv", ','), new CsvNotes(".tsv", '\t'), new JsonLinesNotes(), new XmlNotes(), new PlainNotes()),
            ServiceLoader.load(NoteFormat.class, NoteFormat.class.getClassLoader()).stream().map(ServiceLoader.Provider::get)).toList();

    private final Path path;
    private final NoteFormat.Columns columns;
    private final BadRowPolicy badRows;

    private NoteFiles(Path path, NoteFormat.Columns columns, BadRowPolicy badRows) {
        this.path = path;
        this.columns = columns;
        this.badRows = badRows;
    }

    /**
     * Files with the usual columns, of which a bad row is an error.
     *
     * @param fileOrFolder where they are
     * @return the files, not yet read
     */
    public static NoteFiles at(Path fileOrFolder) {
        return new NoteFiles(fileOrFolder, NoteFormat.Columns.USUAL, BadRowPolicy.FAIL);
    }

    /**
     * The files with another column, or JSON member, for the patient.
     *
     * @param name the column
     * @return a copy
     */
    public NoteFiles withPatientColumn(String name) {
        return new NoteFiles(path, new NoteFormat.Columns(Optional.of(name), columns.text()), badRows);
    }

    /**
     * The files with another column, or JSON member, for the text.
     *
     * @param name the column
     * @return a copy
     */
    public NoteFiles withTextColumn(String name) {
        return new NoteFiles(path, new NoteFormat.Columns(columns.patient(), Optional.of(name)), badRows);
    }

    /**
     * The files with another way to treat bad rows.
     *
     * @param policy what to do
     * @return a copy
     */
    public NoteFiles withBadRows(BadRowPolicy policy) {
        return new NoteFiles(path, columns, policy);
    }

    /**
     * Reads all notes, one at a time.
     *
     * @param sink takes each
     * @return what was read and what was not
     * @throws InvalidFileException if the path does not exist, holds no file of a known format, a file can't be read,
     *                              lacks a column or is malformed beyond a row, or a row is bad and should not be skipped
     */
    public NotesRead read(Consumer<Note> sink) {
        if (!Files.exists(path)) {
            throw new InvalidFileException(path, "does not exist");
        }
        List<String> ignored = new ArrayList<>();
        RowSink rows = new RowSink(badRows, sink);
        List<String> files = new ArrayList<>();
        for (Path file : paths()) {
            Optional<NoteFormat> format = format(file);
            rows.enter(file, relative(file));
            if (format.isPresent()) {
                try {
                    format.get().read(file, columns, rows);
                } catch (IOException e) {
                    throw new InvalidFileException(file, e);
                }
                files.add(relative(file));
            } else {
                ignored.add(relative(file));
            }
        }
        if (files.isEmpty()) {
            throw new InvalidFileException(path, "holds no file of notes; names of such end with "
                    + FORMATS.stream().flatMap(format -> format.endings().stream()).sorted().collect(Collectors.joining(", ")));
        }
        return new NotesRead(files, rows.notes(), rows.badRows(), ignored);
    }

    /** The file of a name that {@link NotesRead} gives. */
    Path resolve(String name) {
        return Files.isDirectory(path) ? path.resolve(name) : path;
    }

    private List<Path> paths() {
        try (Stream<Path> walked = Files.walk(path)) {
            return walked.filter(Files::isRegularFile).sorted((a, b) -> relative(a).compareTo(relative(b))).toList();
        } catch (IOException e) {
            throw new InvalidFileException(path, e);
        }
    }

    private String relative(Path file) {
        return Files.isDirectory(path) ? path.relativize(file).toString().replace('\\', '/') : file.getFileName().toString();
    }

    private static Optional<NoteFormat> format(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        Optional<NoteFormat> found = FORMATS.stream().filter(format -> format.endings().stream().anyMatch(name::endsWith)).findFirst();
        if (found.isEmpty() && name.endsWith(".parquet")) {
            throw new InvalidFileException(file, "is a Parquet file; to read it, put io.github.miaudit:mia-parquet on the class path");
        }
        return found;
    }

    /** The bytes of a file, unpacked if its name says so. */
    static InputStream open(Path file) throws IOException {
        InputStream bytes = Files.newInputStream(file);
        try {
            return file.toString().toLowerCase(Locale.ROOT).endsWith(".gz") ? new GZIPInputStream(bytes, 1 << 16) : bytes;
        } catch (IOException e) {
            bytes.close();
            throw e;
        }
    }
}
