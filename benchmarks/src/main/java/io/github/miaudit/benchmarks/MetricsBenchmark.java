package io.github.miaudit.benchmarks;

import io.github.miaudit.metrics.ClusterBootstrap;
import io.github.miaudit.metrics.DeLong;
import io.github.miaudit.metrics.GroupedScores;
import io.github.miaudit.metrics.Interval;
import io.github.miaudit.metrics.RocCurve;
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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Figures of many scores; {@code src/main/python/roc.py} is scikit-learn's turn at the first. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx6g")
@Warmup(iterations = 2)
@Measurement(iterations = 5)
@State(Scope.Benchmark)
public class MetricsBenchmark {

    private double[] members;
    private double[] nonMembers;
    private GroupedScores groupedMembers;
    private GroupedScores groupedNonMembers;

    /** Draws 10 million scores, and 100 000 in 1000 groups. */
    @Setup
    public void draw() {
        Random random = new Random(1);
        members = random.doubles(5_000_000).map(value -> value + 0.1).toArray();
        nonMembers = random.doubles(5_000_000).toArray();
        List<Integer> groups = IntStream.range(0, 50_000).map(index -> index / 100).boxed().toList();
        groupedMembers = GroupedScores.of(random.doubles(50_000).map(value -> value + 0.1).toArray(), groups);
        groupedNonMembers = GroupedScores.of(random.doubles(50_000).toArray(), groups);
    }

    @Benchmark
    public double rocAndAuc() {
        return RocCurve.of(members, nonMembers).areaUnderCurve();
    }

    @Benchmark
    public Interval deLong() {
        return DeLong.of(members, nonMembers).interval(0.95);
    }

    /** The interval of the TPR at any FPR by 2000 replicates of 100 000 scores in 1000 groups. */
    @Benchmark
    public Interval clusterBootstrap() {
        return ClusterBootstrap.of(groupedMembers, groupedNonMembers).truePositiveRates(List.of(0.9), 0.95).get(0);
    }
}
