package io.github.miaudit.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SubjectTest {

    @Test
    void whatTheOtherSaysGoesFirst() {
        Subject file = Subject.UNNAMED.withTitle("Release").withOrganisation("St Mary").withDate(LocalDate.of(2026, 11, 28));
        Subject flags = Subject.UNNAMED.withTitle("Second release").withAuthor("A. Doe").withPurpose("sharing")
                .withDataset("notes of 2024");

        Subject both = file.overriddenBy(flags);

        assertEquals(Optional.of("Second release"), both.title());
        assertEquals(Optional.of("St Mary"), both.organisation());
        assertEquals(Optional.of("A. Doe"), both.author());
        assertEquals(Optional.of("sharing"), both.purpose());
        assertEquals(Optional.of("notes of 2024"), both.dataset());
        assertEquals(Optional.of("2026-11-28"), both.date());
        assertFalse(both.isUnnamed());
        assertTrue(Subject.UNNAMED.isUnnamed());
    }

    @Test
    void whatCantBeFiledIsRefusedByName() {
        assertEquals("title is blank; leave it out",
                assertThrows(IllegalArgumentException.class, () -> Subject.UNNAMED.withTitle(" ")).getMessage());
        assertEquals("purpose has 201 characters; it must have at most 200",
                assertThrows(IllegalArgumentException.class, () -> Subject.UNNAMED.withPurpose("p".repeat(201))).getMessage());
        assertEquals("date is \"2026-02-30\"; it must be a day such as 2026-11-28",
                assertThrows(IllegalArgumentException.class, () -> new Subject(Optional.empty(), Optional.empty(), Optional.empty(),
                        Optional.empty(), Optional.empty(), Optional.of("2026-02-30"))).getMessage());
    }
}
