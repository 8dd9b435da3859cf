package io.github.miaudit.parquet;

import io.github.miaudit.io.InvalidFileException;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
import org.jspecify.annotations.Nullable;

/** The pages of a column in a row group, each read and unpacked when it is wanted. */
final class ColumnPages implements PageReader, Closeable {

    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final InputStream bytes;
    private final Unpacker unpacker;
    private final long total;
    private long given;
    private Optional<DictionaryPage> dictionary = Optional.empty();
    private Optional<PageHeader> first = Optional.empty(); // read to see whether it is the dictionary's

    private ColumnPages(Path file, InputStream bytes, Unpacker unpacker, long total) {
        this.file = file;
        this.bytes = bytes;
        this.unpacker = unpacker;
        this.total = total;
    }

    static ColumnPages open(Path file, long footerStart, RowGroup group, NoteColumn wanted) throws IOException {
        ColumnChunk chunk = group.getColumns().get(wanted.leaf());
        if (chunk.isSetCrypto_metadata() || chunk.isSetEncrypted_column_metadata()) {
            throw new InvalidFileException(file, "has an encrypted column " + wanted.name() + "; decrypt it first");
        }
        if (chunk.isSetFile_path()) {
            throw new InvalidFileException(file, "keeps its columns in other files; read those, or write them into one");
        }
        ColumnMetaData column = chunk.getMeta_data();
        long start = column.getData_page_offset();
        if (column.isSetDictionary_page_offset() && column.getDictionary_page_offset() > 0) { // some writers say 0 for none
            start = Math.min(start, column.getDictionary_page_offset());
        }
        if (start < 0 || start >= footerStart || column.getNum_values() != group.getNum_rows()
                || !column.getPath_in_schema().equals(List.of(wanted.name()))) {
            throw ParquetRows.damaged(file);
        }
        Unpacker unpacker = Unpacker.of(file, column.getCodec());
        InputStream bytes = Files.newInputStream(file);
        try {
            bytes.skipNBytes(start);
            ColumnPages pages = new ColumnPages(file, new BufferedInputStream(bytes, BUFFER), unpacker, column.getNum_values());
            pages.readFirst(wanted.leastBytes());
            return pages;
        } catch (IOException | RuntimeException | Error e) {
            bytes.close();
            throw e;
        }
    }

    @Override
    public long getTotalValueCount() {
        return total;
    }

    @Override
    public @Nullable DictionaryPage readDictionaryPage() {
        return dictionary.orElse(null);
    }

    @Override
    public DataPage readPage() {
        try {
            while (true) {
                PageHeader header = first.isPresent() ? first.get() : Util.readPageHeader(bytes);
                first = Optional.empty();
                byte[] packed = packed(header);
                if (header.getType() == PageType.INDEX_PAGE) {
                    continue;
                }
                DataPage page = header.isSetData_page_header_v2() ? versionTwo(header, packed) : versionOne(header, packed);
                given += page.getValueCount();
                if (page.getValueCount() < 0 || given > total) {
                    throw ParquetRows.damaged(file);
                }
                if (page.getValueCount() > 0) {
                    return page;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readFirst(int leastBytes) throws IOException {
        PageHeader header = Util.readPageHeader(bytes);
        if (header.getType() != PageType.DICTIONARY_PAGE) {
            first = Optional.of(header);
            return;
        }
        DictionaryPageHeader values = header.getDictionary_page_header();
        byte[] plain = unpacker.unpack(packed(header), 0, header.getUncompressed_page_size());
        if (values.getNum_values() > plain.length / leastBytes) { // the library would make room for them at once
            throw ParquetRows.damaged(file);
        }
        dictionary = Optional.of(new DictionaryPage(BytesInput.from(plain), values.getNum_values(), encoding(values.getEncoding())));
    }

    private DataPage versionOne(PageHeader header, byte[] packed) throws IOException {
        DataPageHeader page = header.getData_page_header();
        byte[] plain = unpacker.unpack(packed, 0, header.getUncompressed_page_size());
        return new DataPageV1(BytesInput.from(plain), page.getNum_values(), plain.length, null,
                encoding(page.getRepetition_level_encoding()), encoding(page.getDefinition_level_encoding()), encoding(page.getEncoding()));
    }

    /** In pages of the second version, levels stand before the values and are never packed. */
    private DataPage versionTwo(PageHeader header, byte[] packed) throws IOException {
        DataPageHeaderV2 page = header.getData_page_header_v2();
        int repetitions = page.getRepetition_levels_byte_length();
        int levels = repetitions + page.getDefinition_levels_byte_length();
        boolean isPacked = !page.isSetIs_compressed() || page.isIs_compressed();
        byte[] plain = (isPacked ? unpacker : Unpacker.NONE).unpack(packed, levels, header.getUncompressed_page_size() - levels);
        return DataPageV2.uncompressed(page.getNum_rows(), page.getNum_nulls(), page.getNum_values(),
                BytesInput.from(packed, 0, repetitions), BytesInput.from(packed, repetitions, page.getDefinition_levels_byte_length()),
                encoding(page.getEncoding()), BytesInput.from(plain), null);
    }

    private byte[] packed(PageHeader header) throws IOException {
        byte[] packed = bytes.readNBytes(header.getCompressed_page_size()); // takes memory for what is there, not for what is said
        if (packed.length < header.getCompressed_page_size()) {
            throw new EOFException();
        }
        if (header.isSetCrc()) {
            CRC32 sum = new CRC32();
            sum.update(packed);
            if ((int) sum.getValue() != header.getCrc()) {
                throw ParquetRows.damaged(file);
            }
        }
        return packed;
    }

    private static Encoding encoding(org.apache.parquet.format.Encoding encoding) {
        return Encoding.valueOf(encoding.name());
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
