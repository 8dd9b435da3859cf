package io.github.miaudit.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The yardstick: how fast the same libtorch multiplies float32 matrices of a feed-forward layer's shape. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 1, time = 3)
@Measurement(iterations = 3, time = 3)
@State(Scope.Benchmark)
public class GemmBenchmark {

    private static final int ROWS = 2048;
    private static final NetworkShape SHAPE = NetworkShape.ROBERTA_BASE;

    private NDManager manager;
    private NDArray tokens;
    private NDArray weights;

    @Setup
    public void create() {
        manager = NDManager.newBaseManager("PyTorch");
        tokens = manager.randomNormal(0f, 1f, new Shape(ROWS, SHAPE.width()), DataType.FLOAT32);
        weights = manager.randomNormal(0f, 1f, new Shape(SHAPE.width(), SHAPE.feedForwardWidth()), DataType.FLOAT32);
    }

    @TearDown
    public void close() {
        manager.close();
    }

    /** One product, read back in part so that it has been computed. */
    @Benchmark
    public float multiply(Counters counters) {
        try (NDArray product = tokens.matMul(weights); NDArray element = product.get(0, 0)) {
            counters.flop += 2L * ROWS * SHAPE.width() * SHAPE.feedForwardWidth();
            return element.getFloat();
        }
    }
}
