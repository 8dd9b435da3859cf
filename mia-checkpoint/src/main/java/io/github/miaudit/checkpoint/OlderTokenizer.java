package io.github.miaudit.checkpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.miaudit.io.InvalidFileException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The vocabularies that tokenizers had before {@code tokenizer.json}, as the {@code model} of one. */
final class OlderTokenizer {

    private static final String HERBERTS = "</w>";
    /** Stands for a space in a vocabulary of bytes. */
    private static final String SPACE = "\u0120";
    private static final int FIRST_BEYOND_BYTES = 0x144;
    private static final char NEXT_LINE = '\u0085';

    private OlderTokenizer() {
    }

    /** Of {@code vocab.json} and the {@code merges.txt} beside it: pairs of bytes or, with an end of words, of characters. */
    static JsonObject bytePairs(Path pieces, String endOfWord) {
        JsonObject ids = ModelFile.json(pieces);
        Path file = pieces.resolveSibling("merges.txt");
        List<String> merges = lines(file).stream().filter(line -> !line.startsWith("#version") && !line.isBlank()).toList();
        boolean endsWords = ids.keySet().stream().anyMatch(piece -> piece.length() > HERBERTS.length() && piece.endsWith(HERBERTS))
                && ids.keySet().stream().noneMatch(piece -> piece.startsWith(SPACE));
        if (endsWords == endOfWord.isEmpty()) {
            throw new InvalidFileException(pieces, endsWords
                    ? "holds pieces that end in </w>, which is no vocabulary of bytes as RoBERTa's; if it is HerBERT's, set"
                            + " \"tokenizer_class\": \"HerbertTokenizer\" in tokenizer_config.json; else save it as tokenizer.json"
                    : "holds no pieces that end in " + endOfWord + ", which a HerbertTokenizer needs; save it as tokenizer.json");
        }
        if (!endsWords && !merges.stream().allMatch(OlderTokenizer::isOfBytes)) {
            throw new InvalidFileException(file,
                    "merges characters, not bytes as RoBERTa's; save the tokenizer as tokenizer.json");
        }
        JsonObject model = new JsonObject();
        model.addProperty("type", "BPE");
        JsonArray all = new JsonArray();
        merges.forEach(all::add);
        model.add("merges", all);
        return tokenizer(model, ids);
    }

    /** Whether a merge is written in the 256 characters that stand for bytes. */
    private static boolean isOfBytes(String merge) {
        return merge.chars().allMatch(c -> c < FIRST_BEYOND_BYTES);
    }

    /** Of {@code vocab.txt}, which is a list of words. */
    static JsonObject wordPiece(Path words) {
        if (Files.exists(words.resolveSibling("bpe.codes"))) {
            throw new InvalidFileException(words, "lies beside bpe.codes, so it is no list of WordPiece tokens as BERT's, but a dictionary"
                    + " of fairseq as PhoBERT's, which is not read here; if a tokenizer.json makes the same tokens, put it there");
        }
        JsonObject ids = new JsonObject();
        List<String> lines = lines(words);
        IntStream.range(0, lines.size()).forEach(id -> ids.addProperty(lines.get(id), id));
        JsonObject model = new JsonObject();
        model.addProperty("type", "WordPiece");
        return tokenizer(model, ids);
    }

    private static JsonObject tokenizer(JsonObject model, JsonElement ids) {
        model.add("vocab", ids);
        JsonObject tokenizer = new JsonObject();
        tokenizer.add("added_tokens", new JsonArray());
        tokenizer.add("model", model);
        return tokenizer;
    }

    /** The lines of a vocabulary, an id each, without white space at the end. */
    private static List<String> lines(Path file) {
        List<String> lines = Stream.of(ModelFile.text(file).split("\n", -1)).map(OlderTokenizer::withoutSpaceAtTheEnd).toList();
        return lines.get(lines.size() - 1).isEmpty() ? lines.subList(0, lines.size() - 1) : lines;
    }

    private static String withoutSpaceAtTheEnd(String line) {
        int end = line.length();
        while (end > 0 && isWhiteSpace(line.charAt(end - 1))) {
            end--;
        }
        return line.substring(0, end);
    }

    /** As Unicode has it: White_Space. */
    private static boolean isWhiteSpace(char c) {
        return Character.isSpaceChar(c) || c >= '\t' && c <= '\r' || c == NEXT_LINE;
    }
}
