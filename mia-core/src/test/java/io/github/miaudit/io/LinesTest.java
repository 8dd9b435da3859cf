package io.github.miaudit.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinesTest {

    private static final String[] PIECES = {"a", "word ", "\r", "\u00e9", "\ud83d\ude00", "\u2028", "\ufffd", "\ufeff", "\0", "\u0085"};

    @TempDir
    private Path folder;

    /** Against a search for line ends in the whole text; some lines are longer than what is read at once. */
    @Property(tries = 200)
    void linesAreThoseOfTheText(@ForAll Random random, @ForAll @IntRange(max = 150) int count, @ForAll boolean marked,
            @ForAll boolean endsWithLineFeed) throws IOException {
        StringBuilder text = new StringBuilder(marked ? "\ufeff" : "");
        for (int line = 0; line < count; line++) {
            int pieces = random.nextInt(300) == 0 ? 70_000 : random.nextInt(12);
            random.ints(pieces, 0, PIECES.length).forEach(piece -> text.append(PIECES[piece]));
            text.append(line == count - 1 && !endsWithLineFeed ? "" : random.nextBoolean() ? "\r\n" : "\n");
        }
        Path file = Files.createTempFile("lines", ".txt");
        try {
            Files.writeString(file, text);
            List<String> expected = naive(text.toString());
            assertEquals(expected, read(file));
            List<String> met = new ArrayList<>();
            LineIndex index = LineIndex.of(file, (number, line) -> {
                assertEquals(met.size() + 1, number);
                met.add(line);
            });
            assertEquals(expected, met);
            assertEquals(expected.size(), index.count());
            List<Integer> places = new ArrayList<>(IntStream.range(0, expected.size()).boxed().toList());
            places.forEach(place -> assertEquals(expected.get(place), index.line(place)));
            Collections.shuffle(places, random);
            places.parallelStream().forEach(place -> assertEquals(expected.get(place), index.line(place)));
        } finally {
            Files.delete(file);
        }
    }

    private static List<String> naive(String text) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            String line = end < 0 ? text.substring(start) : text.substring(start, end);
            line = end >= 0 && line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
            lines.add(lines.isEmpty() && line.startsWith("\ufeff") ? line.substring(1) : line);
            start = end < 0 ? text.length() : end + 1;
        }
        return lines;
    }

    private static List<String> read(Path file) {
        List<String> lines = new ArrayList<>();
        try (Lines source = new Lines(file)) {
            for (String line = source.next(); line != null; line = source.next()) {
                lines.add(line);
                assertEquals(lines.size(), source.number());
            }
        }
        return lines;
    }

    @Test
    void bytesThatAreNotUtf8AreFoundInTheirLine() throws IOException {
        for (byte[] wrong : List.of(new byte[] {(byte) 0xe9}, new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}, new byte[] {(byte) 0xc0,
                (byte) 0xaf}, new byte[] {(byte) 0xf0, (byte) 0x9f})) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.write("good \ufffd\n".getBytes(StandardCharsets.UTF_8));
            bytes.write(wrong);
            bytes.write('\n');
            Path file = Files.write(folder.resolve("latin1.txt"), bytes.toByteArray());
            String expected = file + ":2: is not UTF-8; convert the file to UTF-8 first";
            assertEquals(expected, assertThrows(InvalidFileException.class, () -> read(file)).getMessage());
            assertEquals(expected, assertThrows(InvalidFileException.class, () -> LineIndex.of(file, (number, line) -> {
            })).getMessage());
        }
    }

    @Test
    void aChangeOfTheFileIsMet() throws IOException {
        Path file = folder.resolve("notes.txt");
        for (int way = 0; way < 3; way++) {
            Files.write(file, IntStream.range(0, 100).mapToObj(line -> "line " + line).toList());
            Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
            LineIndex index = LineIndex.of(file, (number, line) -> {
            });
            assertEquals("line 7", index.line(7));
            assertThrows(IndexOutOfBoundsException.class, () -> index.line(100));
            switch (way) {
                case 0 -> Files.writeString(file, "one more", StandardOpenOption.APPEND);
                case 1 -> Files.write(file, List.of("shorter"));
                default -> Files.delete(file);
            }
            String message = assertThrows(InvalidFileException.class, () -> index.line(99)).getMessage();
            assertTrue(message.startsWith(file + ": " + (way == 2 ? "does not exist" : "was changed while it was being read")), message);
            assertEquals("LineIndex[notes.txt, 100 lines]", index.toString());
        }
    }
}
