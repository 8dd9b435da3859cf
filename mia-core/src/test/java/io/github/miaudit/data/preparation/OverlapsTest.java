package io.github.miaudit.data.preparation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.data.Population;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.io.SoftwareVersions;
import io.github.miaudit.notes.BadRowPolicy;
import io.github.miaudit.notes.NoteFiles;
import io.github.miaudit.text.Normalisation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Overlaps that are searched for in parts, against a naive search, and the sets that are made by them. */
class OverlapsTest {

    private static final Normalisation NORMALISATION = Normalisation.CASE_AND_SPACE;
    private static final double SIMILARITY = 0.6;
    private static final SeededOrder ORDER = new SeededOrder(5);

    private record TrainingNote(Optional<String> patient, String text) {
    }

    /** However notes are dealt out and merged, what is found is what comparing each with each finds. */
    @Property(tries = 25)
    void partsMakeTheWhole(@ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int parts) {
        Random random = new Random(seed);
        List<String> pool = IntStream.range(0, 8).mapToObj(number -> sentence(random)).toList();
        List<TrainingNote> notes = new ArrayList<>();
        for (int note = 0; note < 25; note++) {
            String text = random.ints(random.nextInt(4), 0, pool.size()).mapToObj(pool::get)
                    .map(sentence -> random.nextInt(3) == 0 ? changed(sentence, random) : sentence)
                    .collect(Collectors.joining(random.nextBoolean() ? " " : "\n\n"));
            notes.add(new TrainingNote(patient(random), text)); // some of them empty
        }
        SentenceSearch search = SentenceSearch.of(pool.subList(0, 6).stream().map(NORMALISATION::of).toList(),
                new ClinicalSentenceSplitter(),
                NORMALISATION, SIMILARITY, ORDER);
        SentenceSearch parsed = SentenceSearch.parse(search.toJson());
        List<Overlaps> found = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            found.add(Overlaps.of(part % 2 == 0 ? search : parsed));
        }
        notes.forEach(note -> found.get(random.nextInt(parts)).addTrainingNote(note.patient, note.text));
        Collections.shuffle(found, random);
        Overlaps left = Overlaps.of(search);
        found.forEach(part -> left.merge(Overlaps.parse(search, part.toText())));
        while (found.size() > 1) { // in pairs
            found.get(0).merge(found.remove(1));
            Collections.rotate(found, 1);
        }

        assertEquals(found.get(0).toText(), left.toText());
        assertEquals(naive(search, notes), body(left));
        assertEquals(notes.stream().filter(note -> !note.text.isBlank()).count(), left.notes());
    }

    private static String sentence(Random random) {
        return "Seen " + random.ints(6, 0, 12).mapToObj(word -> "word" + (char) ('a' + word)).collect(Collectors.joining(" ")) + " today.";
    }

    private static String changed(String sentence, Random random) {
        return random.nextBoolean() ? sentence.toUpperCase(java.util.Locale.ROOT) : sentence.replace("today.", "again today.");
    }

    /** One patient in several spellings, some names that are nobody's, and notes of nobody. */
    private static Optional<String> patient(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of("NULL");
            case 2 -> Optional.of("007");
            default -> Optional.of(Integer.toString(random.nextInt(9)));
        };
    }

    private static List<String> body(Overlaps overlaps) {
        List<String> lines = Arrays.asList(overlaps.toText().split("\n"));
        return lines.subList(1, lines.size());
    }

    private static List<String> naive(SentenceSearch search, List<TrainingNote> notes) {
        List<String> exactly = new ArrayList<>();
        List<String> nearly = new ArrayList<>();
        for (int number = 0; number < search.size(); number++) {
            String sentence = search.sentence(number);
            Set<SeededOrder.Place> same = new TreeSet<>();
            Set<SeededOrder.Place> similar = new TreeSet<>();
            for (TrainingNote note : notes) {
                SeededOrder.Place owner = search.trainingOwner(note.patient, note.text);
                if (NORMALISATION.of(note.text).contains(sentence)) {
                    same.add(owner);
                }
                if (new ClinicalSentenceSplitter().split(note.text).stream().map(NORMALISATION::of)
                        .anyMatch(other -> !other.equals(sentence) && jaccard(sentence, other) >= SIMILARITY)) {
                    similar.add(owner);
                }
            }
            add(exactly, "exactly " + number, same);
            add(nearly, "nearly " + number, similar);
        }
        exactly.addAll(nearly);
        return exactly;
    }

    private static void add(List<String> lines, String start, Set<SeededOrder.Place> owners) {
        if (!owners.isEmpty()) {
            lines.add(start + " " + owners.stream().limit(2).map(SeededOrder.Place::toText).collect(Collectors.joining(" ")));
        }
    }

    private static double jaccard(String one, String other) {
        Set<String> shared = shingles(one);
        Set<String> all = new HashSet<>(shared);
        all.addAll(shingles(other));
        shared.retainAll(shingles(other));
        return shared.size() / (double) all.size();
    }

    private static Set<String> shingles(String text) {
        return IntStream.rangeClosed(0, text.length() - 5).mapToObj(start -> text.substring(start, start + 5))
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static SentenceSearch search(String... sentences) {
        return SentenceSearch.of(List.of(sentences), new ClinicalSentenceSplitter(), NORMALISATION, SIMILARITY, ORDER);
    }

    @Test
    void whatIsOfAnotherSearchOrNotWholeIsRefused() {
        SentenceSearch search = search("a sentence that is secret.", "another one of them.");
        Overlaps overlaps = Overlaps.of(search);
        overlaps.addTrainingNote(Optional.of("1"), "A sentence that is secret. Another one of them.");
        String text = overlaps.toText();
        assertEquals(overlaps.toText(), Overlaps.parse(search, text).toText());
        assertFalse((text + overlaps + search).contains("secret"), text);
        for (SentenceSearch other : List.of(search("a sentence that is secret."),
                SentenceSearch.of(List.of("a sentence that is secret.", "another one of them."), new ClinicalSentenceSplitter(),
                        NORMALISATION,
                        0.7, ORDER),
                SentenceSearch.of(List.of("a sentence that is secret.", "another one of them."), new ClinicalSentenceSplitter(),
                        NORMALISATION,
                        SIMILARITY, new SeededOrder(6)))) {
            assertTrue(assertThrows(AuditException.class, () -> Overlaps.parse(other, text)).getMessage().contains("other sentences or"));
            assertThrows(IllegalArgumentException.class, () -> Overlaps.of(other).merge(overlaps));
        }
        String[] lines = text.split("\n");
        for (String damaged : List.of(lines[0], lines[0] + "\n" + lines[1], text.substring(0, text.length() - 4),
                text.replace(" 0 ", " 9 "),
                text.replace("exactly", "other"), text + lines[1], text.replaceFirst(" \\d ", " x "))) {
            assertEquals("overlaps are damaged; search again",
                    assertThrows(AuditException.class, () -> Overlaps.parse(search, damaged), damaged).getMessage());
        }
        String json = search.toJson();
        assertEquals(search.digest(), SentenceSearch.parse(json).digest());
        assertTrue(assertThrows(AuditException.class, () -> SentenceSearch.parse(json.replace(SoftwareVersions.miaudit(), "0.0.1")))
                .getMessage().startsWith("the search for overlaps was made by version 0.0.1 of MIAudit, but here is "));
        for (String damaged : List.of("", "{}", json.substring(0, 99), json.replace("CASE_AND_SPACE", "NONE"))) {
            assertFalse(assertThrows(IllegalArgumentException.class, () -> SentenceSearch.parse(damaged), damaged).getMessage()
                    .contains("secret"));
        }
        SentenceSearch own = SentenceSearch.of(List.of("a sentence"), List::of, NORMALISATION, SIMILARITY, ORDER);
        assertTrue(assertThrows(AuditException.class, own::toJson).getMessage().contains("a splitter of your own"));
    }

    /** Notes of twelve patients on either side who share sentences, exactly and nearly, and a bad row. */
    private static void write(Path folder, long seed) throws IOException {
        Random random = new Random(seed);
        List<String> pool = IntStream.range(0, 30).mapToObj(number -> "The " + "pooled ".repeat(2) + number + " finding was seen again.")
                .toList();
        for (String side : List.of("training", "other")) {
            StringBuilder notes = new StringBuilder("SUBJECT_ID,TEXT\n");
            for (int patient = 0; patient < 12; patient++) {
                String near = random.nextInt(3) == 0 ? " now." : ".";
                notes.append(side).append(patient).append(",\"").append(random.ints(4, 0, 30).mapToObj(pool::get)
                        .map(sentence -> sentence.replace(".", near)).collect(Collectors.joining(" "))).append(' ').append(side)
                        .append(" patient ").append(patient).append(" slept well in bed ").append(random.nextInt(1000)).append(".\"\n");
            }
            Files.writeString(folder.resolve(side + ".csv"), notes);
        }
    }

    private static DatasetPreparation preparation(Path folder) {
        return DatasetPreparation
                .of(NoteFiles.at(folder.resolve("training.csv")).withBadRows(BadRowPolicy.SKIP), NoteFiles.at(folder.resolve("other.csv")))
                .withFewerAllowed();
    }

    private static List<TrainingNote> notes(Path folder) {
        List<TrainingNote> notes = new ArrayList<>();
        NoteFiles.at(folder.resolve("training.csv")).withBadRows(BadRowPolicy.SKIP).read(
                note -> notes.add(new TrainingNote(note.patient(), note.text())),
                remains -> notes.add(new TrainingNote(remains.patient(), remains.text())));
        return notes;
    }

    /** Elsewhere, in so many parts. */
    private static TrainingSearch elsewhere(List<TrainingNote> notes, int parts) {
        return search -> {
            Overlaps all = Overlaps.of(search);
            SentenceSearch parsed = SentenceSearch.parse(search.toJson());
            for (int part = 0; part < parts; part++) {
                Overlaps found = Overlaps.of(parsed);
                for (int note = part; note < notes.size(); note += parts) {
                    found.addTrainingNote(notes.get(note).patient, notes.get(note).text);
                }
                all.merge(Overlaps.parse(search, found.toText()));
            }
            return all;
        };
    }

    /** Of so few sentences that are looked for first, some samples are not filled, and the notes are searched again. */
    @Test
    void setsAreTheSameWhereverTheNotesAreSearched(@TempDir Path folder) throws IOException {
        boolean saidOfOthers = false;
        for (long seed = 1; seed <= 2; seed++) {
            write(folder, seed);
            for (int sentences : new int[] {1, DatasetPreparation.ALL}) {
                for (DatasetPreparation here : List.of(preparation(folder).withSize(12, sentences).withSeed(seed),
                        preparation(folder).withSize(12, sentences).withSeed(seed).withSharedKept())) {
                    PreparedDataset expected = here.prepare();
                    assertEquals(expected, here.withTrainingSearch(elsewhere(notes(folder), 1 + 2 * (int) seed)).prepare());
                    saidOfOthers |= expected.datasheet().sets().get(Population.MEMBERS).nearlyInTraining() > 0;
                }
            }
        }
        assertTrue(saidOfOthers);
    }

    @Test
    void aSearchOfOtherNotesIsRefused(@TempDir Path folder) throws IOException {
        write(folder, 1);
        Files.writeString(folder.resolve("training.csv"), Files.readString(folder.resolve("training.csv")) + "NULL,\"A bad row.\"\nt,\n");
        List<TrainingNote> notes = notes(folder);
        assertEquals(14, notes.size());
        DatasetPreparation preparation = preparation(folder);
        assertEquals(preparation.prepare(), preparation.withTrainingSearch(elsewhere(notes, 3)).prepare());
        assertEquals(
                "overlaps were searched for in 12 notes, but the training files hold 13, without blank ones and with what can be read of"
                        + " bad rows; search all of them, each with its patient, and character by character as the files have it",
                refusal(preparation, elsewhere(notes.subList(1, 14), 2)));
        for (TrainingNote other : List.of(new TrainingNote(notes.get(0).patient, notes.get(0).text + " "),
                new TrainingNote(Optional.of("another"), notes.get(0).text), new TrainingNote(Optional.empty(), notes.get(0).text),
                notes.get(1))) {
            List<TrainingNote> changed = new ArrayList<>(notes);
            changed.set(0, other);
            assertTrue(refusal(preparation, elsewhere(changed, 2)).contains("in 13 notes, but the training files hold 13 others,"));
        }
        assertEquals("overlaps were searched for with other sentences or settings than this preparation has; search again",
                refusal(preparation, search -> elsewhere(notes, 1).find(search("a sentence of long ago."))));
    }

    private static String refusal(DatasetPreparation preparation, TrainingSearch search) {
        return assertThrows(AuditException.class, () -> preparation.withTrainingSearch(search).prepare()).getMessage();
    }
}
