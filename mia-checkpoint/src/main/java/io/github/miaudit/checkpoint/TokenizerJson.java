package io.github.miaudit.checkpoint;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.miaudit.io.InvalidFileException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The tokenizer of a folder in the format of {@code tokenizer.json}, made of its files as Hugging Face transformers 5 do: of
 * {@code tokenizer.json} if it is there, else of {@code vocab.json} and {@code merges.txt} (byte-level BPE, as RoBERTa's) or of
 * {@code vocab.txt} (WordPiece, as BERT's), and of what {@code tokenizer_config.json}, {@code special_tokens_map.json} and
 * {@code added_tokens.json} say. Thread-safe.
 */
public final class TokenizerJson {

    private static final String WHOLE = "tokenizer.json";

    private final Path file;
    private final JsonObject json;
    private final List<AddedToken> added;
    private final TokenizerClass tokenizer;
    private final TokenizerSettings settings;
    private final TokenizerVocabulary vocabulary;

    private TokenizerJson(Path file, JsonObject stored, TokenizerClass tokenizer, TokenizerSettings settings) {
        this.file = file;
        this.tokenizer = tokenizer;
        this.settings = settings;
        TokenizerVocabulary model = TokenizerVocabulary.ofModel(file, stored);
        this.added = AddedTokens.of(file, tokenizer, AddedTokens.stored(file, stored), model.ids(), settings);
        stored.add("added_tokens", AddedTokens.toJson(added));
        this.vocabulary = model.with(added);
        requireCertain(file, stored);
        SentenceFrame.of(file, stored.get("post_processor"), vocabulary.ids());
        this.json = tokenizer == TokenizerClass.AS_STORED ? stored
                : RebuiltTokenizer.of(tokenizer, file, stored, settings, vocabulary.ids());
    }

    /** Whether a folder holds a tokenizer. */
    static boolean isIn(Path folder) {
        return Stream.of("tokenizer.json", "vocab.json", "vocab.txt").map(folder::resolve).anyMatch(Files::exists);
    }

    /**
     * Reads the tokenizer of a model's folder.
     *
     * @throws InvalidFileException if its files are missing, broken or hostile, if they contradict each other, or if their tokens can't
     *                              be made here
     */
    public static TokenizerJson read(Path model) {
        ModelFolder parts = ModelFolder.of(model);
        Path folder = parts.tokenizer();
        TokenizerSettings settings = TokenizerSettings.read(folder, parts.base());
        TokenizerClass tokenizer = TokenizerClass.of(settings).orElseGet(() -> ofFiles(folder));
        settings.requireKnown(tokenizer);
        Path whole = folder.resolve(WHOLE);
        Path words = folder.resolve("vocab.txt");
        Path pieces = folder.resolve("vocab.json");
        if (Files.exists(whole)) {
            JsonObject stored = ModelFile.json(whole);
            return new TokenizerJson(whole, stored,
                    settings.className().isEmpty() && !couldMake(tokenizer, stored) ? TokenizerClass.AS_STORED
                            : tokenizer,
                    settings);
        }
        if (tokenizer.model() == TokenizerClass.Model.BYTE_PAIRS && Files.exists(pieces)) {
            return new TokenizerJson(pieces, OlderTokenizer.bytePairs(pieces, tokenizer.endOfWord()), tokenizer, settings);
        }
        if (tokenizer.model() == TokenizerClass.Model.WORD_PIECE && Files.exists(words)) {
            return new TokenizerJson(words, OlderTokenizer.wordPiece(words), tokenizer, settings);
        }
        throw missing(folder, tokenizer, settings);
    }

    /** Where neither settings nor family tell the class, as in folders without config.json. */
    private static TokenizerClass ofFiles(Path folder) {
        return Files.exists(folder.resolve(WHOLE)) ? TokenizerClass.AS_STORED
                : Files.exists(folder.resolve("vocab.json")) ? TokenizerClass.ROBERTA
                        : Files.exists(folder.resolve("vocab.txt")) ? TokenizerClass.BERT : TokenizerClass.AS_STORED;
    }

    /** Whether transformers 5 could make a tokenizer of its family's usual class of a file; version 4 took another as it stands. */
    private static boolean couldMake(TokenizerClass tokenizer, JsonObject stored) {
        return tokenizer.model() != TokenizerClass.Model.UNIGRAM
                || !(stored.get("model") instanceof JsonObject model && model.get("vocab") instanceof JsonObject);
    }

    private static InvalidFileException missing(Path folder, TokenizerClass tokenizer, TokenizerSettings settings) {
        Path whole = folder.resolve(WHOLE);
        if (List.of("sentencepiece.bpe.model", "spm.model", "spiece.model", "tokenizer.model").stream()
                .anyMatch(name -> Files.exists(folder.resolve(name)))) {
            return new InvalidFileException(whole,
                    "does not exist, and a SentencePiece model alone is not enough; save the tokenizer as tokenizer.json");
        }
        if (Files.exists(folder.resolve("vocab.txt")) || Files.exists(folder.resolve("vocab.json"))) {
            return new InvalidFileException(whole, "does not exist; " + settings.classStated() + " in " + settings.classFile().getFileName()
                    + ", which can't be read from the files beside it but from " + tokenizer.model().files()
                    + "; save the tokenizer as tokenizer.json");
        }
        if (Files.exists(folder.resolve("dict.txt"))) {
            return new InvalidFileException(whole,
                    "does not exist, and dict.txt of fairseq is not read; save the tokenizer as tokenizer.json");
        }
        return new InvalidFileException(whole, "does not exist, and neither do vocab.json with merges.txt or vocab.txt");
    }

    /** Refuses tokens that are drawn anew each time. */
    private static void requireCertain(Path file, JsonObject tokenizer) {
        JsonElement dropout = tokenizer.getAsJsonObject("model").get("dropout");
        if (dropout instanceof JsonPrimitive share && !(share.isNumber() && share.getAsDouble() == 0)) {
            throw new InvalidFileException(file, "model.dropout is " + dropout + ", so tokens would be drawn at random; set it to null");
        }
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
        List<String> names = tokenizer.masks(settings);
        return names.stream().filter(vocabulary.ids()::containsKey).findFirst().map(vocabulary.ids()::get)
                .orElseThrow(() -> new InvalidFileException(file,
                        "has no mask token " + String.join(" or ", names)
                                + (settings.has("mask_token") ? ", which " + settings.fileOf("mask_token") + " names" : "")
                                + "; is it a masked language model's tokenizer?"));
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
        specialTokens().names().stream().filter(vocabulary.ids()::containsKey).map(vocabulary.ids()::get).forEach(ids::add);
        unknownId().ifPresent(ids::remove);
        return ids;
    }

    /** SHA-256 of all that determines the tokens: the same tokenizer has the same digest whichever file it was read from. */
    public String digest() {
        return TokenizerDigest.of(json, vocabulary, specialTokens().inReach(added));
    }

    /**
     * A {@code tokenizer.json} with its special tokens out of a text's reach: their names are such that nobody can type them. All ids
     * stay.
     */
    public byte[] withoutSpecialTokensInText() {
        return bytes(specialTokens().outOfReach(json, added));
    }

    /** Whether it has added tokens that a library numbers anew: those that are not in the model's own vocabulary. */
    public boolean mustProveIds() {
        return !renumbered().isEmpty();
    }

    /** The same, but it reads the name of an added token as this token alone, for {@link #requireIds}. */
    public byte[] forProof() {
        JsonObject proof = specialTokens().outOfReach(json, added.stream().map(token -> token.withContent(token.content())).toList());
        List.of("normalizer", "pre_tokenizer", "post_processor").forEach(part -> proof.add(part, JsonNull.INSTANCE));
        return bytes(proof);
    }

    /**
     * Compares the ids that a library gives to added tokens with those of the files.
     *
     * @param reader reads a text with {@link #forProof} as ids
     * @throws InvalidFileException if one differs
     */
    public void requireIds(Function<String, long[]> reader) {
        SpecialTokens special = specialTokens();
        renumbered().forEach(token -> {
            long[] given = reader.apply(special.untypeable(token.content()));
            if (given.length != 1 || given[0] != token.id()) {
                throw new InvalidFileException(file, "or a file beside it gives the added token \"" + token.content() + "\" the id "
                        + token.id() + ", but the tokenizers library reads it as " + Arrays.toString(given)
                        + "; ids of added tokens must follow the vocabulary's, in their order and without a gap; save the tokenizer anew"
                        + " with the library that trained the model");
            }
        });
    }

    /**
     * Refuses two added tokens that are the same once a text is normalised, of which the tokenizers library takes one by chance.
     *
     * @param reader reads a text with {@link #withoutSpecialTokensInText} as ids, without those that frame it
     * @throws InvalidFileException if there are such
     */
    public void requireDistinct(Function<String, long[]> reader) {
        Map<Integer, AddedToken> normalized = specialTokens().inReach(added).stream().filter(AddedToken::normalized)
                .collect(Collectors.toMap(AddedToken::id, Function.identity()));
        normalized.values().forEach(token -> {
            long[] given = reader.apply(token.content());
            AddedToken other = given.length == 1 ? normalized.get((int) given[0]) : null;
            if (other != null && other.id() != token.id()) {
                throw new InvalidFileException(file, "or a file beside it adds \"" + token.content() + "\" and \"" + other.content()
                        + "\", which are the same once the text is normalised, so that chance tells which is read; take one of them out");
            }
        });
    }

    /** Of the special tokens those that a network is shown. */
    private List<AddedToken> renumbered() {
        SentenceFrame frame = SentenceFrame.of(file, json.get("post_processor"), vocabulary.ids());
        List<String> masks = tokenizer.masks(settings);
        SpecialTokens special = specialTokens();
        return added.stream().filter(token -> !vocabulary.isOfModel(token.content()))
                .filter(token -> !special.names().contains(token.content()) || masks.contains(token.content()) || frame.holds(token.id()))
                .toList();
    }

    private SpecialTokens specialTokens() {
        return SpecialTokens.of(settings, added);
    }

    private static byte[] bytes(JsonObject json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }
}
