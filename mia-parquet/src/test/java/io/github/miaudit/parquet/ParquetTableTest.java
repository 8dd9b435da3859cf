package io.github.miaudit.parquet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.miaudit.notes.BadRowPolicy;
import io.github.miaudit.notes.NoteFiles;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetTableTest {

    private static final ParquetTable<Integer> TABLE = ParquetTable.of(Integer.class)
            .withText("text", row -> "Row " + row + " \u6c34")
            .withInteger("group", row -> row * 10_000_000_000L)
            .withOptionalNumber("number", row -> row % 3 == 0 ? OptionalDouble.empty() : OptionalDouble.of(row / 7.0));

    @TempDir
    private Path folder;

    /** {@code table.csv} is what pyarrow 25.0.1 reads in {@code table.parquet}: {@code pyarrow.csv.write_csv(pyarrow.parquet.read_table(...), ...)}. */
    @Test
    void writesWhatPyarrowReads() throws IOException, URISyntaxException {
        Path file = folder.resolve("table.parquet");
        TABLE.write(file, sink -> IntStream.range(-2, 8).forEach(sink::accept));
        assertArrayEquals(Files.readAllBytes(fixture("table.parquet")), Files.readAllBytes(file));
        List<String> read = Files.readAllLines(fixture("table.csv"));
        assertEquals("\"text\",\"group\",\"number\"", read.get(0));
        assertEquals(10, read.size() - 1);
        for (int row = -2; row < 8; row++) {
            String[] values = read.get(row + 3).split(",", -1);
            assertEquals("\"Row " + row + " \u6c34\"", values[0]);
            assertEquals(row * 10_000_000_000L, Long.parseLong(values[1]));
            assertEquals(row % 3 == 0 ? Optional.empty() : Optional.of(row / 7.0), values[2].isEmpty() ? Optional.empty() : Optional.of(Double.valueOf(values[2])));
        }
    }

    @Test
    void writesGroupAfterGroup() {
        int rows = 2 * ParquetFileWriter.ROWS_A_GROUP + 1;
        Path file = folder.resolve("notes.parquet");
        TABLE.write(file, sink -> IntStream.range(0, rows).forEach(sink::accept));
        List<String> texts = new ArrayList<>();
        NoteFiles.at(file).withBadRows(BadRowPolicy.FAIL).read(note -> texts.add(note.patient().orElseThrow() + " " + note.text()));
        assertEquals(IntStream.range(0, rows).mapToObj(row -> row * 10_000_000_000L + " Row " + row + " \u6c34").toList(), texts);
    }

    @Test
    void aTableWithoutRowsIsAFile() {
        Path file = folder.resolve("empty.parquet");
        TABLE.write(file, sink -> { });
        assertEquals(0, NoteFiles.at(file).read(note -> { }).notes());
    }

    @Test
    void aFailureLeavesNoFile() {
        Path file = folder.resolve("table.parquet");
        assertThrows(IllegalStateException.class, () -> TABLE.write(file, sink -> {
            sink.accept(1);
            throw new IllegalStateException();
        }));
        assertFalse(Files.exists(file));
        assertEquals(0, folder.toFile().list().length);
    }

    private static Path fixture(String name) throws URISyntaxException {
        return Path.of(ParquetTableTest.class.getResource("/table/" + name).toURI());
    }
}
