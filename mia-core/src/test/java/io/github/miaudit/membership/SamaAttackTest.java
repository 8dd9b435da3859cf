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
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
