package io.github.miaudit.djl;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.miaudit.AuditException;
import io.github.miaudit.InvalidFileException;
import io.github.miaudit.data.Sample;
import io.github.miaudit.data.Sha256;
import io.github.miaudit.likelihood.TokenSequence;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** The tokenizer of a Hugging Face folder. Never truncates or pads. Thread-safe until closed. */
final class MaskedLmTokenizer implements AutoCloseable {

    private static final String DEFAULT_MASK_TOKEN = "<mask>";

    private final HuggingFaceTokenizer tokenizer;
    private final int maskId;
    private final int vocabularySize;
    private final String digest;

    private MaskedLmTokenizer(HuggingFaceTokenizer tokenizer, int maskId, int vocabularySize, String digest) {
        this.tokenizer = tokenizer;
        this.maskId = maskId;
        this.vocabularySize = vocabularySize;
        this.digest = digest;
    }

    static MaskedLmTokenizer open(Path folder) {
        Path file = folder.resolve("tokenizer.json");
        JsonObject json = JsonFile.read(file);
        int maskId = idOf(file, json, maskToken(folder));
        return new MaskedLmTokenizer(load(file), maskId, vocabularySize(file, json), digest(json));
    }

    int maskId() {
        return maskId;
    }

    /** One more than the highest token id. */
    int vocabularySize() {
        return vocabularySize;
    }

    /** SHA-256 of all that determines the tokens, whatever the order of the file's members. */
    String digest() {
        return digest;
    }

    /** The sentence with the special tokens that the post-processor adds. */
    TokenSequence tokenise(Sample sample) {
        Encoding encoding;
        try {
            encoding = tokenizer.encode(sample.text(), true, false);
        } catch (RuntimeException e) { // its message may quote the text, so it is neither kept nor shown
            throw new AuditException("sentence " + sample.id() + " can't be tokenised: " + e.getClass().getSimpleName());
        }
        long[] special = encoding.getSpecialTokenMask();
        boolean[] isSpecial = new boolean[special.length];
        IntStream.range(0, special.length).forEach(position -> isSpecial[position] = special[position] == 1);
        return new TokenSequence(toInts(encoding.getIds()), toInts(encoding.getWordIds()), isSpecial);
    }

    @Override
    public void close() {
        tokenizer.close();
    }

    // DJL truncates and pads unless told not to, whatever tokenizer.json says.
    private static HuggingFaceTokenizer load(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            return HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(bytes), Map.of("truncation", "false", "padding", "false"));
        } catch (IOException e) {
            throw new InvalidFileException(file, e);
        } catch (RuntimeException e) {
            throw new InvalidFileException(file, "is no usable tokenizer: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    private static String maskToken(Path folder) {
        Path file = folder.resolve("tokenizer_config.json");
        JsonElement token = Files.exists(file) ? JsonFile.read(file).get("mask_token") : null;
        if (token != null && token.isJsonObject()) {
            token = token.getAsJsonObject().get("content");
        }
        return token != null && token.isJsonPrimitive() ? token.getAsString() : DEFAULT_MASK_TOKEN;
    }

    private static int idOf(Path file, JsonObject json, String token) {
        if (json.get("added_tokens") instanceof JsonArray added) {
            for (JsonElement element : added) {
                if (element instanceof JsonObject entry && entry.has("content") && entry.has("id")
                        && token.equals(entry.get("content").getAsString())) {
                    return entry.get("id").getAsInt();
                }
            }
        }
        throw new InvalidFileException(file, "has no mask token " + token + " among its added_tokens; is it a masked language model's tokenizer?");
    }

    private static int vocabularySize(Path file, JsonObject json) {
        int highest = -1;
        try {
            for (JsonElement id : json.getAsJsonObject("model").getAsJsonObject("vocab").asMap().values()) {
                highest = Math.max(highest, id.getAsInt());
            }
            for (JsonElement token : json.getAsJsonArray("added_tokens")) {
                highest = Math.max(highest, token.getAsJsonObject().get("id").getAsInt());
            }
        } catch (RuntimeException e) { // a part is missing or of the wrong kind
            throw new InvalidFileException(file, "has no model.vocab of tokens and ids");
        }
        return highest + 1;
    }

    // Truncation and padding settings are switched off above, so they don't matter.
    private static String digest(JsonObject json) {
        JsonObject relevant = json.deepCopy();
        relevant.remove("truncation");
        relevant.remove("padding");
        return Sha256.of(sorted(relevant).toString().getBytes(StandardCharsets.UTF_8));
    }

    private static JsonElement sorted(JsonElement element) {
        if (element.isJsonArray()) {
            JsonArray array = new JsonArray();
            element.getAsJsonArray().forEach(item -> array.add(sorted(item)));
            return array;
        }
        if (element.isJsonObject()) {
            JsonObject object = new JsonObject();
            new TreeMap<>(element.getAsJsonObject().asMap()).forEach((name, value) -> object.add(name, sorted(value)));
            return object;
        }
        return element;
    }

    private static int[] toInts(long[] values) {
        return LongStream.of(values).mapToInt(Math::toIntExact).toArray();
    }
}
