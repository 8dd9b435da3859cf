package io.github.miaudit.io;

/**
 * Names that others chose, as cells of CSV files that people open in a spreadsheet, where a cell that begins like a formula is
 * computed: it may fetch, send or run something. Such a name gets an apostrophe before it, and so does one that begins with an
 * apostrophe; whoever drops a first apostrophe has all names as they were.
 */
public final class SpreadsheetCell {

    /** Full-width ones too, which some spreadsheets take for the others. */
    private static final String FORMULA_OR_APOSTROPHE = "=+-@|%'\uFF1D\uFF0B\uFF0D\uFF20\uFF5C\uFF05\uFF07\u2212\uFE62\uFE63\uFE66\uFE6B";

    private SpreadsheetCell() {
    }

    /**
     * A name as a cell: after an apostrophe if it begins with one of {@code = + - @ | % '}, also full-width or small, or with what a
     * spreadsheet may skip before one: a blank, a control character, or one without a glyph such as a byte order mark.
     */
    public static String of(String name) {
        return !name.isEmpty() && (FORMULA_OR_APOSTROPHE.indexOf(name.charAt(0)) >= 0 || isSkipped(name.codePointAt(0))) ? "'" + name
                : name;
    }

    private static boolean isSkipped(int character) {
        return Character.isISOControl(character) || Character.isWhitespace(character) || Character.isSpaceChar(character)
                || Character.getType(character) == Character.FORMAT;
    }
}
