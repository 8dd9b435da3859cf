package io.github.miaudit.cli;

import java.io.PrintStream;

/**
 * A stream for a terminal on which names of files, models and sentences can do nothing: characters that a terminal obeys, or that reorder
 * what is read, come out as U+FFFD.
 */
final class HarmlessStream extends PrintStream {

    private final PrintStream terminal;

    HarmlessStream(PrintStream terminal) {
        super(terminal, true);
        this.terminal = terminal;
    }

    @Override
    public void print(String text) {
        terminal.print(harmless(String.valueOf(text)));
    }

    @Override
    public void print(char[] text) {
        print(new String(text));
    }

    @Override
    public PrintStream append(CharSequence text) {
        print(String.valueOf(text));
        return this;
    }

    /** Line breaks and tabs stay. */
    static String harmless(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}\\u2028\\u2029&&[^\n\t]]", "\uFFFD");
    }
}
