package io.github.miaudit.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.io.InvalidFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFolderTest {

    @TempDir
    private Path folder;

    @Test
    void theRootOfAModelInTheCacheLeadsToItsSnapshot() throws IOException {
        Path root = Files.createDirectories(folder.resolve("models--x--y"));
        Path first = snapshot(root, "0a1b");
        assertEquals(Checkpoint.open(Resources.BERT).tensors().keySet(), Checkpoint.open(root).tensors().keySet());
        assertEquals(first.resolve("tokenizer.json"), TokenizerJson.read(root).file());
        snapshot(root, "2c3d");
        assertRefused(root, "holds 2 snapshots, and no refs/main tells which one counts");
        Files.createDirectory(root.resolve("refs"));
        Files.writeString(root.resolve("refs").resolve("main"), "2c3d\n");
        assertEquals(root.resolve("snapshots").resolve("2c3d").resolve("tokenizer.json"), TokenizerJson.read(root).file());
        Files.writeString(root.resolve("refs").resolve("main"), "../../other");
        assertRefused(root, "names no folder of ");
    }

    @Test
    void aTrainersFolderNamesItsCheckpoints() throws IOException {
        Files.copy(Resources.BERT.resolve("config.json"), folder.resolve("config.json"));
        for (String name : new String[] {"checkpoint-500", "checkpoint-1000"}) {
            copy(Files.createDirectory(folder.resolve(name)));
        }
        assertRefused(folder, "has no weights of its own, but checkpoint-1000, checkpoint-500 below it; name the one that is meant");
    }

    @Test
    void anAdapterWithoutItsSettingsIsRefused() throws IOException {
        copy(folder);
        Files.copy(Resources.folder("/adapters/patterns").resolve("adapter_model.safetensors"),
                folder.resolve("adapter_model.safetensors"));
        assertRefused(folder, "adapter_model.safetensors: is an adapter without its adapter_config.json");
    }

    @Test
    void aShardHoldsNothingThatItsIndexDoesNotName() throws IOException {
        copy(folder);
        Files.move(folder.resolve("model.safetensors"), folder.resolve("one.safetensors"));
        EditableWeights weights = EditableWeights.read(folder.resolve("one.safetensors"));
        String index = weights.tensors().keySet().stream().skip(1).map(name -> "\"" + name + "\": \"one.safetensors\"")
                .collect(Collectors.joining(", ", "{\"weight_map\": {", "}}"));
        Files.writeString(folder.resolve("model.safetensors.index.json"), index);
        assertRefused(folder, "does not say that tensor " + weights.tensors().keySet().iterator().next() + " is in one.safetensors");
    }

    @Test
    void aFolderThatIsNoneIsRefused() {
        assertRefused(folder.resolve("nothing"), "is no folder; expected a checkpoint");
    }

    private static Path snapshot(Path root, String name) throws IOException {
        Path snapshot = Files.createDirectories(root.resolve("snapshots").resolve(name));
        copy(snapshot);
        return snapshot;
    }

    private static void copy(Path target) throws IOException {
        for (String name : new String[] {"config.json", "model.safetensors", "tokenizer.json"}) {
            Files.copy(Resources.BERT.resolve(name), target.resolve(name));
        }
    }

    private static void assertRefused(Path folder, String problem) {
        String message = assertThrows(InvalidFileException.class, () -> Checkpoint.open(folder)).getMessage();
        assertTrue(message.contains(problem), message);
    }
}
