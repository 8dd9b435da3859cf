package io.github.miaudit.examples;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
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
final class BytePairEncoding {

    private static final List<String> FIRST_SPECIALS = List.of("<s>", "<pad>", "</s>", "<unk>");
    private static final String MASK = "<mask>";

    /** Contractions, letters, numbers and the rest, each with the space before it, then what spaces are left. */
    private static final Pattern WORD = Pattern.compile(
            "'(?:s|t|re|ve|m|ll|d)| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+", Pattern.UNICODE_CHARACTER_CLASS);

    private static final String[] BYTE_SYMBOLS = byteSymbols();

    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().serializeNulls().disableHtmlEscaping().create();

    private final List<Word> words = new ArrayList<>();
    private final Map<Pair, Long> counts = new HashMap<>();
    private final Map<Pair, Set<Word>> wordsWith = new HashMap<>();
    private final PriorityQueue<Candidate> candidates = new PriorityQueue<>();

    /** Two neighbouring symbols. */
    private record Pair(String left, String right) implements Comparable<Pair> {

        private static final Comparator<Pair> ORDER = Comparator.comparing(Pair::left).thenComparing(Pair::right);

        @Override
        public int compareTo(Pair other) {
            return ORDER.compare(this, other);
        }
    }

    /** A pair with the count it had when it was queued: the frequent first, equals by the alphabet. */
    private record Candidate(Pair pair, long count) implements Comparable<Candidate> {

        private static final Comparator<Candidate> ORDER =
                Comparator.comparingLong(Candidate::count).reversed().thenComparing(Candidate::pair);

        @Override
        public int compareTo(Candidate other) {
            return ORDER.compare(this, other);
        }
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
     * Learns the merges that fill the vocabulary.
     *
     * @param sentences      the text to learn from
     * @param vocabularySize the number of tokens, with the five special ones and the 256 bytes
     * @return a Hugging Face {@code tokenizer.json}; the same sentences give the same text
     * @throws IllegalArgumentException if the size leaves no room for the bytes, or the sentences have too few merges for it
     */
    static String train(Iterable<String> sentences, int vocabularySize) {
        int merges = vocabularySize - FIRST_SPECIALS.size() - BYTE_SYMBOLS.length - 1;
        if (merges < 0) {
            throw new IllegalArgumentException("a vocabulary of " + vocabularySize + " has no room for the "
                    + (vocabularySize - merges) + " special tokens and bytes");
        }
        Map<String, Long> wordCounts = new TreeMap<>();
        for (String sentence : sentences) {
            Matcher matcher = WORD.matcher(sentence);
            while (matcher.find()) {
                wordCounts.merge(matcher.group(), 1L, Long::sum);
            }
        }
        List<Pair> learnt = new BytePairEncoding(wordCounts).merges(merges);
        if (learnt.size() < merges) {
            throw new IllegalArgumentException("a vocabulary of " + vocabularySize + " needs " + merges
                    + " merges, and the sentences have only " + learnt.size());
        }
        return GSON.toJson(tokenizer(learnt));
    }

    /** At most so many merges: fewer once every word is a single symbol. */
    private List<Pair> merges(int wanted) {
        Set<String> known = new HashSet<>(Arrays.asList(BYTE_SYMBOLS));
        for (Word word : words) {
            countPairs(word, 1);
        }
        counts.forEach((pair, count) -> candidates.add(new Candidate(pair, count)));
        List<Pair> merges = new ArrayList<>();
        while (merges.size() < wanted && !candidates.isEmpty()) {
            Candidate best = candidates.poll();
            // A count that changed since was queued again with its new value.
            if (best.count() != counts.getOrDefault(best.pair(), 0L)) {
                continue;
            }
            merge(best.pair());
            // Two different pairs can spell the same token ("a bc", "ab c"), which can have one id only.
            if (known.add(best.pair().left() + best.pair().right())) {
                merges.add(best.pair());
            }
        }
        return merges;
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
            counts.merge(pair, sign * word.count, (before, change) -> before + change);
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
            boolean here = index + 1 < symbols.size()
                    && symbols.get(index).equals(pair.left()) && symbols.get(index + 1).equals(pair.right());
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
