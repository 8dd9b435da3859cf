package io.github.miaudit.report.output;

import io.github.miaudit.data.Population;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a colour means, in every chart the same. The library draws in a colour of its own for each, which becomes a variable of the page's
 * style: so there is one for light paper, one for dark and one for print, told apart by the colour-blind (Okabe and Ito). No colour stands
 * alone: a shape, a line or a place says the same, for print in black.
 */
enum Ink {

    TEXT("ink", "#010101"),

    GRID("line", "#020202"),

    PAPER("paper", "#030303"),

    /** Guessing, and no difference. */
    CHANCE("soft", "#040404"),

    MEMBERS("members", "#050505"),

    NON_MEMBERS("non-members", "#060606"),

    EXTERNALS("externals", "#070707"),

    CONTROL("control", "#080808"),

    FIRST_LINE("line-1", "#090909"),

    SECOND_LINE("line-2", "#0a0a0a"),

    THIRD_LINE("line-3", "#0b0b0b");

    private static final List<Ink> LINES = List.of(FIRST_LINE, SECOND_LINE, THIRD_LINE);

    private final String variable;
    private final String colour;

    Ink(String variable, String colour) {
        this.variable = variable;
        this.colour = colour;
    }

    /** Of an attack or a version by its place; from the fourth on, the type of line tells them apart. */
    static Ink ofLine(int line) {
        return LINES.get(line % LINES.size());
    }

    static Ink of(Population population) {
        return switch (population) {
            case MEMBERS -> MEMBERS;
            case NON_MEMBERS -> NON_MEMBERS;
            case EXTERNALS -> EXTERNALS;
        };
    }

    /** As the library is told. */
    String colour() {
        return colour;
    }

    /** What stands for a colour that the library drew; the colour itself if it is none of these. */
    static String styled(String drawn) {
        if (drawn.equals("rgb(255,255,255)")) { // behind the signs of a legend
            return "var(--paper)";
        }
        return Stream.of(values()).filter(ink -> drawn.equals(ink.colour) || drawn.equals(ink.drawn())).findFirst()
                .map(ink -> "var(--" + ink.variable + ")").orElse(drawn);
    }

    private String drawn() {
        int grey = Integer.parseInt(colour.substring(1, 3), 16);
        return "rgb(" + grey + "," + grey + "," + grey + ")";
    }
}
