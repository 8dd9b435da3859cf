package io.github.miaudit.notes;

import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.Sha256;
import io.github.miaudit.io.Utf8Input;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A file that a {@link NoteFormat} reads, on its own or in a zip file. Its bytes are digested on their way, so the digest is of what
 * was read.
 */
public final class NoteFile implements Closeable {

    /** In bytes; memory holds it more than once while it is read. */
    static final int LONGEST_NOTE = 1 << 26;

    /** What gives a file's bytes, from its start, as often as it is asked. */
    interface Source {
        InputStream open() throws IOException;
    }

    /**
     * What the user says of files that don't say it themselves.
     *
     * @param quoting   of tables; by default it is found out
     * @param textFiles of text files
     */
    record Layout(Optional<Quoting> quoting, TextFiles textFiles) {

        static final Layout USUAL = new Layout(Optional.empty(), TextFiles.LINES);
    }

    private final Path path;
    private final Source source;
    private final Layout layout;
    private final List<String> dialect = new ArrayList<>();
    private Optional<DigestInputStream> bytes = Optional.empty();
    private Optional<String> before = Optional.empty();

    NoteFile(Path path, Source source, Layout layout) {
        this.path = path;
        this.source = source;
        this.layout = layout;
    }

    /** The name, for messages; of a file in a zip file it is in no folder. */
    public Path path() {
        return path;
    }

    /** The last part of the name in lower case, without the ending of a packed file. */
    public String name() {
        return Packing.unpackedName(path);
    }

    /**
     * The bytes, unpacked if the name says that they are packed, from the start to the end.
     *
     * @return a stream; closed by the caller
     * @throws IOException          if the file can't be read
     * @throws InvalidFileException if it is not packed as its name says
     */
    public InputStream open() throws IOException {
        bytes = Optional.of(new DigestInputStream(source.open(), Sha256.newDigest()));
        return unpacked(new FilterInputStream(bytes.get()) { // so that the rest can still be digested when a format has closed it
            @Override
            public void close() {
                // NoteFile closes the file
            }
        });
    }

    /** The path, for formats that read here and there: the file is digested before and after. */
    public Path forRandomAccess() {
        if (Packing.of(path).isPresent() || !Files.exists(path)) {
            throw new InvalidFileException(path, "can't be read where it is packed, as its format needs it whole; unpack it");
        }
        before = Optional.of(Sha256.ofFiles(path));
        return path;
    }

    /** The text, as UTF-8. */
    Utf8Input openText() throws IOException {
        Utf8Input text = Utf8Input.of(open());
        if (!text.encoding().equals("UTF-8")) {
            say(text.encoding());
        }
        return text;
    }

    /** The text a second time, beside the first. */
    Utf8Input openTextAgain() throws IOException {
        InputStream packed = source.open();
        try {
            return Utf8Input.of(unpacked(packed));
        } catch (IOException | RuntimeException e) {
            packed.close();
            throw e;
        }
    }

    /** Whether it holds nothing at all. */
    boolean isEmpty() throws IOException {
        try (InputStream packed = source.open()) {
            BufferedInputStream start = new BufferedInputStream(packed);
            start.mark(1);
            if (start.read() < 0) {
                return true;
            }
            start.reset();
            return Packing.of(path).isPresent() && Packing.of(path).get().unpack(path, start).read() < 0;
        }
    }

    /** What the user says of it. */
    Layout layout() {
        return layout;
    }

    /** Takes note of how it is written, where that is not as its name has it. */
    void say(String words) {
        dialect.add(words);
    }

    /** How it is written, in words; empty if there is nothing to say. */
    String dialect() {
        return String.join(", ", dialect);
    }

    /** SHA-256 of what was read, once it was read. */
    String digest() throws IOException {
        if (bytes.isPresent()) {
            bytes.get().transferTo(OutputStream.nullOutputStream()); // a format need not read what it has no use for
            return HexFormat.of().formatHex(bytes.get().getMessageDigest().digest());
        }
        if (before.isEmpty()) {
            try (InputStream unread = source.open(); DigestInputStream digested = new DigestInputStream(unread, Sha256.newDigest())) {
                digested.transferTo(OutputStream.nullOutputStream());
                return HexFormat.of().formatHex(digested.getMessageDigest().digest());
            }
        }
        if (!before.get().equals(Sha256.ofFiles(path))) {
            throw changed(path);
        }
        return before.get();
    }

    /** What ends a preparation whose input does not stay the same. */
    static InvalidFileException changed(Path path) {
        return new InvalidFileException(path, "was changed while it was read; prepare again when nothing writes to it");
    }

    /** What ends a reading before memory does. */
    static InvalidFileException tooLong(Path path, String what) {
        return new InvalidFileException(path,
                what + " of more than " + (LONGEST_NOTE >> 20) + " MiB, unpacked; give each note a line or a file of its own");
    }

    @Override
    public void close() throws IOException {
        if (bytes.isPresent()) {
            bytes.get().close();
        }
    }

    private InputStream unpacked(InputStream packed) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(packed, 1 << 16);
        Optional<Packing> packing = Packing.of(path);
        if (packing.isPresent()) {
            return packing.get().unpack(path, buffered);
        }
        Packing.requireUnpacked(path, buffered);
        return buffered;
    }
}
