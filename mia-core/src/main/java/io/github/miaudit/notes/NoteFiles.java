package io.github.miaudit.notes;

import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.OutputFolder;
import io.github.miaudit.io.Services;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipException;

/**
 * Notes as hospitals keep them: one file or a folder with files in it, at any depth, read as a stream in the order of their
 * names. By their ending, each also with {@code .gz}:
 * <ul>
 * <li>{@code .csv}, {@code .tsv}: a header, then a note a row, quoted if it has several lines; by default the columns
 *     {@code SUBJECT_ID} and {@code TEXT}, as in MIMIC-III's {@code NOTEEVENTS.csv}</li>
 * <li>{@code .json}, {@code .jsonl}, {@code .ndjson}: an object a line, an array of objects, on its own or alone in an object, or
 *     an object on several lines; by default the members {@code group} or {@code SUBJECT_ID}, and {@code text}</li>
 * <li>{@code .xml}: n2c2 and i2b2, the text in {@code <TEXT>}, whose patient an {@code ID} around it tells, or else the file's name,
 *     {@code PATIENT-VISIT.xml}</li>
 * <li>{@code .txt}: a note a line, of no known patient</li>
 * </ul>
 * and others where a module that reads them, as a {@link NoteFormat}, is on the class path. Links are followed; files and folders
 * whose names start with a dot are not read.
 *
 * <p>Text is UTF-8, with or without a byte order mark; JSON and XML may be UTF-16 too. A row is bad if it lacks a column or has too many, its bytes are not
 * UTF-8, it names its patient or text twice,
 * or it holds a NUL. Immutable.
 */
public final class NoteFiles {

    /** Notes in such files would be missed if they were ignored as files of other unknown kinds are. */
    private static final String TABLES = ".parquet";

    private final Path path;
    private final NoteFormat.Columns columns;
    private final RowFilter filter;
    private final BadRowPolicy badRows;

    private NoteFiles(Path path, NoteFormat.Columns columns, RowFilter filter, BadRowPolicy badRows) {
        this.path = path;
        this.columns = columns;
        this.filter = filter;
        this.badRows = badRows;
    }

    /**
     * Files with the usual columns, of which every row is read and a bad one is an error.
     *
     * @param fileOrFolder where they are
     */
    public static NoteFiles at(Path fileOrFolder) {
        return new NoteFiles(fileOrFolder, NoteFormat.Columns.USUAL, RowFilter.none(), BadRowPolicy.FAIL);
    }

    /** The files with another column, or JSON member, for the patient. */
    public NoteFiles withPatientColumn(String name) {
        return new NoteFiles(path, new NoteFormat.Columns(Optional.of(name), columns.text(), columns.labels()), filter, badRows);
    }

    /** The files with another column, or JSON member, for the text. */
    public NoteFiles withTextColumn(String name) {
        return new NoteFiles(path, new NoteFormat.Columns(columns.patient(), Optional.of(name), columns.labels()), filter, badRows);
    }

    /** The files with notes that carry what other columns, or JSON members, say; each named once. */
    public NoteFiles withLabels(List<String> names) {
        return new NoteFiles(path, new NoteFormat.Columns(columns.patient(), columns.text(), names), filter, badRows);
    }

    /**
     * The files without rows that a filter leaves out. A bad row is one whatever it says.
     *
     * @param other which rows are read
     */
    public NoteFiles withRows(RowFilter other) {
        return new NoteFiles(path, columns, other, badRows);
    }

    /** The files with another way to treat bad rows. */
    public NoteFiles withBadRows(BadRowPolicy policy) {
        return new NoteFiles(path, columns, filter, policy);
    }

    /**
     * Reads all notes, one at a time.
     *
     * @param sink takes each
     * @return what was read and what was not
     * @throws InvalidFileException if the path does not exist, holds no file of a known format, a file or a folder can't be read,
     *                              lacks a column or is malformed beyond a row, or a row is bad and should not be skipped
     */
    public NotesRead read(Consumer<Note> sink) {
        return read(sink, remains -> {
        });
    }

    /**
     * Reads all notes, and what can be read of bad rows.
     *
     * @param sink    takes each note
     * @param remains takes the readable part of each bad row that is skipped
     * @return what was read and what was not
     * @throws InvalidFileException as {@link #read(Consumer)} does
     */
    public NotesRead read(Consumer<Note> sink, Consumer<Note> remains) {
        return read("", sink, remains);
    }

    /** Reads all notes likewise; names of files start with the prefix. */
    NotesRead read(String prefix, Consumer<Note> sink, Consumer<Note> remains) {
        List<NoteFormat> formats = Services.of(NoteFormat.class);
        NoteTree tree = tree();
        RowSink rows = new RowSink(badRows, filter, sink, remains);
        Map<String, String> digests = new LinkedHashMap<>();
        List<String> ignored = new ArrayList<>(tree.ignored().stream().map(prefix::concat).toList());
        tree.files().forEach((relative, file) -> {
            String name = prefix + relative;
            Optional<NoteFormat> format = format(file, formats);
            rows.enter(file, name);
            if (format.isPresent()) {
                digests.put(name, read(format.get(), file, rows));
            } else {
                ignored.add(name);
            }
        });
        if (digests.isEmpty()) {
            throw new InvalidFileException(path, "holds no file of notes; names of such end with " + endings(formats));
        }
        if (rows.notes() == 0 && rows.leftOut() > 0) {
            throw new InvalidFileException(path, "has no row that the conditions on " + String.join(", ", filter.columns()) + " leave; "
                    + rows.leftOut() + " rows are left out; do the columns say what is wanted, in upper and lower case as it is?");
        }
        Collections.sort(ignored);
        return new NotesRead(digests, rows.notes(), rows.leftOut(), rows.badRows(), rows.badRowsOfNobody(), ignored);
    }

    /**
     * Makes sure that a second reading was of the same notes.
     *
     * @param first  the one
     * @param second the other
     * @throws InvalidFileException if a file was changed in between
     */
    public void requireSame(NotesRead first, NotesRead second) {
        requireSame("", first, second);
    }

    /** Makes sure of the same of the files whose names start with the prefix. */
    void requireSame(String prefix, NotesRead first, NotesRead second) {
        for (String name : Stream.concat(first.files().keySet().stream(), second.files().keySet().stream()).toList()) {
            if (name.startsWith(prefix) && !Objects.equals(first.files().get(name), second.files().get(name))) {
                throw NoteFile.changed(Files.isDirectory(path) ? path.resolve(name.substring(prefix.length())) : path);
            }
        }
        if (first.notes() != second.notes()) {
            throw NoteFile.changed(path);
        }
    }

    /**
     * Makes sure that results are not written among the files, where a later run would read them.
     *
     * @param output where results go
     * @throws InvalidFileException if that is the folder of the files, or within it
     */
    public void requireApart(OutputFolder output) {
        output.requireApart(path, this::hold);
    }

    private boolean hold(Path real) {
        return Files.isDirectory(path) ? tree().folders().stream().anyMatch(real::startsWith)
                : Files.exists(path) && real.startsWith(real(path));
    }

    /** What columns are called where it is not the usual. */
    public NoteFormat.Columns columns() {
        return columns;
    }

    /** Which rows are read. */
    public RowFilter filter() {
        return filter;
    }

    /** Where the files are. */
    public Path path() {
        return path;
    }

    /** What becomes of bad rows. */
    public BadRowPolicy badRows() {
        return badRows;
    }

    private NoteTree tree() {
        if (!Files.exists(path)) {
            throw new InvalidFileException(path, "does not exist");
        }
        return NoteTree.of(path);
    }

    private String read(NoteFormat format, Path path, RowSink rows) {
        List<String> labels = Stream.concat(columns.labels().stream(), filter.columns().stream()).distinct().toList();
        if (!labels.isEmpty() && !format.hasLabels()) {
            throw new InvalidFileException(path,
                    "has no columns, so none called " + labels.get(0)
                            + ", which is asked for; give such files as an input of their own, of which it is not");
        }
        try (NoteFile file = new NoteFile(path)) {
            format.read(file, new NoteFormat.Columns(columns.patient(), columns.text(), labels), rows);
            return file.digest();
        } catch (EOFException | ZipException e) {
            throw new InvalidFileException(path, "is cut short or damaged; copy or pack it anew");
        } catch (IOException e) {
            throw new InvalidFileException(path, e);
        }
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw new InvalidFileException(path, e);
        }
    }

    private static String endings(List<NoteFormat> formats) {
        return formats.stream().flatMap(format -> format.endings().stream()).sorted().collect(Collectors.joining(", "));
    }

    private static Optional<NoteFormat> format(Path file, List<NoteFormat> formats) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        Optional<NoteFormat> found = formats.stream().filter(format -> format.endings().stream().anyMatch(name::endsWith)).findFirst();
        if (found.isEmpty() && name.endsWith(TABLES)) {
            throw new InvalidFileException(file, "may hold notes, but nothing on the class path reads " + TABLES + " files, only "
                    + endings(formats) + "; put the module that reads it there, or convert it");
        }
        return found;
    }
}
