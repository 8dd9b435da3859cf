package io.github.miaudit.cli;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.io.InvalidFileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The shipped demonstration, as {@link TrainDemoCommand} made it: synthetic notes and three models. Models are mapped
 * from disk, so the resources are unpacked into a temporary folder, which is deleted on close.
 */
record Demonstration(Path folder) implements AutoCloseable {

    private static final List<String> DATASET = List.of("members.jsonl", "non_members.jsonl", "externals.jsonl");
    private static final List<String> MODEL = List.of("config.json", "tokenizer.json", "tokenizer_config.json", "model.safetensors",
            "training.json");

    static Demonstration unpack() {
        Demonstration demonstration = new Demonstration(temporaryFolder());
        try {
            unpackInto(demonstration.folder);
            return demonstration;
        } catch (RuntimeException e) {
            demonstration.close();
            throw e;
        }
    }

    /** Writes the folders {@code dataset}, {@code target}, {@code reference} and {@code control}. */
    static void unpackInto(Path folder) {
        DATASET.forEach(file -> unpack(folder, "dataset/" + file));
        for (String role : List.of("target", "reference", "control")) {
            MODEL.forEach(file -> unpack(folder, role + "/" + file));
        }
    }

    AttackDataset dataset() {
        return AttackDataset.readJsonLines(folder.resolve("dataset"));
    }

    Path target() {
        return folder.resolve("target");
    }

    Path reference() {
        return folder.resolve("reference");
    }

    Path control() {
        return folder.resolve("control");
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new InvalidFileException(folder, e);
        }
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("miaudit-demo");
        } catch (IOException e) {
            throw new InvalidFileException(Path.of(System.getProperty("java.io.tmpdir")), e);
        }
    }

    private static void unpack(Path folder, String name) {
        Path file = folder.resolve(name);
        try (InputStream resource = Demonstration.class.getResourceAsStream("demo/" + name)) {
            Files.createDirectories(file.getParent());
            Files.copy(resource, file);
        } catch (IOException e) {
            throw new InvalidFileException(file, e);
        }
    }
}
