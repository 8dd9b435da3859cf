package io.github.miaudit.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.data.Sample;
import io.github.miaudit.likelihood.MaskedRow;
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
        try (MaskedLmScorer scorer = MaskedLmScorer.open(Golden.FOLDER, MaskedLmOptions.withDefaults().withTokenBudget(tokenBudget))) {
            List<SequenceScore> scores = scorer.score(sentences.stream().map(Golden.Sentence::sample).toList(), rule);
            for (int index = 0; index < sentences.size(); index++) {
                assertArrayEquals(sentences.get(index).logLikelihoods(rule), scores.get(index).logLikelihoods(), 1e-4);
            }
        }
    }

    @Property
    void everyRowIsInOneBatchOfItsShapeWithinTheBudget(
            @ForAll @Size(max = 60) List<@IntRange(min = 1, max = 6) Integer> lengths, @ForAll @IntRange(min = 1, max = 20) int tokenBudget) {
        List<RowBatch> batches = new ArrayList<>();
        RowPacker packer = new RowPacker(tokenBudget, batches::add);
        for (int sentence = 0; sentence < lengths.size(); sentence++) {
            packer.add(row(sentence, lengths.get(sentence)));
        }
        packer.flush();

        Set<Integer> seen = new HashSet<>();
        for (RowBatch batch : batches) {
            assertTrue(batch.size() == 1 || batch.size() * batch.length() <= tokenBudget);
            for (RowBatch.Row row : batch.rows()) {
                assertEquals(batch.length(), row.tokens().length());
                assertEquals(batch.targetsPerRow(), row.mask().targets().length);
                assertTrue(seen.add(row.sentence()));
            }
        }
        assertEquals(lengths.size(), seen.size());
    }

    @Provide
    Arbitrary<MaskingRule> rules() {
        return Arbitraries.of(MaskingRule.original(), MaskingRule.withinWordLeftToRight(), MaskingRule.maskless());
    }

    @Provide
    Arbitrary<List<Golden.Sentence>> sentences() {
        List<Golden.Sentence> golden = Golden.plainSentences().stream().filter(sentence -> sentence.tokenCount() < 50).toList();
        return Arbitraries.of(golden).list().ofMaxSize(12).map(PackingPropertiesTest::withUniqueIds);
    }

    private static List<Golden.Sentence> withUniqueIds(List<Golden.Sentence> sentences) {
        return IntStream.range(0, sentences.size()).mapToObj(index -> {
            Golden.Sentence sentence = sentences.get(index);
            return new Golden.Sentence(Sample.of(Integer.toString(index), sentence.sample().text()), false, false,
                    sentence.tokenCount(), sentence.expected());
        }).toList();
    }

    private static RowBatch.Row row(int sentence, int length) {
        TokenSequence tokens = new TokenSequence(new int[length], new int[length], new boolean[length]);
        return new RowBatch.Row(sentence, tokens, new MaskedRow(new int[0], new int[] {0}));
    }
}
