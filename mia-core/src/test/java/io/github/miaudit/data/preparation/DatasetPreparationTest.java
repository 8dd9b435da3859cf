package io.github.miaudit.data.preparation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.AuditException;
import io.github.miaudit.InvalidFileException;
import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Normalisation;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On notes whose patients, repetitions and overlaps are known. */
class DatasetPreparationTest {

    private static final String BOILERPLATE = "Please call your doctor if you have any questions at all.";

    @TempDir
    private Path folder;

    @BeforeEach
    void writeNotes() throws IOException {
        // 8 training patients of 3 own sentences each, a short one, the boilerplate; patient t0 says one thing twice
        StringBuilder training = new StringBuilder("SUBJECT_ID,TEXT\n");
        for (int patient = 0; patient < 8; patient++) {
            training.append("t").append(patient).append(",\"").append(own("training", patient)).append(" Stable. ").append(BOILERPLATE).append("\"\n");
        }
        training.append("t0,\"").append(sentence("training", 0, 1).toUpperCase(Locale.ROOT)).append("\"\n");
        write("training/notes.csv", training.toString());
        // 6 other patients of 3 own sentences, one training patient, and overlaps: exact, near, boilerplate
        StringBuilder other = new StringBuilder("SUBJECT_ID,TEXT\n");
        for (int patient = 0; patient < 6; patient++) {
            other.append("n").append(patient).append(",\"").append(own("other", patient)).append(" ").append(BOILERPLATE).append("\"\n");
        }
        other.append("t3,\"This patient was trained on elsewhere, it seems.\"\n");
        other.append("n0,\"").append(sentence("training", 5, 2)).append("\"\n");
        other.append("n1,\"").append(sentence("training", 6, 0).replace(".", " now.")).append("\"\n");
        write("other/notes.csv", other.toString());
        for (int patient = 0; patient < 5; patient++) {
            write("external/" + (100 + patient) + "-01.xml", "<a><TEXT><![CDATA[" + own("external", patient) + "]]></TEXT></a>");
        }
    }

    @Test
    void countsAreTheKnownOnes() {
        Datasheet sheet = preparation().prepare().datasheet();
        // 8 x (3 own + short + boilerplate) + 1 = 41 sentences; 7 boilerplates and the repetition are repeated
        assertEquals(new Datasheet.SetCounts(8, 0, 8, 9, 41, 8, 8, 0, 0, 0, 25, 10, sheet.sets().get(Population.MEMBERS).sampledPatients(),
                sheet.sets().get(Population.MEMBERS).lengthQuantiles()), sheet.sets().get(Population.MEMBERS));
        // 6 x (3 own + boilerplate) + 2 = 26; 5 boilerplates repeated; in training: 1 + the boilerplate; nearly 1
        assertEquals(new Datasheet.SetCounts(6, 1, 6, 8, 26, 0, 5, 2, 1, 0, 18, 10, sheet.sets().get(Population.NON_MEMBERS).sampledPatients(),
                sheet.sets().get(Population.NON_MEMBERS).lengthQuantiles()), sheet.sets().get(Population.NON_MEMBERS));
        assertEquals(15, sheet.sets().get(Population.EXTERNALS).available());
        assertEquals(7, sheet.inputs().size());
    }

    @Test
    void noPatientAndNoSentenceStandsInBothSets() {
        PreparedDataset dataset = preparation().withSize(DatasetPreparation.ALL, DatasetPreparation.ALL).prepare();
        Set<String> memberGroups = groups(dataset, Population.MEMBERS);
        Set<String> memberTexts = texts(dataset, Population.MEMBERS);
        assertEquals(8, memberGroups.size());
        for (Population other : List.of(Population.NON_MEMBERS, Population.EXTERNALS)) {
            assertTrue(groups(dataset, other).stream().noneMatch(memberGroups::contains));
            assertTrue(texts(dataset, other).stream().noneMatch(memberTexts::contains));
            assertEquals(texts(dataset, other).size(), dataset.sets().get(other).size());
        }
        assertFalse(texts(dataset, Population.NON_MEMBERS).contains(Normalisation.CASE_AND_SPACE.of(sentence("training", 6, 0).replace(".", " now."))));
    }

    @Test
    void boilerplateGoesFromAllSets() {
        PreparedDataset dataset = preparation().withSize(DatasetPreparation.ALL, DatasetPreparation.ALL).withoutBoilerplate(3).prepare();
        assertEquals(1, dataset.datasheet().sets().get(Population.MEMBERS).boilerplate());
        assertFalse(texts(dataset, Population.MEMBERS).contains(Normalisation.CASE_AND_SPACE.of(BOILERPLATE)));
    }

    @Test
    void sizesAreAsAskedFor() {
        PreparedDataset dataset = preparation().withSize(4, 6).withMostPerPatient(2).prepare();
        for (Population population : Population.values()) {
            assertEquals(6, dataset.sets().get(population).size());
            assertTrue(dataset.sets().get(population).stream().collect(Collectors.groupingBy(PreparedSentence::group, Collectors.counting())).values().stream()
                    .allMatch(count -> count <= 2));
            assertTrue(groups(dataset, population).size() <= 4);
        }
        assertEquals(4, dataset.datasheet().sets().get(Population.MEMBERS).patientsChosen());
    }

    /** 3 members of 40 characters and 2 of 80 against 1 non-member of 40, 4 of 80 and 1 of 200. */
    @Test
    void matchedSetsHaveTheSameLengths() throws IOException {
        write("training/notes.csv", "SUBJECT_ID,TEXT\nt,\"" + ofLength("a", 40) + ofLength("b", 40) + ofLength("c", 40) + ofLength("d", 80) + ofLength("e", 80) + "\"\n");
        write("other/notes.csv", "SUBJECT_ID,TEXT\nn,\"" + ofLength("v", 41) + ofLength("q", 80) + ofLength("r", 81) + ofLength("s", 80) + ofLength("t", 80) + ofLength("u", 200) + "\"\n");
        DatasetPreparation all = DatasetPreparation.of(NoteFiles.at(folder.resolve("training")), NoteFiles.at(folder.resolve("other")))
                .withSize(1, DatasetPreparation.ALL).withMatchedLengths();
        PreparedDataset dataset = all.prepare();
        assertEquals(3, dataset.sets().get(Population.MEMBERS).size());
        assertEquals(lengthClasses(dataset, Population.MEMBERS), lengthClasses(dataset, Population.NON_MEMBERS));
        assertEquals("true", dataset.datasheet().settings().get("match-lengths"));
        assertEquals("3 sentences are left for the members that have a counterpart of their length, but 4 are wanted; want fewer, take more patients,"
                + " or allow fewer", assertThrows(AuditException.class, () -> all.withSize(1, 4).prepare()).getMessage());
    }

    @Test
    void sentencesThatDifferInDigitsCanBeTheSame() throws IOException {
        write("training/notes.csv", "SUBJECT_ID,TEXT\nt,\"Metoprolol 25 mg twice a day was begun.\"\n");
        write("other/notes.csv", "SUBJECT_ID,TEXT\nn,\"Metoprolol 50 mg twice a day was begun. Nothing of the kind was ever seen here.\"\n");
        DatasetPreparation exact = DatasetPreparation.of(NoteFiles.at(folder.resolve("training")), NoteFiles.at(folder.resolve("other")))
                .withSize(1, DatasetPreparation.ALL).withSimilarity(1);
        assertEquals(0, exact.prepare().datasheet().sets().get(Population.NON_MEMBERS).inTraining());
        Datasheet.SetCounts without = exact.withNormalisation(Normalisation.CASE_SPACE_AND_DIGITS).prepare().datasheet().sets().get(Population.NON_MEMBERS);
        assertEquals(1, without.inTraining());
        assertEquals(0.5, without.trainingOverlapRate());
    }

    private static String ofLength(String letter, int length) {
        return "The " + letter.repeat(length - 5) + ". ";
    }

    private static Map<Integer, Long> lengthClasses(PreparedDataset dataset, Population population) {
        return dataset.sets().get(population).stream().collect(Collectors.groupingBy(sentence -> Sampling.lengthClass(sentence.text().length()), Collectors.counting()));
    }

    @Test
    void tooFewIsAnErrorUnlessAllowed() {
        DatasetPreparation exact = DatasetPreparation.of(NoteFiles.at(folder.resolve("training")), NoteFiles.at(folder.resolve("other")));
        assertEquals("6 patients with a sentence that is long enough for the non_members, but 7 are wanted; want fewer, or allow fewer",
                assertThrows(AuditException.class, () -> exact.withSize(7, 5).prepare()).getMessage());
        String message = assertThrows(AuditException.class, () -> exact.withSize(5, 19).prepare()).getMessage();
        assertTrue(message.contains("sentences are left for the"), message);
        assertEquals(18, preparation().withSize(100, 1000).withFewerAllowed().prepare().sets().get(Population.NON_MEMBERS).size());
    }

    /** The same notes in files that are read in another order, and in rows of another order. */
    @Test
    void theOrderOfFilesDoesNotMatter() throws IOException {
        split("x1", "x2", "x3");
        List<PreparedSentence> before = sentences();
        split("x3", "x1", "x2");
        List<PreparedSentence> after = sentences();
        assertEquals(before.stream().map(PreparedSentence::text).toList(), after.stream().map(PreparedSentence::text).toList());
        assertEquals(before.stream().map(PreparedSentence::group).toList(), after.stream().map(PreparedSentence::group).toList());
        assertNotEquals(before, preparation().withSeed(2).prepare().sets().get(Population.MEMBERS));
    }

    private void split(String... names) throws IOException {
        List<String> rows = Files.readAllLines(folder.resolve("training/notes.csv").toFile().exists() ? folder.resolve("training/notes.csv") : folder.resolve("all.csv"));
        write("all.csv", String.join("\n", rows) + "\n");
        Files.deleteIfExists(folder.resolve("training/notes.csv"));
        for (int part = 0; part < 3; part++) {
            int third = part;
            write("training/" + names[part] + ".csv", rows.get(0) + "\n"
                    + IntStream.range(1, rows.size()).filter(row -> row % 3 == third).mapToObj(rows::get).collect(Collectors.joining("\n")) + "\n");
        }
    }

    private List<PreparedSentence> sentences() {
        return preparation().prepare().sets().get(Population.MEMBERS);
    }

    @Test
    void whatIsWrittenIsReadAndTheSameTwice() throws IOException {
        preparation().prepare().write(folder.resolve("a"));
        preparation().prepare().write(folder.resolve("b"));
        for (String name : List.of("members.jsonl", "non_members.jsonl", "externals.jsonl", "datasheet.json")) {
            assertEquals(-1, Files.mismatch(folder.resolve("a").resolve(name), folder.resolve("b").resolve(name)), name);
        }
        AttackDataset read = AttackDataset.readJsonLines(folder.resolve("a"));
        PreparedDataset made = preparation().prepare();
        for (Population population : Population.values()) {
            assertEquals(made.sets().get(population).stream().map(PreparedSentence::text).toList(), read.samples(population).stream().map(Sample::text).toList());
        }
        List<String> streamed = new ArrayList<>();
        AttackDataset.readJsonLines(folder.resolve("a"), Population.NON_MEMBERS, sample -> streamed.add(sample.id()));
        assertEquals(made.sets().get(Population.NON_MEMBERS).stream().map(PreparedSentence::id).toList(), streamed);
        assertTrue(Files.readString(folder.resolve("a/members.jsonl")).contains("\"source\":\"notes.csv:"));
        try (var left = Files.list(folder)) {
            assertTrue(left.noneMatch(path -> path.getFileName().toString().contains("unfinished")));
        }
    }

    @Test
    void aChangedDatasetIsRefusedAndAnOldOneKept() throws IOException {
        preparation().prepare().write(folder.resolve("a"));
        String before = Files.readString(folder.resolve("a/datasheet.json"));
        assertTrue(assertThrows(InvalidFileException.class, () -> preparation().withSeed(2).prepare().write(folder.resolve("a"))).getMessage()
                .endsWith("is there already; choose another folder, or remove it first"));
        assertEquals(before, Files.readString(folder.resolve("a/datasheet.json")));
        Files.writeString(folder.resolve("a/members.jsonl"), Files.readString(folder.resolve("a/members.jsonl")) + "\"more\"\n");
        assertTrue(assertThrows(InvalidFileException.class, () -> AttackDataset.readJsonLines(folder.resolve("a"))).getMessage()
                .contains("was changed since datasheet.json was written"));
        assertThrows(InvalidFileException.class, () -> AttackDataset.readJsonLines(folder.resolve("a"), Population.MEMBERS, sample -> { }));
        AttackDataset.readJsonLines(folder.resolve("a"), Population.NON_MEMBERS, sample -> { });
        Files.delete(folder.resolve("a/externals.jsonl"));
        Files.copy(folder.resolve("a/non_members.jsonl"), folder.resolve("a/members.jsonl"), StandardCopyOption.REPLACE_EXISTING);
        assertThrows(InvalidFileException.class, () -> AttackDataset.readJsonLines(folder.resolve("a"), Population.EXTERNALS, sample -> { }));
        Files.writeString(folder.resolve("a/datasheet.json"), "{");
        assertTrue(assertThrows(InvalidFileException.class, () -> AttackDataset.readJsonLines(folder.resolve("a"))).getMessage().contains("is no JSON"));
    }

    @Test
    void patientsHavePseudonymsUnlessKept() {
        Set<String> hidden = groups(preparation().prepare(), Population.MEMBERS);
        assertTrue(hidden.stream().allMatch(group -> group.matches("[0-9a-f]{16}")), hidden.toString());
        assertNotEquals(hidden, groups(preparation().withPseudonyms(Pseudonyms.salted("other")).prepare(), Population.MEMBERS));
        assertTrue(groups(preparation().withPseudonyms(Pseudonyms.none()).prepare(), Population.MEMBERS).stream().allMatch(group -> group.startsWith("t")));
    }

    @Test
    void numbersHaveBounds() {
        assertThrows(IllegalArgumentException.class, () -> preparation().withSize(0, 5));
        assertThrows(IllegalArgumentException.class, () -> preparation().withMostPerPatient(0));
        assertThrows(IllegalArgumentException.class, () -> preparation().withLeastLength(-1, 0));
        assertThrows(IllegalArgumentException.class, () -> preparation().withSimilarity(Double.NaN));
    }

    private DatasetPreparation preparation() {
        return DatasetPreparation.of(NoteFiles.at(folder.resolve("training")), NoteFiles.at(folder.resolve("other")))
                .withExternal(NoteFiles.at(folder.resolve("external"))).withSize(100, 10).withFewerAllowed();
    }

    private static Set<String> groups(PreparedDataset dataset, Population population) {
        return dataset.sets().get(population).stream().map(sentence -> sentence.group().orElseThrow()).collect(Collectors.toCollection(HashSet::new));
    }

    private static Set<String> texts(PreparedDataset dataset, Population population) {
        return dataset.sets().get(population).stream().map(sentence -> Normalisation.CASE_AND_SPACE.of(sentence.text())).collect(Collectors.toSet());
    }

    private static String own(String kind, int patient) {
        return IntStream.range(0, 3).mapToObj(number -> sentence(kind, patient, number)).collect(Collectors.joining(" "));
    }

    /** A sentence that is like no other. */
    private static String sentence(String kind, int patient, int number) {
        String word = Integer.toString((kind.hashCode() ^ 7919 * (patient * 3 + number + 1)) & 0x7fffffff, 36);
        return "Finding " + word + " at " + new StringBuilder(word).reverse() + " of " + kind + word + " " + word.repeat(2) + ".";
    }

    private void write(String name, String text) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        Files.writeString(folder.resolve(name), text);
    }
}
