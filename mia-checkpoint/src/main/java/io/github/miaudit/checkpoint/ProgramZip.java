package io.github.miaudit.checkpoint;

import io.github.miaudit.io.InvalidFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipEntry;

/**
 * A zip archive that every reader understands alike. libtorch has a reader of its own (miniz), so whatever two readers could take
 * for two things is refused: each byte belongs to one member, to the directory or to its end; what stands before a member says
 * the same as the directory; no two names differ in their case alone, which that reader ignores. All members lie in one folder,
 * under whose name they are not known here.
 */
final class ProgramZip implements AutoCloseable {

    /** Names as the format has them, below the archive's folder. */
    private static final String NAME = "[A-Za-z0-9_.]+(/[A-Za-z0-9_.]+)*";
    private static final int MOST_MEMBERS = 200_000;
    private static final int LARGEST_TEXT = 64 << 20;
    private static final int LARGEST_DIRECTORY = 64 << 20;
    /** How far a packed member may expand, beside a little. */
    private static final int EXPANSION = 64;
    private static final int LITTLE = 1 << 16;

    private static final int LOCAL = 0x04034b50;
    private static final int LOCAL_BYTES = 30;
    private static final int DESCRIPTOR = 0x08074b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int CENTRAL_BYTES = 46;
    private static final int END = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int LONG_LOCATOR = 0x07064b50;
    private static final int LONG_LOCATOR_BYTES = 20;
    private static final int LONG_END = 0x06064b50;
    private static final int LONG_END_BYTES = 56;
    private static final int LONG_SIZES = 1;
    private static final int IS_FOLDER = 0x10;
    private static final long UNSIGNED_INT = 0xffffffffL;
    private static final int UNSIGNED_SHORT = 0xffff;
    /** The lengths are behind the data. */
    private static final int DESCRIBED_BEHIND = 1 << 3;
    /** That, how hard it was packed, and that names are UTF-8. */
    private static final int KNOWN_FLAGS = DESCRIBED_BEHIND | 3 << 1 | 1 << 11;

    /** A member: where its data begin, and how many bytes they are there and unpacked. */
    record Member(String name, int flags, int method, long checksum, long packed, long size, long header, long begin) {

        boolean isPacked() {
            return method != ZipEntry.STORED;
        }
    }

    /** Where the directory lies. */
    private record Directory(long begin, long bytes, long members) {
    }

    private final Path file;
    private final FileChannel channel;
    private final Map<String, Member> members = new LinkedHashMap<>();

    private ProgramZip(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Opens an archive. */
    static ProgramZip open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            ProgramZip zip = new ProgramZip(file, channel);
            zip.readMembers();
            return zip;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** The members by name, below the archive's folder. */
    Map<String, Member> members() {
        return members;
    }

    /** What a member holds, unpacked. */
    byte[] content(Member member) throws IOException {
        if (member.size > LARGEST_TEXT) {
            throw refused("its member " + member.name + " has " + member.size + " bytes; " + LARGEST_TEXT + " at most are read");
        }
        byte[] content = member.isPacked() ? unpacked(member) : bytes(member.begin, (int) member.size).array();
        CRC32 checksum = new CRC32();
        checksum.update(content);
        if (checksum.getValue() != member.checksum) {
            throw refused("its member " + member.name + " does not have the checksum that is stated; the file is broken");
        }
        return content;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private byte[] unpacked(Member member) throws IOException {
        if (member.size > LITTLE + EXPANSION * member.packed) {
            throw refused("its member " + member.name + " expands from " + member.packed + " to " + member.size
                    + " bytes, which no program does");
        }
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(bytes(member.begin, (int) member.packed).array());
            byte[] content = new byte[(int) member.size];
            int length = inflater.inflate(content);
            boolean more = inflater.inflate(new byte[1]) > 0;
            if (length != content.length || more || !inflater.finished() || inflater.getRemaining() > 0) {
                throw refused("its member " + member.name + " is not as long as is stated; the file is broken");
            }
            return content;
        } catch (DataFormatException e) {
            throw refused("its member " + member.name + " can't be unpacked; the file is broken");
        } finally {
            inflater.end();
        }
    }

    private void readMembers() throws IOException {
        Directory directory = directory();
        ByteBuffer entries = bytes(directory.begin, (int) directory.bytes);
        List<Member> found = new ArrayList<>();
        for (long entry = 0; entry < directory.members; entry++) {
            found.add(entry(entries));
        }
        if (entries.hasRemaining() || found.isEmpty()) {
            throw refused(found.isEmpty() ? "it holds nothing" : "its directory is longer than its entries");
        }
        String folder = found.get(0).name.replaceFirst("/.*", "/");
        long end = 0;
        for (Member member : found.stream().sorted(Comparator.comparingLong(Member::header)).toList()) {
            end = end(member, end);
        }
        if (end != directory.begin) {
            throw refused("it holds bytes that belong to no member");
        }
        Set<String> names = new HashSet<>();
        for (Member member : found) {
            String name = member.name.startsWith(folder) ? member.name.substring(folder.length()) : "";
            if (!name.matches(NAME) || !names.add(name.toLowerCase(Locale.ROOT)) || List.of(name.split("/")).contains("..")
                    || List.of(name.split("/")).contains(".")) {
                throw refused("its member " + InvalidFileException.printable(member.name)
                        + " has a name that is there twice, or lies outside the one folder of the archive, or is none of a program's");
            }
            members.put(name, new Member(name, member.flags, member.method, member.checksum, member.packed, member.size, member.header,
                    member.begin));
        }
    }

    /** The end of the archive, of which there is also a form for long files before the usual one. */
    private Directory directory() throws IOException {
        long size = channel.size();
        ByteBuffer end = bytes(size - END_BYTES, END_BYTES);
        if (end.getInt(0) != END || end.getInt(4) != 0 || end.getShort(20) != 0) {
            throw refused("it is no zip archive, or something follows it; save it again with torch.jit.save");
        }
        long members = end.getShort(10) & UNSIGNED_SHORT;
        long bytes = end.getInt(12) & UNSIGNED_INT;
        long begin = end.getInt(16) & UNSIGNED_INT;
        boolean sameCounts = end.getShort(8) == end.getShort(10);
        long limit = size - END_BYTES;
        ByteBuffer locator = limit < LONG_LOCATOR_BYTES ? ByteBuffer.allocate(LONG_LOCATOR_BYTES)
                : bytes(limit - LONG_LOCATOR_BYTES, LONG_LOCATOR_BYTES);
        if (locator.getInt(0) == LONG_LOCATOR) {
            limit -= LONG_LOCATOR_BYTES + LONG_END_BYTES;
            ByteBuffer longEnd = bytes(limit, LONG_END_BYTES);
            boolean sound = locator.getInt(4) == 0 && locator.getLong(8) == limit && locator.getInt(16) == 1
                    && longEnd.getInt(0) == LONG_END && longEnd.getLong(4) == LONG_END_BYTES - 12 && longEnd.getLong(16) == 0
                    && longEnd.getLong(24) == longEnd.getLong(32);
            sameCounts &= sound && same(members, UNSIGNED_SHORT, longEnd.getLong(32)) && same(bytes, UNSIGNED_INT, longEnd.getLong(40))
                    && same(begin, UNSIGNED_INT, longEnd.getLong(48));
            members = longEnd.getLong(32);
            bytes = longEnd.getLong(40);
            begin = longEnd.getLong(48);
        }
        if (!sameCounts || members > MOST_MEMBERS || bytes > LARGEST_DIRECTORY || bytes < 0 || begin < 0 || begin + bytes != limit) {
            throw refused("the end of the zip archive contradicts itself, or states more than " + MOST_MEMBERS + " members");
        }
        return new Directory(begin, bytes, members);
    }

    private static boolean same(long stated, long elsewhere, long longer) {
        return stated == longer || stated == elsewhere;
    }

    /** An entry of the directory. */
    private Member entry(ByteBuffer entries) throws IOException {
        int at = entries.position();
        if (entries.remaining() < CENTRAL_BYTES || entries.getInt(at) != CENTRAL) {
            throw refused("its directory is broken");
        }
        int nameBytes = entries.getShort(at + 28) & UNSIGNED_SHORT;
        int extraBytes = entries.getShort(at + 30) & UNSIGNED_SHORT;
        int flags = entries.getShort(at + 8) & UNSIGNED_SHORT;
        int method = entries.getShort(at + 10) & UNSIGNED_SHORT;
        long checksum = entries.getInt(at + 16) & UNSIGNED_INT;
        // no comment, on the first disk
        if (entries.remaining() < CENTRAL_BYTES + nameBytes + extraBytes || entries.getShort(at + 32) != 0
                || entries.getShort(at + 34) != 0) {
            throw refused("its directory is broken");
        }
        if ((entries.getInt(at + 38) & IS_FOLDER) != 0) {
            throw refused("a member of it says that it is a folder, and so would not be read");
        }
        byte[] name = new byte[nameBytes];
        entries.position(at + CENTRAL_BYTES).get(name);
        ByteBuffer extra = entries.slice().order(ByteOrder.LITTLE_ENDIAN).limit(extraBytes);
        entries.position(entries.position() + extraBytes);
        ByteBuffer longer = longSizes(extra);
        long size = size(entries.getInt(at + 24), longer);
        long packed = size(entries.getInt(at + 20), longer);
        long header = size(entries.getInt(at + 42), longer);
        if ((flags & ~KNOWN_FLAGS) != 0 || method != ZipEntry.STORED && method != ZipEntry.DEFLATED
                || method == ZipEntry.STORED && packed != size || size < 0 || packed < 0 || header < 0) {
            throw refused("its member " + InvalidFileException.printable(new String(name, StandardCharsets.ISO_8859_1))
                    + " is encrypted, or packed in an unusual way");
        }
        return new Member(new String(name, StandardCharsets.ISO_8859_1), flags, method, checksum, packed, size, header,
                dataOf(header, name, flags, method));
    }

    /** The extra field that holds what does not fit into 32 bits. */
    private ByteBuffer longSizes(ByteBuffer extra) {
        ByteBuffer found = ByteBuffer.allocate(0);
        boolean seen = false;
        while (extra.remaining() >= 4) {
            int kind = extra.getShort() & UNSIGNED_SHORT;
            int bytes = extra.getShort() & UNSIGNED_SHORT;
            if (bytes > extra.remaining() || kind == LONG_SIZES && seen) {
                throw refused("its directory is broken");
            }
            if (kind == LONG_SIZES) {
                seen = true;
                found = extra.slice().order(ByteOrder.LITTLE_ENDIAN).limit(bytes);
            }
            extra.position(extra.position() + bytes);
        }
        return found;
    }

    private long size(int stated, ByteBuffer longer) {
        if (stated != -1) {
            return stated & UNSIGNED_INT;
        }
        if (longer.remaining() < Long.BYTES) {
            throw refused("its directory is broken");
        }
        return longer.getLong();
    }

    /** Where the data begin that follow what is said before them, which must be what the directory says. */
    private long dataOf(long header, byte[] name, int flags, int method) throws IOException {
        ByteBuffer before = bytes(header, LOCAL_BYTES + name.length);
        boolean same = before.getInt(0) == LOCAL && (before.getShort(6) & UNSIGNED_SHORT) == flags
                && (before.getShort(8) & UNSIGNED_SHORT) == method && (before.getShort(26) & UNSIGNED_SHORT) == name.length;
        for (int place = 0; same && place < name.length; place++) {
            same = before.get(LOCAL_BYTES + place) == name[place];
        }
        if (!same) {
            throw refused("what stands before its member " + InvalidFileException.printable(new String(name, StandardCharsets.ISO_8859_1))
                    + " is not what its directory says");
        }
        return header + LOCAL_BYTES + name.length + (before.getShort(28) & UNSIGNED_SHORT);
    }

    /** Where a member ends, which must begin where the one before ended. */
    private long end(Member member, long before) throws IOException {
        long end = member.begin + member.packed;
        if (member.header != before || end < member.begin || end > channel.size()) {
            throw refused("its members overlap, leave room between them or end behind the file");
        }
        if ((member.flags & DESCRIBED_BEHIND) == 0) {
            return end;
        }
        ByteBuffer behind = bytes(end, 24); // its end is followed by at least 22 bytes, of the archive's end
        boolean signed = behind.getInt(0) == DESCRIPTOR && (behind.getInt(4) & UNSIGNED_INT) == member.checksum;
        if (signed && behind.getLong(8) == member.packed && behind.getLong(16) == member.size) {
            return end + 24;
        }
        if (signed && (behind.getInt(8) & UNSIGNED_INT) == member.packed && (behind.getInt(12) & UNSIGNED_INT) == member.size) {
            return end + 16;
        }
        throw refused("what stands behind its member " + InvalidFileException.printable(member.name) + " is not what its directory says");
    }

    private ByteBuffer bytes(long position, int length) throws IOException {
        if (position < 0 || position > channel.size() - length) {
            throw refused("it is no zip archive or is cut short; save it again with torch.jit.save");
        }
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, position + bytes.position()) < 0) {
                throw refused("it became shorter while it was read");
            }
        }
        return bytes.flip().order(ByteOrder.LITTLE_ENDIAN);
    }

    private InvalidFileException refused(String why) {
        return new InvalidFileException(file, "is no TorchScript program that is run: " + why);
    }
}
