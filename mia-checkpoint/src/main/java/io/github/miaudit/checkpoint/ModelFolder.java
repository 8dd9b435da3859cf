package io.github.miaudit.checkpoint;

import io.github.miaudit.io.InvalidFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the parts of a model lie, of which somebody named the folder: it may be the root of a model in Hugging Face's cache, and hold
 * an adapter alone, whose base model lies elsewhere.
 *
 * @param files   the folder with the tokenizer, or with the adapter
 * @param base    the folder with configuration and weights; the same but for an adapter that is kept alone
 * @param adapter the {@code adapter_config.json} of a PEFT adapter
 */
public record ModelFolder(Path files, Path base, Optional<Path> adapter) {

    private static final String ADAPTER = "adapter_config.json";

    /**
     * Finds the parts.
     *
     * @throws InvalidFileException if it is no folder, or the base model of an adapter is not to be found
     */
    public static ModelFolder of(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new InvalidFileException(folder, "is no folder; expected a checkpoint with config.json, weights and a tokenizer");
        }
        Path files = snapshot(folder);
        Path adapter = files.resolve(ADAPTER);
        WeightFiles.adapterIn(files).filter(weights -> !Files.exists(adapter)).ifPresent(weights -> {
            throw new InvalidFileException(weights, "is an adapter without its " + ADAPTER + ", which says how it is applied; put it there,"
                    + " or take the adapter away to audit the base model alone");
        });
        return Files.exists(adapter) ? new ModelFolder(files, base(files, adapter), Optional.of(adapter))
                : new ModelFolder(files, files, Optional.empty());
    }

    /** The folder with the tokenizer: that of the adapter if it holds one. */
    public Path tokenizer() {
        return TokenizerFiles.areIn(files) ? files : base;
    }

    /** What to say of a folder that has no weights; a trainer's has them below it. */
    InvalidFileException lackOfWeights(String usual, String others) {
        List<String> checkpoints = list(base).filter(WeightFiles::areIn).map(path -> path.getFileName().toString()).sorted().toList();
        return checkpoints.isEmpty() ? new InvalidFileException(base.resolve(usual), "does not exist, and neither does " + others)
                : new InvalidFileException(base,
                        "has no weights of its own, but " + String.join(", ", checkpoints) + " below it; name the one that is meant");
    }

    /** The snapshot that the root of a model in the cache leads to, or the folder itself. */
    private static Path snapshot(Path folder) {
        Path snapshots = folder.resolve("snapshots");
        if (Files.exists(folder.resolve(Checkpoint.CONFIGURATION)) || !Files.isDirectory(snapshots)) {
            return folder;
        }
        Path main = folder.resolve("refs").resolve("main");
        if (Files.exists(main)) {
            String name = ModelFile.text(main).strip();
            Path named = snapshots.resolve(name.matches("[0-9A-Za-z]{1,64}") ? name : "?");
            if (Files.isDirectory(named)) {
                return named;
            }
            throw new InvalidFileException(main, "names no folder of " + snapshots + "; name the snapshot's folder itself");
        }
        List<Path> all = list(snapshots).filter(Files::isDirectory).sorted().toList();
        if (all.size() == 1) {
            return all.get(0);
        }
        throw new InvalidFileException(snapshots,
                "holds " + all.size() + " snapshots, and no refs/main tells which one counts; name the snapshot's folder itself");
    }

    /** The folder itself if it holds a model's weights, as in Hugging Face transformers, else that which the adapter names. */
    private static Path base(Path folder, Path adapter) {
        if (WeightFiles.areIn(folder)) {
            return folder;
        }
        String named = Configuration.read(adapter).text("base_model_name_or_path", "");
        return Stream.of(folder, Path.of("")).flatMap(start -> resolved(start, named)).filter(Files::isDirectory).findFirst()
                .map(ModelFolder::snapshot)
                .orElseThrow(() -> new InvalidFileException(adapter, "is an adapter without its base model: base_model_name_or_path is \""
                        + named + "\", which is no folder here; put the base model's files beside it, or state its folder there"));
    }

    private static Stream<Path> resolved(Path start, String name) {
        try {
            return name.isBlank() ? Stream.empty() : Stream.of(start.resolve(name));
        } catch (InvalidPathException e) {
            return Stream.empty(); // no path of this system, so no folder
        }
    }

    private static Stream<Path> list(Path folder) {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.toList().stream();
        } catch (IOException e) {
            throw new InvalidFileException(folder, e);
        }
    }
}
