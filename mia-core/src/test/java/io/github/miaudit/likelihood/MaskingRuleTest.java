package io.github.miaudit.likelihood;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class MaskingRuleTest {

    /** {@code [CLS] the ho ##oli ##gan wrecked [SEP]}, the example of Kauf and Ivanova (2023), section 3. */
    private static final TokenSequence HOOLIGAN = new TokenSequence(new int[] {101, 1, 2, 3, 4, 5, 102},
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
        TokenSequence noWords = new TokenSequence(new int[] {1, 2}, new int[] {-1, -1}, new boolean[2]);
        assertEquals(List.of(row(0, 0), row(1, 1)), MaskingRule.withinWordLeftToRight().rows(noWords));
    }

    @Test
    void masklessIsOneRow() {
        assertEquals(List.of(new MaskedRow(new int[0], new int[] {1, 2, 3, 4, 5})), MaskingRule.maskless().rows(HOOLIGAN));
    }

    @Test
    void labelsFindRules() {
        for (String label : List.of("original", "within-word-l2r", "maskless")) {
            assertEquals(label, MaskingRule.labelled(label).orElseThrow().label());
        }
        assertTrue(MaskingRule.labelled("ORIGINAL").isEmpty());
    }

    @Property
    void everyContentPositionIsATargetOnceAndNothingElseIsTouched(@ForAll("sentences") TokenSequence tokens,
            @ForAll("rules") MaskingRule rule) {
        List<Integer> targets = new ArrayList<>();
        List<Integer> content = Arrays.stream(tokens.contentPositions()).boxed().toList();
        for (MaskedRow row : rule.rows(tokens)) {
            Arrays.stream(row.targets()).forEach(targets::add);
            assertTrue(Arrays.stream(row.masked()).allMatch(content::contains));
        }
        assertEquals(content, targets.stream().sorted().toList());
    }

    @Provide
    Arbitrary<MaskingRule> rules() {
        return Arbitraries.of(MaskingRule.original(), MaskingRule.withinWordLeftToRight(), MaskingRule.maskless());
    }

    @Provide
    Arbitrary<TokenSequence> sentences() {
        return Arbitraries.integers().between(0, 30).flatMap(length ->
                Arbitraries.integers().between(-1, 5).array(int[].class).ofSize(length).flatMap(words ->
                        Arbitraries.of(true, false).array(boolean[].class).ofSize(length).map(special ->
                                new TokenSequence(new int[length], words, special))));
    }

    private static MaskedRow row(int target, int... masked) {
        return new MaskedRow(masked, new int[] {target});
    }
}
