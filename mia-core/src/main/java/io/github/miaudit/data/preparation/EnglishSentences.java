package io.github.miaudit.data.preparation;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.text.FilteredBreakIteratorBuilder;
import com.ibm.icu.util.ULocale;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * Where sentences of a paragraph end: ICU's sentence rules with its English exceptions, abbreviations that end none, and some of
 * clinical language. ICU reads slowly, so in ASCII text the rules are followed here, and ICU is only asked, once for each word,
 * whether it is an exception. The result is the same.
 *
 * @see <a href="https://www.unicode.org/reports/tr29/#Sentence_Boundaries">Unicode Standard Annex 29, 5.1, rules SB6 to SB11</a>
 */
final class EnglishSentences {

    private static final List<String> NO_END = List.of("Dr.", "Drs.", "Mr.", "Mrs.", "Ms.", "Prof.", "St.", "Jr.", "Sr.", "pt.", "Pt.",
            "approx.", "vs.", "cf.", "i.e.", "e.g.", "q.", "Jan.", "Feb.", "Mar.", "Apr.", "Jun.", "Jul.", "Aug.", "Sept.", "Sep.", "Oct.",
            "Nov.", "Dec.", "M.D.", "R.N.", "P.A.", "y.o.", "s.p.", "h.o.", "p.o.", "p.r.", "i.v.", "Fig.", "Hosp.", "hosp.", "Ave.",
            "Rd.", "Temp.", "Resp.");
    private static final BreakIterator RULES = rules();
    private static final ThreadLocal<BreakIterator> OWN_RULES = ThreadLocal.withInitial(() -> (BreakIterator) RULES.clone()); // have state
    private static final int WORDS_REMEMBERED = 1 << 16;
    private static final Map<String, Boolean> EXCEPTIONS = new ConcurrentHashMap<>();

    private EnglishSentences() {
    }

    /**
     * The ends of sentences.
     *
     * @param paragraph without line breaks
     * @return the places after the blanks that follow each sentence, ascending; of all but an empty paragraph the last is its end
     */
    static int[] ends(String paragraph) {
        String text = " " + paragraph; // every word has a blank before it
        return (isAscii(text) ? endsInAscii(text) : endsInAny(text)).map(end -> end - 1).filter(end -> end > 0).toArray();
    }

    /** By ICU alone. */
    static IntStream endsInAny(String text) {
        BreakIterator breaks = OWN_RULES.get();
        breaks.setText(text);
        IntStream.Builder ends = IntStream.builder();
        for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
            ends.add(end);
        }
        return ends.build();
    }

    static IntStream endsInAscii(String text) {
        IntStream.Builder ends = IntStream.builder();
        int place = 0;
        while (place < text.length()) {
            if (!isTerminator(text.charAt(place))) {
                place++;
                continue;
            }
            int next = after(text, place + 1);
            if (next < text.length() && !goesOn(text, place, next) && !isException(text, next)) {
                ends.add(next);
            }
            place = next;
        }
        return ends.add(text.length()).build();
    }

    /** The place after closing marks and blanks: no sentence ends before these (SB9, SB10). */
    private static int after(String text, int place) {
        int next = place;
        while (next < text.length() && "\"'()[]{}".indexOf(text.charAt(next)) >= 0) {
            next++;
        }
        while (next < text.length() && isBlank(text.charAt(next))) {
            next++;
        }
        return next;
    }

    /** Whether what follows a terminator belongs to the same sentence. */
    private static boolean goesOn(String text, int terminator, int next) {
        char following = text.charAt(next);
        if (isTerminator(following) || ",-:;".indexOf(following) >= 0) { // SB8a
            return true;
        }
        if (text.charAt(terminator) != '.') {
            return false;
        }
        if (next == terminator + 1
                && (isDigit(following) || isUpper(following) && terminator > 0 && isLetter(text.charAt(terminator - 1)))) {
            return true; // SB6, SB7
        }
        int place = next;
        while (place < text.length() && !isLetter(text.charAt(place)) && !isTerminator(text.charAt(place))) {
            place++;
        }
        return place < text.length() && isLetter(text.charAt(place)) && !isUpper(text.charAt(place)); // SB8
    }

    /** Whether the word before a place is an exception; none of them has a blank within. */
    private static boolean isException(String text, int end) {
        int start = end;
        while (start > 0 && isBlank(text.charAt(start - 1))) {
            start--;
        }
        String word = text.substring(Math.max(0, text.lastIndexOf(' ', start - 1)), end);
        Boolean known = EXCEPTIONS.get(word);
        if (known == null) {
            known = endsInAny(word + "*X").noneMatch(other -> other == word.length()); // a mark and a capital never go on
            if (EXCEPTIONS.size() < WORDS_REMEMBERED) {
                EXCEPTIONS.put(word, known);
            }
        }
        return known;
    }

    private static boolean isTerminator(char character) {
        return character == '.' || character == '!' || character == '?';
    }

    private static boolean isBlank(char character) {
        return character == ' ' || character == '\t' || character == '\u000B' || character == '\f';
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    private static boolean isUpper(char character) {
        return character >= 'A' && character <= 'Z';
    }

    private static boolean isLetter(char character) {
        return isUpper(character) || character >= 'a' && character <= 'z';
    }

    private static boolean isAscii(String text) {
        for (int index = 0; index < text.length(); index++) {
            if (text.charAt(index) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static BreakIterator rules() {
        FilteredBreakIteratorBuilder exceptions = FilteredBreakIteratorBuilder.getInstance(ULocale.ENGLISH);
        NO_END.forEach(word -> exceptions.suppressBreakAfter(" " + word)); // without the blank, "slept." would end in "pt."
        return exceptions.wrapIteratorWithFilter(BreakIterator.getSentenceInstance(ULocale.ENGLISH));
    }
}
