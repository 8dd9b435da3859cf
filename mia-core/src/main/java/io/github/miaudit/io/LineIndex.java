package io.github.miaudit.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.BiConsumer;

/**
 * The lines of a UTF-8 file by their places: memory holds where every {@value #APART}th starts, and none of them. The file stays open, and
 * must not change meanwhile: a change is an error when it is met. Lines are those of {@link Lines}. Thread-safe; each thread remembers
 * where it was, so that to read line after line is as cheap as it is from the start.
 */
public final class LineIndex {

    private static final int APART = 32;

    /** Lines that stand together, and what number the first has. */
    private record Block(int number, byte[] bytes, int[] ends) {
    }

    private final Path file;
    private final FileChannel channel;
    private final long size;
    private final FileTime modified;
    private final long[] starts;
    private final int count;
    private final ThreadLocal<Block> last = ThreadLocal.withInitial(() -> new Block(-1, new byte[0], new int[0]));

    private LineIndex(Path file, FileChannel channel, long size, FileTime modified, long[] starts, int count) {
        this.file = file;
        this.channel = channel;
        this.size = size;
        this.modified = modified;
        this.starts = starts;
        this.count = count;
    }

    /**
     * Reads a file once.
     *
     * @param file the file
     * @param sink takes each line's number, from 1, and the line
     * @throws InvalidFileException if it can't be read, is not UTF-8, or has more lines than a list can have
     */
    public static LineIndex of(Path file, BiConsumer<Long, String> sink) {
        try {
            long size = Files.size(file);
            FileTime modified = Files.getLastModifiedTime(file);
            long[] starts = new long[16];
            long count = 0;
            try (Lines lines = new Lines(file)) {
                long position = lines.position();
                for (String line = lines.next(); line != null; line = lines.next()) {
                    if (count % APART == 0) {
                        int block = (int) (count / APART);
                        starts = block == starts.length ? Arrays.copyOf(starts, 2 * block) : starts;
                        starts[block] = position;
                    }
                    position = lines.position();
                    count++;
                    sink.accept(count, line);
                }
            }
            if (count > Integer.MAX_VALUE - Byte.SIZE) {
                throw new InvalidFileException(file, "has " + count + " lines; a set can have " + (Integer.MAX_VALUE - Byte.SIZE));
            }
            int blocks = (int) ((count + APART - 1) / APART);
            LineIndex index = new LineIndex(file, FileChannel.open(file, StandardOpenOption.READ), size, modified,
                    Arrays.copyOf(starts, blocks), (int) count);
            index.requireUnchanged();
            return index;
        } catch (IOException e) {
            throw new InvalidFileException(file, e);
        }
    }

    /** How many lines there are. */
    public int count() {
        return count;
    }

    /**
     * A line.
     *
     * @param place from 0
     * @throws InvalidFileException if the file has changed, or can't be read any more
     */
    public String line(int place) {
        int number = Objects.checkIndex(place, count) / APART;
        Block block = last.get();
        if (block.number != number) {
            block = block(number);
            last.set(block);
        }
        int within = place % APART;
        int from = within == 0 ? 0 : block.ends[within - 1] + 1;
        return Lines.decode(file, place + 1L, block.bytes, from, block.ends[within], block.ends[within] < block.bytes.length);
    }

    private Block block(int number) {
        requireUnchanged();
        long end = number + 1 < starts.length ? starts[number + 1] : size;
        byte[] bytes = new byte[Math.toIntExact(end - starts[number])];
        ByteBuffer into = ByteBuffer.wrap(bytes);
        try {
            while (into.hasRemaining()) {
                if (channel.read(into, starts[number] + into.position()) < 0) {
                    throw changed();
                }
            }
        } catch (IOException e) {
            throw new InvalidFileException(file, e);
        }
        int[] ends = new int[Math.min(APART, count - number * APART)];
        int from = 0;
        for (int line = 0; line < ends.length; line++) {
            ends[line] = Lines.lineFeed(bytes, from, bytes.length);
            from = Math.min(ends[line] + 1, bytes.length);
        }
        return new Block(number, bytes, ends);
    }

    private void requireUnchanged() {
        try {
            if (Files.size(file) != size || !Files.getLastModifiedTime(file).equals(modified)) {
                throw changed();
            }
        } catch (IOException e) {
            throw new InvalidFileException(file, e);
        }
    }

    private InvalidFileException changed() {
        return new InvalidFileException(file, "was changed while it was being read; run again when nobody writes to it");
    }

    /** The file's name and how many lines it has. */
    @Override
    public String toString() {
        return "LineIndex[" + file.getFileName() + ", " + count + " lines]";
    }
}
