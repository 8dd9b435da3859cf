package io.github.miaudit.identifiers;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A date as it is written: the day it means, and the pieces of its writing.
 *
 * @param date   the day; of a year of two digits 20 are the first two, without a year it is in 2000, without a day it is the 15th
 * @param pieces of the writing, in order
 */
record WrittenDate(LocalDate date, List<Piece> pieces) {

    /** What a piece of a date tells; {@code BETWEEN} nothing. */
    enum Part {
        DAY, ORDINAL, MONTH, MONTH_NAME, YEAR, SHORT_YEAR, BETWEEN
    }

    /** Which of two numbers before a year is the day, where both could be. */
    enum Order {
        DAY_FIRST, MONTH_FIRST
    }

    record Piece(Part part, String text) {
    }

    private static final int CENTURY = 2000;
    private static final int ABBREVIATED = 3;
    private static final int MIDDLE = 15;
    private static final List<String> NAMES = Stream.of(Month.values())
            .map(month -> month.getDisplayName(TextStyle.FULL, Locale.ENGLISH)).toList();
    private static final String NAME = "(?:" + NAMES.stream()
            .map(name -> name.replaceFirst("(...)(.+)", "$1(?:$2)?").replace("?:tember", "?:t|tember")).collect(Collectors.joining("|"))
            + ")";
    private static final String DAY = "(?:0?[1-9]|[12]\\d|3[01])(?:st|nd|rd|th)?";
    private static final String FULL_YEAR = "(?:1[89]\\d\\d|2[0-2]\\d\\d)";
    /** As a whole, whatever the case of letters; but without a year a name must begin with a capital, as "may 3" can be no date. */
    private static final List<Pattern> PATTERNS = Stream.of(
            "(?i:" + DAY + "(?:-| of | )" + NAME + "\\.?(?:-|, ?| )" + FULL_YEAR + ")",
            "(?i:" + DAY + "-" + NAME + "-\\d\\d)",
            "(?i:" + NAME + "\\.? " + DAY + "(?:, ?| )" + FULL_YEAR + ")",
            "(?<!\\d[ -])(?i:" + NAME + "\\.?,? " + FULL_YEAR + ")",
            "(?i:" + DAY + " (?:of )?)(?=[A-Z])(?i:" + NAME + ")(?!\\.?,? \\d{4})",
            "(?=[A-Z])(?i:" + NAME + " " + DAY + ")(?!,? \\d{4})",
            FULL_YEAR + "([-/.])\\d{1,2}\\1\\d{1,2}",
            "\\d{1,2}([-/.])\\d{1,2}\\1(?:" + FULL_YEAR + "|\\d\\d)")
            .map(expression -> Pattern.compile(WrittenFormat.BEFORE + expression + WrittenFormat.AFTER)).toList();
    private static final Pattern PIECE = Pattern.compile("\\d+|\\p{L}+|[^\\d\\p{L}]+");

    /** What dates look like; some that look so are none. */
    static List<Pattern> patterns() {
        return PATTERNS;
    }

    /** What a text means as a whole, if it is a date. */
    static Optional<WrittenDate> of(String text, Order order) {
        return PATTERNS.stream().anyMatch(pattern -> pattern.matcher(text).matches()) ? ofMatch(text, order) : Optional.empty();
    }

    /** What a match of one of the patterns means, if it is a date. */
    static Optional<WrittenDate> ofMatch(String text, Order order) {
        List<String> texts = new ArrayList<>();
        Matcher matcher = PIECE.matcher(text);
        while (matcher.find()) {
            texts.add(matcher.group());
        }
        List<Integer> numbers = texts.stream().filter(WrittenDate::isNumber).map(Integer::valueOf).toList();
        boolean named = texts.stream().anyMatch(piece -> month(piece).isPresent());
        List<Part> ofNumbers = named ? List.of(Part.DAY, Part.SHORT_YEAR) : numeric(texts.get(0), numbers, order);
        List<Piece> pieces = new ArrayList<>();
        int number = 0;
        for (String piece : texts) {
            if (!isNumber(piece)) {
                pieces.add(new Piece(ofWord(piece, pieces), piece));
            } else if (piece.length() == 4) {
                pieces.add(new Piece(Part.YEAR, piece));
                number += named ? 0 : 1;
            } else {
                pieces.add(new Piece(ofNumbers.get(number++), piece));
            }
        }
        return date(pieces).map(date -> new WrittenDate(date, List.copyOf(pieces)));
    }

    private static List<Part> numeric(String first, List<Integer> numbers, Order order) {
        if (first.length() == 4) {
            return List.of(Part.YEAR, Part.MONTH, Part.DAY);
        }
        boolean dayFirst = numbers.get(0) > 12 || numbers.get(1) <= 12 && order == Order.DAY_FIRST;
        return dayFirst ? List.of(Part.DAY, Part.MONTH, Part.SHORT_YEAR) : List.of(Part.MONTH, Part.DAY, Part.SHORT_YEAR);
    }

    private static Part ofWord(String word, List<Piece> before) {
        if (month(word).isPresent()) {
            return Part.MONTH_NAME;
        }
        boolean afterDay = !before.isEmpty() && before.get(before.size() - 1).part == Part.DAY;
        return afterDay && word.length() == 2 && Character.isLetter(word.charAt(0)) ? Part.ORDINAL : Part.BETWEEN;
    }

    private static Optional<LocalDate> date(List<Piece> pieces) {
        int year = CENTURY;
        int month = 0;
        int day = MIDDLE;
        for (Piece piece : pieces) {
            switch (piece.part) {
                case DAY -> day = Integer.parseInt(piece.text);
                case MONTH -> month = Integer.parseInt(piece.text);
                case MONTH_NAME -> month = month(piece.text).orElseThrow().getValue();
                case YEAR -> year = Integer.parseInt(piece.text);
                case SHORT_YEAR -> year = CENTURY + Integer.parseInt(piece.text);
                default -> {
                }
            }
        }
        try {
            return Optional.of(LocalDate.of(year, month, day));
        } catch (DateTimeException e) { // such as of 31 February
            return Optional.empty();
        }
    }

    /** Dates of one layout are written alike but for zeros that lead, and names that are cut short. */
    String layout() {
        return pieces.stream().map(piece -> piece.part == Part.BETWEEN ? piece.text : piece.part.name()).collect(Collectors.joining());
    }

    /** Another day, written likewise. */
    String with(LocalDate other, Style style) {
        return pieces.stream().map(piece -> switch (piece.part) {
            case DAY -> style.number(other.getDayOfMonth());
            case ORDINAL -> ordinal(other.getDayOfMonth());
            case MONTH -> style.number(other.getMonthValue());
            case MONTH_NAME -> style.abbreviates ? name(other.getMonth()).substring(0, ABBREVIATED) : name(other.getMonth());
            case YEAR -> Integer.toString(other.getYear());
            case SHORT_YEAR -> Proposals.twoDigits(other.getYear() % 100);
            case BETWEEN -> piece.text;
        }).collect(Collectors.joining());
    }

    /** What a date leaves open if its day and month have two digits, or its month is May. */
    record Style(boolean leadingZeros, boolean abbreviates) {

        /** Of dates of one layout: of those that leave nothing open if there are any, else zeros lead if months are numbers. */
        static Style of(List<WrittenDate> alike) {
            List<String> numbers = texts(alike, EnumSet.of(Part.DAY, Part.MONTH));
            List<String> names = texts(alike, EnumSet.of(Part.MONTH_NAME));
            boolean zero = numbers.stream().anyMatch(number -> number.startsWith("0"));
            boolean noZero = numbers.stream().anyMatch(number -> number.length() == 1);
            return new Style(zero || !noZero && names.isEmpty(),
                    names.stream().anyMatch(name -> name.length() <= ABBREVIATED + 1 && !isWhole(name)));
        }

        /** In full: May, which may be either, June and July. */
        private static boolean isWhole(String name) {
            return Stream.of("may", "june", "july").anyMatch(name::equalsIgnoreCase);
        }

        private static List<String> texts(List<WrittenDate> dates, EnumSet<Part> parts) {
            return dates.stream().flatMap(date -> date.pieces.stream()).filter(piece -> parts.contains(piece.part)).map(Piece::text)
                    .toList();
        }

        private String number(int value) {
            return leadingZeros ? Proposals.twoDigits(value) : Integer.toString(value);
        }
    }

    private static boolean isNumber(String piece) {
        return Character.isDigit(piece.charAt(0));
    }

    private static Optional<Month> month(String word) {
        return Stream.of(Month.values()).filter(month -> word.length() >= ABBREVIATED
                && name(month).regionMatches(true, 0, word, 0, word.length())).findFirst();
    }

    private static String name(Month month) {
        return NAMES.get(month.ordinal());
    }

    private static String ordinal(int day) {
        if (day / 10 == 1) {
            return "th";
        }
        return switch (day % 10) {
            case 1 -> "st";
            case 2 -> "nd";
            case 3 -> "rd";
            default -> "th";
        };
    }

    /** Never the date. */
    @Override
    public String toString() {
        return "WrittenDate[" + pieces.size() + " pieces]";
    }
}
