package io.github.miaudit.identifiers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class PatternIdentifiersTest extends IdentifierFinderContract {

    private static final PatternIdentifiers PRESCRIPTIONS = PatternIdentifiers.of("prescription", "\\bRX[0-9]{6}\\b");

    @Override
    protected IdentifierFinder finder() {
        return PRESCRIPTIONS;
    }

    @Override
    protected List<String> pieces() {
        return List.of("RX123456", "RX12345", "X", "123456");
    }

    @Test
    void findsTheMatchOrItsFirstGroup() {
        assertEquals(List.of("RX123456"), Found.in("RX123456 RX1234567 ARX123456", PRESCRIPTIONS));
        assertEquals(List.of("5551"), Found.in("bed 5551, 5552", PatternIdentifiers.of("bed", "bed ([0-9]+)(,)")));
        assertEquals(List.of(), Found.in("bed ", PatternIdentifiers.of("bed", "bed ([0-9]*)")));
        assertEquals(List.of(), Found.in("1".repeat(201), PatternIdentifiers.of("number", "[0-9]+")));
    }

    /** A pattern that takes a backtracking matcher for ever. */
    @Test
    void noPatternTakesForEver() {
        PatternIdentifiers evil = PatternIdentifiers.of("evil", "(?:(?:a+)+)+b");
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> assertEquals(List.of(), Found.in("a".repeat(100_000), evil)));
    }

    @Test
    void refusesWhatIsNoPattern() {
        refused("the pattern of code is not valid in RE2's syntax: missing closing ); see https://github.com/google/re2/wiki/Syntax",
                "(Hargreaves");
        refused("the pattern of code matches an empty text, so it would stand everywhere", "(Hargreaves)*");
        refused("the pattern of code has 1001 characters; at most 1000 are allowed", "a".repeat(1001));
        refused("the pattern of code is not valid in RE2's syntax: invalid named capture; see"
                + " https://github.com/google/re2/wiki/Syntax", "(?<=Hargreaves)a");
        refused("the pattern of code is not valid in RE2's syntax: invalid repeat count; see https://github.com/google/re2/wiki/Syntax",
                "a{100000}");
    }

    @Test
    void proposesOtherDigits() {
        Iterator<String> proposals = PRESCRIPTIONS.proposals(List.of("RX003456"), 1).get(0);
        for (int count = 0; count < 200; count++) {
            assertTrue(proposals.next().matches("RX00[1-9][0-9]{3}"));
        }
        assertFalse(PRESCRIPTIONS.proposals(List.of("Hargreaves"), 1).get(0).hasNext());
        Iterator<String> even = PatternIdentifiers.of("even", "[0-9][02468]").proposals(List.of("12"), 1).get(0);
        for (int count = 0; count < 200; count++) {
            assertTrue(even.next().matches("[1-9][02468]"));
        }
    }

    private static void refused(String message, String expression) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, () -> PatternIdentifiers.of("code", expression)).getMessage());
    }
}
