package io.github.miaudit.membership;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.gson.Gson;
import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Sample;
import io.github.miaudit.likelihood.FakeScorer;
import io.github.miaudit.likelihood.LogLikelihood;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ModelScores;
import io.github.miaudit.likelihood.ProgressiveRule;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.likelihood.ScoringListener;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.likelihood.SequenceScorer;
import io.github.miaudit.metrics.CounterRandom;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Against {@code sama/make.py}. */
class SamaAttackTest extends MembershipAttackContract {

    /** Of {@code sama/sama.json}. */
    private record Golden(List<Case> cases) {
        private record Case(int tokens, int steps, double least, double most, int[][] anew, double[] gaps, double score) {
        }
    }

    /** Of every sentence the same log-likelihoods of tokens that were hidden some time. */
    private record Says(String name, double[] logLikelihoods, int tokenCount, SequenceScore.Status status) implements SequenceScorer {

        @Override
        public ModelIdentity model() {
            return new FakeScorer(name, "t", 0).model();
        }

        @Override
        public Map<MaskingRule, List<SequenceScore>> score(List<Sample> samples, Set<MaskingRule> rules, ScoringListener listener) {
            return Map.of(rules.iterator().next(), samples.stream().map(sample -> new SequenceScore(sample,
                    IntStream.range(0, logLikelihoods.length).toArray(), logLikelihoods).withTokenCount(tokenCount).withStatus(status))
                    .toList());
        }

        @Override
        public void close() {
            // holds nothing
        }
    }

    @Override
    protected MembershipAttack attack() {
        return SamaAttack.withDefaults();
    }

    @TestFactory
    Stream<DynamicTest> masksAndVotesAreNumPys() throws IOException {
        try (Reader file = new InputStreamReader(SamaAttackTest.class.getResourceAsStream("/sama/sama.json"), StandardCharsets.UTF_8)) {
            return new Gson().fromJson(file, Golden.class).cases.stream()
                    .map(each -> dynamicTest(each.tokens + " tokens in " + each.steps + " steps", () -> check(each)));
        }
    }

    private static void check(Golden.Case expected) {
        ProgressiveRule rule = MaskingRule.progressive().withSteps(expected.steps).withFractions(expected.least, expected.most);
        assertArrayEquals(expected.anew, rule.steps(expected.tokens).toArray(int[][]::new));
        assertEquals(expected.score, score(rule, expected.gaps, expected.tokens, SequenceScore.Status.SCORED), 1e-12);
    }

    /** Sentences of many lengths in one table, each by the formula: nothing is kept of one that another must not have. */
    @Test
    void everySentenceHasItsOwnVotes() {
        ProgressiveRule rule = MaskingRule.progressive().withSteps(7);
        List<Sample> sentences = IntStream.range(0, 120).mapToObj(row -> Sample.of("m" + row, "p", "text")).toList();
        AttackDataset dataset = AttackDataset.of(sentences, List.of(Sample.of("n", "q", "text")));
        ScoreTable table = ScoreTable.of(dataset, ModelScores.of(new Draws("target", rule), dataset, Set.of(rule), ScoringListener.NONE),
                List.of(ModelScores.of(new Draws("reference", rule), dataset, Set.of(rule), ScoringListener.NONE)));
        double[] expected = IntStream.range(0, 120).mapToDouble(row -> {
            double[] target = table.target().scores(rule, Population.MEMBERS).get(row).logLikelihoods();
            double[] reference = table.references().get(0).scores(rule, Population.MEMBERS).get(row).logLikelihoods();
            return naive(rule.steps(1 + row % 60), IntStream.range(0, target.length).mapToDouble(token -> target[token] - reference[token])
                    .toArray());
        }).toArray();
        assertArrayEquals(expected, SamaAttack.withDefaults().withRule(rule).membershipScores(table, Population.MEMBERS));
    }

    private static double naive(List<int[]> steps, double[] gaps) {
        int[] scored = steps.stream().flatMapToInt(Arrays::stream).sorted().toArray();
        double votes = 0;
        double weights = 0;
        for (int step = 0; step < steps.size(); step++) {
            double[] hidden = steps.subList(0, step + 1).stream().flatMapToInt(Arrays::stream).sorted()
                    .mapToDouble(token -> gaps[Arrays.binarySearch(scored, token)]).toArray();
            CounterRandom random = new CounterRandom(1, hidden.length, step);
            int[] all = IntStream.range(0, hidden.length).toArray();
            double share = hidden.length <= 8 ? Arrays.stream(hidden).sum() > 0 ? 1 : 0
                    : IntStream.range(0, 128)
                            .filter(subset -> Arrays.stream(random.sample(all, 8)).mapToDouble(place -> hidden[place]).sum() > 0).count()
                            / 128.0;
            votes += 1 / (step + 1.0) * share;
            weights += 1 / (step + 1.0);
        }
        return votes / weights;
    }

    /** Says what is drawn, of sentences of 1 to 60 tokens. */
    private record Draws(String name, ProgressiveRule rule) implements SequenceScorer {

        @Override
        public ModelIdentity model() {
            return new FakeScorer(name, "t", 0).model();
        }

        @Override
        public Map<MaskingRule, List<SequenceScore>> score(List<Sample> samples, Set<MaskingRule> rules, ScoringListener listener) {
            Random random = new Random(name.hashCode());
            return Map.of(rule, IntStream.range(0, samples.size()).mapToObj(row -> {
                int[] tokens = rule.steps(1 + row % 60).stream().flatMapToInt(Arrays::stream).sorted().toArray();
                return new SequenceScore(samples.get(row), tokens, random.doubles(tokens.length).map(Math::log).toArray())
                        .withTokenCount(1 + row % 60);
            }).toList());
        }

        @Override
        public void close() {
            // holds nothing
        }
    }

    /** Nobody knows which step scored a token of a window, so all vote at once. */
    @Test
    void windowsVoteOnce() {
        ProgressiveRule rule = MaskingRule.progressive();
        assertEquals(1, score(rule, new double[] {-1, -1, 3}, 40, SequenceScore.Status.WINDOWED));
        assertEquals(0, score(rule, new double[] {-1, -1, 2}, 40, SequenceScore.Status.WINDOWED));
    }

    @Test
    void theRuleThatIsChosenCounts() {
        NamedAttack named = NamedAttack.named("experimental-sama").orElseThrow();
        MaskingRule chosen = MaskingRule.progressive().withSteps(16);
        assertEquals(Set.of(chosen), named.attack(new NamedAttack.Settings(LogLikelihood.mean(chosen), null)).targetRules());
        assertEquals(Set.of(MaskingRule.progressive()),
                named.attack(new NamedAttack.Settings(LogLikelihood.mean(MaskingRule.original()), null)).targetRules());
    }

    private static double score(ProgressiveRule rule, double[] gaps, int tokens, SequenceScore.Status status) {
        AttackDataset dataset = AttackDataset.of(List.of(Sample.of("m", "p", "text")), List.of(Sample.of("n", "q", "text")));
        double[] reference = new double[gaps.length];
        Arrays.fill(reference, -8);
        double[] target = IntStream.range(0, gaps.length).mapToDouble(token -> reference[token] + gaps[token]).toArray();
        ModelScores ofTarget = ModelScores.of(new Says("target", target, tokens, status), dataset, Set.of(rule), ScoringListener.NONE);
        ModelScores ofReference = ModelScores.of(new Says("reference", reference, tokens, status), dataset, Set.of(rule),
                ScoringListener.NONE);
        return SamaAttack.withDefaults().withRule(rule).membershipScores(ScoreTable.of(dataset, ofTarget, List.of(ofReference)),
                Population.MEMBERS)[0];
    }
}
