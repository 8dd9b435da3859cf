package io.github.miaudit.notes;

import io.github.miaudit.io.InvalidFileException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which files of an input are read and by which format, and which are not. One that is neither, as nobody said what should become
 * of it, is an error that comes before anything is read.
 */
final class NoteSources implements Closeable {

    /** A file to read. */
    record Found(NoteFormat format, Path path, NoteFile.Source source) {
    }

    private static final String ZIP = ".zip";
    private static final String LEAVE_OUT = "leave it out with --ignore (in Java withIgnored)";
    /** What is to be done with files that are known not to be read, by their endings. */
    private static final Map<List<String>, String> ADVICE = new LinkedHashMap<>();

    static {
        ADVICE.put(List.of(".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".numbers"), "is a spreadsheet, which is not read: save it as CSV");
        ADVICE.put(List.of(".docx", ".doc", ".odt", ".rtf", ".pdf"), "is a document, which is not read: save it as plain text");
        ADVICE.put(List.of(".tar", ".tgz", ".tbz2", ".7z", ".rar", ".xz", ".lz4", ".lzma", ".br", ".z", ZIP),
                "is packed in a way that is not read: unpack it, or pack each file with gzip, bzip2, zip or zstd");
        ADVICE.put(List.of(".parquet"), "may hold notes, but nothing on the class path reads .parquet files: put the module that reads it"
                + " there, or convert it");
    }

    private final List<NoteFormat> formats;
    private final List<PathMatcher> patterns;
    private final SortedMap<String, Found> found = new TreeMap<>();
    private final SortedMap<String, Path> unread = new TreeMap<>();
    private final List<String> ignored = new ArrayList<>();
    private Optional<Path> openPath = Optional.empty();
    private Optional<ZipFolder> open = Optional.empty();

    private NoteSources(List<NoteFormat> formats, List<String> patterns) {
        this.formats = formats;
        this.patterns = patterns.stream().map(NoteSources::matcher).toList();
    }

    /**
     * Looks what there is.
     *
     * @throws InvalidFileException if there is a file that is neither read nor ignored, or none to read
     */
    static NoteSources of(Path path, NoteTree tree, List<NoteFormat> formats, List<String> patterns) {
        NoteSources sources = new NoteSources(formats, patterns);
        sources.ignored.addAll(tree.ignored());
        tree.files().forEach(sources::take);
        sources.requireAllRead();
        if (sources.found.isEmpty()) {
            throw new InvalidFileException(path, "holds no file of notes; names of such end with " + endings(formats));
        }
        Collections.sort(sources.ignored);
        return sources;
    }

    /** A pattern for names. */
    static PathMatcher matcher(String glob) {
        return FileSystems.getDefault().getPathMatcher("glob:" + glob);
    }

    SortedMap<String, Found> found() {
        return found;
    }

    List<String> ignored() {
        return ignored;
    }

    @Override
    public void close() throws IOException {
        if (open.isPresent()) {
            open.get().close();
        }
    }

    private void take(String name, Path file) {
        if (isIgnored(name)) {
            ignored.add(name);
        } else if (!Files.isRegularFile(file)) {
            unread.put(name, file);
        } else if (name.toLowerCase(Locale.ROOT).endsWith(ZIP)) {
            entries(file).forEach(entry -> takeEntry(name + "/" + entry, file, entry));
        } else {
            take(name, file, () -> Files.newInputStream(file));
        }
    }

    private void takeEntry(String name, Path zip, String entry) {
        if (List.of(entry.split("/")).stream().anyMatch(NoteTree::isNeverNotes) || isIgnored(name)) {
            ignored.add(name);
        } else {
            take(name, ZipFolder.within(zip, entry), () -> read(zip, entry));
        }
    }

    private void take(String name, Path file, NoteFile.Source source) {
        Optional<NoteFormat> format = formats.stream()
                .filter(candidate -> candidate.endings().stream().anyMatch(Packing.unpackedName(file)::endsWith)).findFirst();
        if (format.isPresent()) {
            found.put(name, new Found(format.get(), file, source));
        } else {
            unread.put(name, file);
        }
    }

    private boolean isIgnored(String name) {
        Path path = Path.of(name);
        return patterns.stream().anyMatch(pattern -> pattern.matches(path) || pattern.matches(path.getFileName()));
    }

    private static List<String> entries(Path zip) {
        try (ZipFolder folder = ZipFolder.open(zip)) {
            return List.copyOf(folder.entries().keySet());
        } catch (IOException e) {
            throw new InvalidFileException(zip, e);
        }
    }

    /** One zip file is held open, as its files are read one after the other. */
    private InputStream read(Path zip, String entry) throws IOException {
        if (!openPath.equals(Optional.of(zip))) {
            close();
            openPath = Optional.empty();
            open = Optional.of(ZipFolder.open(zip));
            openPath = Optional.of(zip);
        }
        return open.get().read(entry);
    }

    private void requireAllRead() {
        if (unread.isEmpty()) {
            return;
        }
        Path first = Objects.requireNonNull(unread.get(unread.firstKey()));
        String problem = Files.exists(first) && !Files.isRegularFile(first) || Files.isSymbolicLink(first) && !Files.exists(first)
                ? "is no file, or a link to none: remove it"
                : ADVICE.entrySet().stream().filter(advice -> advice.getKey().stream().anyMatch(Packing.unpackedName(first)::endsWith))
                        .map(Map.Entry::getValue).findFirst()
                        .orElse("is not read, as it does not end with " + endings(formats) + ": rename or convert it");
        throw new InvalidFileException(first, problem + ", or " + LEAVE_OUT + (unread.size() == 1 ? ""
                : "; " + (unread.size() - 1) + " more like it: " + unread.keySet().stream().skip(1).limit(3)
                        .collect(Collectors.joining(", ")) + (unread.size() > 4 ? " and others" : "")));
    }

    private static String endings(List<NoteFormat> formats) {
        return formats.stream().flatMap(format -> format.endings().stream())
                .filter(ending -> Packing.endings().stream().noneMatch(ending::endsWith)).sorted().distinct()
                .collect(Collectors.joining(", ")) + ", each also with " + String.join(", ", Packing.endings()) + ", or in a " + ZIP;
    }
}
