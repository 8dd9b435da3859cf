package io.github.miaudit.notes;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A column of a table, or a member of JSON objects, that is looked for by its name. What the user names is found by exactly that
 * name; otherwise the usual name counts, and where no column has it, any usual name in upper or lower case. Immutable.
 */
public final class WantedColumn {

    private static final int MOST_NAMED = 10;
    private static final int LONGEST_NAME = 40;

    private final Optional<String> named;
    private final List<String> usual;
    private final String advice;

    private WantedColumn(Optional<String> named, List<String> usual, String advice) {
        this.named = named;
        this.usual = usual;
        this.advice = advice;
    }

    /** The patient's: by default {@code group}, or else {@code SUBJECT_ID}. */
    public static WantedColumn patient(NoteFormat.Columns columns) {
        return new WantedColumn(columns.patient(), List.of("group", "SUBJECT_ID"), "name the patient's with --patient-column");
    }

    /** The text's: by default {@code text}. */
    public static WantedColumn text(NoteFormat.Columns columns) {
        return new WantedColumn(columns.text(), List.of("text"), "name the text's with --text-column");
    }

    /** One whose values notes carry. */
    public static WantedColumn label(String name) {
        return new WantedColumn(Optional.of(name), List.of(), "choose one of them");
    }

    /** The name that the user gave, or the first of the usual ones. */
    public String name() {
        return named.orElseGet(() -> usual.get(0));
    }

    /** Whether the user named it, so that it must be there. */
    public boolean isNamed() {
        return named.isPresent();
    }

    /** Whether a column of such a name may be it, if no other fits better. */
    public boolean mayBe(String column) {
        return column.equals(name()) || usual(column);
    }

    /**
     * Those that it may be.
     *
     * @param columns the names that are there
     * @return of these, in their order, those that fit best: one, if all is well
     */
    public List<String> among(Collection<String> columns) {
        List<String> exact = columns.stream().filter(name()::equals).toList();
        return exact.isEmpty() ? columns.stream().filter(this::usual).toList() : exact;
    }

    /**
     * What is wrong where {@link #among} does not find one.
     *
     * @param noun    what stands in front of a name, such as {@code "column"}
     * @param columns the names that are there; at most 10 are told, each cut at 40 characters
     * @return words that start with a verb, and say what to do
     */
    public String problem(String noun, Collection<String> columns) {
        List<String> fitting = among(columns);
        if (fitting.size() > 1) {
            return fitting.stream().distinct().count() == 1 ? "has more than one " + noun + " " + name() + "; rename all but one"
                    : "has several " + noun + "s that may be meant, " + list(fitting) + "; " + advice;
        }
        List<String> otherCase = columns.stream().filter(name()::equalsIgnoreCase).toList();
        return "has no " + noun + " " + name() + "; it has " + list(columns)
                + (otherCase.isEmpty() ? "" : ", so " + list(otherCase) + " may be meant") + "; " + advice;
    }

    /** Names for a message. */
    static String list(Collection<String> names) {
        if (names.isEmpty()) {
            return "none";
        }
        int more = names.size() - MOST_NAMED;
        return names.stream().limit(MOST_NAMED).map(WantedColumn::cut).collect(Collectors.joining(", "))
                + (more > 0 ? " and " + more + " more" : "");
    }

    private boolean usual(String column) {
        return named.isEmpty() && usual.stream().anyMatch(column::equalsIgnoreCase);
    }

    private static String cut(String name) {
        String start = name.codePointCount(0, name.length()) > LONGEST_NAME
                ? name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME)) + "..."
                : name;
        return start.isEmpty() ? "one without a name" : start.replaceAll("\\p{C}", "?");
    }
}
