package io.github.miaudit.likelihood;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.io.AuditException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MaskingRuleTest {

    /** {@code [CLS] the ho ##oli ##gan wrecked [SEP]}, the example of Kauf and Ivanova (2023), section 3. */
    private static final TokenSequence HOOLIGAN = new TokenSequence("the hooligan wrecked", new int[] {101, 1, 2, 3, 4, 5, 102},
            new int[] {-1, 0, 1, 1, 1, 2, -1}, new boolean[] {true, false, false, false, false, false, true});

    @Test
    void originalMasksEachTokenAlone() {
        assertEquals(List.of(row(1, 1), row(2, 2), row(3, 3), row(4, 4), row(5, 5)), MaskingRule.original().rows(HOOLIGAN));
    }

    @Test
    void withinWordMasksTheRestOfTheWordToo() {
        assertEquals(List.of(row(1, 1), row(2, 2, 3, 4), row(3, 3, 4), row(4, 4), row(5, 5)),
                MaskingRule.withinWordLeftToRight().rows(HOOLIGAN));
    }

    @Test
    void aTokenWithoutAWordIsMaskedAlone() {
        TokenSequence noWords = new TokenSequence("", new int[] {1, 2}, new int[] {-1, -1}, new boolean[2]);
        assertEquals(List.of(row(0, 0), row(1, 1)), MaskingRule.withinWordLeftToRight().rows(noWords));
    }

    @Test
    void masklessIsOneRow() {
        assertEquals(List.of(new MaskedRow(new int[0], new int[] {1, 2, 3, 4, 5})), MaskingRule.maskless().rows(HOOLIGAN));
    }

    @Test
    void wholeWordIsOneRowAWord() {
        assertEquals(List.of(row(1, 1), new MaskedRow(new int[] {2, 3, 4}, new int[] {2, 3, 4}), row(5, 5)),
                MaskingRule.wholeWord().rows(HOOLIGAN));
    }

    @Test
    void globalLeftToRightMasksAllThatFollows() {
        assertEquals(List.of(row(1, 1, 2, 3, 4, 5), row(2, 2, 3, 4, 5), row(3, 3, 4, 5), row(4, 4, 5), row(5, 5)),
                MaskingRule.globalLeftToRight().rows(HOOLIGAN));
        assertEquals(List.of(row(1, 1, 2, 3, 4, 5, 6), row(2, 2, 3, 4, 5, 6), row(3, 3, 4, 5, 6), row(4, 4, 5, 6), row(5, 5, 6)),
                MaskingRule.globalLeftToRightMaskingEnd().rows(HOOLIGAN));
    }

    @Test
    void seedCompatibleLossScoresPaddingAndSpecialTokens() {
        assertEquals(List.of(new MaskedRow(new int[0], new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8})),
                MaskingRule.seedCompatibleLoss().rows(HOOLIGAN.padded(9, 0)));
        assertEquals(256, MaskingRule.seedCompatibleLoss().paddedLength().orElseThrow());
        assertTrue(MaskingRule.seedCompatibleLoss().caveat().orElseThrow().contains("invalid for decisions"));
    }

    @Test
    void energyDrawsWhatThePaperSays() {
        for (MaskedRow row : MaskingRule.energy().rows(sentence("some text", 20))) { // floor(0.15 * 20) = 3
            assertEquals(3, row.masked().length);
            assertArrayEquals(row.masked(), row.targets());
        }
        assertEquals(20, MaskingRule.energy().rows(HOOLIGAN).size());
        assertEquals(1, MaskingRule.energy().rows(HOOLIGAN).get(0).masked().length); // max(1, floor(0.15 * 5))
        assertEquals(List.of(), MaskingRule.energy().rows(sentence("", 0)));
    }

    @Test
    void randomMasksDependOnTextSeedAndDrawAlone() {
        List<MaskedRow> rows = MaskingRule.energy().rows(sentence("some text", 40));
        assertEquals(rows, MaskingRule.energy().rows(sentence("some text", 40)));
        assertNotEquals(rows, MaskingRule.energy().rows(sentence("other text", 40)));
        assertNotEquals(rows, MaskingRule.energy().withSeed(2).rows(sentence("some text", 40)));
        assertEquals(rows.subList(0, 5), MaskingRule.energy().withDraws(5).rows(sentence("some text", 40)));
        assertTrue(rows.stream().distinct().count() > 15, "draws differ");
    }

    /** Chi-squared against equal chances: 39 degrees of freedom, 99.9 % quantile 72.1 (any table of chi-squared). */
    @Test
    void everyPositionIsDrawnEquallyOften() {
        int[] drawn = new int[40];
        for (MaskedRow row : MaskingRule.energy().withDraws(2000).rows(sentence("some text", 40))) {
            Arrays.stream(row.masked()).forEach(position -> drawn[position]++);
        }
        double expected = 2000 * 6 / 40.0;
        assertTrue(Arrays.stream(drawn).mapToDouble(count -> (count - expected) * (count - expected) / expected).sum() < 72.1,
                Arrays.toString(drawn));
    }

    @Test
    void labelsTellParametersAndEqualRules() {
        assertEquals("energy(fraction=0.15,draws=20,seed=1)", MaskingRule.energy().label());
        assertEquals("partition(fraction=0.3,repetitions=2,seed=5)",
                MaskingRule.partition().withFraction(0.3).withRepetitions(2).withSeed(5).label());
        assertEquals(MaskingRule.energy(), MaskingRule.energy().withDraws(7).withDraws(20));
        assertNotEquals(MaskingRule.partition(), MaskingRule.partition().withSeed(2));
        assertThrows(IllegalArgumentException.class, () -> MaskingRule.energy().withFraction(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> MaskingRule.partition().withRepetitions(0));
    }

    @Test
    void namesFindRules() {
        assertEquals(List.of("energy", "global-l2r", "global-l2r-masking-end", "maskless", "original", "partition", "progressive",
                "seed-compat-loss",
                "whole-word",
                "within-word-l2r"), List.copyOf(MaskingRule.names()));
        for (String name : MaskingRule.names()) {
            assertTrue(MaskingRule.named(name).orElseThrow().label().startsWith(name));
        }
        assertTrue(MaskingRule.named("ORIGINAL").isEmpty());
    }

    /** All rules there are, with any parameters: what a file says of its rule leads back to it. */
    @Property
    void labelsFindRules(@ForAll @DoubleRange(min = 0, minIncluded = false, max = 1) double fraction,
            @ForAll @DoubleRange(min = 0, minIncluded = false, max = 1) double other, @ForAll @IntRange(min = 1) int times,
            @ForAll long seed) {
        for (String name : MaskingRule.names()) {
            MaskingRule rule = MaskingRule.named(name).orElseThrow();
            assertEquals(Optional.of(rule), MaskingRule.named(rule.label()));
            for (Map.Entry<String, Number> parameter : Map.<String, Number>of("fraction", fraction, "draws", times, "repetitions", times,
                    "steps", times, "seed", seed, "least", fraction).entrySet()) {
                rule = rule.withParameter(parameter.getKey(), parameter.getValue()).orElse(rule);
            }
            assertEquals(Optional.of(rule), MaskingRule.named(rule.label()));
        }
        MaskingRule shares = MaskingRule.progressive().withFractions(Math.min(fraction, other), Math.max(fraction, other)).withSeed(seed);
        assertEquals(Optional.of(shares), MaskingRule.named(shares.label()));
    }

    @Test
    void whatIsNoLabelFindsNone() {
        assertEquals(Optional.of(MaskingRule.energy().withDraws(5)), MaskingRule.named("energy(draws=5)"));
        assertEquals(Optional.of(MaskingRule.energy().withSeed(Long.MIN_VALUE)), MaskingRule.named("energy(seed=" + Long.MIN_VALUE + ")"));
        for (String none : List.of("", "energy(", "energy()", "energy(draws)", "energy(draws=)", "energy(draws=5,)", "energy(draws=five)",
                "energy(steps=5)", "energy(seed=9223372036854775808)", "energy(draws=5) ", "original(fraction=0.5)", "(draws=5)",
                "energy(draws=5)(seed=1)", "energy(draws=.)")) {
            assertEquals(Optional.empty(), MaskingRule.named(none), none);
        }
        assertThrows(IllegalArgumentException.class, () -> MaskingRule.named("energy(fraction=1.5)"));
    }

    @Test
    void namesDiffer() {
        assertEquals(
                "two masking rules on the class path are named energy, one of them in " + EnergyRule.ByName.class.getName()
                        + "; rename one, or leave it out",
                assertThrows(AuditException.class, () -> NamedRules.byName(List.of(new EnergyRule.ByName(), new EnergyRule.ByName())))
                        .getMessage());
    }

    @Test
    void parametersAreSetByTheirNames() {
        assertEquals(Optional.of(MaskingRule.energy().withDraws(3)), MaskingRule.energy().withParameter("draws", 3));
        assertEquals(Optional.of(MaskingRule.partition().withRepetitions(3)), MaskingRule.partition().withParameter("repetitions", 3));
        assertEquals(Optional.of(MaskingRule.partition().withFraction(0.5)), MaskingRule.partition().withParameter("fraction", 0.5));
        assertEquals(Optional.of(MaskingRule.energy().withSeed(Long.MAX_VALUE)),
                MaskingRule.energy().withParameter("seed", Long.MAX_VALUE));
        assertEquals(Optional.empty(), MaskingRule.partition().withParameter("draws", 3));
        assertEquals(Optional.empty(), MaskingRule.original().withParameter("fraction", 0.5));
        assertThrows(IllegalArgumentException.class, () -> MaskingRule.energy().withParameter("draws", 0));
    }

    @Property
    void everyContentPositionIsATargetOnceAndNothingElseIsTouched(@ForAll("sentences") TokenSequence tokens,
            @ForAll("coveringRules") MaskingRule rule) {
        List<Integer> targets = new ArrayList<>();
        for (MaskedRow row : rule.rows(tokens)) {
            Arrays.stream(row.targets()).forEach(targets::add);
        }
        assertEquals(Arrays.stream(tokens.contentPositions()).boxed().toList(), targets.stream().sorted().toList());
    }

    @Property
    void noSpecialTokenIsMaskedOrScored(@ForAll("sentences") TokenSequence tokens, @ForAll("rules") MaskingRule rule) {
        List<Integer> content = Arrays.stream(tokens.contentPositions()).boxed().toList();
        for (MaskedRow row : rule.rows(tokens)) {
            assertTrue(Arrays.stream(row.masked()).allMatch(content::contains), row.toString());
            assertTrue(Arrays.stream(row.targets()).allMatch(content::contains), row.toString());
            assertEquals(row.masked().length, Arrays.stream(row.masked()).distinct().count());
        }
    }

    @Property
    void partitionCoversEveryTokenOnceARepetition(@ForAll("sentences") TokenSequence tokens,
            @ForAll @IntRange(min = 1, max = 4) int repetitions,
            @ForAll @DoubleRange(min = 0.01, max = 1) double fraction) {
        int[] times = new int[tokens.length()];
        for (MaskedRow row : MaskingRule.partition().withRepetitions(repetitions).withFraction(fraction).rows(tokens)) {
            Arrays.stream(row.targets()).forEach(position -> times[position]++);
        }
        for (int position : tokens.contentPositions()) {
            assertEquals(repetitions, times[position]);
        }
    }

    @Property
    void aWordOfOneTokenHasTheSameRowInAllThreeRules(@ForAll("sentences") TokenSequence tokens) {
        for (int position : tokens.contentPositions()) {
            boolean alone = tokens.wordId(position) < 0
                    || Arrays.stream(tokens.contentPositions()).filter(other -> tokens.wordId(other) == tokens.wordId(position)).count()
                            == 1;
            if (alone) {
                MaskedRow row = row(position, position);
                assertTrue(MaskingRule.original().rows(tokens).contains(row));
                assertTrue(MaskingRule.withinWordLeftToRight().rows(tokens).contains(row));
                assertTrue(MaskingRule.wholeWord().rows(tokens).contains(row));
            }
        }
    }

    @Property
    void windowsAndPaddingKeepTheirContent(@ForAll("sentences") TokenSequence tokens, @ForAll @IntRange(max = 30) int from,
            @ForAll @IntRange(max = 30) int to) {
        int first = Math.min(Math.min(from, to), tokens.contentCount());
        int last = Math.min(Math.max(from, to), tokens.contentCount());
        TokenSequence window = tokens.window(first, last).padded(60, 7);
        assertEquals(last - first, window.contentCount());
        assertEquals(tokens.length() - tokens.contentCount() + last - first, window.realLength());
        for (int index = first; index < last; index++) {
            assertEquals(tokens.wordId(tokens.contentPositions()[index]), window.wordId(window.contentPositions()[index - first]));
        }
        assertEquals(7, window.id(59));
        assertEquals(tokens.textKey(), tokens.window(0, tokens.contentCount()).textKey());
    }

    @Provide
    Arbitrary<MaskingRule> coveringRules() {
        return Arbitraries.of(MaskingRule.original(), MaskingRule.withinWordLeftToRight(), MaskingRule.wholeWord(),
                MaskingRule.globalLeftToRight(),
                MaskingRule.partition(), MaskingRule.maskless());
    }

    @Provide
    Arbitrary<MaskingRule> rules() {
        return Arbitraries.oneOf(coveringRules(), Arbitraries.of(MaskingRule.energy(), MaskingRule.energy().withFraction(0.5),
                MaskingRule.partition().withRepetitions(3)));
    }

    @Provide
    Arbitrary<TokenSequence> sentences() {
        return Arbitraries.integers().between(0, 30)
                .flatMap(length -> Arbitraries.integers().between(-1, 5).array(int[].class).ofSize(length)
                        .flatMap(words -> Arbitraries.of(true, false).array(boolean[].class).ofSize(length)
                                .map(special -> new TokenSequence("text " + length, new int[length], words, special))));
    }

    /** Content alone, each token a word. */
    private static TokenSequence sentence(String text, int length) {
        return new TokenSequence(text, new int[length], IntStream.range(0, length).toArray(), new boolean[length]);
    }

    private static MaskedRow row(int target, int... masked) {
        return new MaskedRow(masked, new int[] {target});
    }
}
