package io.github.miaudit.checkpoint;

/**
 * A word of a program's source.
 *
 * @param text what stands there; of a string, what is between its quotes, with its escapes
 * @param line from 1
 */
record ProgramToken(Kind kind, String text, int line) {

    /** What a word is. */
    enum Kind {
        NAME, NUMBER, STRING, SIGN, NEWLINE, INDENT, DEDENT, END
    }

    boolean is(String sign) {
        return kind != Kind.STRING && text.equals(sign);
    }
}
