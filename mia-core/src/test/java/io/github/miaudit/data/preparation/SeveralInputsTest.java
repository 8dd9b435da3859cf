package io.github.miaudit.data.preparation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.data.Population;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.OutputFolder;
import io.github.miaudit.notes.BadRowPolicy;
import io.github.miaudit.notes.NoteFiles;
import io.github.miaudit.notes.NoteInputs;
import io.github.miaudit.notes.RowFilter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Inputs of one role are read as if they were one. */
class SeveralInputsTest {

    private static final List<Path> MADE = new ArrayList<>();

    @TempDir
    private Path folder;

    /** A row of a table. */
    private record Row(String patient, String text) {
    }

    @AfterContainer
    static void remove() throws IOException {
        for (Path made : MADE) {
            try (var files = Files.walk(made)) {
                for (Path file : files.sorted(Collections.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** However notes are dealt out to inputs, files, formats and columns, and in whatever order, the sets are the same. */
    @Property(tries = 60)
    void anyPartitionGivesTheSameSets(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        List<Row> training = rows("t", random);
        List<Row> others = rows("n", random);
        others.add(new Row(training.get(0).patient, "The patient was here before, as it seems."));
        others.add(new Row("n1", training.get(1).text));
        Path root = Files.createTempDirectory("inputs");
        MADE.add(root);
        PreparedDataset whole = prepared(new NoteInputs(List.of(table(root.resolve("whole/t.csv"), training, "SUBJECT_ID", "TEXT", false))),
                new NoteInputs(List.of(table(root.resolve("whole/n.csv"), others, "SUBJECT_ID", "TEXT", false))));
        PreparedDataset dealt = prepared(dealt(root.resolve("training"), training, random), dealt(root.resolve("others"), others, random));
        assertEquals(said(whole), said(dealt));
        assertEquals(whole.datasheet().sets(), dealt.datasheet().sets());
    }

    private static PreparedDataset prepared(NoteInputs training, NoteInputs others) {
        return DatasetPreparation.of(training, others).withSize(4, 12).withFewerAllowed().prepare();
    }

    private static List<List<String>> said(PreparedDataset dataset) {
        return dataset.sets().values().stream().flatMap(List::stream)
                .map(sentence -> List.of(sentence.id(), sentence.group().orElseThrow(), sentence.text())).toList();
    }

    private static List<Row> rows(String kind, Random random) {
        List<Row> rows = new ArrayList<>();
        int count = 6 + random.nextInt(10);
        for (int row = 0; row < count; row++) {
            String word = Integer.toString(random.nextInt(1 << 20), 36);
            rows.add(new Row(kind + random.nextInt(6), "Finding " + word + " at " + new StringBuilder(word).reverse() + " of " + kind + word
                    + ". Seen on the ward by somebody."));
        }
        return rows;
    }

    private static NoteInputs dealt(Path root, List<Row> rows, Random random) throws IOException {
        List<Row> shuffled = new ArrayList<>(rows);
        Collections.shuffle(shuffled, random);
        List<NoteFiles> inputs = new ArrayList<>();
        while (!shuffled.isEmpty()) {
            List<Row> dealt = shuffled.subList(0, 1 + random.nextInt(shuffled.size()));
            Path place = root.resolve(Integer.toString(inputs.size()));
            inputs.add(switch (random.nextInt(3)) {
                case 0 -> table(place.resolve("a.csv"), dealt, "who", "said", true);
                case 1 -> lines(place.resolve("a.jsonl"), dealt);
                default -> {
                    int half = dealt.size() / 2;
                    table(place.resolve("b.csv"), dealt.subList(0, half), "TEXT", "SUBJECT_ID", false);
                    table(place.resolve("a.csv"), dealt.subList(half, dealt.size()), "TEXT", "SUBJECT_ID", false);
                    yield NoteFiles.at(place).withPatientColumn("TEXT").withTextColumn("SUBJECT_ID");
                }
            });
            dealt.clear();
        }
        return new NoteInputs(inputs);
    }

    /** A table, to which rows may be added that a condition leaves out. */
    private static NoteFiles table(Path file, List<Row> rows, String patient, String text, boolean filtered) throws IOException {
        StringBuilder table = new StringBuilder(patient + "," + text + ",KIND\n");
        rows.forEach(row -> table.append(row.patient).append(",\"").append(row.text).append("\",kept\n"));
        if (filtered) {
            table.append("t9,\"Nobody is to see this sentence anywhere.\",other\n");
        }
        Files.createDirectories(file.getParent());
        NoteFiles files = NoteFiles.at(Files.writeString(file, table)).withPatientColumn(patient).withTextColumn(text);
        return filtered ? files.withRows(RowFilter.none().keeping("KIND", List.of("kept"))) : files;
    }

    private static NoteFiles lines(Path file, List<Row> rows) throws IOException {
        Files.createDirectories(file.getParent());
        return NoteFiles.at(Files.writeString(file, rows.stream()
                .map(row -> "{\"group\":\"" + row.patient + "\",\"text\":\"" + row.text + "\"}\n").collect(Collectors.joining())));
    }

    /** A row that is left out of the training notes is not trained on, so its patient and what it says may be non-members. */
    @Test
    void aRowThatIsLeftOutIsNotTrainedOn() throws IOException {
        NoteFiles training = NoteFiles.at(write("a/x.csv",
                "SUBJECT_ID,KIND,TEXT\n1,kept,\"The first of them was on the ward.\"\n2,other,\"Another sentence that was said here.\"\n"));
        NoteFiles others = NoteFiles.at(write("b/x.csv", "SUBJECT_ID,TEXT\n2,\"Another sentence that was said here.\"\n"));
        DatasetPreparation all = DatasetPreparation.of(training.withRows(RowFilter.none().keeping("KIND", List.of("kept"))), others)
                .withSize(1, 1);
        PreparedDataset dataset = all.prepare();
        assertEquals("Another sentence that was said here.", dataset.sets().get(Population.NON_MEMBERS).get(0).text());
        assertEquals(Map.of("training", 1L, "nontraining", 0L), dataset.datasheet().rowsLeftOut());
        assertEquals("training KIND, nontraining all", dataset.datasheet().settings().get("where"));
    }

    /** Both inputs have a file of the same name, and a bad row. */
    @Test
    void namesTellTheInput() throws IOException {
        NoteInputs training = new NoteInputs(List.of(
                NoteFiles.at(write("a/x.csv", "SUBJECT_ID,TEXT\n1,\"The first of them was on the ward.\"\n")),
                NoteFiles.at(write("b/x.csv", "who,TEXT\n2,\"The second of them was elsewhere.\"\nbad\n")).withPatientColumn("who")
                        .withBadRows(BadRowPolicy.SKIP)));
        write("b/.hidden", "");
        NoteInputs others = new NoteInputs(
                List.of(NoteFiles.at(write("c/x.csv", "SUBJECT_ID,TEXT\n3,\"A third one was seen at home.\"\n"))));
        PreparedDataset dataset = DatasetPreparation.of(training, others).withSize(2, 2).withFewerAllowed().prepare();
        assertEquals(List.of("training/1/x.csv", "training/2/x.csv", "nontraining/x.csv"),
                List.copyOf(dataset.datasheet().inputs().keySet()));
        assertEquals(List.of("training/2/x.csv:3: has 1 fields; the header has 2"), dataset.datasheet().badRows());
        assertEquals("training/1 usual, training/2 who, nontraining usual", dataset.datasheet().settings().get("patient-column"));
        assertEquals(Set.of("1/x.csv", "2/x.csv"), dataset.sets().get(Population.MEMBERS).stream()
                .map(sentence -> sentence.source().file()).collect(Collectors.toSet()));
    }

    @Test
    void aChangedFileOfTheSecondInputIsNamed() throws IOException {
        write("a/x.csv", "SUBJECT_ID,TEXT\n1,\"The first of them was on the ward.\"\n");
        Path second = write("b/x.csv", "SUBJECT_ID,TEXT\n2,\"The second of them was elsewhere.\"\n");
        write("c/x.csv", "SUBJECT_ID,TEXT\n3,\"A third one was seen at home.\"\n");
        SentenceSplitter splitter = note -> {
            if (note.contains("third")) {
                try {
                    Files.writeString(second, "SUBJECT_ID,TEXT\n2,\"The second of them was nowhere.\"\n");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return List.of(note);
        };
        NoteInputs training = new NoteInputs(List.of(NoteFiles.at(folder.resolve("a")), NoteFiles.at(folder.resolve("b"))));
        DatasetPreparation changing = DatasetPreparation.of(training, new NoteInputs(List.of(NoteFiles.at(folder.resolve("c")))))
                .withSize(1, 1).withFewerAllowed().withSplitter(splitter);
        assertTrue(assertThrows(InvalidFileException.class, changing::prepare).getMessage().startsWith(second + ": was changed while"));
        assertTrue(assertThrows(InvalidFileException.class,
                () -> training.requireApart(OutputFolder.at(folder.resolve("b/out")))).getMessage().contains("lies in the input"));
        assertThrows(IllegalArgumentException.class, () -> new NoteInputs(List.of()));
    }

    private Path write(String name, String text) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        return Files.writeString(folder.resolve(name), text);
    }
}
