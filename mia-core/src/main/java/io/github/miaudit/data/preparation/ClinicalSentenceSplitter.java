package io.github.miaudit.data.preparation;

import io.github.miaudit.io.AuditException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts English clinical notes. Layout first: a blank line, a list item, a line that starts with a heading, the line after a
 * heading of its own and the line after a short one begin a new piece; other line breaks are wrapping. Within a piece,
 * ICU's sentence rules with its English exceptions and some of clinical language, such as "pt." and "approx.". The marker of a list item
 * stays with the item. ICU is no dependency of mia-core: whoever splits notes adds {@code com.ibm.icu:icu4j}.
 *
 * <p>On two samples of synthetic notes labelled by hand, one that the rules were made on and one that they were not:
 * boundary F1 1.00 and 0.96; ICU's rules with the layout but without the exceptions 0.96 and 0.94, the JDK's 0.95 and 0.94,
 * OpenNLP 2.5.4 with its English model 0.89 and 0.89; without the layout all lie between 0.77 and 0.92.
 */
public final class ClinicalSentenceSplitter implements SentenceSplitter {

    private static final Pattern ITEM = Pattern.compile("\\s*([-*•#+]+|\\d{1,2}[.)]|[a-zA-Z][.)])\\s+");
    private static final Pattern HEADING = Pattern.compile("[A-Z#][A-Za-z/#&() -]{0,40}:(\\s.*)?");
    private static final Pattern HEADING_ALONE = Pattern.compile("[A-Z][A-Za-z/&() -]{0,50}:");
    private static final Pattern SPACES = Pattern.compile("\\s+");
    /** Shorter ones end where their writer wanted... */
    private static final int SHORT_LINE = 60;
    /** ... unless the note is wrapped before it, and the next word would not have had room. */
    private static final int NARROWEST = 40;
    private static final boolean ICU_IS_THERE = icuIsThere();

    /** @throws AuditException if ICU, on which mia-core does not depend, is not on the class path */
    @Override
    public List<String> split(String note) {
        if (!ICU_IS_THERE) {
            throw new AuditException(
                    "notes are split into sentences with ICU, which is not on the class path; add com.ibm.icu:icu4j, of which"
                            + " mia-bom knows the version, or split them by a splitter of your own");
        }
        List<String> sentences = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        String previous = "";
        List<String> lines = note.lines().map(String::strip).toList();
        int width = lines.stream().mapToInt(String::length).max().orElse(0);
        for (String line : lines) {
            if (beginsPiece(line, previous, width)) {
                cut(piece.toString(), sentences);
                piece.setLength(0);
            }
            piece.append(line).append(' ');
            previous = line;
        }
        cut(piece.toString(), sentences);
        return sentences;
    }

    private static boolean icuIsThere() {
        try {
            Class.forName("com.ibm.icu.text.BreakIterator", false, ClinicalSentenceSplitter.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static boolean beginsPiece(String line, String previous, int width) {
        return line.isEmpty() || endsAtWill(previous, line, width) || ITEM.matcher(line).lookingAt()
                || line.indexOf(':') >= 0 && HEADING.matcher(line).matches()
                || previous.endsWith(":") && HEADING_ALONE.matcher(previous).matches();
    }

    private static boolean endsAtWill(String line, String next, int width) {
        int blank = next.indexOf(' ');
        return line.length() < NARROWEST
                || line.length() < SHORT_LINE && line.length() + 1 + (blank < 0 ? next.length() : blank) <= width;
    }

    private static void cut(String piece, List<String> sentences) {
        Matcher marker = ITEM.matcher(piece);
        int start = 0;
        int offset = marker.lookingAt() ? marker.end() : 0; // lest "1." be a sentence
        for (int end : EnglishSentences.ends(piece.substring(offset))) {
            add(piece.substring(start, offset + end), sentences);
            start = offset + end;
        }
        add(piece.substring(start), sentences);
    }

    private static void add(String sentence, List<String> sentences) {
        String words = singleSpaced(sentence.strip());
        if (!words.isEmpty()) {
            sentences.add(words);
        }
    }

    private static String singleSpaced(String text) {
        boolean spaced = false;
        for (int index = 0; index < text.length(); index++) {
            boolean space = isSpace(text.charAt(index));
            if (space && (spaced || text.charAt(index) != ' ')) {
                return SPACES.matcher(text).replaceAll(" ");
            }
            spaced = space;
        }
        return text; // as most are
    }

    private static boolean isSpace(char character) {
        return character == ' ' || character >= '\t' && character <= '\r';
    }
}
