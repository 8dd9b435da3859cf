package io.github.miaudit.checkpoint;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.StrictJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    /** Sentences are neither cut nor filled. */
    private static final List<String> UNWANTED = List.of("truncation", "padding");

    private final Path file;
    private final JsonObject json;
    private final List<AddedToken> added;
    private final TokenizerClass tokenizer;
    private final TokenizerSettings settings;
    private final TokenizerVocabulary vocabulary;

    private TokenizerJson(TokenizerFiles files) {
        JsonObject stored = files.stored();
        this.file = files.file();
        this.tokenizer = files.tokenizer();
        this.settings = files.settings();
        TokenizerVocabulary model = TokenizerVocabulary.ofModel(file, stored);
        this.added = AddedTokens.of(file, tokenizer, AddedTokens.stored(file, stored), model.ids(), settings);
        stored.add("added_tokens", AddedTokens.toJson(added));
        this.vocabulary = model.with(added);
        TokenizerModel.requireSound(file, stored.getAsJsonObject("model"), model.ids().size());
        SentenceFrame.of(file, stored.get("post_processor"), vocabulary.ids());
        this.json = tokenizer == TokenizerClass.AS_STORED ? stored
                : RebuiltTokenizer.of(tokenizer, file, stored, settings, vocabulary.ids());
        TokenizerParts.requireKnown(file, json);
        AddedTokens.requireApart(file, specialTokens().inReach(added), json.get("normalizer"));
        UNWANTED.forEach(json::remove);
    }

    /**
     * Reads the tokenizer of a model's folder.
     *
     * @throws InvalidFileException if its files are missing, broken or hostile, if they contradict each other, or if their tokens can't
     *                              be made here
     */
    public static TokenizerJson read(Path model) {
        return new TokenizerJson(TokenizerFiles.read(model));
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
        return Objects.requireNonNull(vocabulary.ids().get(mask()));
    }

    private String mask() {
        List<String> names = tokenizer.masks(settings);
        return names.stream().filter(vocabulary.ids()::containsKey).findFirst()
                .orElseThrow(() -> new InvalidFileException(file,
                        "has no mask token " + String.join(" or ", names)
                                + (settings.has("mask_token") ? ", which " + settings.fileOf("mask_token") + " names" : "")
                                + "; is it a masked language model's tokenizer?"));
    }

    /** The id of the padding token, the one that the settings name or else a usual one; empty if there is none. */
    public OptionalInt paddingId() {
        return Stream
                .concat(settings.has("pad_token") ? Stream.of(settings.token("pad_token", "")) : Stream.empty(),
                        Stream.of("<pad>", "[PAD]"))
                .filter(vocabulary.ids()::containsKey).mapToInt(vocabulary.ids()::get).findFirst();
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

    /** SHA-256 of all that determines the tokens and masks: the same tokenizer has the same digest whichever file it was read from. */
    public String digest() {
        return TokenizerDigest.of(json, vocabulary, specialTokens().inReach(added), mask());
    }

    /**
     * Whether a text's tokens are surely those of its parts, one after the other, wherever it is cut in front of a space that stands
     * between two letters or digits of ASCII: words are split by byte-level BPE's expression or by BERT's rule, no normalizer looks beyond
     * a space, nothing is drawn by chance, and no added token is looked for in a text.
     */
    public boolean readsWordsApart() {
        JsonObject model = json.getAsJsonObject("model");
        boolean drawn = model.has("dropout") && !model.get("dropout").isJsonNull();
        return Set.of("BPE", "WordPiece").contains(type(model)) && !drawn
                && Set.of("", "BertNormalizer", "Lowercase").contains(type(json.get("normalizer")))
                && splitsAtSpaces(json.get("pre_tokenizer")) && specialTokens().inReach(added).isEmpty();
    }

    private static boolean splitsAtSpaces(JsonElement splitter) {
        return type(splitter).equals("BertPreTokenizer") || type(splitter).equals("ByteLevel")
                && (!(splitter.getAsJsonObject().get("use_regex") instanceof JsonPrimitive use) || use.getAsBoolean());
    }

    /** Empty of what is no object. */
    private static String type(JsonElement part) {
        return part instanceof JsonObject object && object.get("type") instanceof JsonPrimitive type ? type.getAsString() : "";
    }

    /**
     * A {@code tokenizer.json} with its special tokens out of a text's reach: their names are such that nobody can type them. All ids
     * stay.
     */
    public byte[] withoutSpecialTokensInText() {
        return bytes(specialTokens().outOfReach(json, added));
    }

    /** As {@link #withoutSpecialTokensInText}, with the text prepared in another way than the normalizer does. */
    public byte[] prepared(TextPreparation other) {
        JsonObject prepared = specialTokens().outOfReach(json, added);
        prepared.add("normalizer", other.normalizer());
        return bytes(prepared);
    }

    /** Whether a normalizer prepares the text. */
    public boolean normalizes() {
        return json.get("normalizer") instanceof JsonObject;
    }

    /**
     * Whether a library gives the added tokens that it numbers anew, those that are not in the model's own vocabulary, the ids of the
     * files; where not, {@link #requireIds} tells more.
     *
     * @param reader reads a text with {@link #withoutSpecialTokensInText} as ids, without those that frame it
     */
    public boolean isProvedBy(Function<String, long[]> reader) {
        SpecialTokens special = specialTokens();
        return renumbered().stream().allMatch(token -> isReadAs(token, reader.apply(special.untypeable(token.content()))));
    }

    private static boolean isReadAs(AddedToken token, long[] given) {
        return given.length == 1 && given[0] == token.id();
    }

    /** As {@link #withoutSpecialTokensInText}, but it reads the name of an added token as this token alone, for {@link #requireIds}. */
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
            if (!isReadAs(token, given)) {
                throw new InvalidFileException(file, "or a file beside it gives the added token \"" + token.content() + "\" the id "
                        + token.id() + ", but the tokenizers library reads it as " + Arrays.toString(given)
                        + "; ids of added tokens must follow the vocabulary's, in their order and without a gap; save the tokenizer anew"
                        + " with the library that trained the model");
            }
        });
    }

    /** Whether a normalizer rewrites added tokens that are looked for in the normalised text. */
    public boolean mustProveNormalizer() {
        return json.get("normalizer") instanceof JsonObject && specialTokens().inReach(added).stream().anyMatch(AddedToken::normalized);
    }

    /** A tokenizer that reads all that its normalizer leaves of a text as one token, for {@link #requireSomethingLeft}. */
    public byte[] normalizerAlone() {
        JsonObject alone = StrictJson.parse("""
                {"version": "1.0", "added_tokens": [],
                 "model": {"type": "WordLevel", "vocab": {"unknown": 0}, "unk_token": "unknown"}}""").getAsJsonObject();
        alone.add("normalizer", json.get("normalizer"));
        return bytes(alone);
    }

    /**
     * Refuses an added token of which nothing is left once it is normalised: the tokenizers library finds it everywhere, within
     * characters too, and fails.
     *
     * @param reader reads a text with {@link #normalizerAlone} as ids
     * @throws InvalidFileException if there is one
     */
    public void requireSomethingLeft(Function<String, long[]> reader) {
        specialTokens().inReach(added).stream().filter(AddedToken::normalized).filter(token -> reader.apply(token.content()).length == 0)
                .findFirst().ifPresent(token -> {
                    throw new InvalidFileException(file, "or a file beside it adds \"" + InvalidFileException.printable(token.content())
                            + "\", of id " + token.id() + ", of which the normalizer leaves nothing; take it out, or set its \"normalized\""
                            + " to false if the model was trained so");
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
