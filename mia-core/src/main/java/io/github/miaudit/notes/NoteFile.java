package io.github.miaudit.notes;

import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.Sha256;
import java.io.Closeable;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** A file that a {@link NoteFormat} reads. Its bytes are digested on their way, so the digest is of what was read. */
public final class NoteFile implements Closeable {

    /** In bytes; memory holds it more than once while it is read. */
    static final int LONGEST_NOTE = 1 << 26;

    private final Path path;
    private Optional<DigestInputStream> bytes = Optional.empty();
    private Optional<String> before = Optional.empty();

    NoteFile(Path path) {
        this.path = path;
    }

    /** The name, for messages. */
    public Path path() {
        return path;
    }

    /**
     * The bytes, unpacked if the name says that they are packed, from the start to the end.
     *
     * @return a stream; closed by the caller
     * @throws IOException          if the file can't be read
     * @throws InvalidFileException if it is not packed as its name says
     */
    public InputStream open() throws IOException {
        bytes = Optional.of(new DigestInputStream(Files.newInputStream(path), Sha256.newDigest()));
        try {
            return isPacked() ? new GZIPInputStream(unclosed(), 1 << 16) : unclosed();
        } catch (EOFException | ZipException e) {
            throw new InvalidFileException(path, "is empty or no gzip file; pack it anew, or mend its name");
        }
    }

    /** The path, for formats that read here and there: the file is digested before and after. */
    public Path forRandomAccess() {
        before = Optional.of(Sha256.ofFiles(path));
        return path;
    }

    /** SHA-256 of what was read, once it was read. */
    String digest() throws IOException {
        if (bytes.isPresent()) {
            bytes.get().transferTo(OutputStream.nullOutputStream()); // a format need not read what it has no use for
            return HexFormat.of().formatHex(bytes.get().getMessageDigest().digest());
        }
        String after = Sha256.ofFiles(path);
        if (before.isPresent() && !before.get().equals(after)) {
            throw changed(path);
        }
        return after;
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

    private boolean isPacked() {
        return path.toString().toLowerCase(Locale.ROOT).endsWith(".gz");
    }

    /** The bytes, of which the rest can still be digested when a format has closed them. */
    private InputStream unclosed() {
        return new FilterInputStream(bytes.get()) {
            @Override
            public void close() {
                // NoteFile closes the file
            }
        };
    }
}
