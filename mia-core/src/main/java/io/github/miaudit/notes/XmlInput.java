package io.github.miaudit.notes;

import io.github.miaudit.io.InvalidFileException;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An XML file on its way to the parser: decoded here because the parser prints what it can't decode, measured so that nothing in
 * it fills the memory, and, if it is short enough, kept in case it turns out to be malformed.
 */
final class XmlInput implements Closeable {

    /** Of a character a byte. */
    private static final Pattern ENCODING = Pattern.compile("(?:\u00EF\u00BB\u00BF)?<\\?xml[^>]*\\sencoding\\s*=\\s*[\"']([^\"'>]+)[\"']");
    private static final int LONGEST_DECLARATION = 1024;

    private final Path file;
    private final Kept kept;
    private final PushbackInputStream bytes;
    private long sinceProgress;

    XmlInput(NoteFile file) throws IOException {
        this.file = file.path();
        this.kept = new Kept(file.open());
        this.bytes = new PushbackInputStream(kept, LONGEST_DECLARATION);
    }

    /**
     * The text from its start. A byte order mark, or NULs around its first character, tell UTF-16; otherwise it is in what it
     * declares, if that can be true, or in UTF-8.
     *
     * @throws IllegalArgumentException if it declares what is no encoding
     */
    Reader text() throws IOException {
        byte[] start = bytes.readNBytes(LONGEST_DECLARATION);
        bytes.unread(start);
        Reader text = new BufferedReader(new InputStreamReader(bytes, charset(start).newDecoder()));
        text.mark(1);
        if (text.read() != '\uFEFF') {
            text.reset();
        }
        return new Measured(text);
    }

    /** The parser came to something new, so what was read before no longer is in its memory. */
    void progress() {
        sinceProgress = 0;
    }

    /** All of it, as far as it is text, if what is wrong with it can be skipped; reads it to its end. */
    String remains(String problem) throws IOException {
        bytes.transferTo(OutputStream.nullOutputStream());
        if (kept.overflowed) {
            throw new InvalidFileException(file, problem + "; mend it, as it is too long to be skipped");
        }
        byte[] all = kept.bytes.toByteArray();
        Charset charset;
        try {
            charset = charset(Arrays.copyOf(all, Math.min(all.length, LONGEST_DECLARATION)));
        } catch (IllegalArgumentException e) {
            charset = StandardCharsets.UTF_8;
        }
        return (isUtf16(charset) ? charset : StandardCharsets.UTF_8).decode(ByteBuffer.wrap(all)).toString();
    }

    private static Charset charset(byte[] start) {
        int first = start.length < 2 ? 0 : (start[0] & 0xFF) << Byte.SIZE | start[1] & 0xFF;
        switch (first) {
            case 0xFEFF, '<' :
                return StandardCharsets.UTF_16BE;
            case 0xFFFE, '<' << Byte.SIZE :
                return StandardCharsets.UTF_16LE;
            default :
                Matcher declared = ENCODING.matcher(new String(start, StandardCharsets.ISO_8859_1));
                Charset charset = declared.lookingAt() ? Charset.forName(declared.group(1)) : StandardCharsets.UTF_8;
                return isUtf16(charset) ? StandardCharsets.UTF_8 : charset; // some programs declare one and write the other
        }
    }

    private static boolean isUtf16(Charset charset) {
        return charset.name().toUpperCase(Locale.ROOT).contains("UTF-16");
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }

    /** Keeps what was read, up to the length of the longest note. */
    private static final class Kept extends FilterInputStream {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private boolean overflowed;

        private Kept(InputStream source) {
            super(source);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            overflowed |= count > NoteFile.LONGEST_NOTE - bytes.size();
            if (overflowed) {
                bytes.reset();
            } else if (count > 0) {
                bytes.write(buffer, offset, count);
            }
            return count;
        }
    }

    /** Ends before the parser holds too much. */
    private final class Measured extends FilterReader {

        private Measured(Reader text) {
            super(text);
        }

        @Override
        public int read(char[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            sinceProgress += Math.max(0, count);
            if (sinceProgress > NoteFile.LONGEST_NOTE) {
                throw NoteFile.tooLong(file, "holds XML");
            }
            return count;
        }

        @Override
        public void close() {
            // the parser closes what it has read to the end, but the rest of a malformed file is still wanted
        }
    }
}
