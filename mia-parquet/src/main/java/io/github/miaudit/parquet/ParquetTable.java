package io.github.miaudit.parquet;

import io.github.miaudit.io.AtomicFile;
import io.github.miaudit.io.InvalidFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;

/**
 * Rows as one Parquet file: a column for each property that is named, in order. Immutable; {@code with…} returns a copy.
 *
 * @param <T> a row
 */
public final class ParquetTable<T> {

    /** A column: what it is, and how a row's value gets there. */
    private record Column<T>(SchemaElement element, Adding<T> adding) { }

    private interface Adding<T> {
        void add(T row, ColumnPacker column);
    }

    private final List<Column<T>> columns;

    private ParquetTable(List<Column<T>> columns) {
        this.columns = columns;
    }

    /**
     * A table without columns.
     *
     * @param rows the type of the rows
     * @param <T>  a row
     * @return the table
     */
    public static <T> ParquetTable<T> of(Class<T> rows) {
        return new ParquetTable<>(List.of());
    }

    /**
     * Adds a column of strings.
     *
     * @param name  the column's name
     * @param value of a row, never null
     * @return a copy
     */
    public ParquetTable<T> withText(String name, Function<T, String> value) {
        return with(element(name, Type.BYTE_ARRAY, FieldRepetitionType.REQUIRED).setConverted_type(ConvertedType.UTF8), (row, column) -> column.add(value.apply(row)));
    }

    /**
     * Adds a column of whole numbers (64 bits).
     *
     * @param name  the column's name
     * @param value of a row
     * @return a copy
     */
    public ParquetTable<T> withInteger(String name, ToLongFunction<T> value) {
        return with(element(name, Type.INT64, FieldRepetitionType.REQUIRED), (row, column) -> column.add(value.applyAsLong(row)));
    }

    /**
     * Adds a column of numbers (64 bits, floating point), of which some may be missing.
     *
     * @param name  the column's name
     * @param value of a row
     * @return a copy
     */
    public ParquetTable<T> withOptionalNumber(String name, Function<T, OptionalDouble> value) {
        return with(element(name, Type.DOUBLE, FieldRepetitionType.OPTIONAL), (row, column) -> value.apply(row).ifPresentOrElse(column::add, column::addMissing));
    }

    private static SchemaElement element(String name, Type type, FieldRepetitionType repetition) {
        return new SchemaElement(name).setType(type).setRepetition_type(repetition);
    }

    private ParquetTable<T> with(SchemaElement element, Adding<T> adding) {
        return new ParquetTable<>(Stream.concat(columns.stream(), Stream.of(new Column<>(element, adding))).toList());
    }

    /**
     * Writes rows, packed with Zstandard. Whole or not at all; in memory are at most {@value ParquetFileWriter#ROWS_A_GROUP} of them.
     *
     * @param file the file to make or replace
     * @param rows gives its rows to whom it is given
     * @throws InvalidFileException if the file can't be written
     */
    public void write(Path file, Consumer<Consumer<T>> rows) {
        AtomicFile.writeBytes(file, channel -> {
            ParquetFileWriter writer = new ParquetFileWriter(file, channel, columns.stream().map(Column::element).toList());
            rows.accept(row -> {
                for (int column = 0; column < columns.size(); column++) {
                    columns.get(column).adding.add(row, writer.columns().get(column));
                }
                writer.endRow();
            });
            writer.finish();
        });
    }
}
