package io.github.miaudit.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.airlift.compress.lz4.Lz4Compressor;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.notes.BadRowPolicy;
import io.github.miaudit.notes.NoteFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.ConvertedType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Spark, Hadoop and others write and pyarrow does not; the files are {@link HandMadeParquet}. */
class OtherWritersTest {

    private static final List<String> TEXTS = IntStream.range(0, 200).mapToObj(row -> "Note " + row + ". " + "Stable. ".repeat(row % 9))
            .toList();

    @TempDir
    private Path folder;

    /** Hadoop's frames, of one piece a block, of several, of several blocks; and no frame at all. */
    @ParameterizedTest
    @ValueSource(ints = {1 << 20, 1000, 64})
    void lz4MayBeFramedAsHadoopDoes(int piece) throws IOException {
        for (int block : List.of(1 << 20, 4 * piece, piece)) {
            assertEquals(TEXTS, texts(file(CompressionCodec.LZ4, plain -> framed(plain, block, piece))));
        }
        assertEquals(TEXTS, texts(file(CompressionCodec.LZ4, OtherWritersTest::lz4)));
    }

    @Test
    void lz4ThatIsNeitherIsDamaged() throws IOException {
        for (byte[] packed : List.of(new byte[] {0, 0, 0}, new byte[] {0, 0, 0, 9, 127, 0, 0, 0}, new byte[] {-1, -1, -1, -1, 0},
                new byte[] {0, 0, 32, 0})) {
            Path file = file(CompressionCodec.LZ4, plain -> packed);
            assertEquals(file + ": is no Parquet file, or is damaged or cut short; write it anew", failure(file));
        }
    }

    @Test
    void lzoIsNamed() throws IOException {
        Path file = file(CompressionCodec.LZO, plain -> plain);
        assertEquals(file + ": is compressed with LZO; write it anew with snappy, zstd, gzip, brotli, LZ4_RAW or none", failure(file));
    }

    @Test
    void decimalsMayBeBytesOfAnyLength() throws IOException {
        List<byte[]> unscaled = List.of("700", "-1000600", "750", "0", "-1", "123456789012345678901234567890").stream()
                .map(digits -> new BigInteger(digits).toByteArray()).toList();
        Path file = new HandMadeParquet(CompressionCodec.UNCOMPRESSED, plain -> plain, 6).with("group", ConvertedType.DECIMAL, unscaled)
                .with("text", List.of("a", "b", "c", "d", "e", "f")).write(folder.resolve("x.parquet"));
        List<String> patients = new ArrayList<>();
        NoteFiles.at(file).read(note -> patients.add(note.patient().orElseThrow()));
        assertEquals(List.of("7", "-10006", "7.50", "0", "-0.01", "1234567890123456789012345678.90"), patients);
        for (int length : List.of(0, 33, 5000)) {
            Path damaged = new HandMadeParquet(CompressionCodec.UNCOMPRESSED, plain -> plain, 1)
                    .with("group", ConvertedType.DECIMAL, List.of(new byte[length])).with("text", List.of("a"))
                    .write(folder.resolve("x.parquet"));
            assertEquals(damaged + ": is no Parquet file, or is damaged or cut short; write it anew", failure(damaged));
        }
    }

    /** Spark leaves parts without rows, a mark of success and hidden checksums. */
    @Test
    void emptyPartsOfSparkAreNoErrors() throws IOException {
        part("part-00000-1b2c.c000.snappy.parquet", List.of());
        part("part-00001-1b2c.c000.snappy.parquet", List.of("a", "b"));
        part("part-00002-1b2c.c000.snappy.parquet", List.of());
        Files.writeString(folder.resolve(".part-00000-1b2c.c000.snappy.parquet.crc"), "crc");
        List<String> texts = new ArrayList<>();
        NoteFiles.at(folder).read(note -> texts.add(note.source().file() + ":" + note.source().row() + " " + note.text()));
        assertEquals(List.of("part-00001-1b2c.c000.snappy.parquet:1 a", "part-00001-1b2c.c000.snappy.parquet:2 b"), texts);
    }

    private void part(String name, List<String> texts) throws IOException {
        new HandMadeParquet(CompressionCodec.UNCOMPRESSED, plain -> plain, texts.size()).with("group", texts).with("text", texts)
                .write(folder.resolve(name));
    }

    private Path file(CompressionCodec codec, HandMadeParquet.Packer packer) throws IOException {
        return new HandMadeParquet(codec, packer, TEXTS.size()).with("text", TEXTS).write(folder.resolve("x.parquet"));
    }

    private static byte[] framed(byte[] plain, int blockSize, int pieceSize) {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (int block = 0; block < plain.length; block += blockSize) {
            int end = Math.min(plain.length, block + blockSize);
            frames.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(end - block).array());
            for (int piece = block; piece < end; piece += pieceSize) {
                byte[] packed = lz4(Arrays.copyOfRange(plain, piece, Math.min(end, piece + pieceSize)));
                frames.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(packed.length).array());
                frames.writeBytes(packed);
            }
        }
        return frames.toByteArray();
    }

    private static byte[] lz4(byte[] plain) {
        Lz4Compressor compressor = new Lz4Compressor();
        byte[] packed = new byte[compressor.maxCompressedLength(plain.length)];
        return Arrays.copyOf(packed, compressor.compress(plain, 0, plain.length, packed, 0, packed.length));
    }

    private static List<String> texts(Path file) {
        List<String> texts = new ArrayList<>();
        NoteFiles.at(file).read(note -> texts.add(note.text()));
        return texts;
    }

    private static String failure(Path file) {
        return assertThrows(InvalidFileException.class, () -> NoteFiles.at(file).withBadRows(BadRowPolicy.SKIP).read(note -> {
        })).getMessage();
    }
}
