package io.github.miaudit.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PatientColumnTest {

    /** Of 40 sentences, so that what is taken has to grow; two spellings of one name, and nobody twice. */
    private static final List<Optional<String>> NAMES = IntStream.range(0, 40)
            .mapToObj(row -> row % 7 == 3 ? Optional.<String>empty()
                    : Optional.of(row % 7 == 5 ? "NULL" : row % 2 == 0 ? "Jane " + row % 5 : " jane " + row % 5))
            .toList();

    @Test
    void isTheListOfItsPatients() {
        PatientColumn column = column();
        assertEquals(40, column.size());
        for (int row = 0; row < 40; row++) {
            Patient patient = Patient.of(NAMES.get(row));
            assertEquals(patient.isKnown(), column.get(row).isKnown());
            assertEquals(patient.isKnown(), column.get(row).equals(patient));
            for (int other = 0; other < 40; other++) {
                assertEquals(column.get(row).equals(column.get(other)), column.groups().number(row) == column.groups().number(other));
            }
        }
        assertArrayEquals(IntStream.range(0, 40).filter(row -> column.get(row).isKnown()).toArray(), column.knownRows());
        assertEquals(column.stream().distinct().toList(), column.distinct());
        assertTrue(column.anyKnown());
        assertFalse(column.allKnown());
        assertThrows(UnsupportedOperationException.class, () -> column.remove(0));
    }

    @Test
    void isMadeOfAnyListAndOfItselfWithoutACopy() {
        PatientColumn column = column();
        assertSame(column, PatientColumn.of(column));
        PatientColumn copied = PatientColumn.of(List.copyOf(column));
        assertEquals(column, copied);
        assertEquals(column.distinct(), copied.distinct());
    }

    @Test
    void nobodyKnownIsNobodyElse() {
        PatientColumn nobody = PatientColumn.ofNobodyKnown(3);
        assertEquals(3, nobody.groups().count());
        assertNotEquals(nobody.get(0), nobody.get(1));
        assertEquals(nobody.get(2), nobody.get(2));
        assertFalse(nobody.anyKnown());
        assertTrue(PatientColumn.ofNobodyKnown(0).allKnown());
        assertEquals("PatientColumn", nobody.toString());
    }

    private static PatientColumn column() {
        PatientColumn.Builder builder = new PatientColumn.Builder();
        NAMES.forEach(builder::add);
        return builder.build();
    }
}
