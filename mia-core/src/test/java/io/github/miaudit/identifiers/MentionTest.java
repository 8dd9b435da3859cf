package io.github.miaudit.identifiers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class MentionTest {

    @Test
    void isAStretchOfAText() {
        assertEquals("Smith", Mention.of(3, 8, "surname").in("Dr Smith came"));
        assertEquals("Mention[start=3, end=8, type=surname, content=IDENTIFIER]", Mention.of(3, 8, "surname").toString());
    }

    @Test
    void holdsAtLeastACharacter() {
        assertEquals("a mention from 3 to 3; expected 0 <= start < end",
                assertThrows(IllegalArgumentException.class, () -> Mention.of(3, 3, "surname")).getMessage());
        assertThrows(IllegalArgumentException.class, () -> Mention.of(-1, 3, "surname"));
    }

    /** A name that was given for a type by mistake must not be told. */
    @Test
    void typesAreLabels() {
        String message = assertThrows(IllegalArgumentException.class, () -> Mention.of(0, 1, "Hargreaves")).getMessage();
        assertFalse(message.contains("Hargreaves"), message);
        assertThrows(IllegalArgumentException.class, () -> Mention.of(0, 1, "a".repeat(41)));
        assertEquals("medicalrecord", TypeLabel.of("MEDICALRECORD"));
        assertEquals("location-other", TypeLabel.of("LOCATION_OTHER"));
        assertEquals("other", TypeLabel.of("42"));
    }
}
