package io.github.miaudit.parquet;

import io.github.miaudit.io.InvalidFileException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Util;

/** A flat Parquet file in the making, row group by row group. */
final class ParquetFileWriter {

    static final int ROWS_A_GROUP = 20_000;

    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final int FORMAT = 1;

    private final Path file;
    private final FileChannel channel;
    private final OutputStream out;
    private final List<SchemaElement> schema;
    private final List<RowGroup> groups = new ArrayList<>();
    private List<ColumnPacker> columns;
    private long rowsInGroup;
    private long rows;

    ParquetFileWriter(Path file, FileChannel channel, List<SchemaElement> schema) throws IOException {
        this.file = file;
        this.channel = channel;
        this.schema = schema;
        out = Channels.newOutputStream(channel);
        out.write(MAGIC);
        startGroup();
    }

    private void startGroup() {
        columns = schema.stream().map(element -> new ColumnPacker(element.getRepetition_type() == FieldRepetitionType.OPTIONAL)).toList();
        rowsInGroup = 0;
    }

    /** Where the next row's values go, in the order of the columns. */
    List<ColumnPacker> columns() {
        return columns;
    }

    void endRow() {
        rows++;
        rowsInGroup++;
        if (rowsInGroup == ROWS_A_GROUP) {
            try {
                endGroup();
            } catch (IOException e) {
                throw new InvalidFileException(file, e);
            }
            startGroup();
        }
    }

    private void endGroup() throws IOException {
        List<ColumnChunk> chunks = new ArrayList<>();
        long size = 0;
        for (int column = 0; column < columns.size(); column++) {
            long start = channel.position();
            ColumnPacker.Page page = columns.get(column).page();
            out.write(page.bytes());
            SchemaElement element = schema.get(column);
            chunks.add(new ColumnChunk(start).setMeta_data(new ColumnMetaData(element.getType(), List.of(Encoding.PLAIN, Encoding.RLE), List.of(element.getName()),
                    CompressionCodec.ZSTD, rowsInGroup, page.plainSize(), page.bytes().length, start)));
            size += page.plainSize();
        }
        groups.add(new RowGroup(chunks, size, rowsInGroup));
    }

    /** Writes what is left, and the footer. */
    void finish() throws IOException {
        if (rowsInGroup > 0) {
            endGroup();
        }
        List<SchemaElement> elements = Stream.concat(Stream.of(new SchemaElement("rows").setNum_children(schema.size())), schema.stream()).toList();
        long start = channel.position();
        Util.writeFileMetaData(new FileMetaData(FORMAT, elements, rows, groups).setCreated_by("miaudit"), out);
        out.write(ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt((int) (channel.position() - start)).array());
        out.write(MAGIC);
    }
}
