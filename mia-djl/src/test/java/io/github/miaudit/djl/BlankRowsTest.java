package io.github.miaudit.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import io.github.miaudit.data.Sample;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.Blank;
import io.github.miaudit.likelihood.BlankReading;
import io.github.miaudit.likelihood.LengthPolicy;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ScoringListener;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of blanks is passed through a network that only writes down what it is shown. */
class BlankRowsTest {

    private static final int LONGEST = 64;

    private final MaskedLmTokenizer tokenizer = MaskedLmTokenizer.open(Golden.ROBERTA.folder());
    private final List<List<Long>> shown = new ArrayList<>();
    private final List<OpenModel> opened = new ArrayList<>();
    private int asked;

    @AfterEach
    void close() {
        opened.forEach(model -> model.devices().close());
        tokenizer.close();
    }

    /** Says of each token asked for minus its id, or else always the same. */
    private final class StandIn implements ScoringNetwork {

        private final Float always;

        private StandIn(Float always) {
            this.always = always;
        }

        @Override
        public synchronized float[] values(PackedRows rows) {
            int token = 0;
            for (int block = 0; block < rows.blocks().length; block += PackedRows.BLOCK_NUMBERS) {
                for (int row = 0; row < rows.blocks()[block]; row++) {
                    int end = token + (int) rows.blocks()[block + 1];
                    shown.add(Arrays.stream(rows.ids(), token, end).boxed().toList());
                    token = end;
                }
            }
            int width = rows.width();
            asked += rows.positions().length;
            float[] values = new float[rows.targets().length];
            for (int target = 0; target < values.length; target++) {
                int kind = target % width;
                values[kind * rows.positions().length + target / width] = always == null ? -rows.targets()[target] : always;
            }
            return values;
        }

        @Override
        public ScoringNetwork with(Readout readout) {
            return this;
        }

        @Override
        public Device device() {
            return Device.cpu();
        }

        @Override
        public void close() {
            // holds nothing
        }
    }

    @Test
    void aThousandCandidatesOfOneTokenAreOneRow() {
        List<String> candidates = ofTokens(1, 500);
        List<double[]> filled = fill(BlankReading.WHOLE, blank("s1", "ward 7 ", "x", " of May", candidates));
        assertEquals(1, shown.size());
        assertEquals(1, asked);
        assertArrayEquals(candidates.stream().mapToDouble(this::minusIds).toArray(), filled.get(0));
    }

    @Test
    void candidatesOfAsManyTokensShareTheirRow() {
        List<String> candidates = new ArrayList<>(ofTokens(1, 100));
        candidates.addAll(ofTokens(2, 100));
        candidates.addAll(ofTokens(3, 100));
        List<double[]> filled = fill(BlankReading.WHOLE, blank("s1", "ward 7 ", "x", " of May", candidates));
        assertEquals(3, shown.size());
        assertEquals(1 + 2 + 3, asked);
        assertArrayEquals(candidates.stream().mapToDouble(this::minusIds).toArray(), filled.get(0));
    }

    @Test
    void fromLeftToRightCandidatesThatBeginAlikeShareRows() {
        List<String> candidates = new ArrayList<>(ofTokens(1, 100));
        candidates.addAll(ofTokens(2, 100));
        candidates.addAll(ofTokens(3, 300));
        List<double[]> filled = fill(BlankReading.LEFT_TO_RIGHT, blank("s1", "ward 7 ", "x", " of May", candidates));
        Set<List<Integer>> beginnings = new HashSet<>(); // with how many tokens they are of
        for (String candidate : candidates) {
            List<Integer> ids = ids(candidate);
            for (int known = 0; known < ids.size(); known++) {
                List<Integer> beginning = new ArrayList<>(ids.subList(0, known));
                beginning.add(-ids.size());
                beginnings.add(beginning);
            }
        }
        assertEquals(beginnings.size(), shown.size());
        assertEquals(shown.size(), new HashSet<>(shown).size());
        assertEquals(shown.size(), asked);
        assertArrayEquals(candidates.stream().mapToDouble(this::minusIds).toArray(), filled.get(0));
    }

    @ParameterizedTest
    @EnumSource
    void blanksWithTheSameTextAroundShareRows(BlankReading reading) {
        Blank first = blank("s1", "ward 7 ", "x", " of May", ofTokens(2, 20));
        Blank again = blank("s2", "ward 7 ", "pain", " of May", ofTokens(2, 40));
        Blank other = blank("s3", "ward 8 ", "x", " of May", ofTokens(2, 10));
        List<double[]> filled = fill(reading, first, other, again);
        assertEquals(shown.size(), new HashSet<>(shown).size());
        assertArrayEquals(filled.get(0), Arrays.copyOf(filled.get(2), 20));
        assertArrayEquals(filled.get(1), Arrays.copyOf(filled.get(2), 10));
        int together = shown.size();
        shown.clear();
        fill(reading, again, other);
        assertEquals(together, shown.size());
    }

    /** At the start, in the middle and at the end of a sentence that is longer than the model. */
    @ParameterizedTest
    @ValueSource(ints = {0, 3, 100, 150, 297, 299})
    void aLongSentenceIsCutToAWindowThatAllCandidatesShare(int place) {
        List<String> words = IntStream.range(0, 300).mapToObj(word -> word == place ? "x" : word % 2 == 0 ? "no" : "pain").toList();
        String before = words.subList(0, place).stream().map(word -> word + " ").collect(Collectors.joining());
        String after = words.subList(place + 1, 300).stream().map(word -> " " + word).collect(Collectors.joining());
        List<String> candidates = List.of("pain", "May", "no pain", "history of no pain");
        List<double[]> filled = fill(BlankReading.WHOLE, blank("s1", before, "x", after, candidates));
        int rows = shown.size();
        int around = LONGEST - 2 - LONGEST / 8;
        for (List<Long> row : shown) {
            int masked = (int) row.stream().filter(id -> id == tokenizer.maskId()).count();
            assertTrue(row.size() <= LONGEST && row.size() >= around + masked, row.size() + " tokens, of which masked " + masked);
            int left = row.indexOf((long) tokenizer.maskId()) - 1;
            int right = row.size() - 2 - left - masked;
            assertTrue(left >= Math.min(place, around / 2 - 1) && right >= Math.min(299 - place, around / 2 - 1), left + " and " + right);
        }
        for (int candidate = 0; candidate < candidates.size(); candidate++) {
            assertEquals(filled.get(0)[candidate],
                    fill(BlankReading.WHOLE, blank("s1", before, "x", after, List.of(candidates.get(candidate)))).get(0)[0]);
        }
        assertTrue(shown.size() > rows, "rows of each candidate alone");
        assertEquals(rows, new HashSet<>(shown).size(), "the same windows");
    }

    @Test
    void aSentenceThatFitsIsNotCut() {
        // at the start "pain" is two tokens, and the space at the end is one
        String before = "pain ".repeat(LONGEST - 2 - LONGEST / 8 - 2);
        fill(BlankReading.WHOLE, blank("s1", before, "x", "", List.of("pain")));
        assertEquals(tokenizer.tokenise(Sample.of("t", before + "pain")).length(), shown.get(0).size());
    }

    @Test
    void aCandidateThatIsLongerThanTheModelIsRefused() {
        Blank blank = blank("s1", "ward 7 ", "x", " of May", List.of("no", "pain".repeat(LONGEST)));
        String message = assertThrows(AuditException.class, () -> fill(BlankReading.WHOLE, blank)).getMessage();
        assertTrue(
                message.matches("sentence s1 has \\d+ tokens with a candidate of \\d+ tokens in the blank; model stand-in takes up to 64;"
                        + " leave the candidate out, or split the sentence"),
                message);
        String whole = assertThrows(AuditException.class,
                () -> fill(LengthPolicy.REJECT, null, blank("s2", "no pain ".repeat(40), "x", "", List.of("May")))).getMessage();
        assertTrue(whole.matches("sentence s2 has 8\\d tokens with a candidate of \\d tokens in the blank; .*"), whole);
    }

    @Test
    void whatIsNoTokenIsRefused() {
        String message = assertThrows(AuditException.class,
                () -> fill(BlankReading.WHOLE, blank("s1", "ward 7", "x", "of May", List.of("no", "  ")))).getMessage();
        assertEquals("sentence s1: a candidate of 2 characters for the blank has 0 tokens, as white space may; leave it out", message);
        String endless = assertThrows(AuditException.class,
                () -> fill(BlankReading.WHOLE, blank("s2", "a ".repeat(60_000), "x", "", List.of("no")))).getMessage();
        assertTrue(endless.startsWith("sentence s2 has 120001 characters; supported are up to 100000"), endless);
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.NEGATIVE_INFINITY})
    void aLogLikelihoodThatIsNotFiniteIsRefused(float value) {
        String message = assertThrows(AuditException.class,
                () -> fill(LengthPolicy.WINDOW, value, blank("s1", "ward 7 ", "x", " of May", List.of("pain")))).getMessage();
        assertTrue(message.startsWith("sentence s1 has a log-likelihood of " + value + " at token "), message);
        assertFalse(message.contains("pain"), message);
    }

    private List<double[]> fill(BlankReading reading, Blank... blanks) {
        return new MaskedLmBlanks(model(null), LengthPolicy.WINDOW, Optional.empty()).fill(List.of(blanks), reading, ScoringListener.NONE);
    }

    private List<double[]> fill(LengthPolicy policy, Float always, Blank blank) {
        return new MaskedLmBlanks(model(always), policy, Optional.empty()).fill(List.of(blank), BlankReading.WHOLE, ScoringListener.NONE);
    }

    private OpenModel model(Float always) {
        ModelIdentity identity = new ModelIdentity("stand-in", "", tokenizer.digest(), tokenizer.vocabularySize(), tokenizer.casing(),
                "none", LengthPolicy.WINDOW, "none");
        DevicePool pool = new DevicePool(identity.name(), tokenizer.maskId(), new TokenBudget(200), List.of(new StandIn(always)));
        OpenModel model = new OpenModel(identity, tokenizer, pool, OptionalInt.of(LONGEST), OptionalInt.of(1), Optional.empty());
        opened.add(model);
        return model;
    }

    private static Blank blank(String id, String before, String inside, String after, List<String> candidates) {
        return new Blank(Sample.of(id, before + inside + after), before.length(), before.length() + inside.length(), candidates);
    }

    /** Candidates that are so many tokens behind a space, which is in the first of them. */
    private List<String> ofTokens(int count, int most) {
        List<String> letters = IntStream.rangeClosed('a', 'z').mapToObj(letter -> Character.toString((char) letter)).toList();
        List<String> parts = new ArrayList<>(letters);
        for (String first : letters) {
            letters.forEach(second -> parts.add(first + second));
        }
        for (String first : letters) {
            for (String second : letters) {
                letters.forEach(third -> parts.add(first + second + third));
            }
        }
        int space = tokenizer.tokenise(Sample.of("t", "ward 7 ")).id(tokenizer.tokenise(Sample.of("t", "ward 7")).length() - 1);
        return parts.stream().filter(part -> ids(part).size() == count && ids(part).get(0) != space).limit(most).toList();
    }

    private double minusIds(String candidate) {
        return -ids(candidate).stream().mapToInt(Integer::intValue).sum();
    }

    private List<Integer> ids(String candidate) {
        int[] ids = tokenizer.tokenise(Sample.of("t", "ward 7 " + candidate + " of May")).ids();
        int before = tokenizer.tokenise(Sample.of("t", "ward 7")).contentCount();
        int after = tokenizer.tokenise(Sample.of("t", " of May")).contentCount();
        return Arrays.stream(ids, 1 + before, ids.length - 1 - after).boxed().toList();
    }
}
