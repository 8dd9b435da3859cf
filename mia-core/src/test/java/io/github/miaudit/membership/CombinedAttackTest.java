package io.github.miaudit.membership;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import io.github.miaudit.Audit;
import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Patient;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Sample;
import io.github.miaudit.evaluation.AttackResult;
import io.github.miaudit.evaluation.BlindChecks;
import io.github.miaudit.evaluation.ComparisonResult;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.evaluation.Validity;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.FakeScorer;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.metrics.GroupReduction;
import io.github.miaudit.metrics.Interval;
import io.github.miaudit.report.Comparison;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CombinedAttackTest extends MembershipAttackContract {

    private static final MaskingRule RULE = MaskingRule.original();
    private static final CombinedAttack BY_ONE_RULE = CombinedAttack.withDefaults().withRules(RULE).withSeed(7);

    /** Of {@code combined/combined.json}. */
    private record Golden(List<Sentence> sentences) {
        private record Sentence(int set, String patient, String id, double[] target, double[][] references, double score, double blind) {
        }

        static Golden read() throws IOException {
            try (Reader file = new InputStreamReader(CombinedAttackTest.class.getResourceAsStream("/combined/combined.json"),
                    StandardCharsets.UTF_8)) {
                return new Gson().fromJson(file, Golden.class);
            }
        }

        ScoreTable table(List<Sentence> order, UnaryOperator<String> patients, UnaryOperator<double[]> target) {
            List<List<Sample>> sets = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            order.forEach(sentence -> sets.get(sentence.set).add(Sample.of(sentence.id, patients.apply(sentence.patient), "text")));
            Map<String, double[]> ofTarget = new HashMap<>();
            List<Map<String, double[]>> ofReferences = List.of(new HashMap<>(), new HashMap<>());
            for (Sentence sentence : sentences) {
                ofTarget.put(sentence.id, target.apply(sentence.target));
                IntStream.range(0, 2).forEach(reference -> ofReferences.get(reference).put(sentence.id, sentence.references[reference]));
            }
            return RecitingScorer.table(AttackDataset.of(sets.get(0), sets.get(1), sets.get(2)), Set.of(RULE), ofTarget, ofReferences);
        }
    }

    @Override
    protected MembershipAttack attack() {
        return CombinedAttack.withDefaults();
    }

    /** The same letters in another order, which all rules find equally likely on the whole. */
    @Override
    protected AttackDataset dataset() {
        return AttackDataset.of(letters("m", 0), letters("n", 12));
    }

    /** It learns that members are less likely, too. */
    @Override
    protected double lowBias() {
        return 0;
    }

    @Test
    void scoresAreScikitLearns() throws IOException {
        Golden golden = Golden.read();
        ScoreTable table = golden.table(golden.sentences, UnaryOperator.identity(), UnaryOperator.identity());
        for (Population population : Population.values()) {
            List<Golden.Sentence> sentences = golden.sentences.stream().filter(each -> each.set == population.ordinal()).toList();
            assertArrayEquals(sentences.stream().mapToDouble(Golden.Sentence::score).toArray(),
                    BY_ONE_RULE.membershipScores(table, population), 1e-7);
            assertArrayEquals(sentences.stream().mapToDouble(Golden.Sentence::blind).toArray(),
                    BY_ONE_RULE.blindTwin().orElseThrow().membershipScores(table, population), 1e-7);
        }
    }

    @Property(tries = 20)
    void neitherOrderNorNamesMatter(@ForAll long seed) throws IOException {
        Golden golden = Golden.read();
        List<Golden.Sentence> shuffled = new ArrayList<>(golden.sentences);
        Collections.shuffle(shuffled, new Random(seed));
        ScoreTable table = golden.table(shuffled, patient -> "renamed " + (patient + seed).hashCode(), UnaryOperator.identity());
        for (Population population : Population.values()) {
            assertArrayEquals(
                    shuffled.stream().filter(each -> each.set == population.ordinal()).mapToDouble(Golden.Sentence::score).toArray(),
                    BY_ONE_RULE.membershipScores(table, population), 1e-7);
        }
    }

    /** What the target says of a patient's other sentences has no say in a sentence's score. */
    @Test
    void aSentenceIsNeverJudgedByItsPatient() throws IOException {
        Golden golden = Golden.read();
        Golden.Sentence first = golden.sentences.get(0);
        List<Golden.Sentence> planted = golden.sentences.stream()
                .map(each -> each.patient.equals(first.patient) && each != first
                        ? new Golden.Sentence(each.set, each.patient, each.id, Arrays.stream(each.target).map(value -> value + 9).toArray(),
                                each.references, each.score, each.blind)
                        : each)
                .toList();
        assertNotEquals(golden.sentences, planted, "the patient has other sentences");
        ScoreTable table = new Golden(planted).table(planted, UnaryOperator.identity(), UnaryOperator.identity());
        double[] scores = BY_ONE_RULE.membershipScores(table, Population.MEMBERS);
        assertEquals(first.score, scores[0], 1e-7);
    }

    /** More sentences than are learned from: some of each patient are, and still no sentence is judged by its patient. */
    @Test
    void ofManySentencesSomeAreLearned() {
        int count = LearnedSentences.MOST + 3000;
        List<Sample> members = drawn("m", count);
        List<Sample> others = drawn("n", 2000);
        double[] before = scoresOf(members, others, 0);
        double[] after = scoresOf(members, others, 3);
        assertEquals(before[0], after[0], "the first patient's other sentences have no say");
        assertTrue(IntStream.range(0, count).anyMatch(row -> row % 100 > 0 && Math.abs(after[row] - before[row]) > 1e-6),
                "but in others' scores");
        List<Sample> shuffled = new ArrayList<>(members);
        Collections.shuffle(shuffled, new Random(1));
        double[] again = scoresOf(shuffled, others, 0);
        Map<String, Double> byId = new HashMap<>();
        IntStream.range(0, count).forEach(row -> byId.put(members.get(row).id(), before[row]));
        assertArrayEquals(shuffled.stream().mapToDouble(sample -> byId.get(sample.id())).toArray(), again);
    }

    /** What the reference says of the other sentences of the first member's patient is moved. */
    private static double[] scoresOf(List<Sample> members, List<Sample> others, double moved) {
        Map<String, double[]> target = new HashMap<>();
        Map<String, double[]> reference = new HashMap<>();
        List.of(members, others).forEach(set -> set.forEach(sample -> {
            Random random = new Random(sample.id().hashCode());
            target.put(sample.id(), new double[] {-random.nextDouble(), -random.nextDouble()});
            reference.put(sample.id(), new double[] {-random.nextDouble(), -random.nextDouble()});
        }));
        members.stream().filter(sample -> sample.group().equals(members.get(0).group()) && !sample.id().equals("m0"))
                .forEach(sample -> reference.get(sample.id())[0] -= moved);
        ScoreTable table = RecitingScorer.table(AttackDataset.of(members, others), Set.of(RULE), target, List.of(reference));
        return BY_ONE_RULE.membershipScores(table, Population.MEMBERS);
    }

    private static List<Sample> drawn(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(row -> Sample.of(prefix + row, prefix + row % 100, "text")).toList();
    }

    @Test
    void theTwinIsBlind() throws IOException {
        Golden golden = Golden.read();
        ScoreTable table = golden.table(golden.sentences, UnaryOperator.identity(),
                values -> Arrays.stream(values).map(value -> -Math.abs(Math.sin(1000 * value))).toArray());
        MembershipAttack twin = BY_ONE_RULE.blindTwin().orElseThrow();
        assertArrayEquals(golden.sentences.stream().filter(each -> each.set == 0).mapToDouble(Golden.Sentence::blind).toArray(),
                twin.membershipScores(table, Population.MEMBERS), 1e-7);
        assertTrue(twin.blindTwin().isEmpty());
        assertEquals("experimental-combined-blind", twin.name());
    }

    /** Sets that differ in their letters alone: the twin says so, and an audit that it can't be interpreted. */
    @Test
    void setsThatDifferAreNoMemory() {
        List<Sample> members = sentences("m", 30, "aab");
        List<Sample> others = sentences("n", 30, "xyz");
        Comparison comparison = Audit.of(AttackDataset.of(members, others), new FakeScorer("target", "t", 0))
                .withReference(new FakeScorer("reference", "t", 0.1)).withAttacks(attack())
                .withEvaluation(Evaluation.withDefaults().withBootstrapReplicates(100).withPermutations(1000)).run().document().main();
        Validity.Check twin = comparison.validity().checks().stream().filter(check -> check.name().equals("experimental-combined-blind"))
                .findFirst().orElseThrow();
        assertTrue(twin.blind() && twin.auc() > 0.9 && twin.pValue().orElseThrow() < 0.01, twin.toString());
        assertEquals(Validity.Verdict.NOT_INTERPRETABLE, comparison.validity().verdict());
    }

    /** Each patient is left out once, and then has no say in a score. */
    @Test
    void fitsAreMadeAgainWithoutEachPatient() throws IOException {
        Golden golden = Golden.read();
        ScoreTable table = golden.table(golden.sentences, UnaryOperator.identity(), UnaryOperator.identity());
        Refits refits = BY_ONE_RULE.refits(table).orElseThrow();
        for (Population population : Population.values()) {
            assertArrayEquals(BY_ONE_RULE.membershipScores(table, population), refits.asScored().scores(population), 1e-12);
        }
        Patient first = table.patients().of(Population.MEMBERS).get(0);
        for (Population population : List.of(Population.MEMBERS, Population.NON_MEMBERS)) {
            Set<Patient> all = Set.copyOf(table.patients().of(population));
            List<Refits.Without> ofSet = refits.without().stream().filter(without -> without.population() == population).toList();
            assertEquals(all.size(), ofSet.stream().mapToInt(without -> without.patients().size()).sum());
            assertEquals(all, ofSet.stream().flatMap(without -> without.patients().stream()).collect(Collectors.toSet()));
        }
        double[] without = refits.without().stream().filter(each -> each.patients().contains(first)).findFirst().orElseThrow().scores()
                .scores(Population.MEMBERS);
        assertTrue(IntStream.range(0, without.length)
                .anyMatch(row -> Math.abs(without[row] - refits.asScored().scores(Population.MEMBERS)[row]) > 1e-6));
    }

    /** Of sentences and of patients by whatever reduction, alone and beside a control. */
    @Test
    void intervalsAreOfWhatWouldBeLearnedAnew() {
        ScoreTable table = drawn();
        MembershipAttack twin = BY_ONE_RULE.blindTwin().orElseThrow();
        assertTrue(AttackScores.of(BY_ONE_RULE, table).refits().isEmpty());
        for (Population other : List.of(Population.NON_MEMBERS, Population.EXTERNALS)) {
            for (GroupReduction reduction : List.of(GroupReduction.mean(), GroupReduction.max(), GroupReduction.fisher())) {
                AttackResult anew = result(AttackScores.withRefits(BY_ONE_RULE, table), AttackScores.withRefits(twin, table), other,
                        reduction);
                AttackResult fixed = result(AttackScores.of(BY_ONE_RULE, table), AttackScores.of(twin, table), other, reduction);
                assertWider(anew.areaInterval().orElseThrow(), fixed.areaInterval().orElseThrow());
                assertWider(anew.byPatient().orElseThrow().areaInterval().orElseThrow(),
                        fixed.byPatient().orElseThrow().areaInterval().orElseThrow());
                assertTrue(anew.control().orElseThrow().difference().standardError() >= fixed.control().orElseThrow().difference()
                        .standardError());
                assertEquals(fixed.areaTest(), anew.areaTest(), "tests are of the scores as they are");
            }
        }
    }

    /** 30 patients a set of 4 sentences, members a little likelier. */
    private static ScoreTable drawn() {
        List<List<Sample>> sets = Stream.of("m", "n", "e").map(prefix -> IntStream.range(0, 120)
                .mapToObj(row -> Sample.of(prefix + row, prefix + row % 30, "text")).toList()).toList();
        Map<String, double[]> target = new HashMap<>();
        Map<String, double[]> reference = new HashMap<>();
        Random random = new Random(5);
        for (Sample sample : sets.stream().flatMap(List::stream).toList()) {
            double leak = sample.id().startsWith("m") ? 0.15 : 0;
            target.put(sample.id(), random.doubles(5).map(value -> Math.min(-0.01, leak - value)).toArray());
            reference.put(sample.id(), random.doubles(5).map(value -> -value).toArray());
        }
        return RecitingScorer.table(AttackDataset.of(sets.get(0), sets.get(1), sets.get(2)), Set.of(RULE), target, List.of(reference));
    }

    private static AttackResult result(AttackScores scores, AttackScores control, Population other, GroupReduction reduction) {
        return ComparisonResult.of(other, List.of(scores), List.of(control), List.of(), BlindChecks.ofReference(scores),
                Evaluation.withDefaults().withBootstrapReplicates(100).withPermutations(0).withGroupReduction(reduction)).attacks()
                .get(0);
    }

    private static void assertWider(Interval interval, Interval than) {
        assertTrue(interval.lower() < than.lower() && interval.upper() > than.upper(), interval + " and " + than);
    }

    @Test
    void saysThatItIsAnUpperEstimate() {
        assertEquals(
                List.of("attack experimental-combined learns from sentences of which it is told whether they are members: it is an upper"
                        + " estimate of what others can tell, who need such sentences too"),
                attack().caveats(dataset(), List.of()));
    }

    @Test
    void fewPatientsAreRefused() {
        AttackDataset few = AttackDataset.of(letters("m", 0), letters("n", 12).subList(0, 4));
        AuditException refused = assertThrows(AuditException.class, () -> attack().caveats(few, List.of()));
        assertEquals(
                "attack experimental-combined learns from other patients: there are 12 of the members and 4 more of the non-members, and"
                        + " at least 5 each are needed; give more, or leave the attack out",
                refused.getMessage());
        assertThrows(IllegalArgumentException.class, () -> CombinedAttack.withDefaults().withPenalty(0));
        assertThrows(IllegalArgumentException.class, () -> CombinedAttack.withDefaults().withRules());
    }

    private static List<Sample> letters(String prefix, int from) {
        return IntStream.range(from, from + 12).mapToObj(row -> {
            List<String> letters = new ArrayList<>(List.of("a", "b", "c", "d", "e", "f", "g", "h"));
            Collections.shuffle(letters, new Random(row));
            return Sample.of(prefix + row, "group " + prefix + row, String.join("", letters));
        }).toList();
    }

    private static List<Sample> sentences(String prefix, int count, String letters) {
        Random random = new Random(prefix.hashCode());
        return IntStream.range(0, count).mapToObj(row -> Sample.of(prefix + row, "group " + prefix + row / 2,
                random.ints(12, 0, letters.length()).collect(StringBuilder::new, (text, place) -> text.append(letters.charAt(place)),
                        StringBuilder::append).toString()))
                .toList();
    }
}
