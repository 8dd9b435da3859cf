package io.github.miaudit.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Sample;
import io.github.miaudit.likelihood.FakeScorer;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelScores;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.likelihood.ScoringListener;
import io.github.miaudit.likelihood.SequenceScore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class HeldOutLossTest {

    private static final MaskingRule RULE = MaskingRule.maskless();
    private static final double[][] DIFFERENCES = {{0.2}, {0.1, 0.4}, {0.3, -0.2, 0.5}, {0.6}, {0.05, 0.15}, {-0.1}};

    /** Of sentences' differences by patient as {@code golden/make_student_mean.py} of mia-metrics has them; ends by SciPy. */
    @Test
    void theDifferenceIsOfPatientsMeans() {
        List<HeldOutLoss> losses = losses(DIFFERENCES, true, UnaryOperator.identity());
        assertEquals(List.of("before", "after"), losses.stream().map(HeldOutLoss::target).toList());
        assertEquals(6, losses.get(1).patients());
        assertTrue(losses.get(0).beside().isEmpty());
        HeldOutLoss.Beside beside = losses.get(1).beside().orElseThrow();
        assertEquals(0.20833333333333334, beside.difference(), 1e-12);
        assertEquals(-0.03193166569145342, beside.interval().orElseThrow().lower(), 1e-12);
        assertEquals(0.4485983323581201, beside.interval().orElseThrow().upper(), 1e-12);
        // of sentences by their place 0, 1, 2: 1.5, 2.5 and 3.5 nats by the baseline, so 1.5, 2, 2.5, 1.5, 2, 1.5 of patients
        assertEquals(11.0 / 6, losses.get(0).mean(), 1e-12);
        assertEquals(11.0 / 6 + beside.difference(), losses.get(1).mean(), 1e-12);
    }

    /** Without patients each of the ten sentences counts as one, and the differences sum to 2. */
    @Test
    void sentencesOfNobodyKnownCountAlike() {
        HeldOutLoss after = losses(DIFFERENCES, false, UnaryOperator.identity()).get(1);
        assertEquals(10, after.patients());
        assertEquals(0.2, after.beside().orElseThrow().difference(), 1e-12);
    }

    @Test
    void ofFewThereIsNoInterval() {
        HeldOutLoss.Beside beside = losses(new double[][] {{0.5}, {0.4}, {0.3}, {0.2}}, true, UnaryOperator.identity()).get(1).beside()
                .orElseThrow();
        assertEquals(0.35, beside.difference(), 1e-12);
        assertTrue(beside.interval().isEmpty());
    }

    /** Each token is as hard as the tokenizer makes it. */
    @Test
    void whatWasReadAsOtherTokensIsNotCompared() {
        HeldOutLoss other = losses(DIFFERENCES, true, ids -> {
            int[] changed = ids.clone();
            changed[0]++;
            return changed;
        }).get(1);
        assertTrue(other.beside().isEmpty());
        assertTrue(other.mean() > 0);
    }

    @Test
    void noTargetIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> HeldOutLoss.of(Map.of(), Evaluation.withDefaults()));
    }

    private static List<HeldOutLoss> losses(double[][] differences, boolean grouped, UnaryOperator<int[]> tokens) {
        List<Sample> members = new ArrayList<>();
        List<Sample> others = new ArrayList<>();
        Map<String, Double> before = new LinkedHashMap<>();
        Map<String, Double> after = new LinkedHashMap<>();
        for (int patient = 0; patient < differences.length; patient++) {
            for (int place = 0; place < differences[patient].length; place++) {
                String row = patient + "-" + place;
                members.add(sample("m" + row, "mp" + patient, grouped));
                others.add(sample("n" + row, "np" + patient, grouped));
                before.put("n" + row, 1.5 + place);
                after.put("n" + row, 1.5 + place + differences[patient][place]);
            }
        }
        AttackDataset dataset = AttackDataset.of(members, others);
        Map<String, ScoreTable> targets = new LinkedHashMap<>();
        targets.put("before", table(dataset, before, UnaryOperator.identity()));
        targets.put("after", table(dataset, after, tokens));
        return HeldOutLoss.of(targets, Evaluation.withDefaults());
    }

    private static Sample sample(String id, String patient, boolean grouped) {
        return grouped ? Sample.of(id, patient, "Note " + id) : Sample.of(id, "Note " + id);
    }

    private static ScoreTable table(AttackDataset dataset, Map<String, Double> losses, UnaryOperator<int[]> tokens) {
        ModelScores scores = ModelScores.of(new Stated(losses, tokens), dataset, Set.of(RULE), ScoringListener.NONE);
        return ScoreTable.of(dataset, scores, List.of());
    }

    /** A model whose two tokens of a sentence lose what is stated on average, those of members nothing. */
    private static final class Stated extends FakeScorer {

        private final Map<String, Double> losses;
        private final UnaryOperator<int[]> tokens;

        private Stated(Map<String, Double> losses, UnaryOperator<int[]> tokens) {
            super("stated", "t", 0);
            this.losses = losses;
            this.tokens = tokens;
        }

        @Override
        public Map<MaskingRule, List<SequenceScore>> score(List<Sample> samples, Set<MaskingRule> rules, ScoringListener listener) {
            return Map.of(RULE, samples.stream().map(sample -> {
                double loss = losses.getOrDefault(sample.id(), 0.0);
                return new SequenceScore(sample, tokens.apply(new int[] {1, 2}), new double[] {-loss - 0.5, -loss + 0.5});
            }).toList());
        }
    }
}
