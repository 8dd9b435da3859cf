package io.github.miaudit.checkpoint;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What {@code tokenizer_config.json} and {@code special_tokens_map.json} say of a tokenizer, in one; the first wins. */
record TokenizerSettings(Configuration merged) {

    static TokenizerSettings read(Path folder) {
        JsonObject merged = new JsonObject();
        Path file = folder.resolve("tokenizer_config.json");
        for (Path source : List.of(folder.resolve("special_tokens_map.json"), file)) {
            if (Files.exists(source)) {
                ModelFile.json(source).entrySet().stream().filter(entry -> !entry.getValue().isJsonNull())
                        .forEach(entry -> merged.add(entry.getKey(), entry.getValue()));
            }
        }
        return new TokenizerSettings(new Configuration(file, merged));
    }

    boolean has(String key) {
        return merged.has(key);
    }

    boolean flag(String key, boolean otherwise) {
        return merged.flag(key, otherwise);
    }

    /** A special token by its role: a string or an object with its {@code content}. */
    String token(String role, String otherwise) {
        return merged.json().get(role) instanceof JsonObject ? merged.object(role).text("content", otherwise)
                : merged.text(role, otherwise);
    }
}
