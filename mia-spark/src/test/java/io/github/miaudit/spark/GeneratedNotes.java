package io.github.miaudit.spark;

import com.google.gson.JsonObject;
import io.github.miaudit.data.preparation.DatasetPreparation;
import io.github.miaudit.notes.NoteFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Notes that share sentences across patients and sets, exactly and nearly, some of nobody, some with what is rare. */
final class GeneratedNotes {

    private static final List<String> RARE = List.of("", " \n ", "\u2028\ud83d\ude00 Emoji na\u00efve\u0301. \u0130\u0327 was seen.",
            "a".repeat(100_000), "1.\n\n-\n" + "Was: ".repeat(2000));

    private GeneratedNotes() {
    }

    /** Writes {@code training.jsonl} and {@code other.jsonl}. */
    static Path write(Path folder, int notes, long seed) {
        Random random = new Random(seed);
        List<String> common = random.ints(20).mapToObj(each -> sentence(random)).toList();
        write(folder.resolve("training.jsonl"), "t", notes, common, random);
        write(folder.resolve("other.jsonl"), "n", notes / 2, common, random);
        return folder;
    }

    private static void write(Path file, String prefix, int notes, List<String> common, Random random) {
        List<String> lines = new ArrayList<>();
        for (int note = 0; note < notes + RARE.size(); note++) {
            JsonObject row = new JsonObject();
            row.addProperty("patient", random.nextInt(5) == 0 ? null : prefix + random.nextInt(1 + notes / 5));
            row.addProperty("text", note < notes ? text(common, random) : RARE.get(note - notes));
            lines.add(row.toString());
        }
        try {
            Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(List<String> common, Random random) {
        StringBuilder text = new StringBuilder();
        for (int sentence = 0; sentence < 4; sentence++) {
            String said = random.nextInt(4) == 0 ? common.get(random.nextInt(common.size())) : sentence(random);
            text.append(random.nextInt(5) == 0 ? said.replace("today.", "today!") : said).append(random.nextBoolean() ? "\n\n" : " ");
        }
        return text.toString();
    }

    private static String sentence(Random random) {
        return random.ints(9, 0, 5000).mapToObj(word -> Integer.toString(word * 7919 % 1_000_003 + 40_000, 36))
                .collect(Collectors.joining(" ", "Seen ", " today."));
    }

    /** The preparation of these files, on one machine. */
    static DatasetPreparation preparation(Path folder) {
        return DatasetPreparation.of(files(folder.resolve("training.jsonl")), files(folder.resolve("other.jsonl"))).withFewerAllowed();
    }

    /** Likewise, of all patients and sentences. */
    static DatasetPreparation whole(Path folder) {
        return preparation(folder).withSize(DatasetPreparation.ALL, DatasetPreparation.ALL);
    }

    private static NoteFiles files(Path file) {
        return NoteFiles.at(file).withPatientColumn("patient").withTextColumn("text");
    }

    /** The training notes as a table. */
    static Dataset<Row> read(SparkSession spark, Path folder) {
        return spark.read().schema("patient STRING, text STRING").json(folder.resolve("training.jsonl").toUri().toString());
    }
}
