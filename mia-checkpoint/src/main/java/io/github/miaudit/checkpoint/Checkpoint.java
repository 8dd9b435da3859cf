package io.github.miaudit.checkpoint;

import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.Sha256;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** A masked-LM checkpoint in a Hugging Face folder: {@code config.json} and weights. Thread-safe. */
public final class Checkpoint {

    static final String CONFIGURATION = "config.json";

    private final Configuration configuration;
    private final Architecture architecture;
    private final List<Path> files;
    private final TensorAccount tensors;

    private Checkpoint(Configuration configuration, Architecture architecture, List<Path> files, TensorAccount tensors) {
        this.configuration = configuration;
        this.architecture = architecture;
        this.files = files;
        this.tensors = tensors;
    }

    /** Whether a folder holds weights, of whatever network. */
    public static boolean hasWeights(Path folder) {
        return WeightFiles.areIn(ModelFolder.of(folder).base());
    }

    /**
     * Opens a folder: a model, or an adapter with its base model. Of the weights, the names and places are read, and those compared
     * that should be equal.
     *
     * @throws InvalidFileException if a file is missing, broken, hostile or of a family that is not supported, the files do not fit, or
     *                              a tensor is no known part of the network
     */
    public static Checkpoint open(Path folder) {
        ModelFolder parts = ModelFolder.of(folder);
        Path described = parts.base().resolve(CONFIGURATION);
        if (!Files.exists(described)) {
            WeightFiles.open(parts); // which tells a trainer's folder
        }
        Configuration configuration = Configuration.read(described);
        Architecture architecture = Architecture.of(configuration);
        WeightFiles weights = WeightFiles.open(parts);
        if (parts.adapter().isPresent()) {
            return adapted(parts, parts.adapter().get(), configuration, architecture, weights);
        }
        LoraAdapter.requireNoneTakenAway(weights.tensors());
        return new Checkpoint(configuration, architecture, files(configuration, weights),
                TensorAccount.of(architecture, weights.first(), weights.tensors(), Optional.empty()));
    }

    /** With an adapter, whose tensors lie in a file of their own or among those of the model. */
    private static Checkpoint adapted(ModelFolder parts, Path adapterFile, Configuration stated, Architecture described,
            WeightFiles weights) {
        LoraSettings settings = LoraSettings.read(adapterFile);
        Optional<WeightFiles> apart = WeightFiles.ofAdapter(parts.files());
        Map<Boolean, Map<String, StoredTensor>> within = weights.parted(LoraAdapter::holds);
        Map<String, StoredTensor> amongThem = Objects.requireNonNull(within.get(true));
        if (apart.isPresent() && !amongThem.isEmpty()) {
            throw new InvalidFileException(adapterFile,
                    "belongs to two adapters: " + apart.get().first().getFileName() + ", and the tensors "
                            + amongThem.keySet().iterator().next() + " … in " + weights.first().getFileName() + "; remove one");
        }
        Map<String, StoredTensor> ofAdapter = apart.map(WeightFiles::tensors).orElse(amongThem);
        LoraAdapter adapter = LoraAdapter.of(ofAdapter, settings, new FamilyNames(described));
        Configuration configuration = bringsDecoder(adapter, described) ? stated.with("tie_word_embeddings", false) : stated;
        Architecture architecture = Architecture.of(configuration);
        List<Path> files = Stream.of(files(configuration, weights), List.of(adapterFile), apart.map(WeightFiles::files).orElse(List.of()))
                .flatMap(List::stream).toList();
        return new Checkpoint(configuration, architecture, files,
                TensorAccount.of(architecture, weights.first(), Objects.requireNonNull(within.get(false)), Optional.of(adapter)));
    }

    /** PEFT trains a copy of what it saves besides, so a decoder that an adapter brings is no longer tied to the word embeddings. */
    private static boolean bringsDecoder(LoraAdapter adapter, Architecture described) {
        return described.parameters().values().stream().flatMap(parameter -> parameter.tied().stream())
                .anyMatch(adapter.replaced()::containsKey);
    }

    private static List<Path> files(Configuration configuration, WeightFiles weights) {
        return Stream.concat(Stream.of(configuration.file()), weights.files().stream()).toList();
    }

    public Architecture architecture() {
        return architecture;
    }

    /** The kind of network, as {@code config.json} calls it. */
    public String modelType() {
        return Architecture.modelType(configuration);
    }

    /** What describes the network: {@code config.json}, or what an adapter makes of it. */
    public Configuration configuration() {
        return configuration;
    }

    /** SHA-256 of configuration and weights, those of an adapter included. */
    public String digest() {
        return Sha256.ofFiles(files.toArray(Path[]::new));
    }

    /** The tensors that the network takes, not yet read, by the program's names. */
    public Map<String, StoredTensor> tensors() {
        return Collections.unmodifiableMap(tensors.taken());
    }

    /** What an adapter adds to some of them. */
    public Map<String, LowRankUpdate> updates() {
        return Collections.unmodifiableMap(tensors.updates());
    }

    /** The stored tensors that are known to be no part of masked-LM scoring. */
    public List<String> unscored() {
        return tensors.left();
    }
}
