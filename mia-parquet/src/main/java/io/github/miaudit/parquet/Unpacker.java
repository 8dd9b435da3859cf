package io.github.miaudit.parquet;

import io.airlift.compress.Decompressor;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import io.github.miaudit.io.InvalidFileException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.format.CompressionCodec;
import org.brotli.dec.BrotliInputStream;

/** Undoes the compression of pages. */
interface Unpacker {

    /** No codec packs better than this, so a page that says so lies. */
    int MOST_GROWTH = 1 << 16;

    Unpacker NONE = (packed, from, size) -> from == 0 ? packed : Arrays.copyOfRange(packed, from, packed.length);

    /** Unpacks the bytes of an array from an index to its end. Throws an IOException or a RuntimeException if they are malformed. */
    byte[] bytes(byte[] packed, int from, int size) throws IOException;

    /** Unpacks the bytes of an array from an index to its end; a page of missing values has none, packed or not. */
    default byte[] unpack(byte[] packed, int from, int size) throws IOException {
        if (size > (long) MOST_GROWTH * packed.length) { // before room is made for it
            throw new EOFException();
        }
        byte[] plain = size == 0 ? new byte[0] : bytes(packed, from, size);
        if (plain.length != size) {
            throw new EOFException();
        }
        return plain;
    }

    /** What undoes a codec, for one thread. */
    static Unpacker of(Path file, CompressionCodec codec) {
        return switch (codec) {
            case UNCOMPRESSED -> NONE;
            case SNAPPY -> of(new SnappyDecompressor());
            case ZSTD -> of(new ZstdDecompressor());
            case LZ4_RAW -> of(new Lz4Decompressor());
            case LZ4 -> Unpacker::framedLz4;
            case GZIP -> Unpacker::gunzip;
            case BROTLI -> Unpacker::brotli;
            default -> throw new InvalidFileException(file,
                    "is compressed with " + codec + "; write it anew with snappy, zstd, gzip, brotli, LZ4_RAW or none");
        };
    }

    private static Unpacker of(Decompressor decompressor) {
        return (packed, from, size) -> {
            byte[] plain = new byte[size];
            int count = decompressor.decompress(packed, from, packed.length - from, plain, 0, size);
            return count == size ? plain : Arrays.copyOf(plain, count);
        };
    }

    private static byte[] gunzip(byte[] packed, int from, int size) throws IOException {
        try (InputStream plain = new GZIPInputStream(new ByteArrayInputStream(packed, from, packed.length - from))) {
            return plain.readNBytes(size);
        }
    }

    private static byte[] brotli(byte[] packed, int from, int size) throws IOException {
        try (InputStream plain = new BrotliInputStream(new ByteArrayInputStream(packed, from, packed.length - from))) {
            return plain.readNBytes(size);
        }
    }

    /** As Hadoop has it, or without a frame, as some writers put under this name. */
    private static byte[] framedLz4(byte[] packed, int from, int size) throws IOException {
        try {
            return hadoopLz4(ByteBuffer.wrap(packed, from, packed.length - from), size);
        } catch (RuntimeException | EOFException e) {
            return of(new Lz4Decompressor()).bytes(packed, from, size);
        }
    }

    /** Blocks: how long one is unpacked, and then pieces of it, each with its packed length in front; four bytes, the highest first. */
    private static byte[] hadoopLz4(ByteBuffer packed, int size) throws EOFException {
        Lz4Decompressor decompressor = new Lz4Decompressor();
        byte[] plain = new byte[size];
        int filled = 0;
        while (packed.hasRemaining()) {
            int block = packed.getInt();
            int end = filled + block;
            if (block < 0 || block > size - filled) {
                throw new EOFException();
            }
            while (filled < end) {
                int length = packed.getInt();
                if (length < 0 || length > packed.remaining()) {
                    throw new EOFException();
                }
                filled += decompressor.decompress(packed.array(), packed.position(), length, plain, filled, end - filled);
                packed.position(packed.position() + length);
            }
        }
        if (filled < size) {
            throw new EOFException();
        }
        return plain;
    }
}
