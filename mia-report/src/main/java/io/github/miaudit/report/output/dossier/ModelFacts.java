package io.github.miaudit.report.output.dossier;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.PlainText;
import io.github.miaudit.io.Sha256;
import io.github.miaudit.io.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the folder of the audited model says of its training: {@code training.json}, which {@code mia train} leaves, and
 * {@code trainer_state.json}, which Hugging Face's Trainer leaves. Settings and counts alone; no log, no path. Immutable.
 *
 * @param modelDigest the model's, by which it is known to be the audited one
 * @param files       SHA-256 of each file that was read, by its name
 * @param facts       such as {@code training.json: learningRate}, with its value
 */
public record ModelFacts(String modelDigest, Map<String, String> files, Map<String, String> facts) {

    private static final int MOST_BYTES = 1 << 26;
    private static final String OURS = "training.json";
    private static final String TRAINER = "trainer_state.json";
    private static final List<String> OF_TRAINER = List.of("epoch", "global_step", "max_steps", "num_train_epochs", "train_batch_size");
    /** Epochs that a trainer counts end between two whole ones. */
    private static final double TOLERANCE = 0.01;

    /** Copies the maps, with each name and value a harmless line; the order of the files is that of their names. */
    public ModelFacts {
        files = Collections.unmodifiableMap(new TreeMap<>(harmless(files)));
        facts = Collections.unmodifiableMap(harmless(facts));
    }

    private static Map<String, String> harmless(Map<String, String> texts) {
        Map<String, String> harmless = new LinkedHashMap<>();
        texts.forEach((name, value) -> harmless.put(PlainText.name(name), PlainText.name(value)));
        return harmless;
    }

    /**
     * Reads a folder.
     *
     * @param folder      the model's
     * @param modelDigest of configuration and weights there, as an audit states it
     * @throws InvalidFileException if one of the two files is there and can't be read
     */
    public static ModelFacts read(Path folder, String modelDigest) {
        Map<String, String> files = new TreeMap<>();
        Map<String, String> facts = new LinkedHashMap<>();
        read(folder.resolve(OURS), files).ifPresent(json -> {
            if (json.get("made") instanceof JsonObject made) {
                made.entrySet().forEach(each -> put(facts, OURS, each.getKey(), each.getValue()));
            }
            put(facts, OURS, "step", json.get("step"));
        });
        read(folder.resolve(TRAINER), files).ifPresent(json -> OF_TRAINER.forEach(name -> put(facts, TRAINER, name, json.get(name))));
        return new ModelFacts(modelDigest, files, facts);
    }

    private static Optional<JsonObject> read(Path file, Map<String, String> files) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (InputStream content = Files.newInputStream(file)) {
            byte[] bytes = content.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new InvalidFileException(file, "is larger than " + MOST_BYTES + " bytes");
            }
            files.put(file.getFileName().toString(), Sha256.of(bytes));
            return Optional.of(StrictJson.object(file, Archive.text(file, bytes)));
        } catch (IOException e) {
            throw new InvalidFileException(file, e);
        }
    }

    private static void put(Map<String, String> facts, String file, String name, JsonElement value) {
        if (value instanceof JsonPrimitive primitive) {
            facts.put(file + ": " + name, primitive.getAsString());
        }
    }

    /**
     * Refuses what the makers state and the folder denies.
     *
     * @throws IllegalArgumentException if epochs differ, or differential privacy is stated of a training without noise
     */
    void requireAgreementWith(DossierFacts stated) {
        stated.training().epochs().ifPresent(epochs -> epochs().forEach((name, said) -> {
            if (Math.abs(said - epochs.doubleValue()) > TOLERANCE) {
                throw new IllegalArgumentException("training: epochs is " + epochs + ", but " + name + " of the model is " + said
                        + "; state the true one, or leave it out");
            }
        }));
        if (stated.training().epsilon().isPresent() && files.containsKey(OURS) && !facts.containsKey(OURS + ": noiseMultiplier")) {
            throw new IllegalArgumentException("training: epsilon is " + stated.training().epsilon().get() + ", but the model's " + OURS
                    + " says that it was trained without noise; leave epsilon out, or name the model that was trained with it");
        }
    }

    /** What the folder says of epochs, by the fact's name. */
    private Map<String, Double> epochs() {
        Map<String, Double> found = new LinkedHashMap<>();
        if ("epochs".equals(facts.get(OURS + ": lengthIn"))) {
            number(OURS + ": length").ifPresent(number -> found.put(OURS + ": length", number));
        }
        number(TRAINER + ": epoch").ifPresent(number -> found.put(TRAINER + ": epoch", number));
        return found;
    }

    private Optional<Double> number(String fact) {
        try {
            return Optional.ofNullable(facts.get(fact)).map(Double::valueOf);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
