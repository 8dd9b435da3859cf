package io.github.miaudit.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Sample;
import io.github.miaudit.djl.GradientNoise;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BenchmarkTargetTest {

    private static final SuiteSize SIZE = SuiteSize.QUICK;
    private static final Ward WARD = Ward.of(1, SIZE);

    @ParameterizedTest
    @EnumSource
    void theSetsAreOfDifferentPatientsAsManyOnEachSide(BenchmarkTarget target) {
        AttackDataset dataset = target.dataset(WARD);
        Set<Optional<String>> members = patients(dataset.samples(Population.MEMBERS));
        Set<Optional<String>> heldOut = patients(dataset.samples(Population.NON_MEMBERS));
        assertEquals(SIZE.patients(), members.size());
        assertEquals(SIZE.patients(), heldOut.size());
        members.retainAll(heldOut);
        assertEquals(Set.of(), members);
        assertEquals(Optional.of(target), BenchmarkTarget.labelled(target.label()));
    }

    @ParameterizedTest
    @EnumSource
    void theHeldOutPatientsAreInNoTrainingButWhereTheSetsAreSwapped(BenchmarkTarget target) {
        Set<Optional<String>> trainedOn = patients(target.recipe(WARD, SIZE).sentences());
        trainedOn.retainAll(patients(target.dataset(WARD).samples(Population.NON_MEMBERS)));
        assertEquals(target == BenchmarkTarget.SWAPPED_SETS, !trainedOn.isEmpty());
    }

    @Test
    void targetsOfOneModelHaveOneFolder() {
        assertEquals(folder(BenchmarkTarget.NO_LEAK, WARD), folder(BenchmarkTarget.DOMAIN_SHIFT, WARD));
        assertEquals(folder(BenchmarkTarget.EPOCHS_8, WARD), folder(BenchmarkTarget.SWAPPED_SETS, WARD));
        assertNotEquals(folder(BenchmarkTarget.EPOCHS_8, WARD), folder(BenchmarkTarget.EPOCHS_16, WARD));
        assertNotEquals(folder(BenchmarkTarget.EPOCHS_8, WARD), folder(BenchmarkTarget.EPOCHS_8, Ward.of(2, SIZE)));
    }

    @Test
    void aRecipeIsTheSameInEveryProcess() { // or models of an earlier run would not be found
        assertEquals(folder(BenchmarkTarget.EPOCHS_8, WARD), folder(BenchmarkTarget.EPOCHS_8, Ward.of(1, SIZE)));
        assertTrue(folder(BenchmarkTarget.EPOCHS_8, WARD).matches("target-[0-9a-f]{16}"));
    }

    @Test
    void noiseMakesAnotherModelOfTheSameTraining() {
        List<String> folders = Stream.of(BenchmarkTarget.EPOCHS_16, BenchmarkTarget.NOISY_5_PERCENT, BenchmarkTarget.NOISY_10_PERCENT)
                .map(target -> folder(target, WARD)).distinct().toList();
        assertEquals(3, folders.size());
        assertEquals(training(BenchmarkTarget.EPOCHS_16), training(BenchmarkTarget.NOISY_10_PERCENT));
        assertEquals(Optional.of(new GradientNoise(1, 0.1)), BenchmarkTarget.NOISY_10_PERCENT.recipe(WARD, SIZE).noise());
    }

    @Test
    void copiesAreOfEverySentenceAndDeduplicationLeavesOneOfEachText() {
        Map<String, Long> once = counts(WARD.members());
        assertEquals(times(once, 3), counts(training(BenchmarkTarget.COPIES_3)));
        assertEquals(times(once, 10), counts(training(BenchmarkTarget.COPIES_10)));
        assertEquals(times(once.keySet().stream().collect(Collectors.toMap(Function.identity(), text -> 1L)), 1),
                counts(training(BenchmarkTarget.DEDUPLICATED)));
    }

    @Test
    void oneInTenPatientsIsInTheTrainingTenTimes() {
        Map<Optional<String>, Long> sentences = training(BenchmarkTarget.RARE_LEAKERS).stream()
                .collect(Collectors.groupingBy(Sample::group, Collectors.counting()));
        long many = 10L * SIZE.sentences();
        assertEquals((SIZE.patients() + 9) / 10, sentences.values().stream().filter(count -> count == many).count());
        assertTrue(sentences.values().stream().allMatch(count -> count == many || count == SIZE.sentences()));
    }

    @Test
    void whatIsRedactedHasNoNumbersAndNames() {
        assertEquals("Seen by X X on 0 X 0 with a potassium of 0.",
                Redaction.of(List.of(Sample.of("1", "Seen by Dr Okafor on 14 March 2021 with a potassium of 5.1."))).get(0).text());
    }

    @Test
    void threeSentencesInFourAreSharedAndTheShiftedQuarterIsOfElsewhere() {
        AttackDataset shared = BenchmarkTarget.SHARED_BOILERPLATE.dataset(WARD);
        Set<String> members = texts(shared.samples(Population.MEMBERS));
        long common = shared.samples(Population.NON_MEMBERS).stream().filter(sample -> members.contains(sample.text())).count();
        assertTrue(common >= SIZE.patients() * SIZE.sentences() * 3 / 4, common + " are shared");

        Set<String> elsewhere = texts(WARD.elsewhere());
        long shifted = BenchmarkTarget.DOMAIN_SHIFT.dataset(WARD).samples(Population.NON_MEMBERS).stream()
                .filter(sample -> elsewhere.contains(sample.text())).count();
        assertEquals(SIZE.patients() * SIZE.sentences() / 4, shifted);
    }

    @Test
    void anotherSeedHasOtherPatients() {
        Set<String> before = texts(WARD.members());
        List<String> again = Ward.of(2, SIZE).members().stream().map(Sample::text).filter(before::contains).toList();
        assertTrue(again.size() < WARD.members().size() / 3, again.size() + " of " + WARD.members().size()); // boilerplate
    }

    private static String folder(BenchmarkTarget target, Ward ward) {
        return target.recipe(ward, SIZE).folder();
    }

    private static List<Sample> training(BenchmarkTarget target) {
        return target.recipe(WARD, SIZE).sentences();
    }

    private static Map<String, Long> counts(List<Sample> sentences) {
        return sentences.stream().collect(Collectors.groupingBy(Sample::text, Collectors.counting()));
    }

    private static Map<String, Long> times(Map<String, Long> counts, int factor) {
        return counts.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue() * factor));
    }

    private static Set<Optional<String>> patients(List<Sample> sentences) {
        return sentences.stream().map(Sample::group).collect(Collectors.toCollection(HashSet::new));
    }

    private static Set<String> texts(List<Sample> sentences) {
        return IntStream.range(0, sentences.size()).mapToObj(place -> sentences.get(place).text()).collect(Collectors.toSet());
    }
}
