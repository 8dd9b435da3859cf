package io.github.miaudit.data;

import io.github.miaudit.io.Sha256;
import io.github.miaudit.io.StrictJson;
import io.github.miaudit.metrics.Groups;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a set of a dataset says of each patient, so that two versions can be compared patient by patient: who joined, who left, of whom
 * something else is said. A sentence of nobody known counts as a patient of its own. Order and ids do not matter. Immutable.
 */
public final class PatientContents {

    private static final int BUCKETS = 64;
    private static final String OF_BUCKET = "lineage, bucket\0";
    private static final String OF_CONTENT = "lineage, content\0";

    /**
     * A sketch of a set, by which two reports tell whether few patients differ.
     *
     * @param patients how many there are
     * @param numbers  {@value #BUCKETS} numbers of 32 bits in hexadecimal digits, each the sum without carry (exclusive or) of a digest of
     *                 pseudonym and texts over the patients whose pseudonym falls there; so of d patients who differ at most d numbers do
     */
    public record Sketch(int patients, String numbers) {
    }

    private final List<Map.Entry<Patient, List<String>>> ofPatients;

    private PatientContents(List<Map.Entry<Patient, List<String>>> ofPatients) {
        this.ofPatients = ofPatients;
    }

    /** Of one set of a dataset. */
    public static PatientContents of(AttackDataset dataset, Population population) {
        return of(dataset, population, Set.of());
    }

    /**
     * Of one set of a dataset without some sentences. A patient of whom no other is there is not there.
     *
     * @param leftOut their ids
     */
    public static PatientContents of(AttackDataset dataset, Population population, Set<String> leftOut) {
        Map<Patient, List<String>> texts = new HashMap<>();
        for (Sample sample : dataset.samples(population)) {
            if (!leftOut.contains(sample.id())) {
                texts.computeIfAbsent(Patient.of(sample.group()), patient -> new ArrayList<>()).add(sample.text());
            }
        }
        texts.values().forEach(Collections::sort);
        return new PatientContents(List.copyOf(texts.entrySet()));
    }

    private static boolean isSalted(AttackDataset dataset) {
        return dataset.datasheet().map(sheet -> StrictJson.parse(sheet).getAsJsonObject().get("saltDigest"))
                .filter(digest -> digest.isJsonPrimitive()).isPresent();
    }

    /** How many patients there are. */
    public int patients() {
        return ofPatients.size();
    }

    /**
     * Of how many patients something is said here that is said of none there, or the reverse, whichever are more; whatever patients are
     * called.
     */
    public int differing(PatientContents other) {
        return Math.max(without(other), other.without(this));
    }

    /** Whether all that is said of the other's patients is said of as many here, whatever they are called. */
    public boolean holds(PatientContents other) {
        return other.without(this) == 0;
    }

    private int without(PatientContents other) {
        Map<List<String>, Integer> there = new HashMap<>();
        other.ofPatients.forEach(patient -> there.merge(patient.getValue(), 1, Integer::sum));
        int missing = 0;
        for (Map.Entry<Patient, List<String>> patient : ofPatients) {
            int left = there.getOrDefault(patient.getValue(), 0);
            there.put(patient.getValue(), left - 1);
            missing += left > 0 ? 0 : 1;
        }
        return missing;
    }

    /**
     * A sketch of one set of a dataset. Pseudonyms take the salt, so who lacks it can test no guess of a patient or a text. Memory holds
     * the texts of one patient at a time.
     *
     * @return empty unless the data sheet names a salt and every patient is known
     */
    public static Optional<Sketch> sketch(AttackDataset dataset, Population population) {
        if (!isSalted(dataset)) {
            return Optional.empty();
        }
        List<Sample> samples = dataset.samples(population);
        PatientColumn patients = PatientColumn.ofSamples(samples);
        if (!patients.allKnown()) {
            return Optional.empty();
        }
        int[] sums = new int[BUCKETS];
        int[][] rows = rowsOfEach(patients.groups());
        for (int patient = 0; patient < rows.length; patient++) {
            String pseudonym = patients.distinct().get(patient).key().orElseThrow();
            int bucket = Math.floorMod(number(OF_BUCKET, List.of(pseudonym)), BUCKETS);
            sums[bucket] ^= number(OF_CONTENT,
                    Stream.concat(Stream.of(pseudonym), Arrays.stream(rows[patient]).mapToObj(row -> samples.get(row).text()).sorted())
                            .toList());
        }
        ByteBuffer bytes = ByteBuffer.allocate(BUCKETS * Integer.BYTES);
        Arrays.stream(sums).forEach(bytes::putInt);
        return Optional.of(new Sketch(rows.length, HexFormat.of().formatHex(bytes.array())));
    }

    private static int[][] rowsOfEach(Groups groups) {
        int[][] rows = Arrays.stream(groups.sizes()).mapToObj(int[]::new).toArray(int[][]::new);
        int[] filled = new int[rows.length];
        for (int row = 0; row < groups.rows(); row++) {
            int group = groups.number(row);
            rows[group][filled[group]++] = row;
        }
        return rows;
    }

    /** Whether a text is a sketch's numbers, in hexadecimal digits. */
    public static boolean isSketch(String text) {
        return text.matches("[0-9a-f]{" + 2 * Integer.BYTES * BUCKETS + "}");
    }

    /** In how many of their numbers two sketches differ. */
    public static int differingNumbers(String one, String other) {
        int digits = 2 * Integer.BYTES;
        int differing = 0;
        for (int number = 0; number < BUCKETS; number++) {
            differing += one.regionMatches(number * digits, other, number * digits, digits) ? 0 : 1;
        }
        return differing;
    }

    private static int number(String purpose, List<String> texts) {
        MessageDigest digest = Sha256.newDigest();
        digest.update(purpose.getBytes(StandardCharsets.UTF_8));
        for (String text : texts) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
            digest.update(bytes);
        }
        return ByteBuffer.wrap(digest.digest()).getInt();
    }

    /** Nobody's. */
    @Override
    public String toString() {
        return "PatientContents[" + patients() + " patients]";
    }
}
