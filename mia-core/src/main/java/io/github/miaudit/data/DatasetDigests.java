package io.github.miaudit.data;

import java.util.List;

/**
 * The digests of a dataset, both in one reading of it.
 *
 * @param told     what {@link AttackDataset#digest()} is
 * @param patients of its patients
 */
public record DatasetDigests(String told, PatientDigests patients) {

    /** Reads a dataset once. */
    public static DatasetDigests of(AttackDataset dataset) {
        List<String> digests = DatasetDigest.of(List.of("", PatientDigests.PURPOSE), dataset::samples);
        return new DatasetDigests(digests.get(0), new PatientDigests(digests.get(1)));
    }

    /** The digest that is told. */
    @Override
    public String toString() {
        return "DatasetDigests[" + told + "]";
    }
}
