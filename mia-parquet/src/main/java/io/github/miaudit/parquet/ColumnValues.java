package io.github.miaudit.parquet;

import java.io.Closeable;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.parquet.VersionParser.ParsedVersion;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReaderImpl;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Type;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.jspecify.annotations.Nullable;

/** The values of a column in a row group, one after the other. */
final class ColumnValues implements Closeable {

    /**
     * A value.
     *
     * @param text    it; with U+FFFD where it is no text
     * @param isText  whether its bytes are UTF-8
     */
    record Cell(String text, boolean isText) {

        private static Cell ofUtf8(ByteBuffer bytes) {
            try {
                return new Cell(StandardCharsets.UTF_8.newDecoder().decode(bytes.duplicate()).toString(), true);
            } catch (CharacterCodingException e) {
                return new Cell(StandardCharsets.UTF_8.decode(bytes.duplicate()).toString(), false);
            }
        }
    }

    /** In bytes. */
    private static final int LONGEST_DECIMAL = 32;
    /** From here on not every whole number is a double, or a float, so one may have been rounded. */
    private static final double LARGEST_DOUBLE = 1L << 53;
    private static final float LARGEST_FLOAT = 1 << 24;

    private final NoteColumn column;
    private final ColumnPages pages;
    private final ColumnReader reader;
    private final int present; // the definition level of a value that is not missing

    private ColumnValues(NoteColumn column, ColumnPages pages, @Nullable ParsedVersion writer) {
        this.column = column;
        this.pages = pages;
        this.reader = new ColumnReaderImpl(column.descriptor(), pages, new PrimitiveConverter() {
        }, writer);
        this.present = column.descriptor().getMaxDefinitionLevel();
    }

    static ColumnValues open(Path file, long footerStart, @Nullable ParsedVersion writer, RowGroup group, NoteColumn column)
            throws IOException {
        ColumnPages pages = ColumnPages.open(file, footerStart, group, column);
        try {
            return new ColumnValues(column, pages, writer);
        } catch (RuntimeException | Error e) {
            pages.close();
            throw e;
        }
    }

    /** The next value; nothing if it is missing. */
    Optional<Cell> next() {
        Optional<Cell> value = reader.getCurrentDefinitionLevel() == present ? Optional.of(value()) : Optional.empty();
        reader.consume();
        return value;
    }

    private Cell value() {
        return switch (column.kind()) {
            case STRING -> Cell.ofUtf8(reader.getBinary().toByteBuffer()); // a view: getBytes makes room for as many as a damaged file says
            case INTEGER -> new Cell(integer(), true);
            case DECIMAL -> new Cell(decimal(), true);
            case FLOATING -> new Cell(column.type() == Type.FLOAT ? floating(reader.getFloat()) : floating(reader.getDouble()), true);
            case BOOLEAN -> new Cell(Boolean.toString(reader.getBoolean()), true);
            default -> throw new IllegalStateException(column.name());
        };
    }

    private String integer() {
        if (column.type() == Type.INT32) {
            return column.isUnsigned() ? Integer.toUnsignedString(reader.getInteger()) : Integer.toString(reader.getInteger());
        }
        return column.isUnsigned() ? Long.toUnsignedString(reader.getLong()) : Long.toString(reader.getLong());
    }

    /** Without a point where there is nothing behind it. */
    private String decimal() {
        BigInteger unscaled = switch (column.type()) {
            case INT32 -> BigInteger.valueOf(reader.getInteger());
            case INT64 -> BigInteger.valueOf(reader.getLong());
            default -> unscaled(reader.getBinary().toByteBuffer());
        };
        BigDecimal value = new BigDecimal(unscaled, column.scale());
        BigDecimal shortest = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
        return (shortest.scale() <= 0 ? shortest : value).toPlainString();
    }

    private static BigInteger unscaled(ByteBuffer bytes) {
        if (bytes.remaining() > LONGEST_DECIMAL) {
            throw new IllegalStateException("a decimal of more bytes than there are in use");
        }
        byte[] value = new byte[bytes.remaining()];
        bytes.get(value);
        return new BigInteger(value);
    }

    /** The digits of a whole number that is surely exact. */
    private static String floating(double value) {
        return value == Math.rint(value) && Math.abs(value) < LARGEST_DOUBLE ? Long.toString((long) value) : Double.toString(value);
    }

    private static String floating(float value) {
        return value == Math.rint(value) && Math.abs(value) < LARGEST_FLOAT ? Long.toString((long) value) : Float.toString(value);
    }

    @Override
    public void close() throws IOException {
        pages.close();
    }
}
