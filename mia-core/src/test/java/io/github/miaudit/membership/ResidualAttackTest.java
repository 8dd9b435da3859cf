package io.github.miaudit.membership;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Sample;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.FakeScorer;
import io.github.miaudit.likelihood.LogLikelihood;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ModelScores;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.likelihood.ScoringListener;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.likelihood.SequenceScorer;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ResidualAttackTest extends MembershipAttackContract {

    private static final MaskingRule FIRST = MaskingRule.withinWordLeftToRight();
    private static final MaskingRule SECOND = MaskingRule.partition();

    @Override
    protected MembershipAttack attack() {
        return ResidualAttack.withDefaults();
    }

    /** By residual/make.py, with NumPy. */
    @Test
    void scoresAreNumPys() throws IOException {
        Golden golden = Golden.read();
        ScoreTable table = golden.table(golden.sentences);
        assertScores(golden, golden.expected.oneRule, ResidualAttack.withDefaults().withRules(FIRST), table);
        assertScores(golden, golden.expected.twoRules, ResidualAttack.withDefaults(), table);
    }

    private static void assertScores(Golden golden, double[] expected, MembershipAttack attack, ScoreTable table) {
        for (Population population : Population.values()) {
            assertArrayEquals(IntStream.range(0, expected.length)
                    .filter(row -> golden.sentences.get(row).set == population.ordinal()).mapToDouble(row -> expected[row]).toArray(),
                    attack.membershipScores(table, population), 1e-7);
        }
    }

    /** Who is a member has no say in a score, nor has the order. */
    @Property(tries = 20)
    void theFitKnowsNobody(@ForAll long seed) throws IOException {
        Golden golden = Golden.read();
        Map<String, Double> expected = new HashMap<>();
        IntStream.range(0, golden.sentences.size())
                .forEach(row -> expected.put(golden.sentences.get(row).id, golden.expected.twoRules[row]));
        Random random = new Random(seed);
        List<Golden.Sentence> dealt = new ArrayList<>(
                golden.sentences.stream().map(sentence -> sentence.inSet(random.nextInt(3))).toList());
        Collections.shuffle(dealt, random);
        ScoreTable table = golden.table(dealt);
        for (Population population : Population.values()) {
            double[] scores = attack().membershipScores(table, population);
            for (int row = 0; row < scores.length; row++) {
                assertEquals(expected.get(table.rows(population).get(row).id()), scores[row], 1e-7);
            }
        }
    }

    /** The target says what the reference says, and as much more of every token. */
    @Test
    void whatIsExpectedIsNoSign() {
        AttackDataset dataset = AttackDataset.of(List.of(Sample.of("1", "no pain")), List.of(Sample.of("2", "clear chest")));
        for (double more : new double[] {0, 0.5}) {
            ScoreTable table = ScoreTable.of(dataset,
                    ModelScores.of(new FakeScorer("target", "t", more), dataset, attack().targetRules(), ScoringListener.NONE),
                    List.of(ModelScores.of(new FakeScorer("reference", "t", 0), dataset, attack().targetRules(), ScoringListener.NONE)));
            assertArrayEquals(new double[1], attack().membershipScores(table, Population.MEMBERS));
            assertArrayEquals(new double[1], attack().membershipScores(table, Population.NON_MEMBERS));
        }
    }

    /** No token counts for more than a deviation, so a sentence of n for at most √n. */
    @Test
    void noTokenDecides() throws IOException {
        Golden golden = Golden.read();
        Golden.Sentence wild = golden.sentences.get(0);
        wild.target[0] = -1000;
        double[] scores = attack().membershipScores(golden.table(golden.sentences), Population.MEMBERS);
        assertTrue(Math.abs(scores[0]) <= Math.sqrt(wild.target.length), "" + scores[0]);
    }

    @Test
    void everyTokenIsScoredOnce() {
        ModelIdentity model = new FakeScorer("model", "t", 0).model();
        for (MaskingRule wrong : List.of(MaskingRule.energy(), MaskingRule.progressive(), MaskingRule.partition().withRepetitions(2))) {
            AuditException refused = assertThrows(AuditException.class,
                    () -> ResidualAttack.withDefaults().withRules(FIRST, wrong).requireApplicable(model, List.of(model)));
            assertEquals("rule " + wrong.label() + " scores some tokens several times or never, so attack residual can't lay it beside"
                    + " another rule; give one that scores each once, such as within-word-l2r or partition, or leave the attack out",
                    refused.getMessage());
        }
        ResidualAttack.withDefaults().withRules(FIRST, SECOND, MaskingRule.original(), MaskingRule.wholeWord(), MaskingRule.maskless(),
                MaskingRule.globalLeftToRight()).requireApplicable(model, List.of(model));
        ResidualAttack.withDefaults().withRules(MaskingRule.energy()).requireApplicable(model, List.of(model));
        assertThrows(AuditException.class, () -> attack().requireApplicable(model, List.of()));
        assertThrows(IllegalArgumentException.class, () -> ResidualAttack.withDefaults().withRules());
    }

    /** Beside partition, unless tokens of the chosen rule can't be laid beside it. */
    @Test
    void byNameItTakesTheChosenRule() {
        assertEquals(Set.of(MaskingRule.original(), SECOND), named(MaskingRule.original()).targetRules());
        assertEquals(Set.of(SECOND), named(SECOND).targetRules());
        assertEquals(Set.of(MaskingRule.energy()), named(MaskingRule.energy()).targetRules());
    }

    private static MembershipAttack named(MaskingRule rule) {
        return NamedAttack.named("residual").orElseThrow().attack(new NamedAttack.Settings(LogLikelihood.mean(rule), () -> null));
    }

    /** Of combined/combined.json, with what residual/residual.json expects. */
    private record Golden(List<Sentence> sentences, Expected expected) {

        private record Sentence(int set, String patient, String id, double[] target, double[][] references) {
            Sentence inSet(int other) {
                return new Sentence(other, patient, id, target, references);
            }
        }

        private record Expected(double[] oneRule, double[] twoRules) {
        }

        static Golden read() throws IOException {
            return new Golden(read("combined/combined.json", Golden.class).sentences, read("residual/residual.json", Expected.class));
        }

        private static <T> T read(String name, Class<T> type) throws IOException {
            try (Reader file = new InputStreamReader(ResidualAttackTest.class.getResourceAsStream("/" + name), StandardCharsets.UTF_8)) {
                return new Gson().fromJson(file, type);
            }
        }

        ScoreTable table(List<Sentence> order) {
            List<List<Sample>> sets = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            order.forEach(sentence -> sets.get(sentence.set).add(Sample.of(sentence.id, sentence.patient, "text")));
            AttackDataset dataset = AttackDataset.of(sets.get(0), sets.get(1), sets.get(2));
            Map<String, Sentence> byId = order.stream().collect(Collectors.toMap(Sentence::id, Function.identity()));
            Set<MaskingRule> rules = Set.of(FIRST, SECOND);
            return ScoreTable.of(dataset,
                    ModelScores.of(new ByTwoRules("target", id -> byId.get(id).target), dataset, rules, ScoringListener.NONE),
                    IntStream.range(0, 2).mapToObj(reference -> ModelScores.of(
                            new ByTwoRules("reference " + reference, id -> byId.get(id).references[reference]), dataset, rules,
                            ScoringListener.NONE)).toList());
        }
    }

    /** Says what it was told by the first rule, and by the second what residual/make.py says. */
    private record ByTwoRules(String name, Function<String, double[]> ofIds) implements SequenceScorer {

        @Override
        public ModelIdentity model() {
            return new FakeScorer(name, "t", 0).model();
        }

        @Override
        public Map<MaskingRule, List<SequenceScore>> score(List<Sample> samples, Set<MaskingRule> rules, ScoringListener listener) {
            return rules.stream().collect(Collectors.toMap(Function.identity(),
                    rule -> samples.stream().map(sample -> score(sample, rule)).toList()));
        }

        private SequenceScore score(Sample sample, MaskingRule rule) {
            double[] values = ofIds.apply(sample.id());
            return new SequenceScore(sample, IntStream.range(0, values.length).toArray(), rule.equals(FIRST) ? values
                    : IntStream.range(0, values.length).mapToDouble(token -> 1.1 * values[token] - 0.05 * (token % 3)).toArray());
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
