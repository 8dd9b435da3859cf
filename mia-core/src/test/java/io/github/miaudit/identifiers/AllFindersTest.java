package io.github.miaudit.identifiers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.miaudit.data.Sample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class AllFindersTest extends IdentifierFinderContract {

    private static final int LENGTH = 20;

    @Override
    protected IdentifierFinder finder() {
        return IdentifierFinder.allOf(List.of(ListedIdentifiers.of("surname", List.of("Grant", "May")), IdentifierFormat.DATES_DAY_FIRST,
                DeidentificationMark.all(), PatternIdentifiers.of("code", "[A-Z]+")));
    }

    @Override
    protected List<String> pieces() {
        return List.of("Grant", "3 May 2031", "May", "[**Name**]", "GRANT");
    }

    @Test
    void theLongestWinsThenTheEarlierFinder() {
        assertEquals(List.of("date:3 May 2031", "surname:May", "surname:Grant"), Found.typed("3 May 2031: May and Grant", finder()));
    }

    @Test
    void whatIsBeyondTheTextIsAnError() {
        IdentifierFinder beyond = IdentifierFinder.allOf(List.of(sample -> List.of(Mention.of(0, 9, "surname"))));
        assertEquals("a finder found something from 0 to 9 in sentence 1, which has 5 characters",
                assertThrows(IllegalArgumentException.class, () -> beyond.find(Sample.of("1", "Smith"))).getMessage());
    }

    /** Again and again the best of those that overlap none that was taken. */
    @Property
    void theBestOfThoseThatAreLeftIsTaken(@ForAll("mentions") List<List<Mention>> ofFinders) {
        List<Mention> left = new ArrayList<>();
        ofFinders.forEach(left::addAll);
        List<Mention> expected = new ArrayList<>();
        while (!left.isEmpty()) {
            int most = left.stream().mapToInt(Mention::length).max().orElseThrow();
            Mention best = left.stream().filter(mention -> mention.length() == most).findFirst().orElseThrow();
            expected.add(best);
            left.removeIf(other -> best.start() < other.end() && other.start() < best.end());
        }
        expected.sort(Comparator.comparingInt(Mention::start));
        List<IdentifierFinder> finders = new ArrayList<>();
        ofFinders.forEach(mentions -> finders.add(sample -> mentions));
        assertEquals(expected, IdentifierFinder.allOf(finders).find(Sample.of("1", "x".repeat(LENGTH))));
    }

    @Provide
    Arbitrary<List<List<Mention>>> mentions() {
        return Combinators
                .combine(Arbitraries.integers().between(0, LENGTH - 1), Arbitraries.integers().between(1, 6), Arbitraries.of("a", "b"))
                .as((start, length, type) -> Mention.of(start, Math.min(LENGTH, start + length), type)).list().ofMaxSize(6).list()
                .ofMaxSize(3);
    }
}
