package io.github.miaudit.likelihood;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.data.Sample;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link BlankFiller} must do; a filler's test extends this and says how to open one. */
public abstract class BlankFillerContract {

    /** Float noise of a filling's sum, in nats. */
    private static final double NOISE = 5e-4;
    private static final FillingSettings SETTINGS = new FillingSettings(6, 3);

    /**
     * Opens a scorer of sentences.
     *
     * @return closed by the test
     */
    protected abstract SequenceScorer open();

    /**
     * The blanks' scorer of the same model, which has a filler.
     *
     * @param scorer what {@link #open()} opened
     */
    protected abstract BlankScorer blanks(SequenceScorer scorer);

    @Test
    void aFillingIsAsLikelyAsTheSameTextIsAsACandidate() {
        try (SequenceScorer scorer = open()) {
            BlankScorer blanks = blanks(scorer);
            int compared = 0;
            for (Blank blank : blanks()) {
                List<Filling> likeliest = fill(blanks, List.of(blank), SETTINGS).get(0).orElseThrow().likeliest();
                Blank written = new Blank(blank.sample(), blank.start(), blank.end(),
                        likeliest.stream().map(filling -> filling.reading().text()).toList());
                List<Reading> read = fill(blanks, List.of(written), SETTINGS).get(0).orElseThrow().candidates();
                double[] expected = blanks.fill(List.of(written), BlankReading.LEFT_TO_RIGHT, ScoringListener.NONE).get(0);
                for (int place = 0; place < expected.length; place++) {
                    // what the tokenizer would put together of other tokens is not the same candidate
                    if (read.get(place).equals(likeliest.get(place).reading())) {
                        compared++;
                        assertEquals(expected[place], likeliest.get(place).logLikelihood(), NOISE, blank + ", filling " + place);
                    }
                }
            }
            assertTrue(compared > SETTINGS.width(), compared + " compared");
        }
    }

    @Test
    void fillingsAreDifferentAndTheLikeliestComesFirst() {
        try (SequenceScorer scorer = open()) {
            for (Optional<BlankFillings> found : fill(blanks(scorer), blanks(), SETTINGS)) {
                List<Filling> fillings = found.orElseThrow().likeliest();
                assertTrue(fillings.size() <= SETTINGS.width() * SETTINGS.longest());
                assertFalse(fillings.isEmpty());
                assertEquals(fillings.size(), new HashSet<>(fillings.stream().map(filling -> filling.reading().text()).toList()).size());
                for (int place = 0; place < fillings.size(); place++) {
                    Filling filling = fillings.get(place);
                    assertTrue(filling.reading().tokens() >= 1 && filling.reading().tokens() <= SETTINGS.longest());
                    assertEquals(filling.reading().text().strip(), filling.reading().text());
                    assertTrue(filling.rank() <= SETTINGS.width());
                    fillings.subList(0, place).forEach(before -> assertTrue(before.rank() < filling.rank()
                            || before.rank() == filling.rank() && before.logLikelihood() >= filling.logLikelihood()));
                    // a text may be told of another number of tokens, where it has a lower rank
                    fillings.stream().filter(other -> other.reading().tokens() == filling.reading().tokens()).forEach(other -> assertEquals(
                            other.rank() < filling.rank(), other != filling && other.logLikelihood() >= filling.logLikelihood()
                                    && other.rank() <= filling.rank()));
                }
            }
        }
    }

    @Test
    void whatStandsThereAndTheCandidatesAndOtherBlanksDoNotMatter() {
        try (SequenceScorer scorer = open()) {
            List<Optional<BlankFillings>> filled = fill(blanks(scorer), blanks(), SETTINGS);
            List<Integer> order = new ArrayList<>(IntStream.range(0, filled.size()).boxed().toList());
            Collections.shuffle(order, new Random(5));
            List<Blank> others = order.stream().map(blanks()::get).map(blank -> new Blank(
                    Sample.of("other", blank.with("something else")), blank.start(), blank.start() + "something else".length(),
                    List.of("Ng", "no pain"))).toList();
            List<Optional<BlankFillings>> again = fill(blanks(scorer), others, SETTINGS);
            for (int place = 0; place < order.size(); place++) {
                assertSame(filled.get(order.get(place)).orElseThrow().likeliest(), again.get(place).orElseThrow().likeliest());
                assertEquals(2, again.get(place).orElseThrow().candidates().size());
            }
        }
    }

    @Test
    void aNarrowBeamOfOneTokenFindsTheFirstOfAWideOne() {
        try (SequenceScorer scorer = open()) {
            List<Optional<BlankFillings>> wide = fill(blanks(scorer), blanks(), new FillingSettings(20, 1));
            List<Optional<BlankFillings>> narrow = fill(blanks(scorer), blanks(), new FillingSettings(4, 1));
            for (int place = 0; place < wide.size(); place++) {
                assertSame(wide.get(place).orElseThrow().likeliest().subList(0, 4), narrow.get(place).orElseThrow().likeliest());
            }
        }
    }

    @Test
    void noBlankGivesNothing() {
        try (SequenceScorer scorer = open()) {
            assertTrue(fill(blanks(scorer), List.of(), SETTINGS).isEmpty());
        }
    }

    @Test
    void reportsProgressFromNothingToAllBlanks() {
        List<ScoringProgress> calls = new ArrayList<>();
        try (SequenceScorer scorer = open()) {
            BlankFiller filler = blanks(scorer).filler().orElseThrow();
            filler.fill(blanks(), SETTINGS, calls::add);
            assertTrue(calls.stream().allMatch(call -> call.model().equals(filler.model())));
            assertEquals(scorer.model(), filler.model());
        }
        assertEquals(0, calls.get(0).sentencesDone());
        assertEquals(blanks().size(), calls.get(calls.size() - 1).sentencesDone());
        assertTrue(calls.stream().allMatch(call -> call.sentencesTotal() == blanks().size()));
    }

    private static List<Optional<BlankFillings>> fill(BlankScorer blanks, List<Blank> given, FillingSettings settings) {
        return blanks.filler().orElseThrow().fill(given, settings, ScoringListener.NONE);
    }

    private static void assertSame(List<Filling> expected, List<Filling> found) {
        assertEquals(expected.stream().map(Filling::reading).map(Reading::text).toList(),
                found.stream().map(Filling::reading).map(Reading::text).toList());
        for (int place = 0; place < expected.size(); place++) {
            assertEquals(expected.get(place).logLikelihood(), found.get(place).logLikelihood(), NOISE);
        }
    }

    private static List<Blank> blanks() {
        List<String> names = List.of("Smith", "Müller");
        return List.of(new Blank(Sample.of("possessive", "Mrs Smith's chest was clear."), 4, 9, names),
                new Blank(Sample.of("end", "seen by Dr Jones"), 11, 16, names),
                new Blank(Sample.of("bracket", "(Müller) no pain"), 1, 7, names),
                new Blank(Sample.of("start", "Smith slept well 😀"), 0, 5, names),
                new Blank(Sample.of("all", "Smith"), 0, 5, names),
                new Blank(Sample.of("emoji", "😀 Mrs Smith slept"), 7, 12, names),
                new Blank(Sample.of("spaces", "Mrs  Smith  slept"), 5, 10, names),
                new Blank(Sample.of("again", "Mrs Jones's chest was clear."), 4, 9, List.of("Jones")));
    }
}
