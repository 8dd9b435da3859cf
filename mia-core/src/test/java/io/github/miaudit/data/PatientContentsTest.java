package io.github.miaudit.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PatientContentsTest {

    private static final String SALTED = "{\"saltDigest\": \"5a\", \"digests\": {}}";

    private static List<Sample> samples(int from, int to, int sentences) {
        return IntStream.range(from * sentences, to * sentences)
                .mapToObj(row -> Sample.of("id" + row, "patient" + row / sentences, "said " + row)).toList();
    }

    private static PatientContents members(List<Sample> members) {
        return PatientContents.of(new InMemoryDataset(members, samples(0, 1, 1), List.of(), Optional.of(SALTED)), Population.MEMBERS);
    }

    private static Optional<PatientContents.Sketch> sketch(List<Sample> members, Optional<String> datasheet) {
        return PatientContents.sketch(new InMemoryDataset(members, samples(0, 1, 1), List.of(), datasheet), Population.MEMBERS);
    }

    private static PatientContents.Sketch sketch(List<Sample> members) {
        return sketch(members, Optional.of(SALTED)).orElseThrow();
    }

    private static int differingNumbers(List<Sample> one, List<Sample> other) {
        return PatientContents.differingNumbers(sketch(one).numbers(), sketch(other).numbers());
    }

    /** A sentence that is left out changes its patient, and who has no other is gone. */
    @Test
    void whatIsLeftOutIsSaidOfNobody() {
        AttackDataset dataset = new InMemoryDataset(samples(0, 3, 2), samples(0, 1, 1), List.of(), Optional.of(SALTED));
        PatientContents whole = PatientContents.of(dataset, Population.MEMBERS);
        PatientContents without = PatientContents.of(dataset, Population.MEMBERS, Set.of("id0", "id2", "id3"));
        assertEquals(2, without.patients());
        assertEquals(2, whole.differing(without));
        assertTrue(whole.holds(PatientContents.of(dataset, Population.MEMBERS, Set.of("id2", "id3"))));
    }

    /** Against sets of (patient, texts): sketches never show more than differ, so that few are never taken for many. */
    @Property(tries = 100)
    void aSketchShowsNoMoreThanDiffer(@ForAll @IntRange(min = 1, max = 200) int patients, @ForAll @IntRange(max = 12) int gone,
            @ForAll @IntRange(max = 12) int come, @ForAll @IntRange(max = 3) int changed, @ForAll long seed) {
        List<Sample> before = samples(0, patients, 2);
        List<Sample> after = new ArrayList<>(samples(Math.min(gone, patients - 1), patients + come, 2));
        for (int each = 0; each < changed; each++) {
            int row = new Random(seed + each).nextInt(after.size());
            after.set(row, Sample.of(after.get(row).id(), after.get(row).group().orElseThrow(), "other words " + each));
        }
        PatientContents one = members(before);
        PatientContents other = members(after);
        Set<Set<List<String>>> sets = new HashSet<>(contents(before));
        sets.removeAll(contents(after));
        Set<Set<List<String>>> reverse = new HashSet<>(contents(after));
        reverse.removeAll(contents(before));
        assertEquals(Math.max(sets.size(), reverse.size()), one.differing(other));
        assertEquals(one.differing(other), other.differing(one));
        assertEquals(sets.isEmpty(), other.holds(one));
        assertEquals(reverse.isEmpty(), one.holds(other));
        assertTrue(differingNumbers(before, after) <= sets.size() + reverse.size());
        assertEquals(sets.isEmpty() && reverse.isEmpty(), differingNumbers(before, after) == 0);
    }

    /** For each patient all that is said of them. */
    private static Set<Set<List<String>>> contents(List<Sample> samples) {
        Set<Set<List<String>>> contents = new HashSet<>();
        for (Sample sample : samples) {
            Set<List<String>> ofPatient = new HashSet<>();
            samples.stream().filter(each -> each.group().equals(sample.group()))
                    .forEach(each -> ofPatient.add(List.of(each.group().orElseThrow(), each.text())));
            contents.add(ofPatient);
        }
        return contents;
    }

    @Test
    void manyPatientsShowAsManyNumbers() {
        assertTrue(differingNumbers(samples(0, 100, 1), samples(100, 200, 1)) > 50);
        assertTrue(differingNumbers(samples(0, 1000, 1), samples(10, 1000, 1)) >= 7);
    }

    /** Ids, order and other names of the patients change nothing of what is said. */
    @Test
    void datasetsAreComparedByWhatTheySay() {
        List<Sample> renamed = IntStream.range(0, 20).mapToObj(row -> Sample.of("x" + row, "other" + row / 2, "said " + row)).toList();
        List<Sample> turned = new ArrayList<>(samples(0, 10, 2));
        Collections.reverse(turned);
        assertEquals(0, members(samples(0, 10, 2)).differing(members(renamed)));
        assertEquals(0, differingNumbers(samples(0, 10, 2), turned));
        assertNotEquals(0, differingNumbers(samples(0, 10, 2), renamed));
        assertEquals(1, members(List.of(Sample.of("1", "a"), Sample.of("2", "a"))).differing(members(List.of(Sample.of("1", "a")))));
    }

    /** Without a salt who guesses a patient's name and text could test the guess; a sentence of nobody known could be tested alone. */
    @Test
    void withoutASaltOrAPatientThereIsNoSketch() {
        assertEquals(Optional.empty(), sketch(samples(0, 10, 2), Optional.empty()));
        assertEquals(Optional.empty(), sketch(samples(0, 10, 2), Optional.of("{\"saltDigest\": null}")));
        List<Sample> withOneOfNobody = new ArrayList<>(samples(0, 10, 2));
        withOneOfNobody.add(Sample.of("nobody's", "said of nobody"));
        assertEquals(Optional.empty(), sketch(withOneOfNobody, Optional.of(SALTED)));
        assertEquals(512, sketch(samples(0, 10, 2)).numbers().length());
        assertEquals(10, sketch(samples(0, 10, 2)).patients());
    }
}
