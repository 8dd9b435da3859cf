package io.github.miaudit.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import io.github.miaudit.checkpoint.Architecture;
import io.github.miaudit.checkpoint.Checkpoint;
import io.github.miaudit.checkpoint.ModelFolder;
import io.github.miaudit.io.AtomicFile;
import io.github.miaudit.io.Sha256;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A start from a model that is there: a Hugging Face folder with weights. */
record CheckpointStart(Path folder) implements TrainingStart {

    /** What can make up a tokenizer. */
    private static final List<String> TOKENIZER_FILES = List.of("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json",
            "added_tokens.json", "vocab.json", "merges.txt", "vocab.txt", "sentencepiece.bpe.model", "spm.model");

    /** Where Hugging Face transformers state how weights are stored, by version. */
    private static final List<String> TYPE_KEYS = List.of("torch_dtype", "dtype");

    @Override
    public void writeModelFiles(Path target) {
        JsonObject configuration = Checkpoint.open(folder).configuration().json().deepCopy();
        TYPE_KEYS.stream().filter(configuration::has).forEach(key -> configuration.addProperty(key, "float32")); // as they are written here
        AtomicFile.write(target.resolve("config.json"), writer -> writer
                .write(new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().serializeNulls().create().toJson(configuration) + "\n"));
        Path tokenizer = ModelFolder.of(folder).tokenizer();
        for (String name : TOKENIZER_FILES) {
            if (Files.exists(tokenizer.resolve(name))) {
                AtomicFile.writeBytes(target.resolve(name),
                        channel -> Files.copy(tokenizer.resolve(name), Channels.newOutputStream(channel)));
            }
        }
    }

    @Override
    public Map<String, NDArray> weights(Architecture architecture, long seed, NDManager manager) {
        return Weights.load(Checkpoint.open(folder), manager);
    }

    @Override
    public String digest() {
        try (MaskedLmTokenizer tokenizer = MaskedLmTokenizer.open(folder)) {
            return Sha256.of((Checkpoint.open(folder).digest() + " " + tokenizer.digest()).getBytes(StandardCharsets.US_ASCII));
        }
    }
}
