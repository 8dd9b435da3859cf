package io.github.miaudit.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;

/** Files that pyarrow can't write, put together by the format's specification: a page of each column, all values there. */
final class HandMadeParquet {

    /** Packs a page. */
    interface Packer {
        byte[] pack(byte[] plain) throws IOException;
    }

    private final CompressionCodec codec;
    private final Packer packer;
    private final List<SchemaElement> schema = new ArrayList<>();
    private final List<byte[]> pages = new ArrayList<>();
    private final int rows;

    HandMadeParquet(CompressionCodec codec, Packer packer, int rows) {
        this.codec = codec;
        this.packer = packer;
        this.rows = rows;
    }

    /** A column of bytes. */
    HandMadeParquet with(String name, ConvertedType converted, List<byte[]> values) {
        SchemaElement element = new SchemaElement(name);
        element.setType(Type.BYTE_ARRAY);
        element.setRepetition_type(FieldRepetitionType.REQUIRED);
        element.setConverted_type(converted);
        element.setScale(2);
        element.setPrecision(9);
        schema.add(element);
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        for (byte[] value : values) {
            page.writeBytes(ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value.length).array());
            page.writeBytes(value);
        }
        pages.add(page.toByteArray());
        return this;
    }

    /** A column of strings. */
    HandMadeParquet with(String name, List<String> values) {
        return with(name, ConvertedType.UTF8, values.stream().map(value -> value.getBytes(StandardCharsets.UTF_8)).toList());
    }

    /** Writes the file; without a row group if it has no rows, as Spark writes empty parts. */
    Path write(Path file) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes("PAR1".getBytes(StandardCharsets.US_ASCII));
        List<ColumnChunk> chunks = new ArrayList<>();
        long size = 0;
        for (int column = 0; rows > 0 && column < pages.size(); column++) {
            byte[] plain = pages.get(column);
            byte[] packed = packer.pack(plain);
            long start = bytes.size();
            PageHeader header = new PageHeader(PageType.DATA_PAGE, plain.length, packed.length);
            header.setData_page_header(new DataPageHeader(rows, Encoding.PLAIN, Encoding.RLE, Encoding.RLE));
            Util.writePageHeader(header, bytes);
            bytes.writeBytes(packed);
            ColumnChunk chunk = new ColumnChunk(start);
            chunk.setMeta_data(new ColumnMetaData(Type.BYTE_ARRAY, List.of(Encoding.PLAIN), List.of(schema.get(column).getName()), codec,
                    rows, plain.length, bytes.size() - start, start));
            chunks.add(chunk);
            size += plain.length;
        }
        SchemaElement root = new SchemaElement("spark_schema");
        root.setNum_children(schema.size());
        List<SchemaElement> elements = new ArrayList<>(List.of(root));
        elements.addAll(schema);
        List<RowGroup> groups = rows == 0 ? List.of() : List.of(new RowGroup(chunks, size, rows));
        int footer = bytes.size();
        Util.writeFileMetaData(new FileMetaData(1, elements, rows, groups), bytes);
        bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(bytes.size() - footer).array());
        bytes.writeBytes("PAR1".getBytes(StandardCharsets.US_ASCII));
        return Files.write(file, bytes.toByteArray());
    }
}
