package io.github.miaudit.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.Audit;
import io.github.miaudit.ComparativeAudit;
import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Sample;
import io.github.miaudit.data.Strata;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.evaluation.HeldOutLoss;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.likelihood.FakeScorer;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.likelihood.SequenceScorer;
import io.github.miaudit.membership.LossAttack;
import io.github.miaudit.metrics.SkewedMean;
import io.github.miaudit.report.Differencing.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who reads two comparisons, or one beside an audit, and subtracts. */
class DifferencingComparisonsTest {

    private static final Evaluation QUICK = Evaluation.withDefaults().withBootstrapReplicates(100).withPermutations(0)
            .withFalsePositiveRates(0.2);
    private static final SequenceScorer BEFORE = new FakeScorer("before", "characters", 0.1);
    private static final SequenceScorer AFTER = new FakeScorer("after", "characters", 0.1, text -> text.hashCode() % 3 == 0);
    private static final SequenceScorer BASE = new FakeScorer("base", "characters", 0.2, text -> text.length() % 2 == 0);
    private static final Pattern RANGE = Pattern.compile(": (-?[0-9.]+) to (-?[0-9.]+)( nats a token)?$");

    private record Data(List<Sample> members, List<Sample> others) implements AttackDataset {

        @Override
        public List<Sample> samples(Population population) {
            return Map.of(Population.MEMBERS, members, Population.NON_MEMBERS, others).getOrDefault(population, List.of());
        }

        @Override
        public Optional<String> datasheet() {
            return Optional.of("{\"saltDigest\": \"5a\", \"digests\": {}}");
        }
    }

    /** Two sentences of each patient, each of its own length and letters. */
    private static List<Sample> samples(String set, int from, int to) {
        return IntStream.range(2 * from, 2 * to).mapToObj(row -> Sample.of(set + row, set + row / 2,
                set + " " + "pain ".repeat(1 + row % 7) + Integer.toString(row * 7919, 36))).toList();
    }

    private static Data data(int membersGone, int othersGone) {
        return new Data(samples("m", membersGone, 40), samples("n", othersGone, 40));
    }

    private static ComparisonDocument compared(AttackDataset data, SequenceScorer... targets) {
        ComparativeAudit audit = ComparativeAudit.of(data).withReference("base", BASE).withAttacks(LossAttack.withDefaults())
                .withEvaluation(QUICK);
        for (SequenceScorer target : targets) {
            audit = audit.withTarget(target.model().name(), target);
        }
        return audit.run().document();
    }

    private static AuditDocument audited(AttackDataset data, SequenceScorer target) {
        return Audit.of(data, target).withReference(BASE).withAttacks(LossAttack.withDefaults()).withEvaluation(QUICK).run().document();
    }

    /** The mean of a sentence's token losses, then of a patient's sentences. */
    private static double loss(SequenceScorer target, List<Sample> ofOnePatient) {
        List<SequenceScore> scores = target
                .score(ofOnePatient, LossAttack.withDefaults().targetRules(), progress -> {
                }).values().iterator().next();
        return scores.stream().mapToDouble(score -> -Arrays.stream(score.logLikelihoods()).average().orElseThrow()).average().orElseThrow();
    }

    private static List<Sample> patient(List<Sample> samples, int patient) {
        return samples.subList(2 * patient, 2 * patient + 2);
    }

    private static double[] range(Differencing found, String start) {
        List<String> lines = found.reasons().stream().filter(line -> line.startsWith("one less the other: " + start)).toList();
        assertEquals(1, lines.size(), found.reasons().toString());
        Matcher ends = RANGE.matcher(lines.get(0));
        assertTrue(ends.find(), lines.get(0));
        return new double[] {Double.parseDouble(ends.group(1)), Double.parseDouble(ends.group(2))};
    }

    private static void assertHolds(double[] range, double truth, double width) {
        assertTrue(range[0] <= truth && truth <= range[1], Arrays.toString(range) + " and " + truth);
        assertEquals(width, range[1] - range[0], 0.021);
    }

    /** Any pair of kinds: each way round, from the documents alone and from the datasets. */
    @ParameterizedTest
    @CsvSource({"1, 0, FEW", "0, 1, FEW", "0, 4, FEW", "0, 0, NOTHING"})
    void allKindsAreSubtracted(int membersGone, int othersGone, Answer answer) {
        Data all = data(0, 0);
        Data fewer = data(membersGone, othersGone);
        for (AuditedDocument one : List.of(audited(all, BEFORE), compared(all, BEFORE, AFTER))) {
            for (AuditedDocument other : List.of(audited(fewer, BEFORE), compared(fewer, AFTER, BEFORE))) {
                assertEquals(answer, Differencing.of(one, other).answer());
                assertEquals(answer, Differencing.of(other, one).answer());
                assertEquals(answer, Differencing.of(one, all, other, fewer).answer());
            }
        }
    }

    /** 40 patients' mean to 0.005 less 39 patients' mean to 0.005: the one patient's loss to 0.395. */
    @Test
    void theLossOfOnePatientIsToldAsFarAsItFollows() {
        Data all = data(0, 0);
        ComparisonDocument one = compared(all, BEFORE, AFTER);
        ComparisonDocument other = compared(data(0, 1), AFTER, BEFORE); // in another order, under whatever names
        for (Differencing found : List.of(Differencing.of(one, other), Differencing.of(other, one),
                Differencing.of(one, all, other, data(0, 1)))) {
            assertHolds(range(found, "loss of target digest-of-be: the mean of one patient, if all others are in both"),
                    loss(BEFORE, patient(all.others(), 0)), 0.79);
            assertHolds(range(found, "loss of target digest-of-af: the mean of one patient, if all others are in both"),
                    loss(AFTER, patient(all.others(), 0)), 0.79);
        }
    }

    /** A paired difference is subtracted likewise where both have the same baseline. */
    @Test
    void theDifferenceOfLossesIsSubtractedToo() {
        Data all = data(0, 0);
        Differencing found = Differencing.of(compared(all, BEFORE, AFTER), compared(data(0, 2), BEFORE, AFTER));
        double truth = IntStream.range(0, 2).mapToDouble(
                patient -> loss(AFTER, patient(all.others(), patient)) - loss(BEFORE, patient(all.others(), patient))).average()
                .orElseThrow();
        assertHolds(range(found, "loss of target digest-of-af less that of target digest-of-be: the mean of 2 patients"), truth,
                0.005 * 78);
    }

    /** Who left and who joined can't be told apart, but one's loss less the other's. */
    @Test
    void ofOnePatientInThePlaceOfAnotherTheDifferenceFollows() {
        Data all = data(0, 0);
        List<Sample> others = new ArrayList<>(samples("n", 1, 41));
        Data replaced = new Data(all.members(), others);
        Differencing found = Differencing.of(compared(all, BEFORE, AFTER), compared(replaced, BEFORE, AFTER));
        assertHolds(range(found, "loss of target digest-of-be: the sum over those in one alone less that over those in the other alone"),
                loss(BEFORE, patient(all.others(), 0)) - loss(BEFORE, patient(others, 39)), 0.8);
    }

    /** 160 patients a side have areas to 0.002, so one patient's rank among the 160 follows to 0.319. */
    @Test
    void theRankOfOnePatientIsToldAsFarAsItFollows() {
        List<Sample> others = samples("n", 0, 160);
        List<Sample> members = samples("m", 0, 160);
        ComparisonDocument one = compared(new Data(members, others), BEFORE, AFTER);
        AuditDocument other = audited(new Data(samples("m", 1, 160), others), AFTER);
        Differencing found = Differencing.of(one, other);
        double his = loss(AFTER, patient(members, 0));
        double below = IntStream.range(0, 160).mapToDouble(patient -> loss(AFTER, patient(others, patient)))
                .map(loss -> Math.abs(loss - his) < 1e-12 ? 0.5 : loss > his ? 1 : 0).average().orElseThrow();
        double[] range = range(found, "loss against non-members of target digest-of-af by patient, area: the mean of one patient");
        assertTrue(range[0] <= below && below <= range[1] && range[1] - range[0] < 1, Arrays.toString(range) + " and " + below);
    }

    /** Of ranges made from rounded figures each holds the truth, whoever differs. */
    @ParameterizedTest
    @ValueSource(ints = 40)
    void noRangeMissesTheTruth(int pairs) {
        int ranges = 0;
        for (int pair = 0; pair < pairs; pair++) {
            Random random = new Random(pair * 0x9E3779B97F4A7C15L);
            int from = random.nextInt(50);
            int size = 10 + random.nextInt(60);
            int gone = 1 + random.nextInt(Math.min(4, size - 9));
            List<Sample> others = samples("n", from, from + size);
            List<Sample> members = samples("m", 0, 12);
            Differencing found = Differencing.of(compared(new Data(members, others), BEFORE, AFTER),
                    compared(new Data(members, samples("n", from + gone, from + size)), BEFORE, AFTER));
            assertEquals(size - gone >= 10 ? Answer.FEW : Answer.UNKNOWN, found.answer()); // of so few no lineage is told, nor a loss
            if (size - gone >= 10) {
                double truth = IntStream.range(0, gone).mapToDouble(patient -> loss(BEFORE, patient(others, patient))).average()
                        .orElseThrow();
                double[] range = range(found, "loss of target digest-of-be: the mean of ");
                assertTrue(range[0] <= truth && truth <= range[1], "pair " + pair + ": " + Arrays.toString(range) + " and " + truth);
                ranges++;
            }
        }
        assertTrue(ranges > pairs / 2);
    }

    @Tag("redteam")
    @Test
    void norInTwoHundredPairs() {
        noRangeMissesTheTruth(200);
    }

    @ParameterizedTest
    @ValueSource(ints = 20)
    void noRankMissesTheTruth(int pairs) {
        int ranges = 0;
        for (int pair = 0; pair < pairs; pair++) {
            Random random = new Random(pair * 0x9E3779B97F4A7C15L);
            List<Sample> members = samples("m", 0, 60 + random.nextInt(100));
            int gone = 1 + random.nextInt(4);
            List<Sample> others = samples("n", 0, 100 + random.nextInt(100));
            Differencing found = Differencing.of(audited(new Data(members, others), AFTER),
                    audited(new Data(members.subList(2 * gone, members.size()), others), AFTER));
            double[] losses = IntStream.range(0, others.size() / 2).mapToDouble(each -> loss(AFTER, patient(others, each))).toArray();
            double truth = IntStream.range(0, gone).mapToDouble(each -> loss(AFTER, patient(members, each)))
                    .map(his -> Arrays.stream(losses).map(loss -> Math.abs(loss - his) < 1e-12 ? 0.5 : loss > his ? 1 : 0).average()
                            .orElseThrow())
                    .average().orElseThrow();
            if (found.reasons().stream().anyMatch(line -> line.contains("area: the mean of "))) { // else it would hold of anybody
                double[] range = range(found, "loss against non-members of target digest-of-af by patient, area: the mean of ");
                assertTrue(range[0] <= truth && truth <= range[1], "pair " + pair + ": " + Arrays.toString(range) + " and " + truth);
                ranges++;
            }
        }
        assertTrue(ranges > 0);
    }

    /** Of many who join, a count that both tell can be of few. */
    @Test
    void aCountOfFewAmongManyWhoJoinIsFound() {
        List<Sample> members = new ArrayList<>(samples("m", 0, 40));
        AuditedDocument before = audited(new Data(List.copyOf(members), samples("n", 0, 40)), BEFORE);
        int found = exposed(before);
        IntStream.range(0, 20).forEach(each -> members.add(Sample.of("new" + each, "new" + each, each < 3 ? "! ! !" : "zz zz zz")));
        AuditedDocument after = audited(new Data(members, samples("n", 0, 40)), BEFORE);
        assertEquals(found + 3, exposed(after));
        String line = "one less the other: loss against non-members of target digest-of-be by patient, members found at FPR 0.2: ";
        Differencing answer = Differencing.of(before, after);
        assertEquals(Answer.FEW, answer.answer());
        assertTrue(answer.reasons().contains(line + found + " and " + (found + 3)), answer.reasons().toString());
        // another model's counts are of other scores
        AuditedDocument another = audited(new Data(members, samples("n", 0, 40)), AFTER);
        assertEquals(Answer.NOTHING, Differencing.of(before, another).answer(), Differencing.of(before, another).reasons().toString());
    }

    private static int exposed(AuditedDocument document) {
        return document.audits().get(0).main().attacks().get(0).byPatient().orElseThrow().tprAtFpr().get(0).truePositives().orElseThrow();
    }

    /** A patient whose sentences one report leaves out, and be they many, is in the figures of the other. */
    @Test
    void onePatientLeftOutOfOneReportIsFound() {
        List<Sample> others = new ArrayList<>(samples("n", 0, 40));
        IntStream.range(0, 8).forEach(row -> others.add(Sample.of("blank" + row, "blank", "  " + " ".repeat(row))));
        Data data = new Data(samples("m", 0, 40), others);
        ComparisonDocument whole = compared(data, BEFORE, AFTER);
        AuditDocument audit = audited(data, BEFORE);
        ComparisonDocument without = leavingOut(whole, 8);
        for (AuditedDocument one : List.of(whole, audit)) {
            assertEquals(Answer.FEW, Differencing.of(one, without).answer());
            Differencing exact = Differencing.of(one, data, without, data);
            assertEquals(Answer.FEW, exact.answer());
            assertTrue(exact.reasons().contains("non-members: patients who differ: 1, fewer than 5"), exact.reasons().toString());
        }
    }

    /** As if some model could not score the last sentences of the non-members. */
    private static ComparisonDocument leavingOut(ComparisonDocument document, int sentences) {
        String excluded = IntStream.range(0, sentences)
                .mapToObj(row -> "{\"population\": \"non_members\", \"id\": \"blank" + row + "\", \"reason\": \"EMPTY\"}")
                .collect(Collectors.joining(", ", "\"excluded\": [", "]"));
        return DocumentJson.parse(Path.of("comparison.json"), document.toJson().replaceAll("\"excluded\": \\[\\]", excluded),
                ComparisonDocument.class, ComparisonDocument.SCHEMA_VERSION);
    }

    /** Groups of one report's strata less those of another's leave few. */
    @Test
    void otherStrataOfTheSamePatientsAreFound(@TempDir Path folder) throws IOException {
        Data data = data(0, 0);
        AuditDocument bySex = stratified(data, folder, "sex", patient -> patient < 20 ? "f" : "m");
        AuditDocument byAge = stratified(data, folder, "age", patient -> patient < 22 ? "old" : "young");
        assertEquals(Answer.FEW, Differencing.of(bySex, byAge).answer());
        assertEquals(Answer.NOTHING, Differencing.of(bySex, stratified(data, folder, "sex", patient -> patient < 20 ? "f" : "m")).answer());
        assertEquals(Answer.NOTHING, Differencing.of(bySex, audited(data, AFTER)).answer());
        Data more = new Data(samples("m", 0, 62), data.others());
        AuditDocument oneOfManyOld = stratified(more, folder, "age", patient -> patient < 22 || patient == 61 ? "old" : "young");
        Differencing found = Differencing.of(stratified(data, folder, "age", patient -> patient < 22 ? "old" : "young"), data, oneOfManyOld,
                more);
        assertEquals(Answer.FEW, found.answer());
        assertTrue(found.reasons().contains("one less the other: members with age = old: 22 and 23"), found.reasons().toString());
        Differencing undecided = Differencing.of(bySex, data,
                stratified(more, folder, "age", patient -> patient % 2 == 0 ? "o" : "y"), more);
        assertTrue(undecided.reasons().contains("the two reports have other strata: whether groups of one less groups of the other are of"
                + " fewer than 5 can't be told"), undecided.reasons().toString());
        assertNotEquals(Answer.NOTHING, undecided.answer());
    }

    private interface Value {
        String of(int patient);
    }

    private static AuditDocument stratified(Data data, Path folder, String variable, Value value) throws IOException {
        String rows = Stream.of(data.members(), data.others()).flatMap(List::stream).map(sample -> sample.group().orElseThrow()).distinct()
                .map(patient -> patient + "," + value.of(Integer.parseInt(patient.substring(1))) + "\n")
                .collect(Collectors.joining("", "patient," + variable + "\n", ""));
        return Audit.of(data, AFTER).withReference(BASE).withAttacks(LossAttack.withDefaults()).withEvaluation(QUICK)
                .withStrata(Strata.read(Files.writeString(folder.resolve("strata.csv"), rows))).run().document();
    }

    /** Ten patients' losses by two versions: one differs by a nat, or all do, up and down; what is told is the same. */
    @Test
    void inOneComparisonNobodyKnowsWhoDiffers() {
        double[] one = {1, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        double[] all = {0.946, 0.946, 0.946, 0.946, 0.946, -0.746, -0.746, -0.746, -0.746, -0.746};
        assertEquals(told(one), told(all));
        assertEquals(Optional.of(0.1), told(one).difference());
    }

    private static VersionUtility told(double[] differences) {
        double mean = Arrays.stream(differences).average().orElseThrow();
        return VersionUtility.of(new HeldOutLoss("after", differences.length, 2 + mean,
                Optional.of(new HeldOutLoss.Beside(mean,
                        Optional.of(new HeldOutLoss.Test(differences.length, SkewedMean.of(differences, 0.95).interval(), 1))))),
                Disclosure.of(Evaluation.withDefaults()));
    }

    static Stream<String> notReports() {
        return Stream.of("[]", "{}", "{\"schemaVersion\": 1, \"answer\": \"secret words\"}");
    }

    @ParameterizedTest
    @MethodSource("notReports")
    void anotherFileIsRefusedByItsName(String content, @TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("report.json"), content);
        String error = assertThrows(InvalidFileException.class, () -> AuditedDocument.read(file)).getMessage();
        assertTrue(error.equals(file + ": is neither an audit.json nor a comparison.json; name one of these")
                || error.equals(file + ": holds no JSON object"), error);
    }

    @Test
    void hostileFilesAreRefused(@TempDir Path folder) throws IOException {
        String json = compared(data(0, 0), BEFORE, AFTER).toJson();
        Path file = folder.resolve("comparison.json");
        Files.writeString(file, json);
        assertEquals(json, AuditedDocument.read(file).toJson());
        for (int length : new int[] {0, 1, json.length() / 2, json.length() - 3}) {
            Files.writeString(file, json.substring(0, length));
            String error = assertThrows(InvalidFileException.class, () -> AuditedDocument.read(file)).getMessage();
            assertTrue(error.startsWith(file + ":") && error.endsWith("is not valid JSON; is the file complete?"), error);
        }
        Files.writeString(file, "{\"schemaVersion\": 3, \"auditDigest\": \"00\"}");
        assertEquals(file + ": is a dossier.json, which holds no figures of its own; name the audit.json of the same dossier",
                assertThrows(InvalidFileException.class, () -> AuditedDocument.read(file)).getMessage());
        Files.write(file, new byte[] {'P', 'K', 3, 4, (byte) 0xFF});
        assertEquals(file + ": is not UTF-8, so it is no report of MIAudit",
                assertThrows(InvalidFileException.class, () -> AuditedDocument.read(file)).getMessage());
        Files.delete(file);
        assertTrue(assertThrows(InvalidFileException.class, () -> AuditedDocument.read(file)).getMessage().startsWith(file + ": "));
    }

    /** All cells are judged by the first, so they must be of one dataset. */
    @Test
    void cellsOfTwoDatasetsAreRefused(@TempDir Path folder) throws IOException {
        String json = compared(data(0, 0), BEFORE, AFTER).toJson();
        Path file = Files.writeString(folder.resolve("comparison.json"),
                json.replaceFirst("\"dataDigest\": \"[0-9a-f]{8}", "\"dataDigest\": \"00000000"));
        assertEquals(file + ": is no whole report: it is wrong: cells must be of the same data with the same sentences left out, evaluated"
                + " in the same way", assertThrows(InvalidFileException.class, () -> AuditedDocument.read(file)).getMessage());
    }
}
