package io.github.miaudit.parquet;

import io.airlift.compress.Compressor;
import io.airlift.compress.zstd.ZstdCompressor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.values.plain.PlainValuesWriter;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridValuesWriter;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.apache.parquet.io.api.Binary;

/** One column of a row group in the making, which becomes one page. */
final class ColumnPacker {

    private static final int INITIAL_BYTES = 1 << 10;
    private static final int MOST_BYTES = 1 << 20;
    private static final Compressor COMPRESSOR = new ZstdCompressor();

    /** A page as it stands in the file, and how large it would be unpacked; both with its header. */
    record Page(byte[] bytes, long plainSize) { }

    private final boolean optional;
    private final PlainValuesWriter values = new PlainValuesWriter(INITIAL_BYTES, MOST_BYTES, HeapByteBufferAllocator.getInstance());
    private final RunLengthBitPackingHybridValuesWriter levels =
            new RunLengthBitPackingHybridValuesWriter(1, INITIAL_BYTES, MOST_BYTES, HeapByteBufferAllocator.getInstance());
    private int rows;

    ColumnPacker(boolean optional) {
        this.optional = optional;
    }

    void add(String value) {
        count(true);
        values.writeBytes(Binary.fromString(value));
    }

    void add(long value) {
        count(true);
        values.writeLong(value);
    }

    void add(double value) {
        count(true);
        values.writeDouble(value);
    }

    void addMissing() {
        count(false);
    }

    private void count(boolean there) {
        rows++;
        if (optional) {
            levels.writeInteger(there ? 1 : 0);
        }
    }

    Page page() throws IOException {
        byte[] plain = (optional ? BytesInput.concat(levels.getBytes(), values.getBytes()) : values.getBytes()).toInputStream().readAllBytes();
        byte[] packed = new byte[COMPRESSOR.maxCompressedLength(plain.length)];
        int length = COMPRESSOR.compress(plain, 0, plain.length, packed, 0, packed.length);
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        Util.writePageHeader(new PageHeader(PageType.DATA_PAGE, plain.length, length)
                .setData_page_header(new DataPageHeader(rows, Encoding.PLAIN, Encoding.RLE, Encoding.RLE)), page);
        long plainSize = page.size() + plain.length;
        page.write(packed, 0, length);
        values.close();
        levels.close();
        return new Page(page.toByteArray(), plainSize);
    }
}
