package io.github.miaudit.checkpoint;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.miaudit.io.InvalidFileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The weights of a Hugging Face folder, in whichever of the usual files they lie. */
record WeightFiles(List<Path> files, Map<String, StoredTensor> tensors) {

    private static final String LFS_POINTER = "version https://git-lfs";

    /** A file name, the index of its shards, and how to read a file of the kind. The first that is there counts. */
    private enum Format {

        SAFETENSORS("model.safetensors", SafetensorsFile::read), PYTORCH("pytorch_model.bin", PytorchFile::read),
        ADAPTER_SAFETENSORS("adapter_model.safetensors", SafetensorsFile::read), ADAPTER_PYTORCH("adapter_model.bin", PytorchFile::read);

        private final String name;
        private final Function<Path, Map<String, StoredTensor>> reader;

        Format(String name, Function<Path, Map<String, StoredTensor>> reader) {
            this.name = name;
            this.reader = reader;
        }

        private String index() {
            return name + ".index.json";
        }

        private Map<String, StoredTensor> read(Path file) {
            ModelFile.requireInItsFolder(file);
            requireNoPointer(file);
            return reader.apply(file);
        }
    }

    private static final List<Format> WHOLE = List.of(Format.SAFETENSORS, Format.PYTORCH);
    private static final List<Format> ADAPTER = List.of(Format.ADAPTER_SAFETENSORS, Format.ADAPTER_PYTORCH);

    static boolean areIn(Path folder) {
        return WHOLE.stream()
                .anyMatch(format -> Files.exists(folder.resolve(format.name)) || Files.exists(folder.resolve(format.index())));
    }

    static WeightFiles open(ModelFolder folder) {
        return find(folder.base(), WHOLE)
                .orElseThrow(() -> folder.lackOfWeights(Format.SAFETENSORS.name, Format.PYTORCH.name + " or an index of shards"));
    }

    /** The file with the weights of an adapter, if there is one. */
    static Optional<Path> adapterIn(Path folder) {
        return ADAPTER.stream().flatMap(format -> Stream.of(format.name, format.index())).map(folder::resolve).filter(Files::exists)
                .findFirst();
    }

    /** The weights of an adapter alone, if they lie beside its configuration. */
    static Optional<WeightFiles> ofAdapter(Path folder) {
        return find(folder, ADAPTER);
    }

    /** The file to name in errors. */
    Path first() {
        return files.get(0);
    }

    /** The tensors whose names are of a kind, and the others. */
    Map<Boolean, Map<String, StoredTensor>> parted(Predicate<String> kind) {
        return tensors.entrySet().stream().collect(Collectors.partitioningBy(entry -> kind.test(entry.getKey()),
                Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, TreeMap::new)));
    }

    private static Optional<WeightFiles> find(Path folder, List<Format> formats) {
        for (Format format : formats) {
            if (Files.exists(folder.resolve(format.name))) {
                return Optional.of(new WeightFiles(List.of(folder.resolve(format.name)), format.read(folder.resolve(format.name))));
            }
            if (Files.exists(folder.resolve(format.index()))) {
                return Optional.of(shards(folder.resolve(format.index()), format));
            }
        }
        return Optional.empty();
    }

    private static WeightFiles shards(Path index, Format format) {
        if (!(ModelFile.json(index).get("weight_map") instanceof JsonObject map)) {
            throw new InvalidFileException(index, "has no weight_map of tensors and files");
        }
        Map<String, Map<String, StoredTensor>> shards = new TreeMap<>();
        Map<String, StoredTensor> tensors = new TreeMap<>();
        for (Map.Entry<String, JsonElement> entry : map.entrySet()) {
            String shard = shardName(index, entry.getKey(), entry.getValue());
            StoredTensor tensor = shards.computeIfAbsent(shard, name -> format.read(index.resolveSibling(name))).get(entry.getKey());
            if (tensor == null) {
                throw new InvalidFileException(index,
                        "says that tensor " + entry.getKey() + " is in " + shard + ", which does not have it");
            }
            tensors.put(entry.getKey(), tensor);
        }
        shards.forEach((shard, held) -> held.keySet().stream().filter(name -> !tensors.containsKey(name)).findFirst().ifPresent(name -> {
            throw new InvalidFileException(index, "does not say that tensor " + name + " is in " + shard + "; is it this model's index?");
        }));
        List<Path> files = Stream.concat(Stream.of(index), shards.keySet().stream().map(index::resolveSibling)).toList();
        return new WeightFiles(files, tensors);
    }

    /** What a clone holds in the place of a large file that was not fetched. */
    private static void requireNoPointer(Path file) {
        try (InputStream start = Files.newInputStream(file)) {
            if (new String(start.readNBytes(LFS_POINTER.length()), StandardCharsets.US_ASCII).equals(LFS_POINTER)) {
                throw new InvalidFileException(file,
                        "is a Git LFS pointer, not the weights themselves; run git lfs pull where it was cloned");
            }
        } catch (IOException e) {
            throw new InvalidFileException(file, e);
        }
    }

    /** A shard is a weight file beside its index: no path leads elsewhere, and no index to itself or another. */
    private static String shardName(Path index, String tensor, JsonElement value) {
        String name = value.isJsonPrimitive() ? value.getAsString() : "";
        if (!name.matches("[^/\\\\\\p{Cntrl}]+\\.(safetensors|bin)")) {
            throw new InvalidFileException(index,
                    "says that tensor " + tensor + " is in " + value + "; it must be a .safetensors or .bin file beside it");
        }
        return name;
    }
}
