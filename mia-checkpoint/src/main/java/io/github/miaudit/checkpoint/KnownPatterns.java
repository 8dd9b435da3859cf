package io.github.miaudit.checkpoint;

import java.util.List;
import java.util.Set;

/**
 * The regular expressions that tokenizers of supported families use. Others are not handed to the tokenizers library: where one tries
 * too often on some text, the library ends the whole process. Each was tried with a million of each kind of character.
 */
public final class KnownPatterns {

    private static final String CONTRACTIONS = "'s|'t|'re|'ve|'m|'ll|'d";
    private static final String LAST_SPACES = "\\s+(?!\\S)|\\s+";
    private static final String SPACES = "\\s*[\\r\\n]+|" + LAST_SPACES;
    private static final String UPPER = "[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]";
    private static final String LOWER = "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]";
    private static final String BEFORE_WORD = "[^\\r\\n\\p{L}\\p{N}]?";
    private static final String SIGNS = " ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|";
    private static final String SIGNS_AND_SLASHES = " ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|";

    private static final Set<String> KNOWN = Set.of(
            // white space, as normalizers shorten it
            " {2,}", "\\s+", "\\s{2,}", "\\s{2,}|[\\n\\r\\t]", "[\\n\\r\\t]", "[\\r\\n\\t]", "\\n", " ", " +",
            // digits
            "\\d", "\\d+", "[0-9]", "\\p{N}", "\\p{N}{1,3}", "[0-9][0-9][0-9]",
            // GPT-2, RoBERTa
            CONTRACTIONS + "| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|" + LAST_SPACES,
            // GPT-4 as Llama 3 and EuroBERT have it; with single digits Qwen 2; with marks Qwen 3.5
            words("\\p{L}+|\\p{N}{1,3}|"), words("\\p{L}+|\\p{N}|"), words("\\p{L}+|\\p{N}+|"),
            "(?i:" + CONTRACTIONS + ")|" + BEFORE_WORD + "[\\p{L}\\p{M}]+|\\p{N}| ?[^\\s\\p{L}\\p{M}\\p{N}]+[\\r\\n]*|" + SPACES,
            "'(?i:[sdmt]|ll|ve|re)|[^\\r\\n\\p{L}\\p{N}]?+\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]++[\\r\\n]*|\\s*[\\r\\n]|" + LAST_SPACES,
            // GPT-4o; the same as Mistral has it
            casedWords("(?i:" + CONTRACTIONS + ")?") + "\\p{N}{1,3}|" + SIGNS_AND_SLASHES + SPACES,
            casedWords("") + "\\p{N}|" + SIGNS_AND_SLASHES + SPACES,
            // BLOOM
            " ?[^(\\s|[.,!?\u2026\u3002\uff0c\u3001\u0964\u06d4\u060c])]+",
            // CLIP
            CONTRACTIONS + "|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+",
            "<\\|startoftext\\|>|<\\|endoftext\\|>|" + CONTRACTIONS + "|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+");

    private KnownPatterns() {
    }

    static boolean contain(String pattern) {
        return KNOWN.contains(pattern);
    }

    /** All of them, in the order of their characters. */
    public static List<String> all() {
        return KNOWN.stream().sorted().toList();
    }

    private static String words(String lettersAndDigits) {
        return "(?i:" + CONTRACTIONS + ")|" + BEFORE_WORD + lettersAndDigits + SIGNS + SPACES;
    }

    private static String casedWords(String end) {
        return BEFORE_WORD + UPPER + "*" + LOWER + "+" + end + "|" + BEFORE_WORD + UPPER + "+" + LOWER + "*" + end + "|";
    }
}
