package io.github.miaudit.benchmarks;

import io.github.miaudit.data.Sample;
import io.github.miaudit.djl.MaskedLmOptions;
import io.github.miaudit.djl.MaskedLmScorer;
import io.github.miaudit.djl.Precision;
import io.github.miaudit.djl.ScoringDevice;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.SequenceScore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
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
 * Token log-likelihoods of sentences with random weights: this library's way and the two that people use today, on the same
 * engine, on the CPU. Both rivals are flattered: their attention is fused, padding needs no attention mask, and where all
 * copies of a long sentence would not fit into memory they are taken 16 at a time. They score by rule {@code original} in
 * float32, whatever the parameters say, and know the family {@code roberta} alone.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 1, time = 5)
@Measurement(iterations = 3, time = 5)
@State(Scope.Benchmark)
public class ScoringBenchmark {

    private static final int PADDED_LENGTH = 256;
    private static final int ROWS_AT_ONCE = 16;
    private static final int LONG = 128; // 128 copies of 128 tokens, with logits and their softmax, take 6.6 GB

    @Param("roberta-base")
    public String shape;

    @Param("roberta")
    public String family;

    /** As {@link Workload#of} takes it. */
    @Param({"16", "32", "128", "log-normal"})
    public String mix;

    @Param("original")
    public String rule;

    @Param("float32")
    public String precision;

    @Param("2048")
    public int budget;

    private NetworkShape network;
    private RandomCheckpoint checkpoint;
    private MaskedLmScorer packed;
    private Path export;
    private AllPositionsModel allPositions;
    private Workload workload;
    private Workload rivals;
    private List<Sample> sentences;
    private final Random random = new Random(1);
    private int next;

    @Setup
    public void open() throws IOException {
        network = NetworkShape.named(shape).withKind(NetworkKind.named(family));
        checkpoint = RandomCheckpoint.create(network);
        packed = MaskedLmScorer.open(checkpoint.folder(), MaskedLmOptions.withDefaults().withDevice(ScoringDevice.of("cpu"))
                .withPrecision(Precision.valueOf(precision.toUpperCase(Locale.ROOT))).withTokenBudget(budget));
        if (network.kind() == NetworkKind.ROBERTA) {
            export = checkpoint.folder().resolve("export");
            AllPositionsModel.export(checkpoint.folder(), RandomCheckpoint.sentence(network, "s", 3, random), export);
            allPositions = AllPositionsModel.open(export);
        }
        workload = Workload.of(mix, MaskingRule.named(rule).orElseThrow());
        rivals = Workload.of(mix, MaskingRule.original());
        sentences = workload.sentences(network);
    }

    @TearDown
    public void close() throws IOException {
        packed.close();
        if (allPositions != null) {
            allPositions.close();
        }
        checkpoint.close();
    }

    /** This library: rows of many sentences packed, logits at the target alone. */
    @Benchmark
    public List<SequenceScore> miaudit(Counters counters) {
        List<SequenceScore> scores = packed.score(sentences, workload.rule());
        count(counters, workload);
        return scores;
    }

    /** What minicons does: all masked copies of one sentence at a time, logits and log-softmax at every position. */
    @Benchmark
    public float[] allPositionsBySentence(Counters counters) {
        float[] scores = new float[0];
        for (int length : rivals.lengths()) {
            scores = allPositions.score(tokens(length), length, length > LONG ? ROWS_AT_ONCE : length);
        }
        count(counters, rivals);
        return scores;
    }

    /** What the predecessor does: that, the model loaded anew for each sentence and every row padded to 256. One sentence a call. */
    @Benchmark
    public float[] reloadedAndPadded(Counters counters) throws IOException {
        int length = rivals.lengths()[next++ % rivals.lengths().length];
        try (AllPositionsModel reloaded = AllPositionsModel.open(export)) {
            float[] scores = reloaded.score(tokens(length), PADDED_LENGTH, ROWS_AT_ONCE);
            count(counters, new Workload(new int[] {length}, rivals.rule()));
            return scores;
        }
    }

    /** The special ones cost as much as any. */
    private long[] tokens(int length) {
        return random.longs(length, 5, network.vocabulary()).toArray();
    }

    private void count(Counters counters, Workload done) {
        counters.rows += done.rows();
        counters.tokens += done.tokens();
        counters.flop += (long) done.operations(network);
    }
}
