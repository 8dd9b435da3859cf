package io.github.miaudit.notes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatientKeyTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            7        | 007
            7        | 7.0
            7        | 7.
            7        | +7
            7        | ' 7 '
            7        | '\u00a07\u3000'
            7        | \uff17
            -7       | -07.00
            0        | -0.0
            1000000  | 1e+06
            1000000  | 1.0E6
            1000000  | 1,000,000
            10006    | 10,006
            10006    | 10,006.0
            0.5      | .50
            0.00012  | 1.2e-4
            Ab-1     | aB-1
            Stra\u00dfe | STRASSE
            \ufb01   | FI
            """)
    void aPatientIsOneHoweverSpelled(String one, String other) {
        assertEquals(PatientKey.of(one), PatientKey.of(other));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            7       | -7
            7       | 70
            7       | 7.5
            10006   | 10,06
            10006   | 1,0006
            123     | '0,123'
            1234567 | 1234,567
            120000  | 12E4
            100     | 1E02
            0100    | 10E1
            7       | 7a
            007a    | 7a
            0x7     | 7
            7-1     | 7
            p7      | p07
            nancy   | NaN
            """)
    void othersAreNot(String one, String other) {
        assertNotEquals(PatientKey.of(one), PatientKey.of(other));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u3000", "NULL", "null", "Null", "NaN", "nan", "-nan", "NA", "N/A", "n/a", "None", "NONE", "<NA>",
            "#N/A", "NaT", "(null)", "\\N", " nan "})
    void nobodyIsNamed(String name) {
        assertEquals(Optional.empty(), PatientKey.of(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-", ".", "+", "nul", "unknown", "\u200b", "e+5", "Nona"})
    void somebodyIsNamed(String name) {
        assertEquals(Optional.of(name.toLowerCase(Locale.ROOT)), PatientKey.of(name));
    }

    @Test
    void anUnquotedNumberIsNoCode() {
        assertEquals(PatientKey.of("120000"), PatientKey.of(PatientKey.numeral("12E4")));
        List<String> others = List.of("7", "7.0", "-1.5E3", "1e-7", "1E+2");
        assertEquals(others, others.stream().map(PatientKey::numeral).toList());
    }

    /** No number takes time or memory by its size. */
    @Test
    void hostileNumbersTakeNoLongerThanTheyAreLong() {
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            assertEquals(Optional.of("1e+999999999"), PatientKey.of("1e+999999999"));
            assertEquals(PatientKey.of("1e+999999999"), PatientKey.of("10.0E999999998"));
            assertEquals(Optional.of("1e-999999999"), PatientKey.of("1e-999999999"));
            assertEquals(Optional.of("1e+99999999999999999999"), PatientKey.of("1E+99999999999999999999"), "as a text");
            assertEquals(Optional.of("0"), PatientKey.of("0e+999999999"));
            assertEquals(PatientKey.of("1e+5000000"), PatientKey.of("1" + "0".repeat(5_000_000)));
            assertEquals(PatientKey.of("1" + "000".repeat(1_000_000)), PatientKey.of("1" + ",000".repeat(1_000_000)));
            String nines = "9".repeat(3_000_000);
            assertEquals(Optional.of(nines), PatientKey.of("0" + nines + "."));
            assertEquals(Optional.of(nines + "x"), PatientKey.of(nines + "x"));
        });
    }

    /** Against arithmetic: numbers of all spellings have one key exactly where BigDecimal finds them equal. */
    @Property
    void numbersAreOneWhereTheirValuesAre(@ForAll("numbers") String one, @ForAll("numbers") String other) {
        boolean equal = new BigDecimal(one.replace(",", "")).compareTo(new BigDecimal(other.replace(",", ""))) == 0;
        assertEquals(equal, PatientKey.of(one).equals(PatientKey.of(other)), one + " and " + other);
    }

    @Property
    void theKeyOfAKeyIsItself(@ForAll("names") String name) {
        PatientKey.of(name).ifPresent(key -> assertEquals(Optional.of(key), PatientKey.of(key), name));
    }

    @Provide
    Arbitrary<String> numbers() {
        Arbitrary<String> whole = Arbitraries.of("0", "00", "1", "7", "10", "100", "1000", "1,000", "10,000", "0010", "11");
        return Combinators.combine(Arbitraries.of("", "+", "-"), whole, Arbitraries.of("", ".", ".0", ".00", ".1", ".10", ".01"),
                Arbitraries.of("", "e+0", "e+1", "E+02", "e-1", "e-03", "e+40"))
                .as((sign, digits, fraction, exponent) -> sign + digits + fraction + exponent);
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.of("0", "1", "9", ",", ".", "e", "E", "+", "-", "N", "a", "\u00df", "\u03a3", "\u0130", " ").list().ofMaxSize(8)
                .map(parts -> String.join("", parts));
    }
}
