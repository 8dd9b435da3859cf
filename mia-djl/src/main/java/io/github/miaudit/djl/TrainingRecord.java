package io.github.miaudit.djl;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.miaudit.checkpoint.Configuration;
import io.github.miaudit.data.Sample;
import io.github.miaudit.io.AtomicFile;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.Sha256;
import io.github.miaudit.io.UnorderedDigest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * How a model was trained, as {@code training.json} beside it says: what decides the result, by name (settings, and digests of what
 * it was trained from and on), and how many updates were made. Random numbers are drawn by seed, epoch and sentence, so the step is
 * all that a generator's state would tell.
 */
record TrainingRecord(JsonObject made, int step) {

    static final String FILE_NAME = "training.json";

    private static final int FORMAT = 1;
    private static final String SENTENCES = "sentencesDigest";
    /** Of the texts in whatever order, for who reads a table that has none. */
    private static final String TEXTS = "textsDigest";
    private static final String PRECISION = "precision";

    /** Before the first step. */
    static TrainingRecord of(TrainingStart start, TrainingSettings settings, List<Sample> sentences, List<Sample> heldOut) {
        JsonObject made = new JsonObject();
        made.addProperty("format", FORMAT);
        made.addProperty("startDigest", start.digest());
        made.addProperty(SENTENCES, digest(sentences));
        made.addProperty(TEXTS, texts(sentences).sealed());
        made.addProperty("heldOutDigest", digest(heldOut));
        made.addProperty("lengthIn", settings.length().unit().name().toLowerCase(Locale.ROOT));
        made.addProperty("length", settings.length().count());
        made.addProperty("learningRate", settings.learningRate());
        made.addProperty("warmUp", settings.warmUp());
        made.addProperty("weightDecay", settings.weightDecay());
        made.addProperty("gradientLimit", settings.gradientLimit());
        made.addProperty("tokensPerStep", settings.tokensPerStep());
        made.addProperty("tokenBudget", settings.tokenBudget());
        made.addProperty("seed", settings.seed());
        made.addProperty(PRECISION, settings.precision().label());
        settings.noise().ifPresent(noise -> {
            made.addProperty("sentenceNorm", noise.sentenceNorm());
            made.addProperty("noiseMultiplier", noise.multiplier());
        });
        return new TrainingRecord(made, 0);
    }

    static TrainingRecord read(Path folder) {
        Configuration json = Configuration.read(folder.resolve(FILE_NAME));
        JsonObject made = json.object("made").json();
        if (!made.has(PRECISION)) {
            made.addProperty(PRECISION, Precision.FLOAT32.label()); // there was no other when records did not name it
        }
        return new TrainingRecord(made, json.token("step", 0));
    }

    /** Whether there is a record in a folder, and it says that the model was trained on just these sentences. */
    static boolean tellsOf(Path folder, List<Sample> sentences) {
        if (!Files.isRegularFile(folder.resolve(FILE_NAME))) {
            return false;
        }
        try {
            return new JsonPrimitive(digest(sentences)).equals(read(folder).made.get(SENTENCES));
        } catch (InvalidFileException e) {
            return false; // somebody else's file of that name
        }
    }

    /** {@link UnorderedDigest#sealed} of the texts, as a record in a folder tells; empty if there is none or it does not tell. */
    static Optional<String> texts(Path folder) {
        if (!Files.isRegularFile(folder.resolve(FILE_NAME))) {
            return Optional.empty();
        }
        try {
            return read(folder).made.get(TEXTS) instanceof JsonPrimitive texts ? Optional.of(texts.getAsString()) : Optional.empty();
        } catch (InvalidFileException e) {
            return Optional.empty(); // somebody else's file of that name
        }
    }

    TrainingRecord atStep(int other) {
        return new TrainingRecord(made, other);
    }

    void write(Path folder) {
        JsonObject json = new JsonObject();
        json.add("made", made);
        json.addProperty("step", step);
        AtomicFile.write(folder.resolve(FILE_NAME),
                writer -> writer.write(new GsonBuilder().setPrettyPrinting().create().toJson(json) + "\n"));
    }

    /** Refuses what was trained in another way, naming the first difference. */
    void requireSameAs(TrainingRecord wanted, Path folder) {
        Set<String> names = new LinkedHashSet<>(wanted.made.keySet());
        names.addAll(made.keySet());
        names.remove(TEXTS); // which another digest covers; records were without it once
        for (String name : names) {
            String before = told(made, name);
            String now = told(wanted.made, name);
            if (!before.equals(now)) {
                throw new InvalidFileException(folder.resolve(FILE_NAME), "says that " + name + " was " + before + ", and now it is " + now
                        + "; train as before to go on, or choose another output folder, or remove " + folder);
            }
        }
    }

    private static String told(JsonObject made, String name) {
        return made.has(name) ? made.get(name).toString() : "none";
    }

    /** Of the texts and their order; ids and patients teach nothing. */
    private static String digest(List<Sample> sentences) {
        MessageDigest digest = Sha256.newDigest();
        for (Sample sentence : sentences) {
            byte[] text = sentence.text().getBytes(StandardCharsets.UTF_8);
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, text.length));
            digest.update(text);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static UnorderedDigest texts(List<Sample> sentences) {
        UnorderedDigest texts = UnorderedDigest.NONE;
        for (Sample sentence : sentences) {
            texts = texts.plus(Sha256.newDigest().digest(sentence.text().getBytes(StandardCharsets.UTF_8)));
        }
        return texts;
    }
}
