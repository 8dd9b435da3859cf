package io.github.miaudit.data.preparation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.miaudit.data.Population;
import io.github.miaudit.notes.NoteFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Corpora of which it is known how many patients and sentences are lost at each step. */
class GeneratedCorpusTest {

    private static final int SEEDS = 12;
    private static final int TRAINED = 10;
    private static final int OTHERS = 8;
    private static final int EXTERNALS = 5;
    private static final int SENTENCES = 8; // of a patient, in two notes; of an external half as many in one

    @TempDir
    private Path folder;

    /** How files of notes look. */
    private enum Shape {
        MIMIC {
            @Override
            void write(Path folder, Map<String, List<List<String>>> notes) throws IOException {
                StringBuilder table = new StringBuilder("\"ROW_ID\",\"SUBJECT_ID\",\"CATEGORY\",\"TEXT\"\n");
                int row = 0;
                for (Map.Entry<String, List<List<String>>> patient : notes.entrySet()) {
                    for (List<String> note : patient.getValue()) {
                        table.append(++row).append(',').append(patient.getKey()).append(",\"Nursing\",\"").append(String.join("\n\n", note))
                                .append("\"\n");
                    }
                }
                Files.writeString(folder.resolve("NOTEEVENTS.csv"), table);
            }
        },
        N2C2 {
            @Override
            void write(Path folder, Map<String, List<List<String>>> notes) throws IOException {
                for (Map.Entry<String, List<List<String>>> patient : notes.entrySet()) {
                    for (int visit = 0; visit < patient.getValue().size(); visit++) {
                        Files.writeString(folder.resolve(patient.getKey() + "-0" + (visit + 1) + ".xml"),
                                "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<PatientMatching>\n<TEXT><![CDATA[\n"
                                        + String.join("\n\n", patient.getValue().get(visit))
                                        + "\n]]></TEXT>\n<TAGS/>\n</PatientMatching>\n");
                    }
                }
            }
        };

        abstract void write(Path folder, Map<String, List<List<String>>> notes) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void everyStepLosesWhatItShould(Shape shape) throws IOException {
        for (long seed = 1; seed <= SEEDS; seed++) {
            Random random = new Random(seed);
            int repeated = random.nextInt(5);
            int returning = random.nextInt(4);
            int same = random.nextInt(8);
            int similar = random.nextInt(8);
            int repeatedOthers = random.nextInt(5);
            int shared = random.nextInt(4);
            int sameExternals = random.nextInt(4);
            List<String> trainedSentences = sentences(TRAINED * SENTENCES, random);
            List<String> otherSentences = sentences(OTHERS * SENTENCES, random);
            Map<String, List<List<String>>> training = notes(100, TRAINED, 2, trainedSentences);
            Map<String, List<List<String>>> others = notes(200, OTHERS, 2, otherSentences);
            Map<String, List<List<String>>> externals = notes(100, EXTERNALS, 1, sentences(EXTERNALS * SENTENCES / 2, random));
            training.values().forEach(notes -> notes.get(0).add("Stable."));
            others.values().forEach(notes -> notes.get(1).add(1, "No rash."));
            int ofTwo = ofOthers(scatter(trainedSentences.subList(0, repeated), training, random), 100);
            scatter(trainedSentences.subList(10, 10 + same).stream().map(GeneratedCorpusTest::disguised).toList(), others, random);
            scatter(trainedSentences.subList(20, 20 + similar).stream().map(sentence -> sentence.replace("today.", "today again."))
                    .toList(), others, random);
            int ofTwoOthers = ofOthers(scatter(otherSentences.subList(0, repeatedOthers), others, random), 200);
            scatter(otherSentences.subList(10, 10 + shared), externals, random);
            scatter(trainedSentences.subList(30, 30 + sameExternals), externals, random);
            notes(100, returning, 2, sentences(returning * SENTENCES, random)).forEach(others::put);

            Path corpus = folder.resolve(Long.toString(seed));
            Datasheet sheet = DatasetPreparation
                    .of(written(shape, corpus.resolve("training"), training), written(shape, corpus.resolve("others"), others))
                    .withExternal(written(shape, corpus.resolve("externals"), externals))
                    .withSize(DatasetPreparation.ALL, DatasetPreparation.ALL).withSeed(seed)
                    .prepare().datasheet();
            int members = TRAINED * SENTENCES;
            int nonMembers = OTHERS * SENTENCES;
            int strangers = EXTERNALS * SENTENCES / 2;
            assertCounts(sheet, Population.MEMBERS, TRAINED, 0, 2 * TRAINED, members + TRAINED + repeated, TRAINED, repeated, ofTwo, 0,
                    same + similar, members - ofTwo - same - similar);
            assertCounts(sheet, Population.NON_MEMBERS, OTHERS, returning, 2 * OTHERS,
                    nonMembers + OTHERS + same + similar + repeatedOthers, OTHERS, repeatedOthers,
                    same, similar, ofTwoOthers, nonMembers - ofTwoOthers);
            assertCounts(sheet, Population.EXTERNALS, EXTERNALS, 0, EXTERNALS, strangers + shared + sameExternals, 0, 0, sameExternals, 0,
                    shared, strangers);
        }
    }

    private static void assertCounts(Datasheet sheet, Population population, int patients, int excluded, int notes, int sentences,
            int tooShort, int repeated,
            int same, int similar, int saidOfOthers, int available) {
        Datasheet.SetCounts counts = sheet.sets().get(population);
        assertEquals(new Datasheet.SetCounts(patients, 0, excluded, patients, notes, sentences, tooShort, repeated,
                sentences - tooShort - repeated, same, similar,
                saidOfOthers, 0, available, 0, 0, available, patients, counts.lengthQuantiles()), counts);
    }

    private static NoteFiles written(Shape shape, Path folder, Map<String, List<List<String>>> notes) throws IOException {
        Files.createDirectories(folder);
        shape.write(folder, notes);
        return NoteFiles.at(folder);
    }

    private static Map<String, List<List<String>>> notes(int firstPatient, int patients, int notesOfPatient, List<String> sentences) {
        Map<String, List<List<String>>> notes = new LinkedHashMap<>();
        int length = patients == 0 ? 0 : sentences.size() / patients / notesOfPatient;
        for (int patient = 0; patient < patients; patient++) {
            List<List<String>> ofPatient = new ArrayList<>();
            for (int note = 0; note < notesOfPatient; note++) {
                int start = (patient * notesOfPatient + note) * length;
                ofPatient.add(new ArrayList<>(sentences.subList(start, start + length)));
            }
            notes.put(Integer.toString(firstPatient + patient), ofPatient);
        }
        return notes;
    }

    /** Puts each sentence into some note, and says of whom that note is. */
    private static List<String> scatter(List<String> sentences, Map<String, List<List<String>>> notes, Random random) {
        List<Map.Entry<String, List<String>>> all = notes.entrySet().stream()
                .flatMap(patient -> patient.getValue().stream().map(note -> Map.entry(patient.getKey(), note))).toList();
        return sentences.stream().map(sentence -> {
            Map.Entry<String, List<String>> note = all.get(random.nextInt(all.size()));
            note.getValue().add(random.nextInt(note.getValue().size() + 1), sentence);
            return note.getKey();
        }).toList();
    }

    /** How many of the first sentences of all patients were put into notes of somebody else. */
    private static int ofOthers(List<String> patients, int firstPatient) {
        return (int) IntStream.range(0, patients.size())
                .filter(sentence -> !patients.get(sentence).equals(Integer.toString(firstPatient + sentence / SENTENCES))).count();
    }

    private static List<String> sentences(int count, Random random) {
        return Stream.generate(() -> "Seen "
                + Stream.generate(() -> word(random)).limit(8 + random.nextInt(6)).collect(Collectors.joining(" ")) + " today.")
                .limit(count).toList();
    }

    private static String word(Random random) {
        return random.ints(7, 'a', 'z' + 1).mapToObj(Character::toString).collect(Collectors.joining());
    }

    /** The same to a reader. */
    private static String disguised(String sentence) {
        return sentence.toUpperCase(Locale.ROOT).replaceFirst(" ", "\u00a0");
    }
}
