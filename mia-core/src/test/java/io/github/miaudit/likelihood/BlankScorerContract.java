package io.github.miaudit.likelihood;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.data.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every {@link BlankScorer} must do; a scorer's test extends this and says how to open one. */
public abstract class BlankScorerContract {

    /** Float noise of a candidate's sum, in nats. */
    private static final double NOISE = 5e-4;

    private static final List<String> NAMES = List.of("Smith", "Ng", "Müller", "Ünal", "O'Neill", "van Dyk", "he", "Smi", "no pain");

    /**
     * Opens a scorer of sentences that tells their tokens.
     *
     * @return closed by the test
     */
    protected abstract SequenceScorer open();

    /**
     * The blanks' scorer of the same model.
     *
     * @param scorer what {@link #open()} opened
     */
    protected abstract BlankScorer blanks(SequenceScorer scorer);

    @ParameterizedTest
    @EnumSource
    void candidatesScoreAsOneRowAtATime(BlankReading reading) {
        try (SequenceScorer scorer = open()) {
            assertScoresAsOneRowAtATime(scorer, blanks(scorer), reading, blanks());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aScoreDoesNotDependOnTheOtherBlanksOrCandidatesOrTheirOrder(BlankReading reading) {
        try (SequenceScorer scorer = open()) {
            List<Blank> blanks = blanks();
            List<double[]> filled = blanks(scorer).fill(blanks, reading, ScoringListener.NONE);
            List<Integer> order = new ArrayList<>(IntStream.range(0, blanks.size()).boxed().toList());
            Collections.shuffle(order, new Random(7));
            List<Blank> reversed = order.stream().map(blanks::get).map(blank -> new Blank(blank.sample(), blank.start(), blank.end(),
                    reversed(blank.candidates()))).toList();
            List<double[]> otherwise = blanks(scorer).fill(reversed, reading, ScoringListener.NONE);
            for (int place = 0; place < order.size(); place++) {
                double[] expected = filled.get(order.get(place));
                double[] found = otherwise.get(place);
                Blank blank = blanks.get(order.get(place));
                assertEquals(expected.length, found.length);
                for (int candidate = 0; candidate < expected.length; candidate++) {
                    assertEquals(expected[candidate], found[found.length - 1 - candidate], NOISE);
                    double[] alone = blanks(scorer)
                            .fill(List
                                    .of(new Blank(blank.sample(), blank.start(), blank.end(), List.of(blank.candidates().get(candidate)))),
                                    reading, ScoringListener.NONE)
                            .get(0);
                    assertArrayEquals(new double[] {expected[candidate]}, alone, NOISE);
                }
            }
        }
    }

    @Test
    void noBlankGivesNothing() {
        try (SequenceScorer scorer = open()) {
            assertTrue(blanks(scorer).fill(List.of(), BlankReading.WHOLE, ScoringListener.NONE).isEmpty());
        }
    }

    @Test
    void reportsProgressFromNothingToAllBlanks() {
        List<ScoringProgress> calls = new ArrayList<>();
        try (SequenceScorer scorer = open()) {
            BlankScorer blanks = blanks(scorer);
            blanks.fill(blanks(), BlankReading.LEFT_TO_RIGHT, calls::add);
            assertTrue(calls.stream().allMatch(call -> call.model().equals(blanks.model())));
            assertEquals(scorer.model(), blanks.model());
        }
        assertEquals(0, calls.get(0).sentencesDone());
        assertEquals(blanks().size(), calls.get(0).sentencesTotal());
        assertEquals(blanks().size(), calls.get(calls.size() - 1).sentencesDone());
        for (int call = 1; call < calls.size(); call++) {
            assertTrue(calls.get(call).sentencesDone() >= calls.get(call - 1).sentencesDone());
        }
    }

    /** Places of all kinds: whole words with marks beside them, and any others, such as within a word. */
    private static List<Blank> blanks() {
        List<Blank> blanks = new ArrayList<>();
        List<String> texts = List.of("Mrs Smith's chest was clear.", "seen by Dr Jones", "(Müller) no pain");
        blanks.add(new Blank(Sample.of("possessive", texts.get(0)), 4, 9, NAMES));
        blanks.add(new Blank(Sample.of("end", texts.get(1)), 11, 16, NAMES));
        blanks.add(new Blank(Sample.of("bracket", texts.get(2)), 1, 7, NAMES));
        blanks.add(new Blank(Sample.of("all", "Smith"), 0, 5, List.of("Smith", "Ng")));
        Random random = new Random(3);
        for (int number = 0; number < 8; number++) {
            String text = texts.get(random.nextInt(texts.size()));
            int start = random.nextInt(text.length());
            blanks.add(new Blank(Sample.of("r" + number, text), start, start + 1 + random.nextInt(text.length() - start),
                    NAMES.subList(random.nextInt(4), 5 + random.nextInt(4))));
        }
        return blanks;
    }

    private static List<String> reversed(List<String> list) {
        List<String> reversed = new ArrayList<>(list);
        Collections.reverse(reversed);
        return reversed;
    }

    /**
     * Asserts what the two readings say, each row scored alone.
     *
     * @param scorer  tells tokens
     * @param blanks  what is tested, of the same model
     * @param reading how candidates are read
     * @param given   blanks
     */
    protected static void assertScoresAsOneRowAtATime(SequenceScorer scorer, BlankScorer blanks, BlankReading reading, List<Blank> given) {
        List<double[]> filled = blanks.fill(given, reading, ScoringListener.NONE);
        assertEquals(given.size(), filled.size());
        for (int place = 0; place < given.size(); place++) {
            Blank blank = given.get(place);
            double[] expected = blank.candidates().stream().mapToDouble(candidate -> naive(scorer, blank, candidate, reading)).toArray();
            assertArrayEquals(expected, filled.get(place), NOISE, scorer.model().name() + " " + blank);
        }
    }

    private static double naive(SequenceScorer scorer, Blank blank, String candidate, BlankReading reading) {
        Sample sample = Sample.of(blank.sample().id(), blank.with(candidate));
        int[] span = span(sample.text(), scorer.tokens(sample).orElseThrow(), blank.start(), blank.start() + candidate.length());
        Stream<MaskingRule> rules = reading == BlankReading.WHOLE ? Stream.of(new Hiding(span[0], span[1], span[1]))
                : IntStream.range(span[0], span[1]).mapToObj(token -> new Hiding(token, span[1], token + 1));
        return rules.mapToDouble(rule -> Arrays.stream(scorer.score(List.of(sample), rule).get(0).logLikelihoods()).sum()).sum();
    }

    /** The first and the last token, exclusive, of which a character lies from start to end; by looking for their texts one by one. */
    private static int[] span(String text, List<String> tokens, int start, int end) {
        int[] span = {-1, -1};
        int last = 0;
        int next = 0;
        for (int token = 0; token < tokens.size(); token++) {
            int place = next;
            while (place < text.length() && Character.isWhitespace(text.charAt(place)) && !text.startsWith(tokens.get(token), place)) {
                place++;
            }
            int found = text.startsWith(tokens.get(token), place) ? place : last; // else another part of the same character
            assertTrue(text.startsWith(tokens.get(token), found), "token " + token + " of " + tokens + " in " + text);
            last = found;
            next = found + tokens.get(token).length();
            if (Math.max(found, start) < Math.min(next, end)) {
                span[0] = span[0] < 0 ? token : span[0];
                span[1] = token + 1;
            }
        }
        return span;
    }

    /** Hides content tokens side by side, and scores the first of them. */
    private record Hiding(int from, int hiddenTo, int scoredTo) implements MaskingRule {

        @Override
        public String label() {
            return "hiding-" + from + "-" + hiddenTo + "-" + scoredTo;
        }

        @Override
        public List<MaskedRow> rows(TokenSequence tokens) {
            int[] content = tokens.contentPositions();
            return List.of(new MaskedRow(IntStream.range(from, hiddenTo).map(token -> content[token]).toArray(),
                    IntStream.range(from, scoredTo).map(token -> content[token]).toArray()));
        }
    }
}
