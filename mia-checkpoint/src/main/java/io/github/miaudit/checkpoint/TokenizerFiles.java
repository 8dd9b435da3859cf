package io.github.miaudit.checkpoint;

import com.google.gson.JsonObject;
import io.github.miaudit.io.InvalidFileException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of which a tokenizer is made, the first that are there: {@code tokenizer.json}, else {@code vocab.json} with
 * {@code merges.txt}, else {@code vocab.txt}.
 *
 * @param file      of the vocabulary
 * @param stored    what it holds, in the format of {@code tokenizer.json}
 * @param tokenizer the class that makes a tokenizer of it
 * @param settings  of the files beside it
 */
record TokenizerFiles(Path file, JsonObject stored, TokenizerClass tokenizer, TokenizerSettings settings) {

    private static final String WHOLE = "tokenizer.json";
    private static final String PIECES = "vocab.json";
    private static final String WORDS = "vocab.txt";

    /** Whether a folder holds a tokenizer. */
    static boolean areIn(Path folder) {
        return Stream.of(WHOLE, PIECES, WORDS).map(folder::resolve).anyMatch(Files::exists);
    }

    /**
     * Finds those of a model's folder.
     *
     * @throws InvalidFileException if there are none, or no known class makes a tokenizer of them
     */
    static TokenizerFiles read(Path model) {
        ModelFolder parts = ModelFolder.of(model);
        Path folder = parts.tokenizer();
        TokenizerSettings settings = TokenizerSettings.read(folder, parts.base());
        TokenizerClass tokenizer = TokenizerClass.of(settings).orElseGet(() -> classOf(folder));
        settings.requireKnown(tokenizer);
        Path whole = folder.resolve(WHOLE);
        Path words = folder.resolve(WORDS);
        Path pieces = folder.resolve(PIECES);
        if (Files.exists(whole)) {
            JsonObject stored = ModelFile.json(whole);
            boolean asStored = settings.className().isEmpty() && !couldMake(tokenizer, stored);
            return new TokenizerFiles(whole, stored, asStored ? TokenizerClass.AS_STORED : tokenizer, settings);
        }
        if (tokenizer.model() == TokenizerClass.Model.BYTE_PAIRS && Files.exists(pieces)) {
            return new TokenizerFiles(pieces, OlderTokenizer.bytePairs(pieces, tokenizer.endOfWord()), tokenizer, settings);
        }
        if (tokenizer.model() == TokenizerClass.Model.WORD_PIECE && Files.exists(words)) {
            return new TokenizerFiles(words, OlderTokenizer.wordPiece(words), tokenizer, settings);
        }
        throw missing(folder, tokenizer, settings);
    }

    /** Where neither settings nor family tell the class, as in folders without config.json. */
    private static TokenizerClass classOf(Path folder) {
        return Files.exists(folder.resolve(WHOLE)) ? TokenizerClass.AS_STORED
                : Files.exists(folder.resolve(PIECES)) ? TokenizerClass.ROBERTA
                        : Files.exists(folder.resolve(WORDS)) ? TokenizerClass.BERT : TokenizerClass.AS_STORED;
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
        if (Files.exists(folder.resolve(WORDS)) || Files.exists(folder.resolve(PIECES))) {
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
}
