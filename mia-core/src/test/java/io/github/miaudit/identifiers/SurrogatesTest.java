package io.github.miaudit.identifiers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.data.Sample;
import io.github.miaudit.metrics.CounterRandom;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.inference.ChiSquareTest;
import org.junit.jupiter.api.Test;

class SurrogatesTest {

    private static final ListedIdentifiers NAMES = ListedIdentifiers.of("surname",
            IntStream.range(0, 100).mapToObj(number -> "N" + "abcdefghij".charAt(number / 10) + "klmnopqrst".charAt(number % 10)).toList());
    private static final Surrogates FIVE = Surrogates.withDefaults().withCount(5);
    private static final int DRAWS = 1500;

    /** Whatever orders candidates, the true one is in each place equally often. Not sampled again: the seeds are fixed. */
    @Test
    void theTrueOneHasNoPlaceOfItsOwn() {
        hasNoPlace(NAMES, FIVE, random -> NAMES.proposals(List.of("Nak"), random.nextInt(1 << 30)).get(0).next(),
                Comparator.naturalOrder());
        ListedIdentifiers lengths = ListedIdentifiers.of("surname",
                IntStream.range(1, 60).mapToObj(length -> "n".repeat(length)).toList());
        hasNoPlace(lengths, FIVE, random -> "n".repeat(1 + random.nextInt(59)), Comparator.comparing(String::length));
        hasNoPlace(lengths, FIVE.matchedInLength(), random -> "n".repeat(28 + random.nextInt(9)), Comparator.comparing(String::length));
        DateTimeFormatter named = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);
        hasNoPlace(IdentifierFormat.DATES_DAY_FIRST, FIVE,
                random -> named.format(LocalDate.of(2000, 1, 1).plusWeeks(random.nextInt(40_000) - 20_000)),
                Comparator.comparing(date -> LocalDate.parse(date, named)));
        hasNoPlace(IdentifierFormat.TIMES, FIVE, random -> String.format("%d:%02d", 10 + random.nextInt(14), random.nextInt(60)),
                Comparator.naturalOrder());
        hasNoPlace(IdentifierFormat.AGES, FIVE, random -> Integer.toString(60 + random.nextInt(30)), Comparator.naturalOrder());
        hasNoPlace(IdentifierFormat.PHONE_NUMBERS, FIVE, random -> String.format("07700 9%05d", random.nextInt(100_000)),
                Comparator.comparing(number -> number.substring(7)));
        hasNoPlace(IdentifierFormat.NHS_NUMBERS, FIVE,
                random -> IdentifierFormat.NHS_NUMBERS.proposals(List.of("9434765919"), random.nextInt(1 << 30)).get(0).next(),
                Comparator.naturalOrder());
        hasNoPlace(IdentifierFormat.RECORD_NUMBERS, FIVE, random -> String.format("%05d", 1000 + random.nextInt(9000)),
                Comparator.naturalOrder());
        hasNoPlace(IdentifierFormat.UK_POSTCODES, FIVE,
                random -> IdentifierFormat.UK_POSTCODES.proposals(List.of("LS2 9JT"), random.nextInt(1 << 30)).get(0).next(),
                Comparator.naturalOrder());
    }

    private static void hasNoPlace(SurrogateSource source, Surrogates surrogates, Function<CounterRandom, String> trueOne,
            Comparator<String> order) {
        CounterRandom random = new CounterRandom(7);
        long[] places = new long[surrogates.count() + 1];
        for (int draw = 0; draw < DRAWS; draw++) {
            String identifier = trueOne.apply(random);
            List<String> others = draw(surrogates, source, "patient " + draw, identifier).get(0);
            if (others.size() == surrogates.count()) { // fewer in small classes
                places[(int) others.stream().filter(other -> order.compare(other, identifier) < 0).count()]++;
            }
        }
        double[] expected = new double[places.length];
        Arrays.fill(expected, 1);
        assertTrue(Arrays.stream(places).sum() > DRAWS / 4, source::type);
        double p = new ChiSquareTest().chiSquareTest(expected, places);
        assertTrue(p > 0.001, () -> source.type() + ": p = " + p + " of " + Arrays.toString(places));
    }

    private static List<List<String>> draw(Surrogates surrogates, SurrogateSource source, String patient, String... identifiers) {
        List<Identity> identities = new ArrayList<>();
        for (String identifier : identifiers) {
            Identity identity = new Identity(identifier, identities.size());
            identity.add(identifier);
            identities.add(identity);
        }
        return surrogates.draw(identities, source, patient, Stream.of(identifiers).map(IdentifierKey::of).toList());
    }

    /** Pairs of one draw without replacement: also beside the second true one the first has no place of its own. */
    @Test
    void allOfAPatientAreDifferent() {
        Set<String> all = new HashSet<>(List.of("Nak", "Nbl", "Ncm"));
        for (List<String> others : draw(Surrogates.withDefaults(), NAMES, "p", "Nak", "nbl", "NCM")) {
            assertEquals(15, others.size());
            others.forEach(other -> assertTrue(all.add(other), other));
        }
    }

    @Test
    void dependOnSeedPatientAndIdentifierAlone() {
        List<String> others = draw(FIVE, NAMES, "p", "Nak").get(0);
        assertEquals(others, draw(FIVE, NAMES, "p", "NAK").get(0));
        assertEquals(others.subList(0, 4), draw(FIVE.withCount(4), NAMES, "p", "Nak").get(0));
        assertNotEquals(others, draw(FIVE, NAMES, "q", "Nak").get(0));
        assertNotEquals(others, draw(FIVE.withSeed(2), NAMES, "p", "Nak").get(0));
        assertNotEquals(others, draw(FIVE, NAMES, "p", "Nal").get(0));
    }

    @Test
    void aShortListIsSharedOut() {
        ListedIdentifiers seven = ListedIdentifiers.of("surname", List.of("Aa", "Bb", "Cc", "Dd", "Ee", "Ff", "Gg"));
        assertEquals(List.of(5), sizes(draw(FIVE, seven, "p", "Aa")));
        assertEquals(List.of(3, 2), sizes(draw(FIVE, seven, "p", "Aa", "Bb")));
        assertEquals(List.of(2, 1, 1), sizes(draw(FIVE, seven, "p", "Aa", "Bb", "Cc")));
        assertEquals(List.of(0, 5), sizes(draw(FIVE, seven, "p", "Zz", "Bb")));
    }

    private static List<Integer> sizes(List<List<String>> drawn) {
        return drawn.stream().map(List::size).toList();
    }

    @Test
    void matchedOnesHaveTheLengthAndTheTokens() {
        ListedIdentifiers list = ListedIdentifiers.of("surname",
                IntStream.range(0, 400)
                        .mapToObj(number -> "N" + "x".repeat(number % 9) + "aeio".repeat(number % 4) + (char) ('a' + number % 26))
                        .toList());
        for (String other : draw(Surrogates.withDefaults().matchedInLength(), list, "p", "Nxxxa").get(0)) {
            assertTrue(other.length() == 5 || other.length() == 6, other);
        }
        // as many tokens as vowels in capitals, as a tokenizer may tell cases apart
        Surrogates matched = Surrogates.withDefaults().matchedInTokens(text -> text.replaceAll("[^AEIOU]", "").length());
        Identity twice = new Identity("Nxa", 0);
        twice.add("Nxa");
        twice.add("NXA");
        for (String other : matched.draw(List.of(twice), list, "p", List.of("nxa")).get(0)) {
            assertEquals(1, other.replaceAll("[^aeiou]", "").length());
        }
    }

    @Test
    void classesOfLengthsAreFixed() {
        assertEquals(List.of(0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 4, 5, 5, 5, 5, 6),
                IntStream.rangeClosed(1, 16).mapToObj(length -> Surrogates.lengthClass("x".repeat(length))).toList());
        assertTrue(Surrogates.lengthClass("x".repeat(200)) < 20);
    }

    /** A source whose proposals are all alike, without end. */
    @Test
    void aSearchForWhatIsNotThereEnds() {
        SurrogateSource same = new SurrogateSource() {
            @Override
            public String type() {
                return "surname";
            }

            @Override
            public List<Iterator<String>> proposals(List<String> identifiers, long seed) {
                return List.of(Stream.generate(() -> "Hargreaves").iterator());
            }
        };
        assertEquals(List.of(List.of("Hargreaves")), draw(FIVE, same, "p", "Grant"));
        String message = assertThrows(IllegalArgumentException.class, () -> draw(FIVE, same, "p", "Grant", "Smith")).getMessage();
        assertEquals("the source of surrogates for surname proposed for 1 identifiers, and was asked for 2", message);
    }

    @Test
    void numbersHaveBounds() {
        assertEquals("surrogates are 2; expected 3 to 10000",
                assertThrows(IllegalArgumentException.class, () -> Surrogates.withDefaults().withCount(2)).getMessage());
        assertEquals("at least 16 surrogates; expected 1 to 15",
                assertThrows(IllegalArgumentException.class, () -> Surrogates.withDefaults().withAtLeast(16)).getMessage());
        assertFalse(Sample.of("1", "p", "Grant").toString().contains("Grant"));
    }
}
