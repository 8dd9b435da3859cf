package io.github.miaudit.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** The text nearest to a place gives what is put there the tokens that it has in the whole sentence. */
class BlankContextTest {

    private static Map<Golden, MaskedLmTokenizer> tokenizers;

    @BeforeContainer
    static void open() {
        tokenizers = Stream.of(Golden.ROBERTA, Golden.BERT)
                .collect(Collectors.toMap(golden -> golden, golden -> MaskedLmTokenizer.open(golden.folder())));
    }

    @AfterContainer
    static void close() {
        tokenizers.values().forEach(MaskedLmTokenizer::close);
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> parts = Arbitraries.of(" ", "  ", "a", "No", "pain", "ward", "7", "12", ".", ",", "'s", "'", "-", "(", "[",
                "<mask>",
                "[MASK]", "</s>", "\n", "\t", "\u00a0", "\u3000", "\u0301", "\u00e9", "\u4e2d", "\ud83d\ude42", "\u200d", "\u0000",
                "\ufb01",
                "\u0130", "\u0600", " of May", " x ");
        return parts.list().ofMaxSize(12).map(some -> String.join("", some));
    }

    @Property(tries = 3000)
    void tokensAreThoseOfTheWholeSentence(@ForAll("texts") String before, @ForAll("texts") String after, @ForAll("texts") String one,
            @ForAll("texts") String other) {
        BlankContext whole = new BlankContext(before, after);
        tokenizers.values().forEach(tokenizer -> {
            int[] around = requireSame(whole, "x" + one, tokenizer);
            assertArrayEquals(around, requireSame(whole, other + "y", tokenizer));
        });
    }

    /** Returns what of the whole sentence is not near the place. */
    private static int[] requireSame(BlankContext whole, String candidate, MaskedLmTokenizer tokenizer) {
        PlacedTokens far = whole.with(candidate, "s", tokenizer);
        PlacedTokens near = whole.nearest().with(candidate, "s", tokenizer);
        int[] all = far.tokens().ids();
        int[] content = Arrays.stream(near.tokens().contentPositions()).map(near.tokens()::id).toArray();
        int first = near.tokens().contentPositions()[0] + far.from() - near.from();
        assertArrayEquals(content, Arrays.copyOfRange(all, first, first + content.length));
        assertEquals(near.count(), far.count());
        int[] around = Arrays.copyOf(all, all.length - content.length);
        System.arraycopy(all, first + content.length, around, first, all.length - content.length - first);
        return around;
    }

    @Example
    void theWordsBesideThePlaceAreNearest() {
        assertEquals(new BlankContext(" Dr ", " on"), new BlankContext("She was seen by Dr ", " on the ward").nearest());
        assertEquals(new BlankContext("Dr ", "."), new BlankContext("Dr ", ".").nearest());
        assertEquals(new BlankContext(" Dr. ", "'s (old) ward"), new BlankContext("see Dr. ", "'s (old) ward").nearest());
        assertEquals(new BlankContext("", " is"), new BlankContext("", " is here").nearest());
    }

    @Example
    void whatMayLookFurtherIsReadWhole() {
        assertTrue(tokenizers.values().stream().allMatch(MaskedLmTokenizer::readsWordsApart));
        List.of("deberta-v2", "xlm-roberta").forEach(name -> {
            try (MaskedLmTokenizer tokenizer = MaskedLmTokenizer.open(Golden.family(name).folder())) {
                assertFalse(tokenizer.readsWordsApart(), name);
            }
        });
    }
}
