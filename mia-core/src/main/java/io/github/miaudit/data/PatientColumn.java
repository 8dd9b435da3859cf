package io.github.miaudit.data;

import io.github.miaudit.metrics.Groups;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Whose the sentences of a population are, one patient a sentence, in their order: a list that can't be changed, of 4 bytes a sentence and
 * an object for each patient, and for each sentence of nobody known. All scores of the same sentences share it. Immutable.
 */
public final class PatientColumn extends AbstractList<Patient> implements RandomAccess {

    private final Groups groups;
    private final List<Patient> distinct;
    private final boolean allKnown;
    private final boolean anyKnown;

    private PatientColumn(Groups groups, List<Patient> distinct) {
        this.groups = groups;
        this.distinct = distinct;
        this.allKnown = distinct.stream().allMatch(Patient::isKnown);
        this.anyKnown = distinct.stream().anyMatch(Patient::isKnown);
    }

    /** The same patients; of a column itself, nothing is copied. */
    public static PatientColumn of(List<Patient> patients) {
        if (patients instanceof PatientColumn column) {
            return column;
        }
        Builder builder = new Builder();
        patients.forEach(builder::add);
        return builder.build();
    }

    /** Whose sentences are. */
    public static PatientColumn ofSamples(List<Sample> samples) {
        Builder builder = new Builder();
        samples.forEach(sample -> builder.add(sample.group()));
        return builder.build();
    }

    /** Of so many sentences of which nobody knows whose they are. */
    public static PatientColumn ofNobodyKnown(int sentences) {
        return new PatientColumn(Groups.each(sentences), Stream.generate(() -> Patient.of(Optional.empty())).limit(sentences).toList());
    }

    /** Whose the sentences are, by number: equal patients are one group, in the order in which they first appear. */
    public Groups groups() {
        return groups;
    }

    /** Each patient once, by number. */
    public List<Patient> distinct() {
        return distinct;
    }

    /** Whether the patient of some sentence is known. */
    public boolean anyKnown() {
        return anyKnown;
    }

    /** Whether the patient of every sentence is known; true of no sentences. */
    public boolean allKnown() {
        return allKnown;
    }

    /** The sentences whose patients are known, by their places from 0. */
    public int[] knownRows() {
        return IntStream.range(0, size()).filter(row -> get(row).isKnown()).toArray();
    }

    @Override
    public Patient get(int row) {
        return distinct.get(groups.number(row));
    }

    @Override
    public int size() {
        return groups.rows();
    }

    /** Nothing of the patients. */
    @Override
    public String toString() {
        return "PatientColumn";
    }

    /** Takes patients one by one; makes no object of a name that it has met. Not thread-safe. */
    public static final class Builder {

        private final Map<String, Integer> byName = new HashMap<>();
        private final Map<Patient, Integer> byPatient = new HashMap<>();
        private final List<Patient> distinct = new ArrayList<>();
        private int[] numbers = new int[16];
        private int size;

        /**
         * The patient of the next sentence.
         *
         * @param name of the patient, if the dataset says it; see {@link Patient#of}
         * @return the patient
         */
        public Patient add(Optional<String> name) {
            Integer known = name.map(byName::get).orElse(null);
            if (known != null) {
                addNumber(known);
                return distinct.get(known);
            }
            Patient patient = Patient.of(name);
            if (!patient.isKnown()) { // equal to none that was met
                addNumber(distinct.size());
                distinct.add(patient);
                return patient;
            }
            add(patient);
            byName.put(name.orElseThrow(), numbers[size - 1]);
            return patient;
        }

        /** The next sentence is of the same patient as an earlier one, by its place from 0. */
        public void addAgain(int row) {
            addNumber(numbers[Objects.checkIndex(row, size)]);
        }

        /** The patient of the next sentence. */
        public void add(Patient patient) {
            int number = byPatient.computeIfAbsent(patient, unseen -> distinct.size());
            if (number == distinct.size()) {
                distinct.add(patient);
            }
            addNumber(number);
        }

        private void addNumber(int number) {
            if (size == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * size);
            }
            numbers[size++] = number;
        }

        /** The column of all that were taken so far. */
        public PatientColumn build() {
            return new PatientColumn(Groups.of(Arrays.copyOf(numbers, size), distinct.size()), List.copyOf(distinct));
        }
    }
}
