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
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HeldOutLossTest {

    private static final MaskingRule RULE = MaskingRule.maskless();
    private static final double[][] DIFFERENCES = {{0.2}, {0.1, 0.4}, {0.3, -0.2, 0.5}, {0.6}, {0.05, 0.15}, {-0.1}};

    /** Of sentences' differences by patient as {@code golden/make_skewed_mean.py} of mia-metrics has them; ends by SciPy. */
    @Test
    void theDifferenceIsOfPatientsMeans() {
        List<HeldOutLoss> losses = losses(DIFFERENCES, true, UnaryOperator.identity());
        assertEquals(List.of("before", "after"), losses.stream().map(HeldOutLoss::target).toList());
        assertEquals(6, losses.get(1).patients());
        assertTrue(losses.get(0).beside().isEmpty());
        HeldOutLoss.Beside beside = losses.get(1).beside().orElseThrow();
        assertEquals(0.20833333333333334, beside.difference(), 1e-12);
        HeldOutLoss.Test test = beside.test().orElseThrow();
        assertEquals(-0.03193166569145342, test.interval().lower(), 1e-12);
        assertEquals(0.5860182978431447, test.interval().upper(), 1e-12);
        assertEquals(0.07626587605197513, test.adjustedPValue(), 1e-12);
        assertTrue(test.isDetected().isEmpty());
        // of sentences by their place 0, 1, 2: 1.5, 2.5 and 3.5 nats by the baseline, so 1.5, 2, 2.5, 1.5, 2, 1.5 of patients
        assertEquals(11.0 / 6, losses.get(0).mean(), 1e-12);
        assertEquals(11.0 / 6 + beside.difference(), losses.get(1).mean(), 1e-12);
    }

    /**
     * Of three versions beside the first, of 50 patients: p-values by SciPy, corrected by R's {@code p.adjust}, as in
     * {@code golden/make_skewed_mean.py} of mia-metrics. Alone the first, with p = 0.0087, would be found at a level of 0.985 too, as its
     * interval shows.
     */
    @Test
    void differencesAreFoundOfAllVersionsTogether() {
        List<HeldOutLoss.Test> tests = tests(50, 0.985);
        assertEquals(3, tests.size());
        double[] expected = {0.0174720749606165938, 0.0227205260460310067, 0.0068244974820707537};
        for (int version = 0; version < 3; version++) {
            assertEquals(expected[version], tests.get(version).adjustedPValue(), 1e-12);
        }
        assertEquals(List.of(false, false, true), tests.stream().map(test -> test.isDetected().orElseThrow()).toList());
        assertTrue(tests.get(0).interval().lower() > 0);
        assertTrue(tests(50, 0.95).stream().allMatch(test -> test.isDetected().orElseThrow()));
        assertTrue(tests(49, 0.95).stream().allMatch(test -> test.isDetected().isEmpty()));
    }

    private static List<HeldOutLoss.Test> tests(int patients, double level) {
        double[] more = {0, -0.02, -0.4};
        double[][][] versions = IntStream.range(0, 3).mapToObj(version -> IntStream.range(0, patients).mapToObj(
                place -> new double[] {0.1 * (place % 7) - 0.25 + (place % 10 == 0 ? 1 : 0) + more[version]}).toArray(double[][]::new))
                .toArray(double[][][]::new);
        return losses(Evaluation.withDefaults().withConfidence(level), true, UnaryOperator.identity(), versions).stream()
                .flatMap(loss -> loss.beside().stream()).flatMap(beside -> beside.test().stream()).toList();
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
        assertTrue(beside.test().isEmpty());
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
        return losses(Evaluation.withDefaults(), grouped, tokens, differences);
    }

    /** Of a version "before", and of one for each row of differences to it: "after", "after1" and so on. */
    private static List<HeldOutLoss> losses(Evaluation evaluation, boolean grouped, UnaryOperator<int[]> tokens, double[][]... versions) {
        List<Sample> members = new ArrayList<>();
        List<Sample> others = new ArrayList<>();
        Map<String, Double> before = new LinkedHashMap<>();
        List<Map<String, Double>> after = Stream.of(versions).<Map<String, Double>>map(ignored -> new LinkedHashMap<>()).toList();
        for (int patient = 0; patient < versions[0].length; patient++) {
            for (int place = 0; place < versions[0][patient].length; place++) {
                String row = patient + "-" + place;
                members.add(sample("m" + row, "mp" + patient, grouped));
                others.add(sample("n" + row, "np" + patient, grouped));
                before.put("n" + row, 1.5 + place);
                for (int version = 0; version < versions.length; version++) {
                    after.get(version).put("n" + row, 1.5 + place + versions[version][patient][place]);
                }
            }
        }
        AttackDataset dataset = AttackDataset.of(members, others);
        Map<String, ScoreTable> targets = new LinkedHashMap<>();
        targets.put("before", table(dataset, before, UnaryOperator.identity()));
        for (int version = 0; version < versions.length; version++) {
            targets.put("after" + (version == 0 ? "" : version), table(dataset, after.get(version), tokens));
        }
        return HeldOutLoss.of(targets, evaluation);
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
