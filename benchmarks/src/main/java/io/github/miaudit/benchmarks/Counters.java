package io.github.miaudit.benchmarks;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What JMH reports per second beside calls. */
@AuxCounters(AuxCounters.Type.OPERATIONS)
@State(Scope.Thread)
public class Counters {

    /** Masked rows scored. */
    public long rows;

    /** Real tokens in those rows, padding not counted. */
    public long tokens;

    /** Floating-point operations that {@code NetworkShape} counts. */
    public long flop;
}
