package io.github.miaudit.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatientTest {

    private static final Sample KNOWN = Sample.of("1", "Jane", "pain");
    private static final Sample UNKNOWN = Sample.of("2", "pain");

    @Test
    void isKnownByTheName() {
        assertEquals(KNOWN.patient(), Sample.of("3", "Jane", "other").patient());
        assertEquals(KNOWN.patient().hashCode(), Sample.of("3", "Jane", "other").patient().hashCode());
        assertEquals(KNOWN.patient(), Sample.of("1", " jane", "pain").patient(), "however the dataset spells it");
        assertNotEquals(KNOWN.patient(), Sample.of("1", "Janet", "pain").patient());
        assertEquals(Patient.of(Optional.of("007")), Patient.of(Optional.of("7.0")));
        assertTrue(KNOWN.patient().isKnown());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "NULL", "nan", "N/A", "None", "<NA>"})
    void aNameThatIsNobodysIsNone(String name) {
        Patient nobody = Sample.of("1", name, "pain").patient();
        assertFalse(nobody.isKnown());
        assertNotEquals(nobody, Sample.of("2", name, "pain").patient(), "nor are two nobodies one");
    }

    @Test
    void nobodyKnownIsNobodyElse() {
        Patient nobody = UNKNOWN.patient();
        assertEquals(nobody, nobody);
        assertNotEquals(nobody, UNKNOWN.patient());
        assertNotEquals(nobody, KNOWN.patient());
        assertEquals(3, Stream.of(nobody, nobody, UNKNOWN.patient(), KNOWN.patient(), KNOWN.patient()).distinct().count());
    }

    @Test
    void neverTellsTheName() {
        assertFalse(KNOWN.patient().toString().contains("Jane"));
        assertFalse(PerPopulation.of(population -> List.of(KNOWN.patient())).toString().contains("Jane"));
    }

    @Test
    void digestsAreOfTheName() {
        PatientDigests digests = PatientDigests.of(AttackDataset.of(List.of(KNOWN), List.of(UNKNOWN)));
        assertEquals(digests.of(KNOWN.patient()), digests.of(Patient.of(Optional.of("Jane"))));
        assertEquals(digests.of(KNOWN.patient()), digests.of(Patient.of(Optional.of("JANE"))));
        assertNotEquals(digests.of(KNOWN.patient()), digests.of(Patient.of(Optional.of("John"))));
        assertNotEquals(digests.of(UNKNOWN.patient()), digests.of(Patient.of(Optional.empty())));
    }
}
