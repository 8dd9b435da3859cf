package io.github.miaudit.data.preparation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Sample;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.OutputFolder;
import io.github.miaudit.io.Sha256;
import io.github.miaudit.io.SoftwareVersions;
import io.github.miaudit.notes.NoteFiles;
import io.github.miaudit.text.Normalisation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** On notes whose patients, repetitions and overlaps are known. */
class DatasetPreparationTest extends InventedNotes {

    @Test
    void countsAreTheKnownOnes() {
        Datasheet sheet = preparation().prepare().datasheet();
        // 8 x (3 own + short + boilerplate) + 1 = 41 sentences; 7 boilerplates and the repetition are repeated; others' training notes
        // hold the boilerplate, non-members' notes one sentence and nearly another
        assertEquals(
                new Datasheet.SetCounts(8, 0, 0, 8, 9, 41, 8, 8, 25, 1, 0, 2, 0, 22, 0, 0, 10,
                        sheet.sets().get(Population.MEMBERS).sampledPatients(),
                        sheet.sets().get(Population.MEMBERS).lengthQuantiles()),
                sheet.sets().get(Population.MEMBERS));
        // 6 x (3 own + boilerplate) + 2 = 26; 5 boilerplates repeated; in training: 1 + the boilerplate; nearly 1
        assertEquals(new Datasheet.SetCounts(6, 0, 1, 6, 8, 26, 0, 5, 21, 2, 1, 0, 0, 18, 0, 0, 10,
                sheet.sets().get(Population.NON_MEMBERS).sampledPatients(),
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
        assertFalse(texts(dataset, Population.NON_MEMBERS)
                .contains(Normalisation.CASE_AND_SPACE.of(sentence("training", 6, 0).replace(".", " now."))));
    }

    /** Members that others' notes say, exactly or nearly, are 1 in the training notes, 1 and nearly 1 in those of non-members. */
    @Test
    void membersThatOthersNotesSayGoOrAreMarked() throws IOException {
        PreparedDataset pruned = all().prepare();
        PreparedDataset kept = all().withSharedKept().prepare();
        Set<String> shared = Stream.of(BOILERPLATE, sentence("training", 5, 2), sentence("training", 6, 0))
                .map(Normalisation.CASE_AND_SPACE::of).collect(Collectors.toSet());
        assertEquals(shared, kept.sets().get(Population.MEMBERS).stream().filter(PreparedSentence::shared)
                .map(sentence -> Normalisation.CASE_AND_SPACE.of(sentence.text())).collect(Collectors.toSet()));
        Set<String> expected = texts(kept, Population.MEMBERS);
        expected.removeAll(shared);
        assertEquals(expected, texts(pruned, Population.MEMBERS));
        assertEquals(texts(kept, Population.NON_MEMBERS), texts(pruned, Population.NON_MEMBERS));
        assertEquals(3, kept.datasheet().sets().get(Population.MEMBERS).shared());
        assertEquals(3 / 25.0, kept.datasheet().sets().get(Population.MEMBERS).sharedRate());
        assertEquals(3 / 25.0, pruned.datasheet().sets().get(Population.MEMBERS).sharedRate());
        kept.write(folder.resolve("kept"));
        assertEquals(3, Files.readAllLines(folder.resolve("kept/members.jsonl")).stream().filter(line -> line.contains("\"shared\":true"))
                .count());
        assertEquals(25, AttackDataset.readJsonLines(folder.resolve("kept")).samples(Population.MEMBERS).size());
    }

    /** Whoever was trained on, the others' sets are the same: nothing but memory can tell them apart. */
    @Test
    void setsAreTheSameWhicheverWasTrainedOn() throws IOException {
        for (long seed = 1; seed <= 20; seed++) {
            writeNotesThatShareSentences(seed);
            NoteFiles one = NoteFiles.at(folder.resolve("training"));
            NoteFiles other = NoteFiles.at(folder.resolve("other"));
            PreparedDataset straight = everythingOf(one, other);
            PreparedDataset swapped = everythingOf(other, one);
            assertTrue(straight.datasheet().sets().get(Population.MEMBERS).saidOfOthers() > 0);
            assertEquals(texts(straight, Population.MEMBERS), texts(swapped, Population.NON_MEMBERS));
            assertEquals(texts(straight, Population.NON_MEMBERS), texts(swapped, Population.MEMBERS));
        }
    }

    /** Of sentences that others say too, as few are looked for as the sample needs; it is that of all all the same. */
    @Test
    void aSampleIsTheFirstOfAllHoweverManyAreLookedFor() throws IOException {
        Set<Boolean> all = new HashSet<>();
        for (long seed = 1; seed <= 20; seed++) {
            writeNotesThatShareSentences(seed);
            DatasetPreparation preparation = DatasetPreparation
                    .of(NoteFiles.at(folder.resolve("training")), NoteFiles.at(folder.resolve("other"))).withSeed(seed).withFewerAllowed();
            PreparedDataset whole = preparation.withSize(12, DatasetPreparation.ALL).prepare();
            for (int count : new int[] {1, 4, 6, 30}) {
                PreparedDataset some = preparation.withSize(12, count).prepare();
                for (Population population : List.of(Population.MEMBERS, Population.NON_MEMBERS)) {
                    assertEquals(whole.sets().get(population).stream().limit(count).map(PreparedSentence::text).toList(),
                            some.sets().get(population).stream().map(PreparedSentence::text).toList());
                    Datasheet.SetCounts counts = some.datasheet().sets().get(population);
                    all.add(counts.lookedFor() == counts.sentences() - counts.tooShort() - counts.repeated());
                }
            }
        }
        assertEquals(Set.of(true, false), all);
    }

    private void writeNotesThatShareSentences(long seed) throws IOException {
        Random random = new Random(seed);
        List<String> pool = IntStream.range(0, 30).mapToObj(number -> sentence("pool", number, 0)).toList();
        for (String side : List.of("training", "other")) {
            StringBuilder notes = new StringBuilder("SUBJECT_ID,TEXT\n");
            for (int patient = 0; patient < 12; patient++) {
                String near = random.nextInt(3) == 0 ? " now." : ".";
                notes.append(side).append(patient).append(",\"").append(random.ints(4, 0, 30).mapToObj(pool::get)
                        .map(sentence -> sentence.replace(".", near)).collect(Collectors.joining(" "))).append(' ')
                        .append(own(side + seed, patient)).append("\"\n");
            }
            write(side + "/notes.csv", notes.toString());
        }
    }

    private static PreparedDataset everythingOf(NoteFiles training, NoteFiles other) {
        return DatasetPreparation.of(training, other).withSize(DatasetPreparation.ALL, DatasetPreparation.ALL).prepare();
    }

    /** 2 nursing and 1 discharge sentences against 1 of each and one of a kind of its own. */
    @Test
    void matchedSetsSayTheSameInOtherColumns() throws IOException {
        write("training/notes.csv", "SUBJECT_ID,CATEGORY,TEXT\nt1,Nursing,\"" + ofLength("a", 40) + ofLength("b", 41)
                + "\"\nt2, Discharge ,\"" + ofLength("c", 40) + "\"\n");
        write("other/notes.csv", "SUBJECT_ID,CATEGORY,TEXT\nn1,Nursing,\"" + ofLength("p", 40) + "\"\nn2,Discharge,\"" + ofLength("q", 40)
                + "\"\nn3,Physician,\"" + ofLength("r", 40) + "\"\n");
        PreparedDataset dataset = DatasetPreparation
                .of(NoteFiles.at(folder.resolve("training")), NoteFiles.at(folder.resolve("other")))
                .withSize(DatasetPreparation.ALL, DatasetPreparation.ALL).withMatching(Matching.by(List.of("CATEGORY", "length")))
                .prepare();
        assertEquals(2, dataset.sets().get(Population.MEMBERS).size());
        assertEquals(2, dataset.sets().get(Population.NON_MEMBERS).size());
        assertTrue(texts(dataset, Population.NON_MEMBERS).stream().noneMatch(text -> text.contains("rrr")));
        assertEquals(1, dataset.datasheet().sets().get(Population.MEMBERS).unmatched());
        assertEquals(1, dataset.datasheet().sets().get(Population.NON_MEMBERS).unmatched());
        assertEquals("CATEGORY,length", dataset.datasheet().settings().get("match"));
        assertThrows(IllegalArgumentException.class, () -> Matching.by(List.of("length", "length")));
        assertThrows(IllegalArgumentException.class, () -> Matching.by(List.of(" ")));
    }

    @Test
    void boilerplateGoesFromAllSets() {
        PreparedDataset dataset = preparation().withSize(DatasetPreparation.ALL, DatasetPreparation.ALL).withSharedKept()
                .withoutBoilerplate(3).prepare();
        assertEquals(1, dataset.datasheet().sets().get(Population.MEMBERS).boilerplate());
        assertFalse(texts(dataset, Population.MEMBERS).contains(Normalisation.CASE_AND_SPACE.of(BOILERPLATE)));
    }

    @Test
    void sizesAreAsAskedFor() {
        PreparedDataset dataset = preparation().withSize(4, 6).withMostPerPatient(2).prepare();
        for (Population population : Population.values()) {
            assertEquals(6, dataset.sets().get(population).size());
            assertTrue(dataset.sets().get(population).stream()
                    .collect(Collectors.groupingBy(PreparedSentence::group, Collectors.counting())).values().stream()
                    .allMatch(count -> count <= 2));
            assertTrue(groups(dataset, population).size() <= 4);
        }
        assertEquals(4, dataset.datasheet().sets().get(Population.MEMBERS).patientsChosen());
    }

    /** 3 members of 40 characters and 2 of 80 against 1 non-member of 40, 4 of 80 and 1 of 200. */
    @Test
    void matchedSetsHaveTheSameLengths() throws IOException {
        write("training/notes.csv", "SUBJECT_ID,TEXT\nt,\"" + ofLength("a", 40) + ofLength("b", 40) + ofLength("c", 40) + ofLength("d", 80)
                + ofLength("e", 80) + "\"\n");
        write("other/notes.csv", "SUBJECT_ID,TEXT\nn,\"" + ofLength("v", 41) + ofLength("q", 80) + ofLength("r", 81) + ofLength("s", 80)
                + ofLength("t", 80) + ofLength("u", 200) + "\"\n");
        DatasetPreparation all = DatasetPreparation.of(NoteFiles.at(folder.resolve("training")), NoteFiles.at(folder.resolve("other")))
                .withSize(1, DatasetPreparation.ALL).withMatching(Matching.by(List.of("length")));
        PreparedDataset dataset = all.prepare();
        assertEquals(3, dataset.sets().get(Population.MEMBERS).size());
        assertEquals(lengthClasses(dataset, Population.MEMBERS), lengthClasses(dataset, Population.NON_MEMBERS));
        assertEquals("length", dataset.datasheet().settings().get("match"));
        assertEquals(List.of(2L, 3L), Stream.of(Population.MEMBERS, Population.NON_MEMBERS)
                .map(population -> dataset.datasheet().sets().get(population).unmatched()).toList());
        assertEquals(
                "3 sentences are left for the members that have a counterpart by length, but 4 are wanted; want fewer, take more"
                        + " patients, allow fewer, or keep what is said of others too",
                assertThrows(AuditException.class, () -> all.withSize(1, 4).prepare()).getMessage());
    }

    @Test
    void sentencesThatDifferInDigitsCanBeTheSame() throws IOException {
        write("training/notes.csv", "SUBJECT_ID,TEXT\nt,\"Metoprolol 25 mg twice a day was begun. The other sentence is here.\"\n");
        write("other/notes.csv",
                "SUBJECT_ID,TEXT\nn,\"Metoprolol 50 mg twice a day was begun. Nothing of the kind was ever seen here.\"\n");
        DatasetPreparation exact = DatasetPreparation.of(NoteFiles.at(folder.resolve("training")), NoteFiles.at(folder.resolve("other")))
                .withSize(1, DatasetPreparation.ALL).withSimilarity(1);
        assertEquals(0, exact.prepare().datasheet().sets().get(Population.NON_MEMBERS).inTraining());
        Datasheet.SetCounts without = exact.withNormalisation(Normalisation.CASE_SPACE_AND_DIGITS).prepare().datasheet().sets()
                .get(Population.NON_MEMBERS);
        assertEquals(1, without.inTraining());
        assertEquals(0.5, without.sharedRate());
    }

    private static String ofLength(String letter, int length) {
        return "The " + letter.repeat(length - 5) + ". ";
    }

    private static Map<Integer, Long> lengthClasses(PreparedDataset dataset, Population population) {
        return dataset.sets().get(population).stream()
                .collect(Collectors.groupingBy(sentence -> Matching.lengthClass(sentence.text().length()), Collectors.counting()));
    }

    @Test
    void tooFewIsAnErrorUnlessAllowed() {
        DatasetPreparation exact = DatasetPreparation.of(NoteFiles.at(folder.resolve("training")), NoteFiles.at(folder.resolve("other")));
        assertEquals("6 patients with a sentence are left for the non-members, but 7 are wanted; want fewer, or allow fewer",
                assertThrows(AuditException.class, () -> exact.withSize(7, 5).prepare()).getMessage());
        String message = assertThrows(AuditException.class, () -> exact.withSize(5, 19).prepare()).getMessage();
        assertTrue(message.contains("sentences are left for the"), message);
        assertEquals(18, preparation().withSize(100, 1000).withFewerAllowed().prepare().sets().get(Population.NON_MEMBERS).size());
    }

    /** The same notes in files of other names and in rows of another order; then files of the same names, made in another order. */
    @Test
    void theOrderOfFilesDoesNotMatter() throws IOException {
        List<String> rows = new ArrayList<>(Files.readAllLines(folder.resolve("training/notes.csv")));
        rows.add("t7,\"" + sentence("training", 2, 1) + " " + sentence("training", 3, 2).toLowerCase(Locale.ROOT) + "\"");
        Files.delete(folder.resolve("training/notes.csv"));
        for (long seed = 1; seed <= 40; seed++) {
            List<String> shuffled = new ArrayList<>(rows.subList(1, rows.size()));
            split(shuffled, "x1", "x2", "x3");
            List<PreparedSentence> before = sentences(seed);
            Collections.shuffle(shuffled, new Random(seed));
            split(shuffled, "x3", "x1", "x2");
            List<PreparedSentence> after = sentences(seed);
            assertEquals(before.stream().map(PreparedSentence::text).toList(), after.stream().map(PreparedSentence::text).toList());
            assertEquals(before.stream().map(PreparedSentence::group).toList(), after.stream().map(PreparedSentence::group).toList());
        }
        split(rows.subList(1, rows.size()), "x1", "x2", "x3");
        preparation().prepare().write(folder.resolve("a"));
        List<Path> files = List.of(folder.resolve("training/x3.csv"), folder.resolve("training/x2.csv"), folder.resolve("training/x1.csv"));
        for (Path file : files) {
            String content = Files.readString(file);
            Files.delete(file);
            Files.writeString(file, content);
        }
        preparation().prepare().write(folder.resolve("b"));
        assertSameFiles("a", "b");
        assertNotEquals(sentences(1), sentences(2));
    }

    private void split(List<String> rows, String... names) throws IOException {
        for (int part = 0; part < 3; part++) {
            int third = part;
            write("training/" + names[part] + ".csv", "SUBJECT_ID,TEXT\n"
                    + IntStream.range(0, rows.size()).filter(row -> row % 3 == third).mapToObj(rows::get).collect(Collectors.joining("\n"))
                    + "\n");
        }
    }

    private List<PreparedSentence> sentences(long seed) {
        return preparation().withSeed(seed).prepare().sets().get(Population.MEMBERS);
    }

    private void assertSameFiles(String first, String second) throws IOException {
        for (String name : List.of("members.jsonl", "non_members.jsonl", "externals.jsonl", "datasheet.json")) {
            assertEquals(-1, Files.mismatch(folder.resolve(first).resolve(name), folder.resolve(second).resolve(name)), name);
        }
    }

    @Test
    void whatIsWrittenIsReadAndTheSameTwice() throws IOException {
        preparation().prepare().write(folder.resolve("a"));
        preparation().prepare().write(folder.resolve("b"));
        assertSameFiles("a", "b");
        AttackDataset read = AttackDataset.readJsonLines(folder.resolve("a"));
        PreparedDataset made = preparation().prepare();
        for (Population population : Population.values()) {
            assertEquals(made.sets().get(population).stream().map(PreparedSentence::text).toList(),
                    read.samples(population).stream().map(Sample::text).toList());
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
        assertTrue(
                assertThrows(InvalidFileException.class, () -> preparation().withSeed(2).prepare().write(folder.resolve("a"))).getMessage()
                        .endsWith("is there already; choose another folder, or remove it first"));
        assertEquals(before, Files.readString(folder.resolve("a/datasheet.json")));
        Files.writeString(folder.resolve("a/members.jsonl"), Files.readString(folder.resolve("a/members.jsonl")) + "\"more\"\n");
        assertTrue(assertThrows(InvalidFileException.class, () -> AttackDataset.readJsonLines(folder.resolve("a"))).getMessage()
                .contains("was changed since datasheet.json was written"));
        assertThrows(InvalidFileException.class, () -> AttackDataset.readJsonLines(folder.resolve("a"), Population.MEMBERS, sample -> {
        }));
        AttackDataset.readJsonLines(folder.resolve("a"), Population.NON_MEMBERS, sample -> {
        });
        Files.delete(folder.resolve("a/externals.jsonl"));
        Files.copy(folder.resolve("a/non_members.jsonl"), folder.resolve("a/members.jsonl"), StandardCopyOption.REPLACE_EXISTING);
        assertThrows(InvalidFileException.class, () -> AttackDataset.readJsonLines(folder.resolve("a"), Population.EXTERNALS, sample -> {
        }));
        Files.writeString(folder.resolve("a/datasheet.json"), "{");
        assertTrue(assertThrows(InvalidFileException.class, () -> AttackDataset.readJsonLines(folder.resolve("a"))).getMessage()
                .contains("is not valid JSON"));
    }

    @Test
    void externalsThatNonMembersSayTooGo() throws IOException {
        write("external/200-01.xml",
                "<a><TEXT>" + sentence("other", 1, 1).toUpperCase(Locale.ROOT) + " " + sentence("other", 2, 1) + "</TEXT></a>");
        Datasheet sheet = all().prepare().datasheet();
        assertEquals(2, sheet.sets().get(Population.EXTERNALS).saidOfOthers());
        assertEquals(15, sheet.sets().get(Population.EXTERNALS).sampled());
        assertEquals(0, sheet.sets().get(Population.NON_MEMBERS).saidOfOthers());
        Datasheet.SetCounts kept = all().withSharedKept().prepare().datasheet().sets().get(Population.EXTERNALS);
        assertEquals(List.of(0L, 17L, 2L), List.of(kept.saidOfOthers(), kept.sampled(), kept.shared()));
    }

    /** Lines that end elsewhere make other sentences; the words are the same. */
    @Test
    void whatStandsInATrainingNoteAcrossLinesStandsThere() throws IOException {
        String sentence = "The wound on the left lower leg was clean and dry on inspection.";
        append("training/notes.csv",
                "t1,\"Plan:\nThe wound on the left\n\nlower leg was clean\nand dry on inspection. And so on, at length, for a good many"
                        + " words more\"\n");
        append("other/notes.csv", "n1,\"" + sentence + "\"\n");
        PreparedDataset dataset = all().prepare();
        assertEquals(3, dataset.datasheet().sets().get(Population.NON_MEMBERS).inTraining());
        assertFalse(texts(dataset, Population.NON_MEMBERS).contains(Normalisation.CASE_AND_SPACE.of(sentence)));
    }

    @Test
    void fewerIsNotOfferedWhereNothingIsLeft() throws IOException {
        write("other/notes.csv", "SUBJECT_ID,TEXT\nn1,\"" + sentence("training", 2, 2) + "\"\n");
        assertEquals(
                "0 sentences are left for the non-members; give more notes, take more patients, want shorter sentences, or keep what is"
                        + " said of others too",
                assertThrows(AuditException.class, () -> preparation().prepare()).getMessage());
        DatasetPreparation exact = DatasetPreparation.of(NoteFiles.at(folder.resolve("training")), NoteFiles.at(folder.resolve("other")))
                .withSize(1, 1);
        assertEquals(
                "0 sentences are left for the non-members; give more notes, take more patients, want shorter sentences, or keep what is"
                        + " said of others too",
                assertThrows(AuditException.class, exact::prepare).getMessage());
    }

    @Test
    void inputThatChangesBetweenTheReadingsIsAnError() {
        Path added = folder.resolve("training/zz.csv");
        Path changed = folder.resolve("training/notes.csv");
        assertEquals(added + ": was changed while it was read; prepare again when nothing writes to it",
                failureWhen(() -> write("training/zz.csv", "SUBJECT_ID,TEXT\nz,z\n")));
        assertEquals(changed + ": was changed while it was read; prepare again when nothing writes to it",
                failureWhen(() -> Files.writeString(changed, Files.readString(changed).replace("t0", "u0"))));
        assertEquals(added + ": was changed while it was read; prepare again when nothing writes to it",
                failureWhen(() -> Files.delete(added)));
    }

    /** What happens to files while they are read. */
    private interface Change {
        void happen() throws IOException;
    }

    /** The failure when something happens as soon as the externals, which come last, are split. */
    private String failureWhen(Change change) {
        AtomicBoolean happened = new AtomicBoolean();
        SentenceSplitter splitter = note -> {
            if (note.contains("external") && !happened.getAndSet(true)) {
                try {
                    change.happen();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return new ClinicalSentenceSplitter().split(note);
        };
        return assertThrows(InvalidFileException.class, () -> preparation().withSplitter(splitter).prepare()).getMessage();
    }

    /** What the output can't be is said before anything is read. */
    @Test
    void theOutputIsCheckedBeforeAnyWork() throws IOException {
        SentenceSplitter none = note -> {
            throw new AssertionError("was read");
        };
        DatasetPreparation unread = preparation().withSplitter(none);
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("training"));
        Files.createSymbolicLink(folder.resolve("broken"), folder.resolve("nothing"));
        write("full/file.txt", "full");
        write("file", "no folder");
        String poison = " lies in the input " + folder.resolve("training") + ", where a later run would read it; choose a folder elsewhere";
        for (String output : List.of("training/out", "link/out", "training/deep/../deeper/out")) {
            assertEquals(folder.resolve(output) + ":" + poison, outputFailure(unread, output));
        }
        assertEquals(folder.resolve("training") + ": is there already; choose another folder, or remove it first",
                outputFailure(unread, "training"));
        assertEquals(folder.resolve("full") + ": is there already; choose another folder, or remove it first",
                outputFailure(unread, "full"));
        assertEquals(folder.resolve("broken") + ": is a link to nothing; choose another folder, or remove it",
                outputFailure(unread, "broken"));
        assertEquals(
                folder.resolve("file/out") + ": can't be made, as " + folder.resolve("file").toRealPath()
                        + " is no folder that may be written to; choose another folder",
                outputFailure(unread, "file/out"));
        Files.createDirectories(folder.resolve("training/x/y"));
        Files.createSymbolicLink(folder.resolve("other/inner"), folder.resolve("training/x"));
        assertTrue(outputFailure(unread, "training/x/y").contains("lies in the input"));
    }

    private String outputFailure(DatasetPreparation preparation, String output) {
        return assertThrows(InvalidFileException.class, () -> preparation.prepareInto(folder.resolve(output))).getMessage();
    }

    @Test
    void anEmptyFolderALinkToOneAndAPlaceBelowANewOneWillDo() throws IOException {
        Files.createDirectories(folder.resolve("empty"));
        Files.createDirectories(folder.resolve("real"));
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("real"));
        for (String output : List.of("empty/.", "link", "new/deep/../deeper")) {
            preparation().prepareInto(folder.resolve(output));
        }
        for (String output : List.of("empty", "link", "real", "new/deeper")) {
            assertEquals(10, AttackDataset.readJsonLines(folder.resolve(output)).samples(Population.MEMBERS).size());
        }
        assertTrue(Files.isSymbolicLink(folder.resolve("link")));
    }

    @Test
    void whatAKilledRunLeftIsFound() throws IOException {
        assertEquals(List.of(), OutputFolder.at(folder.resolve("data")).unfinished());
        write(".data-unfinished-1/members.jsonl", "notes");
        assertEquals(List.of(folder.toRealPath().resolve(".data-unfinished-1")), OutputFolder.at(folder.resolve("data")).unfinished());
    }

    /** Without a salt of the user's, it can't be told from the data sheet, and who has the same notes gets the same pseudonyms. */
    @Test
    void theSaltIsTheNotesUnlessGiven() throws IOException {
        Set<String> groups = groups(all().prepare(), Population.MEMBERS);
        assertEquals(groups, groups(all().withSeed(2).prepare(), Population.MEMBERS));
        assertTrue(all().prepare().datasheet().saltDigest().isEmpty());
        assertTrue(all().withPseudonyms(Pseudonyms.none()).prepare().datasheet().saltDigest().isEmpty());
        assertEquals(Sha256.of("pepper".getBytes(StandardCharsets.UTF_8)),
                all().withPseudonyms(Pseudonyms.salted("pepper")).prepare().datasheet().saltDigest().orElseThrow());
        Set<String> guessed = new HashSet<>();
        for (String salt : List.of("", "1", "pseudonyms")) {
            IntStream.range(0, 8).forEach(patient -> guessed.add(Pseudonyms.salted(salt).of(Population.MEMBERS, "t" + patient)));
        }
        assertTrue(groups.stream().noneMatch(guessed::contains));
        append("external/100-01.xml", " ");
        assertEquals(groups, groups(all().prepare(), Population.MEMBERS));
        append("other/notes.csv", "n1,\"One more sentence is said here.\"\n");
        assertNotEquals(groups, groups(all().prepare(), Population.MEMBERS));
    }

    @Test
    void settingsTellHowTheFilesWereRead() {
        Map<String, String> settings = all().withSplitter(note -> List.of(note)).prepare().datasheet().settings();
        assertEquals(List.of("custom", "training skip, nontraining fail, external fail", "usual", "usual"),
                List.of(settings.get("splitter"), settings.get("on-bad-row"), settings.get("patient-column"), settings.get("text-column")));
        assertEquals("ClinicalSentenceSplitter", all().prepare().datasheet().settings().get("splitter"));
        assertEquals(SoftwareVersions.miaudit(), all().prepare().datasheet().settings().get("version"));
    }

    @Test
    void numbersHaveBounds() {
        assertThrows(IllegalArgumentException.class, () -> preparation().withSize(0, 5));
        assertThrows(IllegalArgumentException.class, () -> preparation().withMostPerPatient(0));
        assertThrows(IllegalArgumentException.class, () -> preparation().withLeastLength(-1, 0));
        assertThrows(IllegalArgumentException.class, () -> preparation().withSimilarity(Double.NaN));
    }
}
