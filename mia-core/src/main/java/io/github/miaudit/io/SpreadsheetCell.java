package io.github.miaudit.io;

/**
 * Names that others chose, as cells of CSV files that people open in a spreadsheet, where a cell that begins like a formula is
 * computed: it may fetch, send or run something. Such a name gets an apostrophe before it, and so does one that begins with an
 * apostrophe; whoever drops a first apostrophe has all names as they were.
 */
public final class SpreadsheetCell {

    private static final String FORMULA_OR_APOSTROPHE = "=+-@|%'";

    private SpreadsheetCell() {
    }

    /** A name as a cell: after an apostrophe if it begins with one of {@code = + - @ | % '} or a control character. */
    public static String of(String name) {
        return !name.isEmpty() && (FORMULA_OR_APOSTROPHE.indexOf(name.charAt(0)) >= 0 || Character.isISOControl(name.charAt(0)))
                ? "'" + name : name;
    }
}
