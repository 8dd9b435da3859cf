package io.github.miaudit.suite;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Learns a vocabulary by byte-pair encoding over bytes and writes it as a RoBERTa {@code tokenizer.json}.
 *
 * <p>Merging the most frequent pair of neighbours again and again is by Sennrich, Haddow and Birch, "Neural Machine
 * Translation of Rare Words with Subword Units" (2016). Starting from bytes shown as printable characters, and the regular
 * expression that keeps merges within words, are by Radford et al., "Language Models are Unsupervised Multitask Learners"
 * (2019).
 */
public final class BytePairEncoding {

    private static final List<String> FIRST_SPECIALS = List.of("<s>", "<pad>", "</s>", "<unk>");
    private static final String MASK = "<mask>";

    /** Contractions, letters, numbers and the rest, each with the space before it, then what spaces are left. */
    private static final Pattern WORD = Pattern.compile("'(?:s|t|re|ve|m|ll|d)| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
            Pattern.UNICODE_CHARACTER_CLASS);

    private static final String[] BYTE_SYMBOLS = byteSymbols();

    private static final Comparator<Candidate> FREQUENT_FIRST = Comparator.comparingLong(Candidate::count).reversed()
            .thenComparing(candidate -> candidate.pair().left()).thenComparing(candidate -> candidate.pair().right());

    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().serializeNulls().disableHtmlEscaping().create();

    private final List<Word> words = new ArrayList<>();
    private final Map<Pair, Long> counts = new HashMap<>();
    private final Map<Pair, Set<Word>> wordsWith = new HashMap<>();
    private final PriorityQueue<Candidate> candidates = new PriorityQueue<>(FREQUENT_FIRST);
    private final Set<Pair> merges = new LinkedHashSet<>();
    private final Set<String> tokens = new LinkedHashSet<>();

    private record Pair(String left, String right) {
    }

    /** A pair with the count it had when it was queued. */
    private record Candidate(Pair pair, long count) {
    }

    /** A distinct word, how often it occurs, and what it is made of so far. */
    private static final class Word {

        private final long count;
        private List<String> symbols;

        private Word(List<String> symbols, long count) {
            this.symbols = symbols;
            this.count = count;
        }
    }

    private BytePairEncoding(Map<String, Long> wordCounts) {
        wordCounts.forEach((text, count) -> words.add(new Word(symbols(text), count)));
    }

    /**
     * Learns the merges that fill a vocabulary of so many tokens, the five special ones and the 256 bytes included. Gives a Hugging
     * Face {@code tokenizer.json}, the same for the same sentences.
     *
     * @throws IllegalArgumentException if the size leaves no room for the bytes, or the sentences have too few merges for it
     */
    public static String train(Iterable<String> sentences, int vocabularySize) {
        int merges = vocabularySize - FIRST_SPECIALS.size() - BYTE_SYMBOLS.length - 1;
        if (merges < 0) {
            throw new IllegalArgumentException("a vocabulary of " + vocabularySize + " has no room for the " + (vocabularySize - merges)
                    + " special tokens and bytes");
        }
        Map<String, Long> wordCounts = new TreeMap<>();
        for (String sentence : sentences) {
            Matcher matcher = WORD.matcher(sentence);
            while (matcher.find()) {
                wordCounts.merge(matcher.group(), 1L, Long::sum);
            }
        }
        BytePairEncoding encoding = new BytePairEncoding(wordCounts);
        encoding.learn(merges);
        if (encoding.tokens.size() < merges) {
            throw new IllegalArgumentException("a vocabulary of " + vocabularySize + " needs " + merges
                    + " merges, and the sentences have only " + encoding.tokens.size());
        }
        return GSON.toJson(encoding.tokenizer());
    }

    /** Merges until there are so many new tokens, or every word is a single symbol. */
    private void learn(int wanted) {
        for (Word word : words) {
            countPairs(word, 1);
        }
        counts.forEach((pair, count) -> candidates.add(new Candidate(pair, count)));
        while (tokens.size() < wanted && !candidates.isEmpty()) {
            Candidate best = candidates.poll();
            // A count that changed since was queued again with its new value.
            if (best.count() == counts.getOrDefault(best.pair(), 0L)) {
                merge(best.pair());
                merges.add(best.pair());
                // Two pairs can spell the same token ("a bc", "ab c"): both are merges, but there is one id.
                tokens.add(best.pair().left() + best.pair().right());
            }
        }
    }

    private void merge(Pair pair) {
        Set<Pair> changed = new HashSet<>();
        for (Word word : wordsWith.remove(pair)) {
            changed.addAll(countPairs(word, -1));
            word.symbols = merged(word.symbols, pair);
            changed.addAll(countPairs(word, 1));
        }
        for (Pair each : changed) {
            long count = counts.get(each);
            if (count > 0) {
                candidates.add(new Candidate(each, count));
            } else {
                counts.remove(each);
            }
        }
    }

    /** Adds (1) or takes away (-1) the pairs of a word, and says which they are. */
    private List<Pair> countPairs(Word word, int sign) {
        List<Pair> pairs = new ArrayList<>();
        for (int index = 0; index + 1 < word.symbols.size(); index++) {
            Pair pair = new Pair(word.symbols.get(index), word.symbols.get(index + 1));
            counts.merge(pair, sign * word.count, Long::sum);
            if (sign > 0) {
                wordsWith.computeIfAbsent(pair, key -> new HashSet<>()).add(word);
            }
            pairs.add(pair);
        }
        return pairs;
    }

    private static List<String> merged(List<String> symbols, Pair pair) {
        List<String> merged = new ArrayList<>();
        for (int index = 0; index < symbols.size(); index++) {
            boolean here = index + 1 < symbols.size() && symbols.get(index).equals(pair.left())
                    && symbols.get(index + 1).equals(pair.right());
            merged.add(here ? pair.left() + pair.right() : symbols.get(index));
            if (here) {
                index++;
            }
        }
        return merged;
    }

    private static List<String> symbols(String text) {
        List<String> symbols = new ArrayList<>();
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            symbols.add(BYTE_SYMBOLS[each & 0xFF]);
        }
        return symbols;
    }

    private JsonObject tokenizer() {
        List<String> vocabulary = new ArrayList<>(FIRST_SPECIALS);
        // RoBERTa numbers the bytes by their symbols: the printable ones first.
        Arrays.stream(BYTE_SYMBOLS).sorted().forEach(vocabulary::add);
        vocabulary.addAll(tokens);
        vocabulary.add(MASK);

        JsonObject tokenizer = JsonParser.parseString("""
                {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [], "normalizer": null,
                 "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": true},
                 "post_processor": {"type": "RobertaProcessing", "sep": ["</s>", 2], "cls": ["<s>", 0], "trim_offsets": true,
                  "add_prefix_space": false},
                 "decoder": {"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": true, "use_regex": true},
                 "model": {"type": "BPE", "dropout": null, "unk_token": null, "continuing_subword_prefix": "", "end_of_word_suffix": "",
                  "fuse_unk": false, "byte_fallback": false, "vocab": {}, "merges": []}}""").getAsJsonObject();
        FIRST_SPECIALS.forEach(content -> tokenizer.getAsJsonArray("added_tokens").add(special(vocabulary.indexOf(content), content)));
        tokenizer.getAsJsonArray("added_tokens").add(special(vocabulary.size() - 1, MASK));
        JsonObject model = tokenizer.getAsJsonObject("model");
        JsonObject ids = model.getAsJsonObject("vocab");
        vocabulary.forEach(token -> ids.addProperty(token, ids.size()));
        merges.forEach(pair -> model.getAsJsonArray("merges").add(pair.left() + " " + pair.right()));
        return tokenizer;
    }

    private static JsonElement special(int id, String content) {
        boolean mask = content.equals(MASK); // a mask stands for a word with the space before it
        return JsonParser.parseString("""
                {"id": %d, "content": "%s", "single_word": false, "lstrip": %b, "rstrip": false, "normalized": %b, "special": true}
                """.formatted(id, content, mask, !mask));
    }

    /** The character that shows each byte: its own in Latin-1 where that is printable, else the next from 256 on. */
    private static String[] byteSymbols() {
        String[] symbols = new String[256];
        int next = 256;
        for (int value = 0; value < symbols.length; value++) {
            boolean printable = value > 32 && value < 127 || value > 160 && value != 173;
            symbols[value] = Character.toString(printable ? value : next++);
        }
        return symbols;
    }
}
