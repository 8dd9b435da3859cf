package io.github.miaudit.data.preparation;

import io.github.miaudit.data.Population;
import io.github.miaudit.notes.BadRowPolicy;
import io.github.miaudit.notes.NoteFiles;
import io.github.miaudit.text.Normalisation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Invented notes of training patients, of others who say some of the same, and from elsewhere; and preparations of them. */
abstract class InventedNotes {

    static final String BOILERPLATE = "Please call your doctor if you have any questions at all.";

    @TempDir
    Path folder;

    @BeforeEach
    void writeNotes() throws IOException {
        // 8 training patients of 3 own sentences each, a short one, the boilerplate; patient t0 says one thing twice
        StringBuilder training = new StringBuilder("SUBJECT_ID,TEXT\n");
        for (int patient = 0; patient < 8; patient++) {
            training.append("t").append(patient).append(",\"").append(own("training", patient)).append(" Stable. ").append(BOILERPLATE)
                    .append("\"\n");
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

    /** All there is, with bad rows of the training notes skipped. */
    DatasetPreparation all() {
        return DatasetPreparation
                .of(NoteFiles.at(folder.resolve("training")).withBadRows(BadRowPolicy.SKIP), NoteFiles.at(folder.resolve("other")))
                .withExternal(NoteFiles.at(folder.resolve("external"))).withSize(DatasetPreparation.ALL, DatasetPreparation.ALL)
                .withFewerAllowed();
    }

    void append(String name, String text) throws IOException {
        write(name, Files.readString(folder.resolve(name)) + text);
    }

    DatasetPreparation preparation() {
        return DatasetPreparation.of(NoteFiles.at(folder.resolve("training")), NoteFiles.at(folder.resolve("other")))
                .withExternal(NoteFiles.at(folder.resolve("external"))).withSize(100, 10).withFewerAllowed();
    }

    static Set<String> groups(PreparedDataset dataset, Population population) {
        return dataset.sets().get(population).stream().map(sentence -> sentence.group().orElseThrow())
                .collect(Collectors.toCollection(HashSet::new));
    }

    static Set<String> texts(PreparedDataset dataset, Population population) {
        return dataset.sets().get(population).stream().map(sentence -> Normalisation.CASE_AND_SPACE.of(sentence.text()))
                .collect(Collectors.toSet());
    }

    static String own(String kind, int patient) {
        return IntStream.range(0, 3).mapToObj(number -> sentence(kind, patient, number)).collect(Collectors.joining(" "));
    }

    /** A sentence that is like no other. */
    static String sentence(String kind, int patient, int number) {
        String word = Integer.toString((kind.hashCode() ^ 7919 * (patient * 3 + number + 1)) & 0x7fffffff, 36);
        return "Finding " + word + " at " + new StringBuilder(word).reverse() + " of " + kind + word + " " + word.repeat(2) + ".";
    }

    void write(String name, String text) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        Files.writeString(folder.resolve(name), text);
    }
}
