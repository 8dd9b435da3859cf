package io.github.miaudit.djl;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.miaudit.checkpoint.Configuration;
import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Patient;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Sample;
import io.github.miaudit.io.AtomicFile;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.metrics.CounterRandom;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/** Which sentence of a dataset is in which shadow model, as {@code shadows.json} says; the seed is that of the division. */
record ShadowRecord(String datasetDigest, long seed, List<Shadow> shadows) {

    static final String FILE_NAME = "shadows.json";

    private static final Gson JSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    /**
     * A model by the name of its folder, with the ids of the sentences that it is trained on, by population, twice: in order and to
     * look up.
     */
    record Shadow(String name, Map<String, List<String>> sentences, Map<String, Set<String>> lookup) {

        static Shadow of(String name, Map<String, List<String>> sentences) {
            Map<String, Set<String>> lookup = new HashMap<>();
            sentences.forEach((population, ids) -> lookup.put(population, new HashSet<>(ids)));
            return new Shadow(name, sentences, lookup);
        }
    }

    private record Sentence(Population population, String id) {
    }

    /** Divides the dataset once for each pair of models. */
    static ShadowRecord draw(AttackDataset dataset, int count, long seed) {
        List<List<Sentence>> patients = patients(dataset);
        if (patients.size() < 2) {
            throw new AuditException("the dataset has " + patients.size() + " patient; at least 2 are needed to divide it");
        }
        List<Shadow> shadows = new ArrayList<>();
        for (int pair = 0; pair < count / 2; pair++) {
            for (Set<Sentence> half : halves(patients, new CounterRandom(seed, pair))) {
                shadows.add(Shadow.of("shadow-" + (shadows.size() + 1), ids(dataset, half)));
            }
        }
        return new ShadowRecord(dataset.digest(), seed, shadows);
    }

    /** The sentences that a model is trained on, in the dataset's order. */
    List<Sample> sentences(AttackDataset dataset, int shadow) {
        List<Sample> sentences = new ArrayList<>();
        for (Population population : Population.values()) {
            dataset.samples(population).stream().filter(sample -> holds(shadow, population, sample.id())).forEach(sentences::add);
        }
        return sentences;
    }

    boolean holds(int shadow, Population population, String id) {
        return Objects.requireNonNull(shadows.get(shadow).lookup().get(population.label())).contains(id);
    }

    void requireSameAs(ShadowRecord wanted, Path folder) {
        requireSame("datasetDigest", datasetDigest, wanted.datasetDigest, folder);
        requireSame("seed", seed, wanted.seed, folder);
        requireSame("number of models", shadows.size(), wanted.shadows.size(), folder);
        if (!equals(wanted)) {
            throw new InvalidFileException(folder.resolve(FILE_NAME),
                    "divides the sentences in another way than its seed says; was it edited?" + " Choose another folder, or remove it");
        }
    }

    void write(Path folder) {
        JsonObject json = new JsonObject();
        json.addProperty("datasetDigest", datasetDigest);
        json.addProperty("seed", seed);
        JsonArray models = new JsonArray();
        for (Shadow shadow : shadows) {
            JsonObject model = new JsonObject();
            model.addProperty("name", shadow.name());
            model.add("trainedOn", JSON.toJsonTree(shadow.sentences()));
            models.add(model);
        }
        json.add("models", models);
        AtomicFile.write(folder.resolve(FILE_NAME), writer -> writer.write(JSON.toJson(json) + "\n"));
    }

    static ShadowRecord read(Path folder) {
        Path file = folder.resolve(FILE_NAME);
        JsonObject json = Configuration.read(file).json();
        try {
            List<Shadow> shadows = new ArrayList<>();
            for (JsonElement model : json.getAsJsonArray("models")) {
                Configuration trainedOn = new Configuration(file, model.getAsJsonObject().getAsJsonObject("trainedOn"));
                Map<String, List<String>> sentences = new LinkedHashMap<>();
                for (Population population : Population.values()) {
                    sentences.put(population.label(), trainedOn.texts(population.label()));
                }
                shadows.add(Shadow.of(model.getAsJsonObject().get("name").getAsString(), sentences));
            }
            return new ShadowRecord(json.get("datasetDigest").getAsString(), json.get("seed").getAsLong(), shadows);
        } catch (NullPointerException | IllegalStateException | ClassCastException | UnsupportedOperationException
                | NumberFormatException e) {
            throw new InvalidFileException(file, "is no record of shadow models: a part is missing or of the wrong kind");
        }
    }

    private static void requireSame(String what, Object here, Object wanted, Path folder) {
        if (!here.equals(wanted)) {
            throw new InvalidFileException(folder.resolve(FILE_NAME), "says that " + what + " was " + here + ", and now it is " + wanted
                    + "; train as before to go on, or choose another folder, or remove " + folder);
        }
    }

    /** The sentences that fall together, in the order in which they first appear. */
    private static List<List<Sentence>> patients(AttackDataset dataset) {
        Map<Patient, List<Sentence>> patients = new LinkedHashMap<>();
        for (Population population : Population.values()) {
            for (Sample sample : dataset.samples(population)) {
                patients.computeIfAbsent(sample.patient(), first -> new ArrayList<>()).add(new Sentence(population, sample.id()));
            }
        }
        return List.copyOf(patients.values());
    }

    /** Patients in random order, each to the half that has fewer sentences so far. */
    private static List<Set<Sentence>> halves(List<List<Sentence>> patients, CounterRandom random) {
        Set<Sentence> first = new HashSet<>();
        Set<Sentence> second = new HashSet<>();
        for (int patient : random.sample(IntStream.range(0, patients.size()).toArray(), patients.size())) {
            (first.size() <= second.size() ? first : second).addAll(patients.get(patient));
        }
        return List.of(first, second);
    }

    private static Map<String, List<String>> ids(AttackDataset dataset, Set<Sentence> half) {
        Map<String, List<String>> ids = new LinkedHashMap<>();
        for (Population population : Population.values()) {
            ids.put(population.label(), dataset.samples(population).stream().map(Sample::id)
                    .filter(id -> half.contains(new Sentence(population, id))).toList());
        }
        return ids;
    }
}
