package io.github.miaudit.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.data.Sample;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.likelihood.TokenSequence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** How rows are packed changes neither which rows are scored nor their scores. */
class PackingPropertiesTest {

    @Property(tries = 30)
    void batchingPackingAndOrderLeaveScoresUnchanged(@ForAll("sentences") List<Golden.Sentence> sentences,
            @ForAll @IntRange(min = 1, max = 600) int tokenBudget, @ForAll("rules") MaskingRule rule) {
        try (MaskedLmScorer scorer = MaskedLmScorer.open(Golden.ROBERTA.folder(),
                MaskedLmOptions.withDefaults().withTokenBudget(tokenBudget))) {
            List<SequenceScore> scores = scorer.score(sentences.stream().map(Golden.Sentence::sample).toList(), rule);
            for (int index = 0; index < sentences.size(); index++) {
                assertArrayEquals(sentences.get(index).logLikelihoods(rule), scores.get(index).logLikelihoods(), 1e-4);
            }
        }
    }

    @Property
    void everyRowIsInOneBatchWithinTheBudgetAndBlocksAreRunsOfAShape(
            @ForAll @Size(max = 200) List<@IntRange(min = 1, max = 9) Integer> lengths,
            @ForAll @IntRange(min = 1, max = 20) int tokenBudget) {
        List<RowBatch> batches = new ArrayList<>();
        RowPacker packer = new RowPacker(new TokenBudget(tokenBudget), batches::add);
        List<PlannedRow> rows = lengths.stream().map(PackingPropertiesTest::row).toList();
        rows.forEach(packer::add);
        packer.flush();

        Set<PlannedRow> seen = new HashSet<>();
        for (RowBatch batch : batches) {
            assertTrue(batch.size() == 1 || batch.weight() <= tokenBudget);
            long[] blocks = batch.packed(99).blocks();
            int row = 0;
            Set<Long> shapes = new HashSet<>();
            for (int block = 0; block < blocks.length; block += PackedRows.BLOCK_NUMBERS) {
                long shape = blocks[block + 1] << 42 | blocks[block + 2] << 21 | blocks[block + 3];
                assertTrue(shapes.add(shape), "a shape has one block in a batch");
                for (int ofBlock = 0; ofBlock < blocks[block]; ofBlock++) {
                    assertEquals(shape, batch.rows().get(row).shape());
                    assertTrue(seen.add(batch.rows().get(row++)));
                }
            }
            assertEquals(batch.size(), row);
        }
        assertEquals(Set.copyOf(rows), seen);
    }

    @Property
    void windowsScoreEveryContentTokenOnceInOrder(@ForAll @IntRange(min = 0, max = 300) int content,
            @ForAll @IntRange(min = 3, max = 40) int maximum) {
        boolean[] special = new boolean[content + 2];
        special[0] = true;
        special[content + 1] = true;
        TokenSequence tokens = new TokenSequence("text", IntStream.range(0, content + 2).toArray(), new int[content + 2], special);
        List<Integer> scored = new ArrayList<>();
        List<LengthWindows.Window> windows = LengthWindows.of(tokens, maximum);
        for (LengthWindows.Window window : windows) {
            assertTrue(window.tokens().length() <= maximum);
            assertTrue(windows.size() == 1 || window.tokens().length() == maximum, "as much context as fits");
            assertEquals(0, window.tokens().id(0));
            assertEquals(content + 1, window.tokens().id(window.tokens().length() - 1));
            IntStream.of(window.tokens().contentPositions()).filter(window::scores).map(window.tokens()::id).forEach(scored::add);
        }
        assertEquals(IntStream.rangeClosed(1, content).boxed().toList(), scored);
        assertEquals(content + 2 <= maximum, windows.size() == 1);
    }

    @Provide
    Arbitrary<MaskingRule> rules() {
        return Arbitraries.of(MaskingRule.original(), MaskingRule.withinWordLeftToRight(), MaskingRule.maskless());
    }

    @Provide
    Arbitrary<List<Golden.Sentence>> sentences() {
        List<Golden.Sentence> golden = Golden.ROBERTA.plainSentences().stream().filter(sentence -> sentence.tokenCount() < 50).toList();
        return Arbitraries.of(golden).list().ofMaxSize(12).map(PackingPropertiesTest::withUniqueIds);
    }

    private static List<Golden.Sentence> withUniqueIds(List<Golden.Sentence> sentences) {
        return IntStream.range(0, sentences.size()).mapToObj(index -> {
            Golden.Sentence sentence = sentences.get(index);
            return new Golden.Sentence(Sample.of(Integer.toString(index), sentence.sample().text()), false, false,
                    sentence.tokenCount(), sentence.expected());
        }).toList();
    }

    private static PlannedRow row(int length) {
        TokenSequence tokens = new TokenSequence("", new int[length], new int[length], new boolean[length]);
        int[] targets = IntStream.range(0, 1 + length / 4).toArray();
        return new PlannedRow("s", length % 2 == 0 ? tokens : tokens.padded(length + 2, 0), new int[0], targets, () -> {
        });
    }
}
