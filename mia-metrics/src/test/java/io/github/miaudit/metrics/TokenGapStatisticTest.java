package io.github.miaudit.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Against the authors' code and NumPy, by {@code golden/make_token_gaps.py}. */
class TokenGapStatisticTest {

    @TestFactory
    Stream<DynamicTest> figuresAreTheAuthorsAndNumPys() throws IOException {
        try (Reader file = new InputStreamReader(TokenGapStatisticTest.class.getResourceAsStream("/golden/token-gaps.json"),
                StandardCharsets.UTF_8)) {
            JsonObject golden = JsonParser.parseReader(file).getAsJsonObject();
            int[] windows = new Gson().fromJson(golden.get("windows"), int[].class);
            return StreamSupport.stream(golden.getAsJsonArray("examples").spliterator(), false).map(example -> example.getAsJsonObject())
                    .map(example -> dynamicTest(example.getAsJsonArray("target").size() + " tokens", () -> check(example, windows)));
        }
    }

    private static void check(JsonObject example, int[] windows) {
        double[] target = new Gson().fromJson(example.get("target"), double[].class);
        double[] reference = new Gson().fromJson(example.get("reference"), double[].class);
        assertEquals(example.get("windowVotes").getAsDouble(), TokenGapStatistic.windowVotes(target, reference, windows), 1e-12);
        assertEquals(example.get("gainsOverLosses").getAsDouble(), TokenGapStatistic.gainsOverLosses(target, reference, 1), 1e-12);
        assertEquals(example.get("surprisalWeighted").getAsDouble(), TokenGapStatistic.surprisalWeighted(target, reference), 1e-12);
        if (!example.get("ezRatio").isJsonNull()) {
            assertEquals(example.get("ezRatio").getAsDouble(), Math.exp(TokenGapStatistic.gainsOverLosses(target, reference, 1e-13)), 1e-9);
        }
    }

    @Test
    void smoothingDefinesTheRatioWhereNothingWasLost() {
        assertEquals(Math.log(1.5 / 0.5), TokenGapStatistic.gainsOverLosses(new double[] {-1, -2}, new double[] {-1.5, -2.5}, 0.5), 1e-12);
        assertEquals(0, TokenGapStatistic.gainsOverLosses(new double[] {-1}, new double[] {-1}, 0.5));
        assertEquals(Math.log(1.25 / 2), TokenGapStatistic.gainsOverLosses(new double[] {-1, -3}, new double[] {-1.25, -2}, 1), 1e-12);
    }

    @Test
    void smallGapsAddUp() {
        double sum = TokenGapStatistic.gainsOverLosses(new double[] {-1, -2.0005, -3}, new double[] {-1.001, -2, -3}, 10);
        assertEquals(0.0005 / 10, sum, 1e-8);
    }

    @Test
    void whatTheReferenceForesawDoesNotCount() {
        assertEquals(0.5, TokenGapStatistic.surprisalWeighted(new double[] {-5, -1.5}, new double[] {0, -2}), 1e-12);
        assertEquals((3 * 1.0 + 1 * -1.0) / 4, TokenGapStatistic.surprisalWeighted(new double[] {-2, -2}, new double[] {-3, -1}), 1e-12);
        assertEquals(0, TokenGapStatistic.surprisalWeighted(new double[] {-5}, new double[] {0}));
    }

    @Test
    void aTieOfAWindowIsNoVote() {
        // Gaps 1, -1, 0: windows of 1 vote yes, no, no; of 2 no, no.
        assertEquals((1.0 / 3 + 0) / 2, TokenGapStatistic.windowVotes(new double[] {-1, -2, -3}, new double[] {-2, -1, -3}, 1, 2), 1e-12);
    }

    @Test
    void whatRoundingLeavesIsATie() {
        // Gaps 0.1, 1, -1: in double precision 0.1 + 1 - 1 is above 0.1, so that the second window's sum would be above 0.
        assertEquals(0.5, TokenGapStatistic.windowVotes(new double[] {-0.1, -0.1, -1.1}, new double[] {-0.2, -1.1, -0.1}, 2), 1e-12);
    }

    @Property
    void windowsAreCountedOneByOne(@ForAll @Size(min = 1, max = 20) List<@IntRange(min = -3, max = 3) Integer> gaps,
            @ForAll @Size(min = 1, max = 4) List<@IntRange(min = 1, max = 25) Integer> lengths) {
        double[] target = gaps.stream().mapToDouble(gap -> gap / 4.0 - 1).toArray(); // exact in binary, so ties are ties
        double[] reference = new double[target.length];
        Arrays.fill(reference, -1);
        double expected = lengths.stream().mapToDouble(length -> {
            int window = Math.min(length, gaps.size());
            return IntStream.rangeClosed(0, gaps.size() - window)
                    .mapToDouble(first -> gaps.subList(first, first + window).stream().mapToInt(gap -> gap).sum() > 0 ? 1 : 0)
                    .average().orElseThrow();
        }).average().orElseThrow();
        assertEquals(expected,
                TokenGapStatistic.windowVotes(target, reference, lengths.stream().mapToInt(length -> length).toArray()), 1e-12);
    }

    @Property
    void aTokenThatTheTargetFindsLikelierNeverLowersAScore(
            @ForAll @Size(value = 8) List<@DoubleRange(min = -9, max = -0.01) Double> target,
            @ForAll @Size(value = 8) List<@DoubleRange(min = -9, max = -0.01) Double> reference, @ForAll @IntRange(max = 7) int token,
            @ForAll @DoubleRange(min = 0.1, max = 5) double by) {
        double[] before = target.stream().mapToDouble(value -> value).toArray();
        double[] after = before.clone();
        after[token] += by;
        double[] other = reference.stream().mapToDouble(value -> value).toArray();
        assertTrue(TokenGapStatistic.gainsOverLosses(after, other, 1) > TokenGapStatistic.gainsOverLosses(before, other, 1));
        assertTrue(TokenGapStatistic.surprisalWeighted(after, other) > TokenGapStatistic.surprisalWeighted(before, other));
        assertTrue(TokenGapStatistic.windowVotes(after, other, 1, 2, 8) >= TokenGapStatistic.windowVotes(before, other, 1, 2, 8));
    }

    @Property
    void targetAndReferenceChangedTurnTheSign(@ForAll @Size(value = 8) List<@DoubleRange(min = -9, max = -0.01) Double> target,
            @ForAll @Size(value = 8) List<@DoubleRange(min = -9, max = -0.01) Double> reference) {
        double[] first = target.stream().mapToDouble(value -> value).toArray();
        double[] second = reference.stream().mapToDouble(value -> value).toArray();
        assertEquals(-TokenGapStatistic.gainsOverLosses(second, first, 1), TokenGapStatistic.gainsOverLosses(first, second, 1), 1e-12);
    }

    @Test
    void argumentsHaveBounds() {
        double[] one = {-1};
        assertRefused("smoothing is 0.0; it must be positive", () -> TokenGapStatistic.gainsOverLosses(one, one, 0));
        assertRefused("smoothing is NaN; it must be positive", () -> TokenGapStatistic.gainsOverLosses(one, one, Double.NaN));
        assertRefused("window lengths are 0; at least 1 is needed", () -> TokenGapStatistic.windowVotes(one, one));
        assertRefused("window length is 0; it must be at least 1", () -> TokenGapStatistic.windowVotes(one, one, 2, 0));
        assertRefused("2 token log-likelihoods of the target but 1 of the reference; the lengths must be equal",
                () -> TokenGapStatistic.surprisalWeighted(new double[] {-1, -2}, one));
        assertRefused("0 target token scores; at least 1 is needed",
                () -> TokenGapStatistic.surprisalWeighted(new double[0], new double[0]));
        assertRefused("reference token value 0 is NaN; it must be finite",
                () -> TokenGapStatistic.windowVotes(one, new double[] {Double.NaN}, 1));
    }

    private static void assertRefused(String message, Runnable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }
}
