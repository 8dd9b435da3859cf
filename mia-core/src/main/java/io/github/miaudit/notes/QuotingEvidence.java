package io.github.miaudit.notes;

import java.util.HashSet;
import java.util.Set;

/**
 * Reads a table in both ways at once, with quotation marks around fields and with marks as plain characters, and tells which
 * of the two gives rows that all have as many fields as the header. Takes bytes of UTF-8 from the start of the header to the end
 * of the file; its memory does not grow with them.
 */
final class QuotingEvidence {

    private static final String ESCAPES = "\\ntrN0bfv";
    private static final int LONGEST_SHAPE = 32;
    private static final int MOST_SHAPES = 64;

    private enum Place {
        START, BARE, QUOTED, AFTER_MARK
    }

    private final char separator;
    private final int columns;
    private final int patientColumn;
    private final boolean[] special = new boolean[1 << Byte.SIZE];

    private long marks;
    private boolean afterBackslash;
    private boolean otherBackslashes;

    private long line;
    private boolean afterReturn;
    private boolean headerEnded;
    private long plainFields = 1;
    private long plainLength;
    private long plainMisfit;
    private boolean lineStartsQuoted;
    private final StringBuilder shape = new StringBuilder();
    private final Set<String> shapesOfRows = new HashSet<>();
    private final Set<String> shapesOfJoined = new HashSet<>();

    private Place place = Place.START;
    private long fields = 1;
    private long recordLine;
    private boolean opened;
    private boolean headerQuoted;
    private boolean doubledWithin;
    private long joined;
    private long quotedMisfit;

    /** Looks at a table whose header starts at the line. */
    QuotingEvidence(char separator, int columns, int patientColumn, long line) {
        this.separator = separator;
        this.columns = columns;
        this.patientColumn = patientColumn;
        this.line = line;
        this.recordLine = line;
        for (char each : new char[] {separator, '"', '\\', '\n', '\r'}) {
            special[each & 0xFF] = true;
        }
    }

    /** Takes the bytes that follow. */
    void take(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int index = offset;
        while (index < end) {
            int ordinary = index;
            while (ordinary < end && !special[bytes[ordinary] & 0xFF]) {
                ordinary++;
            }
            if (ordinary > index) {
                takeOrdinary(bytes, index, ordinary);
                index = ordinary;
                continue;
            }
            char next = (char) (bytes[index++] & 0xFF);
            if (next == '\n' && afterReturn) { // the break was counted
                afterReturn = false;
                continue;
            }
            afterReturn = next == '\r';
            takeEscape(next);
            if (next == '\n' || next == '\r') {
                endLine();
            } else {
                marks += next == '"' ? 1 : 0;
                takePlain(next);
                takeQuoted(next);
            }
        }
    }

    /** Takes the end of the file. */
    void end() {
        otherBackslashes |= afterBackslash;
        if (plainLength > 0) {
            endLine();
        }
        if (place == Place.QUOTED) {
            misfit();
        }
    }

    /** Whether there are an odd number of quotation marks. */
    boolean hasOddMarks() {
        return marks % 2 != 0;
    }

    /** Whether all backslashes are such as programs write that escape them. */
    boolean backslashesEscape() {
        return !otherBackslashes;
    }

    /** The first line of a row that has too many or too few fields, or a broken quote, if marks stand around fields; 0 if none has. */
    long quotedMisfit() {
        return quotedMisfit;
    }

    /** The first line that has too many or too few fields if marks are plain; 0 if none has. */
    long plainMisfit() {
        return plainMisfit;
    }

    /**
     * The first line on which a quoted field starts that goes over several lines, each of which looks like a row of the table, as
     * all lines of the file do: its number of fields is right, and its patient is written as one of a row that is on one line is,
     * letters for letters and digits for digits. 0 if there is none.
     */
    long joined() {
        return quotedMisfit == 0 && plainMisfit == 0 && shapesOfRows.containsAll(shapesOfJoined) ? joined : 0;
    }

    /** Whether the two readings give the same rows, but for backslashes. */
    boolean readingsAgree() {
        return !opened;
    }

    /** Whether only who puts marks around fields writes so: around a name of the header, or twice within a field on one line. */
    boolean isSurelyQuoted() {
        return headerQuoted || joined == 0 && doubledWithin;
    }

    /** What {@link #take} does with one byte after the other, for many that are no mark, backslash, separator or line break. */
    private void takeOrdinary(byte[] bytes, int from, int to) {
        afterReturn = false;
        takeEscape((char) (bytes[from] & 0xFF));
        plainLength += to - from;
        if (plainFields - 1 == patientColumn) {
            for (int index = from; index < to && shape.length() < LONGEST_SHAPE; index++) {
                takeShape((char) (bytes[index] & 0xFF));
            }
        }
        if (place == Place.AFTER_MARK) {
            misfit();
        }
        place = place == Place.QUOTED ? place : Place.BARE;
    }

    private void takeEscape(char next) {
        if (afterBackslash) {
            otherBackslashes |= ESCAPES.indexOf(next) < 0;
            afterBackslash = false;
        } else {
            afterBackslash = next == '\\';
        }
    }

    private void takePlain(char next) {
        plainLength++;
        if (next == separator) {
            plainFields++;
        } else if (plainFields - 1 == patientColumn && shape.length() < LONGEST_SHAPE) {
            takeShape(next);
        }
    }

    private void takeShape(char next) {
        char kind = kind(next);
        if (shape.isEmpty() || shape.charAt(shape.length() - 1) != kind) {
            shape.append(kind);
        }
    }

    private static char kind(char next) {
        if (next >= '0' && next <= '9') {
            return '9';
        }
        return next >= 'a' && next <= 'z' || next >= 'A' && next <= 'Z' || next > 0x7F ? 'a' : next;
    }

    private void takeQuoted(char next) {
        switch (place) {
            case START -> {
                if (next == '"') {
                    place = Place.QUOTED;
                    headerQuoted |= !headerEnded;
                    opened = true;
                } else {
                    takeBare(next);
                }
            }
            case BARE -> takeBare(next);
            case QUOTED -> place = next == '"' ? Place.AFTER_MARK : Place.QUOTED;
            default -> {
                if (next == '"') {
                    doubledWithin = true;
                    place = Place.QUOTED;
                } else {
                    if (next != separator) {
                        misfit();
                    }
                    takeBare(next);
                }
            }
        }
    }

    private void takeBare(char next) {
        fields += next == separator ? 1 : 0;
        place = next == separator ? Place.START : Place.BARE;
    }

    private void misfit() {
        quotedMisfit = quotedMisfit == 0 ? recordLine : quotedMisfit;
    }

    private void endLine() {
        boolean isEmpty = plainLength == 0;
        boolean isJoined = lineStartsQuoted || place == Place.QUOTED;
        if (!isEmpty) {
            if (plainFields != columns && plainMisfit == 0) {
                plainMisfit = line;
            }
            Set<String> shapes = isJoined ? shapesOfJoined : shapesOfRows;
            if (headerEnded && shapes.size() < (isJoined ? MOST_SHAPES + 1 : MOST_SHAPES)) { // so that too many don't fit
                shapes.add(shape.toString().strip());
            }
            headerEnded = true;
        }
        if (place == Place.QUOTED) {
            joined = joined == 0 ? recordLine : joined;
        } else {
            if (fields != columns && !(fields == 1 && isEmpty)) {
                misfit();
            }
            fields = 1;
            place = Place.START;
            recordLine = line + 1;
        }
        line++;
        plainFields = 1;
        plainLength = 0;
        shape.setLength(0);
        lineStartsQuoted = place == Place.QUOTED;
    }
}
