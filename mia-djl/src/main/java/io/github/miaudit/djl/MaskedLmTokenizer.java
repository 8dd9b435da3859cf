package io.github.miaudit.djl;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import io.github.miaudit.checkpoint.Architecture;
import io.github.miaudit.checkpoint.TextPreparation;
import io.github.miaudit.checkpoint.TokenizerJson;
import io.github.miaudit.data.Sample;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.likelihood.Casing;
import io.github.miaudit.likelihood.TokenSequence;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tokenizer of a Hugging Face folder. Never truncates or pads, and reads special tokens that are typed in a text
 * as the text they are. Thread-safe until closed.
 */
final class MaskedLmTokenizer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MaskedLmTokenizer.class);
    /**
     * In UTF-16 units, a dozen for each token of the longest models. At ten million white spaces in a row a regular expression of
     * GPT-4's kind ends the process, and a normalizer may make 80 characters of one.
     */
    private static final int LONGEST_TEXT = 100_000;

    private final HuggingFaceTokenizer tokenizer;
    private final Path file;
    private final int maskId;
    private final OptionalInt paddingId;
    private final OptionalInt unknownId;
    private final Set<Integer> specialIds;
    private final int vocabularySize;
    private final String digest;
    private final boolean normalizes;
    private final boolean readsWordsApart;

    private MaskedLmTokenizer(HuggingFaceTokenizer tokenizer, TokenizerJson json) {
        this.tokenizer = tokenizer;
        this.file = json.file();
        this.maskId = json.maskId();
        this.paddingId = json.paddingId();
        this.unknownId = json.unknownId();
        this.specialIds = json.specialIds();
        this.vocabularySize = json.vocabularySize();
        this.digest = json.digest();
        this.normalizes = json.normalizes();
        this.readsWordsApart = json.readsWordsApart();
    }

    static MaskedLmTokenizer open(Path folder) {
        TokenizerJson json = TokenizerJson.read(folder);
        json.maskId(); // says what is wrong before anything native is loaded
        if (json.mustProveNormalizer()) {
            try (HuggingFaceTokenizer proof = load(json, json.normalizerAlone())) {
                json.requireSomethingLeft(token -> ids(proof, json.file(), token));
            }
        }
        HuggingFaceTokenizer tokenizer = load(json, json.withoutSpecialTokensInText());
        try {
            requireIds(json, tokenizer);
            json.requireDistinct(token -> ids(tokenizer, json.file(), token));
            return new MaskedLmTokenizer(tokenizer, json);
        } catch (RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    /** The tokenizer of a folder that has been opened, but that it prepares the text in another way. */
    static MaskedLmTokenizer open(Path folder, TextPreparation other) {
        TokenizerJson json = TokenizerJson.read(folder);
        return new MaskedLmTokenizer(load(json, json.prepared(other)), json);
    }

    /** Other ways to prepare a text than this one's: without its normalizer or, where letters' case counts, in lower case. */
    List<TextPreparation> otherPreparations() {
        return normalizes ? List.of(TextPreparation.AS_TYPED)
                : casing() == Casing.CASED ? List.of(TextPreparation.LOWER_CASE) : List.of();
    }

    /**
     * The tokenizer itself nearly always reads an added token as its id; where not, such as where a normalizer rewrites it, one that does
     * nothing else tells.
     */
    private static void requireIds(TokenizerJson json, HuggingFaceTokenizer tokenizer) {
        if (!json.isProvedBy(token -> ids(tokenizer, json.file(), token))) {
            try (HuggingFaceTokenizer proof = load(json, json.forProof())) {
                json.requireIds(token -> ids(proof, json.file(), token));
            }
        }
    }

    /** Where the tokens come from. */
    Path file() {
        return file;
    }

    int maskId() {
        return maskId;
    }

    /** The first special tokens but the mask. */
    int[] otherSpecialIds(int most) {
        return specialIds.stream().filter(id -> id != maskId).mapToInt(Integer::intValue).sorted().limit(most).toArray();
    }

    /** One more than the highest token id. */
    int vocabularySize() {
        return vocabularySize;
    }

    /** Refuses a network that has no row for some token; warns of one that numbers positions by another padding token. */
    void requireFit(Architecture architecture) {
        if (vocabularySize > architecture.vocabularySize()) {
            throw new InvalidFileException(file, "has token ids up to " + (vocabularySize - 1) + " but config.json a vocab_size of "
                    + architecture.vocabularySize() + "; the files belong to different models");
        }
        OptionalInt numbering = architecture.numberingPadding();
        if (numbering.isPresent() && paddingId.isPresent() && numbering.getAsInt() != paddingId.getAsInt()) {
            LOG.warn("{}: has the padding token's id {} but config.json the pad_token_id {}, by which this network numbers its positions;"
                    + " if it was trained otherwise, it remembers more than its scores show", file, paddingId.getAsInt(),
                    numbering.getAsInt());
        }
    }

    /** SHA-256 of all that determines the tokens. */
    String digest() {
        return digest;
    }

    /** {@link TokenizerJson#readsWordsApart}. */
    boolean readsWordsApart() {
        return readsWordsApart;
    }

    /** Whether a sentence has more characters than any is read with. */
    boolean isTooLong(Sample sample) {
        return sample.text().length() > LONGEST_TEXT;
    }

    /** The sentence with the special tokens that the post-processor adds. */
    TokenSequence tokenise(Sample sample) {
        return tokenise(sample.id(), sample.text());
    }

    /** A text, said to be a sentence's, and which of its tokens hold characters from {@code start} to {@code end}, in UTF-16 units. */
    PlacedTokens tokenise(String id, String text, int start, int end) {
        requireShortEnough(id, text);
        try {
            long encoding = TokenizersLibrary.LIB.encode(tokenizer.getHandle(), text, true);
            try {
                int first = text.codePointCount(0, start);
                return PlacedTokens.of(sequence(text, encoding), TokenizersLibrary.LIB.getTokenCharSpans(encoding), first,
                        first + text.codePointCount(start, end));
            } finally {
                TokenizersLibrary.LIB.deleteEncoding(encoding);
            }
        } catch (RuntimeException e) {
            throw untokenised(id);
        }
    }

    /** Where the tokens stand in the text, in code points from its start; null for those that are no part of it. */
    @Nullable
    CharSpan[] spans(Sample sample) {
        return encode(sample.id(), sample.text()).getCharTokenSpans();
    }

    /**
     * The text with another token in the place of one of its content tokens, which stands where its span says: only if it then reads as
     * the same tokens but for that one.
     */
    Optional<String> swapped(Sample sample, @Nullable CharSpan span, TokenSequence tokens, int position, int id) {
        if (specialIds.contains(id) || span == null) {
            return Optional.empty();
        }
        String text = sample.text(); // spans count code points
        String before = text.substring(0, text.offsetByCodePoints(0, span.getStart()));
        String after = text.substring(text.offsetByCodePoints(0, span.getEnd()));
        int[] wanted = tokens.ids();
        wanted[position] = id;
        // A token's text depends on whether one stands before it: "##ing" or " ing" is then "ing".
        String surface = textBehind(new int[] {tokens.id(position)}, id);
        return Stream.of(surface, surface.stripLeading()).distinct().map(token -> before + token + after)
                .filter(swapped -> Arrays.equals(tokenise(sample.id(), swapped).ids(), wanted)).findFirst();
    }

    /** The text of tokens that stand behind others, with white space where it divides them. */
    String textBehind(int[] before, int... tokens) {
        String alone = decode(before);
        String both = decode(IntStream.concat(Arrays.stream(before), Arrays.stream(tokens)).toArray());
        return both.startsWith(alone) ? both.substring(alone.length()) : both;
    }

    private String decode(int[] ids) {
        return ids.length == 0 ? "" : tokenizer.decode(Arrays.stream(ids).asLongStream().toArray(), false);
    }

    /** Whether a number is the id of a token that a text may have: there is such a token, and it is no special one. */
    boolean isOfText(int id) {
        return id < vocabularySize && !specialIds.contains(id);
    }

    /** The content tokens as they stand in the text; where a token is no part of it, as its vocabulary says. */
    List<String> surfaces(Sample sample) {
        Encoding encoding = encode(sample.id(), sample.text());
        CharSpan[] spans = encoding.getCharTokenSpans();
        String text = sample.text();
        return Arrays.stream(tokenise(sample).contentPositions())
                .mapToObj(position -> spans[position] == null ? encoding.getTokens()[position] : text.substring(
                        text.offsetByCodePoints(0, spans[position].getStart()), text.offsetByCodePoints(0, spans[position].getEnd())))
                .toList();
    }

    /** The content tokens that stand for what the vocabulary lacks. */
    int unknownCount(TokenSequence tokens) {
        return (int) content(tokens).filter(id -> unknownId.isPresent() && id == unknownId.getAsInt()).count();
    }

    /** Whether a special token came out of the text all the same. */
    boolean hasSpecialLiteral(TokenSequence tokens) {
        return content(tokens).anyMatch(specialIds::contains);
    }

    /** Whether any letter of A to Z reads otherwise than its lower case. */
    Casing casing() {
        boolean cased = IntStream.rangeClosed('A', 'Z').mapToObj(Character::toString)
                .anyMatch(letter -> !Arrays.equals(tokenise("", letter).ids(), tokenise("", letter.toLowerCase(Locale.ROOT)).ids()));
        return cased ? Casing.CASED : Casing.UNCASED;
    }

    /** A short sentence: the mask token between the tokens that frame a sentence. */
    long[] trialIds() {
        int[] frame = tokenise("", "").ids();
        long[] ids = new long[frame.length + 1];
        for (int place = 0; place < ids.length; place++) {
            ids[place] = place == frame.length / 2 ? maskId : frame[place < frame.length / 2 ? place : place - 1];
        }
        return ids;
    }

    @Override
    public void close() {
        tokenizer.close();
    }

    /** Asks for no more than is used: of all that an encoding tells, the places and the texts of tokens take the longest. */
    private TokenSequence tokenise(String id, String text) {
        requireShortEnough(id, text);
        try {
            long encoding = TokenizersLibrary.LIB.encode(tokenizer.getHandle(), text, true);
            try {
                return sequence(text, encoding);
            } finally {
                TokenizersLibrary.LIB.deleteEncoding(encoding);
            }
        } catch (RuntimeException e) {
            throw untokenised(id);
        }
    }

    private static TokenSequence sequence(String text, long encoding) {
        return new TokenSequence(text, toInts(TokenizersLibrary.LIB.getTokenIds(encoding)),
                toInts(TokenizersLibrary.LIB.getWordIds(encoding)), flags(TokenizersLibrary.LIB.getSpecialTokenMask(encoding)));
    }

    private Encoding encode(String id, String text) {
        requireShortEnough(id, text);
        try {
            return tokenizer.encode(text, true, false);
        } catch (RuntimeException e) {
            throw untokenised(id);
        }
    }

    /** Refuses a text of more characters than any is read with; says that it is that of a sentence. */
    void requireShortEnough(String id, String text) {
        if (text.length() > LONGEST_TEXT) {
            throw new AuditException("sentence " + id + " has " + text.length() + " characters; supported are up to " + LONGEST_TEXT
                    + "; split it or leave it out");
        }
    }

    /** Without a cause: its message may quote the text. */
    private static AuditException untokenised(String id) {
        return new AuditException("sentence " + id + " can't be tokenised; leave it out, or check tokenizer.json");
    }

    private static long[] ids(HuggingFaceTokenizer tokenizer, Path file, String token) {
        try {
            return tokenizer.encode(token, false, false).getIds();
        } catch (RuntimeException e) {
            throw new InvalidFileException(file, "is no usable tokenizer: it can't read the added token \""
                    + InvalidFileException.printable(token) + "\"; save the tokenizer anew");
        }
    }

    private static IntStream content(TokenSequence tokens) {
        return Arrays.stream(tokens.contentPositions()).map(tokens::id);
    }

    // DJL truncates and pads unless told not to, whatever tokenizer.json says.
    private static HuggingFaceTokenizer load(TokenizerJson json, byte[] content) {
        NativeLibraries.loadTokenizers();
        try {
            return HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(content),
                    Map.of("truncation", "false", "padding", "false"));
        } catch (IOException e) {
            throw new InvalidFileException(json.file(), e);
        } catch (RuntimeException e) {
            throw new InvalidFileException(json.file(),
                    "is no usable tokenizer: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    private static int[] toInts(long[] values) {
        int[] ints = new int[values.length];
        for (int place = 0; place < ints.length; place++) {
            ints[place] = Math.toIntExact(values[place]);
        }
        return ints;
    }

    private static boolean[] flags(long[] values) {
        boolean[] flags = new boolean[values.length];
        for (int place = 0; place < flags.length; place++) {
            flags[place] = values[place] == 1;
        }
        return flags;
    }
}
