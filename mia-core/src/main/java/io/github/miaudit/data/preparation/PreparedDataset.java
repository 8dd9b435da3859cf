package io.github.miaudit.data.preparation;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Sample;
import io.github.miaudit.io.AtomicFile;
import io.github.miaudit.io.OutputFolder;
import io.github.miaudit.io.Sha256;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A dataset that was made from notes.
 *
 * @param sets      the sentences of each set, in the order of the files
 * @param datasheet how it was made
 */
public record PreparedDataset(Map<Population, List<PreparedSentence>> sets, Datasheet datasheet) {

    private static final Gson JSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    /** Copies the sets. */
    public PreparedDataset {
        Map<Population, List<PreparedSentence>> copy = new EnumMap<>(Population.class);
        sets.forEach((population, sentences) -> copy.put(population, List.copyOf(sentences)));
        sets = Collections.unmodifiableMap(copy);
    }

    /**
     * Writes the dataset as {@link AttackDataset#readJsonLines} reads it, with
     * {@code datasheet.json} beside it. It is written to a folder of another name, which is renamed when all is there: a
     * run that is killed leaves no half dataset.
     *
     * @param folder does not exist, or is empty
     * @throws io.github.miaudit.io.InvalidFileException if it holds something, or can't be written
     */
    public void write(Path folder) {
        OutputFolder.at(folder).write(this::writeFiles);
    }

    /** The dataset as it would be read back, but without its data sheet. */
    public AttackDataset toDataset() {
        return AttackDataset.of(samples(Population.MEMBERS), samples(Population.NON_MEMBERS), samples(Population.EXTERNALS));
    }

    private List<Sample> samples(Population population) {
        return sets.getOrDefault(population, List.of()).stream()
                .map(sentence -> new Sample(sentence.id(), sentence.group(), sentence.text())).toList();
    }

    private void writeFiles(Path unfinished) {
        JsonObject digests = new JsonObject();
        sets.forEach((population, sentences) -> {
            Path file = unfinished.resolve(population.label() + ".jsonl");
            write(file, sentences);
            digests.addProperty(file.getFileName().toString(), Sha256.ofFiles(file));
        });
        AtomicFile.write(unfinished.resolve("datasheet.json"), writer -> writer.write(JSON.toJson(json(digests)) + "\n"));
    }

    private static void write(Path file, List<PreparedSentence> sentences) {
        AtomicFile.write(file, writer -> {
            for (PreparedSentence sentence : sentences) {
                JsonObject line = new JsonObject();
                line.addProperty("id", sentence.id());
                sentence.group().ifPresent(group -> line.addProperty("group", group));
                line.addProperty("text", sentence.text());
                line.addProperty("source", sentence.source().file() + ":" + sentence.source().row());
                if (sentence.shared()) {
                    line.addProperty("shared", true);
                }
                if (!sentence.identifiers().isEmpty()) {
                    line.add("identifiers", JSON.toJsonTree(sentence.identifiers()));
                }
                writer.write(line + "\n");
            }
        });
    }

    private JsonObject json(JsonObject digests) {
        JsonObject sheet = new JsonObject();
        JsonObject counted = new JsonObject();
        datasheet.sets().forEach((population, counts) -> {
            JsonObject set = JSON.toJsonTree(counts).getAsJsonObject();
            set.addProperty("sharedRate", counts.sharedRate());
            counted.add(population.label(), set);
        });
        sheet.add("sets", counted);
        sheet.add("promises", JSON.toJsonTree(Datasheet.promises()));
        sheet.add("settings", JSON.toJsonTree(datasheet.settings()));
        sheet.add("recipe", JsonParser.parseString(datasheet.recipe()));
        datasheet.saltDigest().ifPresent(digest -> sheet.addProperty("saltDigest", digest));
        sheet.add("inputs", JSON.toJsonTree(datasheet.inputs()));
        sheet.add("dialects", JSON.toJsonTree(datasheet.dialects()));
        sheet.add("ignored", strings(datasheet.ignored()));
        sheet.add("badRows", strings(datasheet.badRows()));
        sheet.add("rowsLeftOut", JSON.toJsonTree(datasheet.rowsLeftOut()));
        sheet.addProperty("trainingRowsUnread", datasheet.trainingRowsUnread());
        sheet.add("digests", digests);
        return sheet;
    }

    private static JsonArray strings(List<String> values) {
        JsonArray array = new JsonArray();
        values.forEach(array::add);
        return array;
    }
}
