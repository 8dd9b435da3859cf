package io.github.miaudit.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PatientTest {

    private static final Sample KNOWN = Sample.of("1", "Jane", "pain");
    private static final Sample UNKNOWN = Sample.of("2", "pain");

    @Test
    void isKnownByTheName() {
        assertEquals(KNOWN.patient(), Sample.of("3", "Jane", "other").patient());
        assertEquals(KNOWN.patient().hashCode(), Sample.of("3", "Jane", "other").patient().hashCode());
        assertNotEquals(KNOWN.patient(), Sample.of("1", "jane", "pain").patient(), "as the dataset spells it");
        assertEquals(Optional.of("Jane"), KNOWN.patient().name());
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
        assertNotEquals(digests.of(KNOWN.patient()), digests.of(Patient.of(Optional.of("John"))));
        assertNotEquals(digests.of(UNKNOWN.patient()), digests.of(Patient.of(Optional.empty())));
    }
}
