package io.github.miaudit.checkpoint;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.miaudit.io.InvalidFileException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The tokenizer of a folder in the format of {@code tokenizer.json}: that file if it is there, else built from
 * {@code vocab.json} and {@code merges.txt} (byte-level BPE, as RoBERTa's) or from {@code vocab.txt} (WordPiece, as
 * BERT's), with the defaults of Hugging Face transformers. Thread-safe.
 */
public final class TokenizerJson {

    private final Path file;
    private final JsonObject json;
    private final TokenizerSettings settings;
    private final TokenizerVocabulary vocabulary;

    private TokenizerJson(Path file, JsonObject json, TokenizerSettings settings) {
        this.file = file;
        this.json = json;
        this.settings = settings;
        this.vocabulary = TokenizerVocabulary.of(file, json);
    }

    /** Whether a folder holds a tokenizer. */
    static boolean isIn(Path folder) {
        return Stream.of("tokenizer.json", "vocab.json", "vocab.txt").map(folder::resolve).anyMatch(Files::exists);
    }

    /**
     * Reads the tokenizer of a model's folder.
     *
     * @throws InvalidFileException if its files are missing, broken or hostile
     */
    public static TokenizerJson read(Path model) {
        Path folder = ModelFolder.of(model).tokenizer();
        TokenizerSettings settings = TokenizerSettings.read(folder);
        Path whole = folder.resolve("tokenizer.json");
        Path words = folder.resolve("vocab.txt");
        Path pieces = folder.resolve("vocab.json");
        if (Files.exists(whole)) {
            return new TokenizerJson(whole, ModelFile.json(whole), settings);
        }
        if (Files.exists(pieces)) {
            return new TokenizerJson(pieces, OlderTokenizer.byteLevel(pieces, settings), settings);
        }
        if (Files.exists(words)) {
            return new TokenizerJson(words, OlderTokenizer.wordPiece(words, settings), settings);
        }
        boolean sentencePiece = Files.exists(folder.resolve("sentencepiece.bpe.model")) || Files.exists(folder.resolve("spm.model"));
        throw new InvalidFileException(whole,
                sentencePiece ? "does not exist, and a SentencePiece model alone is not enough; save the tokenizer as tokenizer.json"
                        : "does not exist, and neither do vocab.json with merges.txt or vocab.txt");
    }

    /** Where the tokens come from, for errors. */
    public Path file() {
        return file;
    }

    /**
     * The id of the mask token.
     *
     * @throws InvalidFileException if there is none
     */
    public int maskId() {
        boolean named = settings.has("mask_token");
        List<String> names = named ? List.of(settings.token("mask_token", "")) : List.of("<mask>", "[MASK]");
        return names.stream().filter(vocabulary.ids()::containsKey).findFirst().map(vocabulary.ids()::get)
                .orElseThrow(() -> new InvalidFileException(file,
                        "has no mask token " + String.join(" or ", names) + "; is it a masked language model's tokenizer?"));
    }

    /** The id that stands for what the vocabulary lacks; empty if none does. */
    public OptionalInt unknownId() {
        JsonObject model = json.getAsJsonObject("model");
        if (model.get("unk_id") instanceof JsonPrimitive id && id.isNumber()) {
            return OptionalInt.of(TokenizerVocabulary.id(file, id));
        }
        Integer id = model.get("unk_token") instanceof JsonPrimitive token ? vocabulary.ids().get(token.getAsString()) : null;
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    /** One more than the highest token id. */
    public int vocabularySize() {
        return vocabulary.size();
    }

    /** The ids of the tokens that must not come out of a text. */
    public Set<Integer> specialIds() {
        Set<Integer> ids = new TreeSet<>();
        SpecialTokens.of(settings).names().stream().filter(vocabulary.ids()::containsKey).map(vocabulary.ids()::get).forEach(ids::add);
        unknownId().ifPresent(ids::remove);
        return ids;
    }

    /** SHA-256 of all that determines the tokens: the same tokenizer has the same digest whichever file it was read from. */
    public String digest() {
        return TokenizerDigest.of(json, vocabulary);
    }

    /**
     * A {@code tokenizer.json} with its special tokens out of a text's reach: they are no longer looked for in the text, and
     * their names in the vocabulary are such that nobody can type them. The ids that frame a sentence stay, for the
     * post-processor holds them as numbers.
     */
    public byte[] withoutSpecialTokensInText() {
        return SpecialTokens.of(settings).outOfReach(json).toString().getBytes(StandardCharsets.UTF_8);
    }
}
