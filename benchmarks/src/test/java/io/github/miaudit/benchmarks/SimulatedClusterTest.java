package io.github.miaudit.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.miaudit.benchmarks.SimulatedCluster.Executors;
import io.github.miaudit.benchmarks.SimulatedCluster.Outcome;
import io.github.miaudit.benchmarks.SimulatedCluster.Speculation;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

/** Against what one can count on fingers. */
class SimulatedClusterTest {

    private static final double NEVER = Double.POSITIVE_INFINITY;

    private static Executors executors(int count, double opening, DoubleSupplier slowness, DoubleSupplier life) {
        return new Executors(count, opening, 2, slowness, life);
    }

    /** One number after the other, then the last for ever. */
    private static DoubleSupplier inTurn(double... numbers) {
        int[] next = {0};
        return () -> numbers[Math.min(next[0]++, numbers.length - 1)];
    }

    @Test
    void oneExecutorTakesTheSum() {
        assertEquals(new Outcome(5 + 1 + 2 + 3, 11, 0, 0),
                SimulatedCluster.run(executors(1, 5, () -> 1, () -> NEVER), Speculation.NONE, 1, 2, 3));
        assertEquals(new Outcome(22, 22, 0, 0), SimulatedCluster.run(executors(1, 5, () -> 2, () -> NEVER), Speculation.NONE, 1, 2, 3));
    }

    /** 5 + 4 and 5 + 1, 1, 1: the second takes the third and the fourth bucket too. */
    @Test
    void whoIsFreeTakesTheNextBucket() {
        assertEquals(new Outcome(9, 9 + 8, 0, 0),
                SimulatedCluster.run(executors(2, 5, () -> 1, () -> NEVER), Speculation.NONE, 4, 1, 1, 1));
    }

    /** Ends at 5 in the bucket of 10; another is there at 7, opens the model again and needs 1 + 10. */
    @Test
    void aBucketIsLostWithItsExecutor() {
        assertEquals(new Outcome(7 + 1 + 10, 11, 5, 1),
                SimulatedCluster.run(executors(1, 1, () -> 1, inTurn(5, NEVER)), Speculation.NONE, 10));
    }

    /** Nine take 1, the tenth 10; at 3 it is begun again, and finished at 4. */
    @Test
    void aBucketThatTakesLongIsBegunAgain() {
        double[] work = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
        assertEquals(new Outcome(4, 9 + 1, 4, 0),
                SimulatedCluster.run(executors(10, 0, inTurn(10, 1), () -> NEVER), Speculation.DEFAULTS, work));
        assertEquals(new Outcome(10, 9 + 10, 0, 0),
                SimulatedCluster.run(executors(10, 0, inTurn(10, 1), () -> NEVER), Speculation.NONE, work));
    }

    /** With eight of ten finished nothing is begun again: two take 10. */
    @Test
    void notBeforeEnoughAreFinished() {
        double[] work = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
        assertEquals(10, SimulatedCluster.run(executors(10, 0, inTurn(10, 10, 1), () -> NEVER), Speculation.DEFAULTS, work).wall());
    }

    /** The copy's executor ends at 3.5, the first one's bucket goes on to 10. */
    @Test
    void ofABucketThatIsInWorkTwiceOneMayBeLost() {
        double[] work = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
        Outcome outcome = SimulatedCluster.run(executors(10, 0, inTurn(10, 1), inTurn(NEVER, 3.5, NEVER)), Speculation.DEFAULTS, work);
        assertEquals(new Outcome(4.5, 10, 0.5 + 4.5, 1), outcome, "another begins it anew at 3.5");
    }
}
