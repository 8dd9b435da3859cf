package io.github.miaudit.parquet;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.parquet.VersionParser.ParsedVersion;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReaderImpl;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.io.api.PrimitiveConverter;

/** The values of a column in a row group, one after the other. */
final class ColumnValues implements Closeable {

    private final NoteColumn column;
    private final ColumnPages pages;
    private final ColumnReader reader;
    private final int present; // the definition level of a value that is not missing

    private ColumnValues(NoteColumn column, ColumnPages pages, ParsedVersion writer) {
        this.column = column;
        this.pages = pages;
        this.reader = new ColumnReaderImpl(column.descriptor(), pages, new PrimitiveConverter() {
        }, writer);
        this.present = column.descriptor().getMaxDefinitionLevel();
    }

    static ColumnValues open(Path file, long footerStart, ParsedVersion writer, RowGroup group, NoteColumn column) throws IOException {
        ColumnPages pages = ColumnPages.open(file, footerStart, group, column);
        try {
            return new ColumnValues(column, pages, writer);
        } catch (RuntimeException | Error e) {
            pages.close();
            throw e;
        }
    }

    /** The next value: a string's bytes, or an integer's digits; nothing if it is missing. */
    Optional<ByteBuffer> next() {
        Optional<ByteBuffer> value = reader.getCurrentDefinitionLevel() == present ? Optional.of(value()) : Optional.empty();
        reader.consume();
        return value;
    }

    private ByteBuffer value() {
        return switch (column.type()) {
            case INT32 ->
                    digits(column.isUnsigned() ? Integer.toUnsignedString(reader.getInteger()) : Integer.toString(reader.getInteger()));
            case INT64 -> digits(column.isUnsigned() ? Long.toUnsignedString(reader.getLong()) : Long.toString(reader.getLong()));
            default -> reader.getBinary().toByteBuffer(); // a view: getBytes makes room for as many as a damaged file says
        };
    }

    private static ByteBuffer digits(String integer) {
        return ByteBuffer.wrap(integer.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        pages.close();
    }
}
