package io.github.miaudit.checkpoint;

import io.github.miaudit.checkpoint.ProgramToken.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits a program's source into words, as far as {@code torch.jit.save} writes it: printable ASCII, lines that end in a line feed,
 * indentation by spaces, strings in one pair of quotes
 * whose escapes are of no use to a terminal. libtorch's lexer knows more (comments, of which some are types, continued
 * lines, strings of several lines, other blanks), so that what is no such source could read differently there; it is refused.
 */
final class ProgramLexer {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z_0-9]*");
    private static final Pattern NUMBER = Pattern.compile("(?:0|[1-9][0-9]*)(?:\\.[0-9]*)?(?:e[-+]?[0-9]+)?(?![A-Za-z_0-9.])");
    private static final Pattern STRING = Pattern.compile("\"((?:[^\"\\\\]|\\\\[\"'\\\\nt])*+)\"(?![\"'])");
    private static final String SIGNS = "()[]{},:=.-*";
    private static final String ARROW = "->";

    private final BiFunction<Integer, String, RuntimeException> refusal;
    private final List<ProgramToken> tokens = new ArrayList<>();
    private final Deque<Integer> indents = new ArrayDeque<>(List.of(0));
    private int depth;
    private int line;

    private ProgramLexer(BiFunction<Integer, String, RuntimeException> refusal) {
        this.refusal = refusal;
    }

    /** The words of a source; what is refused, with its line, is made an exception by the caller. */
    static List<ProgramToken> tokens(String source, BiFunction<Integer, String, RuntimeException> refusal) {
        ProgramLexer lexer = new ProgramLexer(refusal);
        for (String text : source.split("\n", -1)) {
            lexer.line++;
            lexer.readLine(text);
        }
        if (lexer.depth != 0) {
            throw refusal.apply(lexer.line, "ends within brackets");
        }
        lexer.indent(0);
        lexer.add(Kind.END, "");
        return lexer.tokens;
    }

    private void readLine(String text) {
        for (int place = 0; place < text.length(); place++) {
            if (text.charAt(place) < ' ' || text.charAt(place) > '~') {
                throw refusal.apply(line, "has a character that torch.jit.save does not write");
            }
        }
        int start = 0;
        while (start < text.length() && text.charAt(start) == ' ') {
            start++;
        }
        if (start == text.length()) {
            return; // blank, which means nothing
        }
        if (depth == 0) {
            indent(start);
        }
        for (int place = start; place < text.length();) {
            place = text.charAt(place) == ' ' ? place + 1 : word(text, place);
        }
        if (depth == 0) {
            add(Kind.NEWLINE, "");
        }
    }

    private void indent(int width) {
        if (width > indents.peek()) {
            indents.push(width);
            add(Kind.INDENT, "");
        }
        while (width < indents.peek()) {
            indents.pop();
            add(Kind.DEDENT, "");
        }
        if (width != indents.peek()) {
            throw refusal.apply(line, "is indented like no line before it");
        }
    }

    /** Reads a word and says where it ends. */
    private int word(String text, int place) {
        char first = text.charAt(place);
        if (first == '"') {
            Matcher string = matched(STRING, text, place, "has a string that torch.jit.save does not write");
            add(Kind.STRING, string.group(1));
            return string.end();
        } else if (Character.isDigit(first)) {
            add(Kind.NUMBER, matched(NUMBER, text, place, "has a number that torch.jit.save does not write").group());
            return place + tokens.get(tokens.size() - 1).text().length();
        } else if (first == '_' || Character.isLetter(first)) {
            add(Kind.NAME, matched(NAME, text, place, "").group());
            return place + tokens.get(tokens.size() - 1).text().length();
        }
        String sign = text.startsWith(ARROW, place) ? ARROW : String.valueOf(first);
        if (!sign.equals(ARROW) && SIGNS.indexOf(first) < 0) {
            throw refusal.apply(line, "has the sign " + first + ", which torch.jit.save does not write");
        }
        depth += "([{".indexOf(first) >= 0 ? 1 : ")]}".indexOf(first) >= 0 ? -1 : 0;
        if (depth < 0) {
            throw refusal.apply(line, "closes a bracket that is not open");
        }
        add(Kind.SIGN, sign);
        return place + sign.length();
    }

    private Matcher matched(Pattern pattern, String text, int place, String otherwise) {
        Matcher matcher = pattern.matcher(text).region(place, text.length()).useTransparentBounds(true);
        if (!matcher.lookingAt()) {
            throw refusal.apply(line, otherwise);
        }
        return matcher;
    }

    private void add(Kind kind, String text) {
        tokens.add(new ProgramToken(kind, text, line));
    }
}
