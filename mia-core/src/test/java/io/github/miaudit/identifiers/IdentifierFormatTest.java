package io.github.miaudit.identifiers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class IdentifierFormatTest extends IdentifierFinderContract {

    private static final int SOME = 200;

    @Override
    protected IdentifierFinder finder() {
        return IdentifierFinder.allOf(List.of(IdentifierFormat.values()));
    }

    @Override
    protected List<String> pieces() {
        return List.of("3 May 2031", "03/05/31", "May", "14:30", "pm", "07700 900123", "+44", "943 476 5919", "MRN", "1234567", "SW1A 1AA",
                "ann.li@example.org", "aged 74", "80yo", "12", "2031-");
    }

    @Test
    void dates() {
        IdentifierFormat format = IdentifierFormat.DATES_DAY_FIRST;
        for (String date : List.of("3 May 2031", "03 May 2031", "3rd May 2031", "3 of May 2031", "May 3, 2031", "May 3rd, 2031",
                "MAY 3 2031",
                "3-May-2031", "3-May-31", "03/05/2031", "3/5/31", "31.12.1999", "2031-05-03", "2031-5-3", "2031/05/03", "May 2031",
                "Sept. 2031", "Sep 3, 2031", "September 3, 2031", "3 May", "May 3", "29 Feb 2028", "12/31/2031", "3 may 2031")) {
            assertEquals(List.of(date), Found.in("Seen (" + date + ") and on " + date + ".", format).stream().distinct().toList(), date);
        }
        for (String none : List.of("may 3", "3 may", "May 32", "30 Feb 2031", "29 Feb 2031", "31/31/2031", "0/5/2031", "03/05", "2/3",
                "120/80",
                "1.2.3.4", "03/05-2031", "3031-05-03", "13/13/31", "Mayday 3", "Juno 3, 2031", "A3 May 2031x", "12-31-07-99")) {
            assertEquals(List.of(), Found.in("Seen (" + none + ") and on " + none + ".", format), none);
        }
    }

    @Test
    void theOrderOfDayAndMonthMattersWhereBothCouldBe() {
        assertEquals(LocalDate.of(2031, 5, 3), WrittenDate.of("03/05/2031", WrittenDate.Order.DAY_FIRST).orElseThrow().date());
        assertEquals(LocalDate.of(2031, 3, 5), WrittenDate.of("03/05/2031", WrittenDate.Order.MONTH_FIRST).orElseThrow().date());
        assertEquals(LocalDate.of(2031, 5, 13), WrittenDate.of("13/05/2031", WrittenDate.Order.MONTH_FIRST).orElseThrow().date());
        assertEquals(LocalDate.of(2031, 5, 13), WrittenDate.of("05/13/31", WrittenDate.Order.DAY_FIRST).orElseThrow().date());
    }

    /** Whatever the JDK writes in these patterns is read as the same day, and other days are written in the pattern. */
    @Property
    void datesKeepHowTheyAreWritten(@ForAll @IntRange(min = 0, max = 60_000) int day, @ForAll("patterns") String pattern,
            @ForAll int seed) {
        DateTimeFormatter formatter = DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
        LocalDate date = LocalDate.of(1900, 1, 1).plusDays(day);
        String written = formatter.format(date);
        assertEquals(date, WrittenDate.of(written, WrittenDate.Order.DAY_FIRST).orElseThrow().date());
        // a date that leaves nothing open stands beside it
        List<String> both = List.of(written, formatter.format(LocalDate.of(2001, 3, 4)));
        Iterator<String> others = IdentifierFormat.DATES_DAY_FIRST.proposals(both, seed).get(0);
        for (int count = 0; count < 20 && others.hasNext(); count++) {
            LocalDate other = LocalDate.parse(others.next(), formatter);
            assertEquals(0, ChronoUnit.DAYS.between(date, other) % 7);
            assertEquals(date.getDayOfWeek(), other.getDayOfWeek());
            assertTrue(Math.abs(ChronoUnit.WEEKS.between(date, other)) < 1043);
        }
    }

    @Provide
    Arbitrary<String> patterns() {
        return Arbitraries.of("d MMMM uuuu", "dd MMMM uuuu", "d MMM uuuu", "MMMM d, uuuu", "MMM d uuuu", "dd-MMM-uuuu", "dd/MM/uuuu",
                "d/M/uuuu",
                "d.M.uuuu", "uuuu-MM-dd", "uuuu-M-d", "uuuu/MM/dd");
    }

    @Test
    void allDatesOfAPatientMoveTogether() {
        List<Iterator<String>> dates = IdentifierFormat.DATES_DAY_FIRST
                .proposals(List.of("3 May 2031", "2031-05-10", "1/2/1950", "no date"), 5);
        DateTimeFormatter named = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);
        List<LocalDate> seen = new ArrayList<>();
        for (int world = 0; world < SOME; world++) {
            LocalDate first = LocalDate.parse(dates.get(0).next(), named);
            assertEquals(first.plusDays(7), LocalDate.parse(dates.get(1).next()));
            assertEquals(ChronoUnit.DAYS.between(LocalDate.of(1950, 2, 1), LocalDate.of(2031, 5, 3)),
                    ChronoUnit.DAYS.between(LocalDate.parse(dates.get(2).next(), DateTimeFormatter.ofPattern("d/M/uuuu")), first));
            seen.addAll(List.of(first, first.plusDays(7)));
        }
        assertEquals(2 * SOME, seen.stream().distinct().count());
        assertFalse(seen.contains(LocalDate.of(2031, 5, 3)) || seen.contains(LocalDate.of(2031, 5, 10)));
        assertFalse(dates.get(3).hasNext());
    }

    @Test
    void datesThatLeaveTheirStyleOpenAreWrittenAsTheOthers() {
        assertTrue(others("12/11/2031", "1/2/2031").anyMatch(date -> date.matches("\\d/.*")));
        assertTrue(others("12/11/2031", "01/02/2031").noneMatch(date -> date.matches("\\d/.*")));
        assertTrue(others("12/11/2031").noneMatch(date -> date.matches("\\d/.*")));
        assertTrue(others("12 May 2031", "12 Jun 2031").allMatch(date -> date.matches("\\d+ [A-Z][a-z]{2} \\d+")));
        assertTrue(others("12 May 2031").anyMatch(date -> date.matches("\\d [A-Z][a-z]{5,} \\d+")));
        assertTrue(others("3rd May 2031").allMatch(date -> date.matches("(1st|21st|31st|2nd|22nd|3rd|23rd|\\d+th) [A-Z].*")));
    }

    private static Stream<String> others(String date, String... more) {
        Iterator<String> others = IdentifierFormat.DATES_DAY_FIRST.proposals(Stream.concat(Stream.of(date), Stream.of(more)).toList(), 3)
                .get(0);
        return Stream.generate(others::next).limit(SOME).toList().stream();
    }

    @Test
    void times() {
        IdentifierFormat format = IdentifierFormat.TIMES;
        for (String time : List.of("14:30", "9:05", "09:05", "14:30:10", "2:30 pm", "2:30pm", "2:30 P.M.")) {
            assertEquals(List.of(time), Found.in("At " + time + " seen", format), time);
        }
        assertEquals(List.of("1430", "0905"), Found.in("1430h, 0905 hrs, 2031, 1430", format));
        assertEquals(List.of(), Found.in("24:30 1:5 1:300 14:60 13:30 pm 1.14:30", format));
        proposed(format, "14:30", "(1\\d|2[0-3]):(00|15|30|45)");
        proposed(format, "9:05", "[1-9]:(05|10|20|25|35|40|50|55)");
        proposed(format, "09:07:13", "0\\d:[0-5][1-46-9]:(0[1-9]|[1-5]\\d)");
        proposed(format, "12:30 pm", "1[0-2]:(00|15|30|45) pm");
        proposed(format, "1430", "(1\\d|2[0-3])(00|15|30|45)");
    }

    @Test
    void phoneNumbers() {
        IdentifierFormat format = IdentifierFormat.PHONE_NUMBERS;
        for (String phone : List.of("07700 900123", "07700900123", "020 7946 0958", "(020) 7946 0958", "0113 496 0123", "01632 960123",
                "+44 20 7946 0958", "+44 (0)20 7946 0958", "(555) 123-4567", "555-123-4567", "555.123.4567", "+1 555-123-4567",
                "+49 30 1234567")) {
            assertEquals(List.of(phone), Found.in("Tel " + phone + ", again", format), phone);
        }
        for (String none : List.of("943 476 5919", "0123456", "2031-05-03", "120/80", "5551234567", "1234 5678 9012")) {
            assertEquals(List.of(), Found.in("Tel " + none + ", again", format), none);
        }
        proposed(format, "07700 900123", "07700 [1-9]\\d{5}|07700 \\d{6}");
        proposed(format, "(555) 123-4567", "\\(555\\) 1\\d{2}-\\d{4}");
    }

    /** Numbers that others publish as valid and invalid: epidm, nhsnumber (R), heidi (Rust), nhs-validation (npm). */
    @Test
    void nhsNumbers() {
        IdentifierFormat format = IdentifierFormat.NHS_NUMBERS;
        for (String valid : List.of("943 476 5919", "943-476-5919", "9434765919", "1234567881", "654 100 3238", "671 668 9966")) {
            assertEquals(List.of(valid), Found.in("NHS no. " + valid + ".", format), valid);
        }
        for (String invalid : List.of("1234567890", "000 000 0001", "943 476 5918", "943 4765919", "19434765919", "943476591")) {
            assertEquals(List.of(), Found.in("NHS no. " + invalid + ".", format), invalid);
        }
        proposed(format, "943 476 5919", "943 \\d{3} \\d{4}");
        Iterator<String> others = format.proposals(List.of("9434765919"), 9).get(0);
        for (int count = 0; count < SOME; count++) {
            String other = others.next();
            int sum = 0;
            for (int place = 0; place < 10; place++) { // with the check digit, by weight 1, a multiple of 11
                sum += (10 - place) * (other.charAt(place) - '0');
            }
            assertEquals(0, sum % 11, other);
        }
    }

    @Test
    void recordNumbers() {
        IdentifierFormat format = IdentifierFormat.RECORD_NUMBERS;
        assertEquals(List.of("1234567", "AB123456", "00123", "12-34-56"),
                Found.in("MRN: 1234567, hospital number AB123456; Unit No: 00123, "
                        + "Medical Record Number #12-34-56; MRN 12, 7654321, mrna 123456, number 12345", format));
        proposed(format, "1234567", "12\\d{5}");
        proposed(format, "AB123456", "AB12\\d{4}");
        proposed(format, "00123", "00[1-9]\\d{2}");
        proposed(format, "000-012", "000-0[1-9]\\d");
    }

    @Test
    void postcodes() {
        IdentifierFormat format = IdentifierFormat.UK_POSTCODES;
        assertEquals(List.of("SW1A 1AA", "M1 1AE", "LS2 9JT", "EC1A1BB"),
                Found.in("SW1A 1AA, M1 1AE; (LS2 9JT) EC1A1BB sw1a 1aa M1 1AC XSW1A 1AA T4", format));
        proposed(format, "SW1A 1AA", "SW1A \\d[ABD-HJLNP-UW-Z]{2}");
    }

    @Test
    void emailAddresses() {
        IdentifierFormat format = IdentifierFormat.EMAIL_ADDRESSES;
        assertEquals(List.of("ann.li+1@mail.example.org", "B@b.uk"), Found.in("<ann.li+1@mail.example.org>, B@b.uk. @handle a@b", format));
        proposed(format, "Ann.Li1@example.org", "[AEIOU][^aeiou]{2}\\.[^aeiou][aeiou][1-9]@example\\.org");
    }

    @Test
    void ages() {
        IdentifierFormat format = IdentifierFormat.AGES;
        assertEquals(List.of("74", "75", "76", "77", "78", "79", "5"),
                Found.in("aged 74, a 75-year-old, 76 year old, 77yo, 78 y/o, age: 79, 5 years of age",
                        format));
        assertEquals(List.of(), Found.in("aged 121, 74 years, 074yo, page 12, 10 you, 7-day-old, aged 7.5", format));
        assertEquals(List.of("81", "82", "83", "84", "85", "86", "87", "88", "89"), all(format, "80"));
        assertEquals(19, all(format, "74").size()); // 60 to 79 but 74
        assertEquals(List.of("11"), all(format, "8"));
        assertEquals(30, all(format, "93").size());
    }

    @Test
    void namesOfFormats() {
        assertEquals(IdentifierFormat.NHS_NUMBERS, IdentifierFormat.named("nhs-numbers"));
        assertEquals(
                "format of identifiers is names; expected one of dates-day-first, dates-month-first, times, phone-numbers, nhs-numbers,"
                        + " record-numbers, uk-postcodes, email-addresses, ages",
                assertThrows(IllegalArgumentException.class, () -> IdentifierFormat.named("names")).getMessage());
    }

    /** Those that are proposed but the true one, each once, sorted. */
    private static List<String> all(IdentifierFormat format, String identifier) {
        List<String> all = new ArrayList<>();
        format.proposals(List.of(identifier), 1).get(0).forEachRemaining(all::add);
        return all.stream().filter(other -> !other.equals(identifier)).distinct().sorted().toList();
    }

    private static void proposed(IdentifierFormat format, String identifier, String expected) {
        Iterator<String> others = format.proposals(List.of(identifier), 1).get(0);
        int count = 0;
        while (count < SOME && others.hasNext()) {
            String other = others.next();
            assertTrue(other.matches(expected), other);
            count++;
        }
        assertTrue(count > 10);
        assertFalse(format.proposals(List.of("Hargreaves"), 1).get(0).hasNext());
    }
}
