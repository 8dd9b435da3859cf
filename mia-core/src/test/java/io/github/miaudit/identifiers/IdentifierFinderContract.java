package io.github.miaudit.identifiers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.data.Sample;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What every {@link IdentifierFinder} must do; a finder's test extends this and says how to make one. */
public abstract class IdentifierFinderContract {

    private static final int LONG_TEXT = 100_000;
    private static final Duration LONGEST = Duration.ofSeconds(20); // for the slowest of machines; a second is usual

    /**
     * Makes the finder.
     *
     * @return the finder
     */
    protected abstract IdentifierFinder finder();

    /**
     * Pieces of which texts are made, some of which are identifiers or parts of them.
     *
     * @return at least one
     */
    protected abstract List<String> pieces();

    /**
     * A sentence.
     *
     * @param text what it says
     * @return the sentence
     */
    protected static Sample sentence(String text) {
        return Sample.of("1", "p1", text);
    }

    @Property
    final void mentionsAreInOrderAndWithinTheText(@ForAll("texts") String text) {
        List<Mention> mentions = finder().find(sentence(text));
        int end = 0;
        for (Mention mention : mentions) {
            assertTrue(mention.start() >= end && mention.end() <= text.length(), mention::toString);
            end = mention.end();
        }
        assertEquals(mentions, finder().find(sentence(text)));
    }

    @Property
    final void anyTextIsSearched(@ForAll("anything") String text) {
        finder().find(sentence(text));
    }

    @Test
    final void nothingStandsInAnEmptyText() {
        assertEquals(List.of(), finder().find(sentence("")));
        assertEquals(List.of(), finder().find(sentence(" \t ")));
    }

    @Test
    final void longTextsTakeLittleTime() {
        List<String> repeated = new ArrayList<>(List.of("a", "1 ", "12-", "a.", "A ", "_", "[**", "<", pieces().get(0)));
        pieces().forEach(piece -> repeated.add(piece + " "));
        for (String piece : repeated) {
            String text = piece.repeat(1 + LONG_TEXT / piece.length());
            assertTimeoutPreemptively(LONGEST, () -> finder().find(sentence(text)), () -> "pieces of " + piece.length());
        }
    }

    @Test
    final void itsNameTellsNoIdentifier() {
        for (String piece : pieces()) {
            assertFalse(piece.length() > 3 && finder().toString().contains(piece));
        }
    }

    @Provide
    final Arbitrary<String> texts() {
        Arbitrary<String> between = Arbitraries.of(" ", "", "-", "'", ", ", ".", "/", "a", "7", "(");
        return Arbitraries.of(pieces()).flatMap(piece -> between.map(after -> piece + after)).list().ofMaxSize(12)
                .map(pieces -> String.join("", pieces));
    }

    @Provide
    final Arbitrary<String> anything() {
        return Arbitraries.strings().ofMaxLength(60).filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text));
    }
}
