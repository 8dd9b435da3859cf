package io.github.miaudit.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.likelihood.TokenSequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TrainingPlanTest {

    private static final int MASK = 4;
    private static final int VOCABULARY = 5000;
    private static final TokenMasker MASKER = new TokenMasker(MASK, VOCABULARY);

    /** The third token names the sentence. */
    private static TokenSequence sentence(int name, int content) {
        int length = content + 2;
        int[] ids = IntStream.range(0, length).map(position -> position == 0 ? 0 : position == length - 1 ? 2 : 10 + position).toArray();
        ids[1] = 1000 + name;
        boolean[] special = new boolean[length];
        special[0] = true;
        special[length - 1] = true;
        return new TokenSequence("text " + name, ids, new int[length], special);
    }

    @Property(tries = 200)
    void anEpochHoldsEverySentenceOnceInAboutEqualSteps(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 1, max = 40) Integer> contents,
            @ForAll @IntRange(min = 1, max = 200) int tokensPerStep, @ForAll @IntRange(min = 1, max = 100) int budget, @ForAll long seed) {
        List<MaskableTokens> sentences = IntStream.range(0, contents.size())
                .mapToObj(name -> MaskableTokens.of(sentence(name, contents.get(name)), 100).get(0)).toList();
        TrainingPlan plan = new TrainingPlan(sentences, MASKER,
                TrainingSettings.FROM_NOTHING.with(draft -> draft.tokensPerStep = tokensPerStep).with(draft -> draft.tokenBudget = budget)
                        .with(draft -> draft.seed = seed));
        for (int epoch : new int[] {0, 1, 5}) {
            List<TrainingPlan.Step> steps = plan.epoch(epoch);
            assertEquals(plan.stepsPerEpoch(), steps.size());
            List<Integer> sizes = new ArrayList<>();
            List<Integer> lengths = new ArrayList<>();
            for (TrainingPlan.Step step : steps) {
                int tokens = 0;
                for (TrainingBatch batch : step.batches()) {
                    int length = batch.rows().get(0).shown().length;
                    int targets = batch.rows().get(0).targets().length;
                    assertTrue(batch.rows().size() == 1 || batch.rows().size() * length <= Math.min(budget, tokensPerStep));
                    batch.rows().forEach(row -> lengths.add(row.shown().length));
                    assertTrue(batch.rows().stream().allMatch(row -> row.shown().length == length && row.targets().length == targets));
                    assertEquals(batch.rows().size() * targets, batch.targetCount());
                    tokens += batch.rows().size() * length;
                }
                sizes.add(tokens);
            }
            assertArrayEquals(contents.stream().mapToInt(content -> content + 2).sorted().toArray(),
                    lengths.stream().mapToInt(Integer::intValue).sorted().toArray());
            // No step exceeds the mean by more than the largest batch.
            double mean = sizes.stream().mapToInt(Integer::intValue).average().orElseThrow();
            assertTrue(sizes.stream().allMatch(size -> size > 0 && size < mean + Math.max(42, Math.min(budget, tokensPerStep))),
                    sizes.toString());
        }
    }

    @Test
    void theSameEpochIsTheSameAndAnotherIsNot() {
        List<MaskableTokens> sentences = IntStream.range(0, 30).mapToObj(name -> MaskableTokens.of(sentence(name, 20), 100).get(0))
                .toList();
        TrainingSettings settings = TrainingSettings.FROM_NOTHING.with(draft -> draft.tokensPerStep = 100);
        assertEquals(shown(new TrainingPlan(sentences, MASKER, settings), 3), shown(new TrainingPlan(sentences, MASKER, settings), 3));
        assertTrue(
                !shown(new TrainingPlan(sentences, MASKER, settings), 3).equals(shown(new TrainingPlan(sentences, MASKER, settings), 4)));
        assertTrue(!shown(new TrainingPlan(sentences, MASKER, settings), 3)
                .equals(shown(new TrainingPlan(sentences, MASKER, settings.with(draft -> draft.seed = 2)), 3)));
    }

    @Test
    void masksAreDrawnAnewForEachSentenceAndEpoch() {
        List<MaskableTokens> sentences = IntStream.range(0, 30).mapToObj(name -> MaskableTokens.of(sentence(name, 20), 100).get(0))
                .toList();
        TrainingPlan plan = new TrainingPlan(sentences, MASKER, TrainingSettings.FROM_NOTHING.with(draft -> draft.tokensPerStep = 100));
        Set<String> positions = new HashSet<>();
        for (int epoch = 0; epoch < 4; epoch++) {
            plan.epoch(epoch).forEach(
                    step -> step.batches().forEach(batch -> batch.rows().forEach(row -> positions.add(Arrays.toString(row.positions())))));
        }
        assertTrue(positions.size() > 100, positions.size() + " of 120 drawn from 1140"); // 114 expected; below 101 by 5 deviations
    }

    /** 0.15, 0.8, 0.1, 0.1, each within five standard deviations. */
    @Test
    void targetsAreHiddenAsInThePaper() {
        int count = 2000;
        List<MaskableTokens> sentences = IntStream.range(0, count).mapToObj(name -> MaskableTokens.of(sentence(name, 40), 100).get(0))
                .toList();
        TrainingPlan plan = new TrainingPlan(sentences, MASKER, TrainingSettings.FROM_NOTHING);
        int[] kinds = new int[3];
        int[] places = new int[42];
        for (TrainingPlan.Step step : plan.epoch(0)) {
            for (TrainingBatch batch : step.batches()) {
                for (TrainingBatch.Row row : batch.rows()) {
                    assertEquals(6, row.targets().length);
                    int[] original = sentence(0, 40).ids();
                    for (int target = 0; target < 6; target++) {
                        int place = (int) row.positions()[target];
                        long shown = row.shown()[place];
                        places[place]++;
                        kinds[shown == MASK ? 0 : shown == row.targets()[target] ? 1 : 2]++;
                        assertTrue(place == 1 || row.targets()[target] == original[place]);
                    }
                    int[] changed = IntStream.range(2, 42).filter(place -> row.shown()[place] != original[place]).toArray();
                    assertTrue(Arrays.stream(changed)
                            .allMatch(place -> Arrays.stream(row.positions()).anyMatch(position -> position == place)));
                }
            }
        }
        int targets = 6 * count;
        assertEquals(0.8 * targets, kinds[0], 5 * Math.sqrt(0.16 * targets));
        assertEquals(0.1 * targets, kinds[1], 5 * Math.sqrt(0.09 * targets) + 1); // a random token can be the same by chance
        assertEquals(0.1 * targets, kinds[2], 5 * Math.sqrt(0.09 * targets) + 1);
        assertEquals(0, places[0] + places[41]);
        for (int place = 1; place <= 40; place++) {
            assertEquals(0.15 * count, places[place], 5 * Math.sqrt(0.15 * 0.85 * count));
        }
    }

    @Test
    void aShortSentenceHasATargetAndALongOneIsCut() {
        assertEquals(1, MaskableTokens.of(sentence(0, 1), 100).get(0).targetCount());
        assertEquals(List.of(), MaskableTokens.of(new TokenSequence("", new int[] {0, 2}, new int[2], new boolean[] {true, true}), 100));
        List<MaskableTokens> windows = MaskableTokens.of(sentence(0, 25), 12);
        assertTrue(windows.stream().allMatch(window -> window.length() <= 12));
        assertEquals(25, windows.stream().mapToInt(window -> window.maskable().length).sum());
    }

    @Test
    void theRateRisesAndFallsInALine() {
        TrainingSettings settings = TrainingSettings.FROM_NOTHING.with(draft -> draft.learningRate = 8).with(draft -> draft.warmUp = 0.4);
        assertArrayEquals(new double[] {2, 4, 6, 8, 8, 8 * 5 / 6.0, 8 * 4 / 6.0, 8 * 3 / 6.0, 8 * 2 / 6.0, 8 / 6.0},
                IntStream.range(0, 10).mapToDouble(step -> settings.learningRate(step, 10)).toArray(), 1e-12);
        assertEquals(8, settings.with(draft -> draft.warmUp = 0).learningRate(0, 10), 1e-12);
        assertEquals(8, settings.learningRate(0, 1), 1e-12);
    }

    private static List<String> shown(TrainingPlan plan, int epoch) {
        return plan.epoch(epoch).stream().flatMap(step -> step.batches().stream()).flatMap(batch -> batch.rows().stream())
                .map(row -> Arrays.toString(row.shown()) + Arrays.toString(row.positions())).toList();
    }
}
