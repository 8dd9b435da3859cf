package io.github.miaudit.identifiers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CasePatternTest {

    @Test
    void surrogatesAreWrittenAsTheTrueOneIs() {
        assertEquals("JONES", written("SMITH", "Jones"));
        assertEquals("jones", written("smith", "Jones"));
        assertEquals("Jones", written("Smith", "Jones"));
        assertEquals("McDonald", written("Smith", "McDonald"));
        assertEquals("Smith", written("McDonald", "Smith"));
        assertEquals("JUNE 3", written("MAY 3", "June 3"));
    }

    @Test
    void aListInOneCaseGetsInitials() {
        assertEquals("O'Brien", written("Smith", "O'BRIEN"));
        assertEquals("St Mary's Hospital", written("Guy's Hospital", "ST MARY'S HOSPITAL"));
        assertEquals("Smith-Jones", written("Grant", "smith-jones"));
    }

    @Test
    void whatHasNoCaseStays() {
        assertEquals("07700 900124", written("07700 900123", "07700 900124"));
        assertEquals("\u738b", written("\u674e", "\u738b"));
        assertEquals("J", written("K", "j"));
        assertEquals("ab12", written("Cd34", "ab12"));
    }

    private static String written(String identifier, String surrogate) {
        return CasePattern.of(identifier).written(surrogate);
    }
}
