package io.github.miaudit.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.Audit;
import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Sample;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.likelihood.FakeScorer;
import io.github.miaudit.membership.LossAttack;
import io.github.miaudit.report.Differencing.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DifferencingTest {

    private static final Evaluation QUICK = Evaluation.withDefaults().withBootstrapReplicates(100).withPermutations(0)
            .withFalsePositiveRates(0.2);

    /** Sets of patients, under a salt or without one. */
    private record Data(List<Sample> members, List<Sample> others, Optional<String> salt) implements AttackDataset {

        @Override
        public List<Sample> samples(Population population) {
            return Map.of(Population.MEMBERS, members, Population.NON_MEMBERS, others).getOrDefault(population, List.of());
        }

        @Override
        public Optional<String> datasheet() {
            return salt.map(digest -> "{\"saltDigest\": \"" + digest + "\", \"digests\": {}}");
        }
    }

    private static List<Sample> samples(String set, int from, int to) {
        return IntStream.range(2 * from, 2 * to)
                .mapToObj(row -> Sample.of(set + row, set + row / 2, set + " " + "pain ".repeat(1 + row % 7) + row)).toList();
    }

    private static Data data(int membersGone, int othersGone) {
        return new Data(samples("m", membersGone, 100), samples("n", othersGone, 100), Optional.of("5a"));
    }

    private static AuditDocument audited(AttackDataset data, Evaluation evaluation) {
        return Audit.of(data, new FakeScorer("target", "characters", 0.1)).withAttacks(LossAttack.withDefaults()).withEvaluation(evaluation)
                .run().document();
    }

    @ParameterizedTest
    @CsvSource({"1, 0, FEW", "4, 0, FEW", "0, 1, FEW", "50, 2, FEW", "50, 0, NOTHING", "50, 50, NOTHING", "0, 0, NOTHING"})
    void fewPatientsOnAnySideAreSeenFromTheDocumentsAlone(int membersGone, int othersGone, Answer answer) {
        AuditDocument one = audited(data(0, 0), QUICK);
        AuditDocument other = audited(data(membersGone, othersGone), QUICK);
        assertEquals(answer, Differencing.of(one, other).answer());
        assertEquals(answer, Differencing.of(other, one).answer());
        assertEquals(answer, Differencing.of(one, data(0, 0), other, data(membersGone, othersGone)).answer());
    }

    /** Patients of whom few join, leave, or say something else, on any side or on both: found in every pair of reports. */
    @ParameterizedTest
    @ValueSource(ints = 10)
    void fewAreFoundInEveryPair(int pairs) {
        for (int pair = 0; pair < pairs; pair++) {
            Random random = new Random(pair * 0x9E3779B97F4A7C15L);
            List<Sample> members = new ArrayList<>(samples("m", 0, 20 + random.nextInt(100)));
            List<Sample> others = new ArrayList<>(samples("n", 0, 20 + random.nextInt(100)));
            Data before = new Data(List.copyOf(members), List.copyOf(others), Optional.of("5a"));
            change(random.nextBoolean() ? members : others, 1 + random.nextInt(2), random);
            change(random.nextBoolean() ? members : others, 1 + random.nextInt(2), random);
            Data after = new Data(members, others, Optional.of("5a"));
            Evaluation evaluation = QUICK.withSmallestCount(5 + random.nextInt(5));
            assertEquals(Answer.FEW, Differencing.of(audited(before, evaluation), audited(after, evaluation)).answer(), "pair " + pair);
        }
    }

    @Tag("redteam")
    @Test
    void norAreTheyMissedInTwoHundredPairs() {
        fewAreFoundInEveryPair(200);
    }

    /** What can't be read tells nobody that all is well. */
    @Test
    void damagedDocumentsAreRefusedOrWarnedOf(@TempDir Path folder) throws IOException {
        String json = Audit.of(data(0, 0), new FakeScorer("target", "characters", 0.1)).withAttacks(LossAttack.withDefaults())
                .withEvaluation(QUICK).run().toJson();
        AuditDocument other = audited(data(50, 0), QUICK);
        Path file = Files.writeString(folder.resolve("audit.json"),
                json.replaceFirst("\"smallestCount\": *5", "\"smallestCount\": " + Integer.MAX_VALUE));
        assertEquals(Answer.FEW, Differencing.of(AuditDocument.read(file), other).answer());
        for (String numbers : List.of("", "zz", "00".repeat(255), "0g".repeat(256))) {
            Files.writeString(file, json.replaceFirst("(\"lineage\": *\\{\\s*\"members\": *\")[0-9a-f]+", "$1" + numbers));
            assertEquals(file + ": is no whole report: provenance is wrong: lineage of the members is not 64 numbers of 32 bits each, in"
                    + " hexadecimal digits", assertThrows(InvalidFileException.class, () -> AuditDocument.read(file)).getMessage());
        }
    }

    private static void change(List<Sample> samples, int patients, Random random) {
        for (int each = 0; each < patients; each++) {
            int row = random.nextInt(samples.size());
            Sample sample = samples.get(row);
            switch (random.nextInt(3)) {
                case 0 -> samples.removeIf(other -> other.group().equals(sample.group()));
                case 1 -> samples.set(row, Sample.of(sample.id(), sample.group().orElseThrow(), "other words " + random.nextInt()));
                default -> samples.add(Sample.of("new" + random.nextInt(), "new patient " + random.nextInt(), "words of one who is new"));
            }
        }
    }

    /** From 5 on by the datasets; the sketch is sure only where 10 of its numbers differ, and says few until then. */
    @Test
    void theSketchErrsOnTheSafeSide() {
        AuditDocument one = audited(data(0, 0), QUICK);
        AuditDocument other = Audit.of(data(6, 0), new FakeScorer("trained without", "characters", 0.1))
                .withAttacks(LossAttack.withDefaults()).withEvaluation(QUICK).run().document();
        assertEquals(Answer.FEW, Differencing.of(one, other).answer());
        Differencing exact = Differencing.of(one, data(0, 0), other, data(6, 0));
        assertEquals(new Differencing(Answer.NOTHING, List.of("members: patients who differ: 6", "non-members: the same")), exact);
    }

    @Test
    void itIsSaidWhatFiguresGiveAway() {
        Differencing found = Differencing.of(audited(data(0, 0), QUICK), audited(data(1, 0), QUICK));
        assertTrue(found.reasons().get(0).startsWith("members: fewer than 5 patients may differ"), found.toString());
        assertTrue(found.reasons().contains("one less the other: members in patients: 100 and 99"), found.toString());
    }

    @Test
    void withoutALineageOfOneSaltItCantBeTold() {
        Data unsalted = new Data(samples("m", 0, 100), samples("n", 0, 100), Optional.empty());
        Data otherSalt = new Data(samples("m", 1, 100), samples("n", 0, 100), Optional.of("5b"));
        assertEquals(Answer.UNKNOWN, Differencing.of(audited(data(1, 0), QUICK), audited(unsalted, QUICK)).answer());
        assertEquals(Answer.UNKNOWN, Differencing.of(audited(data(0, 0), QUICK), audited(otherSalt, QUICK)).answer());
        assertEquals(Answer.FEW,
                Differencing.of(audited(data(0, 0), QUICK), data(0, 0), audited(otherSalt, QUICK), otherSalt).answer());
        assertTrue(audited(unsalted, QUICK).provenance().lineage().isEmpty());
        List<Sample> few = samples("m", 0, 9);
        assertFalse(audited(new Data(few, samples("n", 0, 100), Optional.of("5a")), QUICK).provenance().lineage()
                .containsKey(Population.MEMBERS), "its numbers would be counted");
    }

    /** The same data, evaluated at other rates: what one does not tell follows from the other. */
    @Test
    void anotherEvaluationOfTheSameDataTellsMore() {
        AuditDocument one = audited(data(0, 0), QUICK);
        assertEquals(Answer.FEW, Differencing.of(one, audited(data(0, 0), QUICK.withFalsePositiveRates(0.21))).answer());
        assertEquals(Answer.FEW, Differencing.of(one, audited(data(0, 0), QUICK.withSmallestCount(1))).answer());
        assertEquals(Answer.NOTHING, Differencing.of(one, audited(data(0, 0), QUICK)).answer());
        assertEquals(Answer.NOTHING, Differencing.of(audited(data(0, 0), QUICK.withSmallestCount(1)),
                audited(data(1, 0), QUICK.withSmallestCount(1))).answer());
    }

    @Test
    void aDatasetThatIsAnotherIsRefused() {
        AuditDocument one = audited(data(0, 0), QUICK);
        AuditException error = assertThrows(AuditException.class, () -> Differencing.of(one, data(0, 0), one, data(1, 0)));
        assertTrue(error.getMessage().startsWith("the second report is not of the second dataset: "), error.getMessage());
    }

    /** A patient of whom something else is said differs as one who is gone. */
    @Test
    void otherWordsOfOnePatientAreADifference() {
        List<Sample> members = new ArrayList<>(samples("m", 0, 100));
        members.set(7, Sample.of(members.get(7).id(), members.get(7).group().orElseThrow(), "nothing of note"));
        Data changed = new Data(members, samples("n", 0, 100), Optional.of("5a"));
        assertEquals(Answer.FEW, Differencing.of(audited(data(0, 0), QUICK), audited(changed, QUICK)).answer());
    }
}
