package io.github.miaudit.notes;

import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.OutputFolder;
import io.github.miaudit.io.Services;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipException;

/**
 * Notes as hospitals keep them: one file or a folder with files in it, at any depth, read as a stream in the order of their
 * names. By their ending, in any case, each also packed with {@code .gz}, {@code .bz2} or {@code .zst}, or in a {@code .zip} file, which
 * is like a folder:
 * <ul>
 * <li>{@code .csv}, {@code .tsv}: a header, then a note a row, quoted if it has several lines; by default the columns
 *     {@code SUBJECT_ID} and {@code TEXT} in any case, as in MIMIC-III's {@code NOTEEVENTS.csv}. Commas, semicolons, tabs or
 *     {@code |} part the columns, or what a first line {@code sep=;} says. In a table with tabs quotation marks may be characters
 *     like others, and backslashes start escapes, as PostgreSQL's {@code COPY} and {@code mysql --batch} write; which it is,
 *     is found out by reading the whole file, and where both give good rows it must be said ({@link #withQuoting}). Elsewhere
 *     marks stand around fields, and a table of which all lines look like rows, though quoted fields go over several of them, is
 *     refused unless that is said too.</li>
 * <li>{@code .json}, {@code .jsonl}, {@code .ndjson}: an object a line, an array of objects, on its own or alone in an object, or
 *     an object on several lines; by default the members {@code group} or {@code SUBJECT_ID}, and {@code text}</li>
 * <li>{@code .xml}: n2c2 and i2b2, the text in {@code <TEXT>}, whose patient an {@code ID} around it tells, or else the file's name,
 *     {@code PATIENT-VISIT.xml}</li>
 * <li>{@code .txt}: a note a line, of no known patient, or as {@link #withTextFiles} says</li>
 * </ul>
 * and others where a module that reads them, as a {@link NoteFormat}, is on the class path. Links are followed.
 *
 * <p>Every other file is an error before any is read, unless it is {@linkplain #withIgnored left out by name}. Only what is never
 * notes is not: what starts with a dot, {@code ~$} or Spark's {@code _SUCCESS}, {@code _committed}, {@code _started}; Parquet's
 * {@code _metadata}, {@code .crc} files, {@code Thumbs.db}, {@code desktop.ini} and {@code __MACOSX}. Empty files hold no notes,
 * which is an error if none of the others holds any.
 *
 * <p>Text is UTF-8, with or without a byte order mark, or UTF-16 with one. A row is bad if it lacks a column or has too many, its bytes
 * are not UTF-8, it names its patient or text twice, or it holds a NUL. Where notes of a file name patients, those of each other file
 * of the same input must, but for text files. Immutable.
 */
public final class NoteFiles {

    private final Path path;
    private final NoteFormat.Columns columns;
    private final RowFilter filter;
    private final BadRowPolicy badRows;
    private final NoteFile.Layout layout;
    private final List<String> ignored;

    private NoteFiles(Path path, NoteFormat.Columns columns, RowFilter filter, BadRowPolicy badRows, NoteFile.Layout layout,
            List<String> ignored) {
        this.path = path;
        this.columns = columns;
        this.filter = filter;
        this.badRows = badRows;
        this.layout = layout;
        this.ignored = ignored;
    }

    /**
     * Files with the usual columns, of which every row is read and a bad one is an error.
     *
     * @param fileOrFolder where they are
     */
    public static NoteFiles at(Path fileOrFolder) {
        return new NoteFiles(fileOrFolder, NoteFormat.Columns.USUAL, RowFilter.none(), BadRowPolicy.FAIL, NoteFile.Layout.USUAL, List.of());
    }

    /** The files with another column, or JSON member, for the patient. */
    public NoteFiles withPatientColumn(String name) {
        return with(new NoteFormat.Columns(Optional.of(name), columns.text(), columns.labels()));
    }

    /** The files with another column, or JSON member, for the text. */
    public NoteFiles withTextColumn(String name) {
        return with(new NoteFormat.Columns(columns.patient(), Optional.of(name), columns.labels()));
    }

    /** The files with notes that carry what other columns, or JSON members, say; each named once. */
    public NoteFiles withLabels(List<String> names) {
        return with(new NoteFormat.Columns(columns.patient(), columns.text(), names));
    }

    /**
     * The files without rows that a filter leaves out. A bad row is one whatever it says.
     *
     * @param other which rows are read
     */
    public NoteFiles withRows(RowFilter other) {
        return new NoteFiles(path, columns, other, badRows, layout, ignored);
    }

    /** The files with another way to treat bad rows. */
    public NoteFiles withBadRows(BadRowPolicy policy) {
        return new NoteFiles(path, columns, filter, policy, layout, ignored);
    }

    /** The files with tables in which quotation marks are what is said, whatever they look like. */
    public NoteFiles withQuoting(Quoting quoting) {
        return new NoteFiles(path, columns, filter, badRows, new NoteFile.Layout(Optional.of(quoting), layout.textFiles()), ignored);
    }

    /** The files with another meaning of {@code .txt}. */
    public NoteFiles withTextFiles(TextFiles textFiles) {
        return new NoteFiles(path, columns, filter, badRows, new NoteFile.Layout(layout.quoting(), textFiles), ignored);
    }

    /**
     * The files without some.
     *
     * @param patterns as {@link java.nio.file.FileSystem#getPathMatcher} takes globs, each for whole names relative to the folder,
     *                 with {@code /}, or for files' own names: {@code *.md} or {@code old/**}
     * @throws IllegalArgumentException if one is malformed
     */
    public NoteFiles withIgnored(List<String> patterns) {
        patterns.forEach(NoteSources::matcher);
        return new NoteFiles(path, columns, filter, badRows, layout, List.copyOf(patterns));
    }

    private NoteFiles with(NoteFormat.Columns other) {
        return new NoteFiles(path, other, filter, badRows, layout, ignored);
    }

    /**
     * Reads all notes, one at a time.
     *
     * @param sink takes each
     * @return what was read and what was not
     * @throws InvalidFileException if the path does not exist, holds no file of a known format or one of an unknown format that is not
     *                              left out, a file or a folder can't be read, lacks a column, is malformed beyond a row or can be
     *                              read in two ways, only some files name patients, or a row is bad and should not be skipped
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
        try (NoteSources sources = NoteSources.of(path, tree(), Services.of(NoteFormat.class), ignored)) {
            Reading reading = new Reading(prefix, new RowSink(badRows, filter, sink, remains));
            sources.found().forEach(reading::take);
            reading.takeEmpty(sources.found());
            requireAnyLeft(reading.rows);
            return reading.result(sources.ignored());
        } catch (IOException e) {
            throw new InvalidFileException(path, e);
        }
    }

    private void requireAnyLeft(RowSink rows) {
        if (rows.notes() == 0 && rows.leftOut() > 0) {
            throw new InvalidFileException(path, "has no row that the conditions on " + String.join(", ", filter.columns()) + " leave; "
                    + rows.leftOut() + " rows are left out; do the columns say what is wanted, in upper and lower case as it is?");
        }
    }

    /** What was read so far. */
    private final class Reading {

        private final String prefix;
        private final RowSink rows;
        private final Map<String, String> digests = new LinkedHashMap<>();
        private final Map<String, String> dialects = new LinkedHashMap<>();
        private final List<String> empty = new ArrayList<>();
        private Optional<Path> withPatients = Optional.empty();
        private Optional<Path> withoutPatients = Optional.empty();

        private Reading(String prefix, RowSink rows) {
            this.prefix = prefix;
            this.rows = rows;
        }

        private void take(String relative, NoteSources.Found found) {
            String name = prefix + relative;
            long notes = rows.notes();
            long named = rows.notesOfPatients();
            rows.enter(found.path(), name);
            try (NoteFile file = new NoteFile(found.path(), found.source(), layout)) {
                if (found.format().mayBeEmpty() && file.isEmpty()) {
                    empty.add(relative);
                } else {
                    found.format().read(file, wanted(found), rows);
                }
                digests.put(name, file.digest());
                if (!file.dialect().isEmpty()) {
                    dialects.put(name, file.dialect());
                }
            } catch (EOFException | ZipException e) {
                throw new InvalidFileException(found.path(), "is cut short or damaged; copy or pack it anew");
            } catch (IOException e) {
                throw new InvalidFileException(found.path(), e);
            }
            if (rows.notes() > notes && found.format().namesPatients()) {
                requirePatientsInAllOrNone(found.path(), rows.notesOfPatients() > named);
            }
        }

        private NoteFormat.Columns wanted(NoteSources.Found found) {
            List<String> labels = Stream.concat(columns.labels().stream(), filter.columns().stream()).distinct().toList();
            if (!labels.isEmpty() && !found.format().hasLabels()) {
                throw new InvalidFileException(found.path(), "has no columns, so none called " + labels.get(0)
                        + ", which is asked for; give such files as an input of their own, of which it is not");
            }
            return new NoteFormat.Columns(columns.patient(), columns.text(), labels);
        }

        private void requirePatientsInAllOrNone(Path file, boolean anyPatient) {
            if (anyPatient) {
                withPatients = withPatients.or(() -> Optional.of(file));
            } else {
                withoutPatients = withoutPatients.or(() -> Optional.of(file));
            }
            if (withPatients.isPresent() && withoutPatients.isPresent()) {
                throw new InvalidFileException(withoutPatients.get(), "names no patient, but "
                        + withPatients.get().getFileName() + " beside it does: call the patient's column or member by the same name"
                        + " in all files of an input, or make them inputs of their own");
            }
        }

        /** Where there is nothing else, an empty file is what its format takes it for. */
        private void takeEmpty(Map<String, NoteSources.Found> all) {
            if (rows.notes() > 0 || !rows.badRows().isEmpty()) {
                return;
            }
            for (String relative : empty) {
                NoteSources.Found found = Objects.requireNonNull(all.get(relative));
                rows.enter(found.path(), prefix + relative);
                try (NoteFile file = new NoteFile(found.path(), found.source(), layout)) {
                    found.format().read(file, wanted(found), rows);
                } catch (IOException e) {
                    throw new InvalidFileException(found.path(), e);
                }
            }
        }

        private NotesRead result(List<String> notRead) {
            return new NotesRead(digests, dialects, rows.notes(), rows.leftOut(), rows.badRows(), rows.badRowsOfNobody(),
                    notRead.stream().map(prefix::concat).toList());
        }
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

    /** What quotation marks are in tables; empty if it is found out. */
    public Optional<Quoting> quoting() {
        return layout.quoting();
    }

    /** What text files are. */
    public TextFiles textFiles() {
        return layout.textFiles();
    }

    /** Patterns of what is left out. */
    public List<String> ignored() {
        return ignored;
    }

    private NoteTree tree() {
        if (!Files.exists(path)) {
            throw new InvalidFileException(path, "does not exist");
        }
        return NoteTree.of(path);
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw new InvalidFileException(path, e);
        }
    }
}
