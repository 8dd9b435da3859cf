package io.github.miaudit.benchmarks;

import io.github.miaudit.data.Sample;
import io.github.miaudit.djl.AllPositionsModel;
import io.github.miaudit.djl.MaskedLmScorer;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.SequenceScore;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Pseudo-log-likelihood of sentences at RoBERTa-base shape, float32, random weights: this library's way and the two
 * that people use today, on the same engine. Both rivals are flattered: their attention is fused, and padding needs
 * no attention mask.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 1, time = 5)
@Measurement(iterations = 5, time = 5)
@State(Scope.Benchmark)
public class ScoringBenchmark {

    private static final int PADDED_LENGTH = 256;
    private static final int PADDED_ROWS_AT_ONCE = 16; // all at once would need 13 GB for a sentence of 128 tokens
    private static final int ROWS_AT_LEAST = 200;

    /** Tokens of a sentence, special ones included. */
    @Param({"16", "32", "128"})
    public int length;

    private RandomCheckpoint checkpoint;
    private MaskedLmScorer packed;
    private AllPositionsModel allPositions;
    private List<Sample> sentences;
    private long[] tokens;

    /**
     * Writes the checkpoint and opens it.
     *
     * @throws IOException if the temporary folder can't be written
     */
    @Setup
    public void open() throws IOException {
        checkpoint = RandomCheckpoint.create();
        packed = MaskedLmScorer.open(checkpoint.folder());
        allPositions = AllPositionsModel.open(checkpoint.folder());
        Random random = new Random(1);
        sentences = IntStream.rangeClosed(0, ROWS_AT_LEAST / (length - 2))
                .mapToObj(id -> RandomCheckpoint.sentence("s" + id, length, random)).toList();
        tokens = random.longs(length, 5, RandomCheckpoint.VOCABULARY).toArray(); // the special ones cost as much as any
    }

    /**
     * Closes and deletes it.
     *
     * @throws IOException if it can't be deleted
     */
    @TearDown
    public void close() throws IOException {
        packed.close();
        allPositions.close();
        checkpoint.close();
    }

    /**
     * This library: rows of many sentences packed, logits at the target alone.
     *
     * @param counters counts rows, tokens, arithmetic
     * @return the scores
     */
    @Benchmark
    public List<SequenceScore> miaudit(Counters counters) {
        List<SequenceScore> scores = packed.score(sentences, MaskingRule.original());
        count(counters, sentences.size() * (length - 2));
        return scores;
    }

    /**
     * What minicons does: all masked copies of one sentence at a time, logits and log-softmax at every position.
     *
     * @param counters counts rows, tokens, arithmetic that was needed
     * @return the scores
     */
    @Benchmark
    public float[] allPositionsBySentence(Counters counters) {
        float[] scores = allPositions.score(tokens, length, length);
        count(counters, scores.length);
        return scores;
    }

    /**
     * What the predecessor does: that, with the model loaded anew for each sentence and every row padded to 256.
     *
     * @param counters counts rows, tokens, arithmetic that was needed
     * @return the scores
     */
    @Benchmark
    public float[] reloadedAndPadded(Counters counters) {
        try (AllPositionsModel reloaded = AllPositionsModel.open(checkpoint.folder())) {
            float[] scores = reloaded.score(tokens, PADDED_LENGTH, PADDED_ROWS_AT_ONCE);
            count(counters, scores.length);
            return scores;
        }
    }

    private void count(Counters counters, int rows) {
        counters.rows += rows;
        counters.tokens += (long) rows * length;
        counters.flop += (long) (rows * Arithmetic.ofRow(length, 1));
    }
}
