package io.github.miaudit.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.io.InvalidFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetOnDiskTest extends AttackDatasetContract {

    @TempDir
    private Path folder;

    @BeforeEach
    void write() {
        Samples.writeJsonLines(folder.resolve("members.jsonl"), samples(0, 300));
        Samples.writeJsonLines(folder.resolve("non_members.jsonl"), samples(200, 290));
    }

    private static List<Sample> samples(int from, int to) {
        return IntStream.range(from, to).mapToObj(row -> row % 5 == 0 ? Sample.of("id" + row, "nobody's\n\u00e9 " + row)
                : Sample.of("id" + row, "patient " + row / 3, "\ud83d\ude00 said \"" + row + "\"")).toList();
    }

    @Override
    protected AttackDataset dataset() {
        return AttackDataset.openJsonLines(folder);
    }

    @Test
    void itIsWhatIsReadIntoMemory() {
        AttackDataset inMemory = AttackDataset.readJsonLines(folder);
        AttackDataset onDisk = dataset();
        for (Population population : Population.values()) {
            List<Sample> expected = inMemory.samples(population);
            assertEquals(expected, onDisk.samples(population));
            List<Integer> places = new ArrayList<>(IntStream.range(0, expected.size()).boxed().toList());
            Collections.shuffle(places, new Random(population.ordinal()));
            places.parallelStream().forEach(place -> assertEquals(expected.get(place), onDisk.samples(population).get(place)));
        }
        assertEquals(inMemory.digest(), onDisk.digest());
        assertEquals(inMemory.toString(), onDisk.toString());
        assertFalse(onDisk.samples(Population.MEMBERS).toString().contains("said"));
    }

    @Test
    void whatReadingRefusesOpeningRefuses() throws IOException {
        for (String lines : List.of("", "\"one\"\n\n", "{\"id\": \"a\"}\n",
                "{\"id\": \"a\", \"text\": \"x\"}\n\"y\"\n{\"id\": \"a\", \"text\": \"z\"}\n",
                "{\"id\": \"2\", \"text\": \"x\"}\n\"y\"\n")) {
            Files.writeString(folder.resolve("externals.jsonl"), lines);
            String read = assertThrows(InvalidFileException.class, () -> AttackDataset.readJsonLines(folder)).getMessage();
            assertEquals(read, assertThrows(InvalidFileException.class, () -> dataset()).getMessage());
        }
        Files.delete(folder.resolve("non_members.jsonl"));
        assertEquals(folder.resolve("non_members.jsonl") + ": does not exist",
                assertThrows(InvalidFileException.class, () -> dataset()).getMessage());
    }

    @Test
    void aChangeIsMet() {
        AttackDataset dataset = dataset();
        Samples.writeJsonLines(folder.resolve("members.jsonl"), samples(0, 200));
        String message = assertThrows(InvalidFileException.class, dataset::digest).getMessage();
        assertTrue(message.startsWith(folder.resolve("members.jsonl") + ": was changed while it was being read"), message);
    }
}
