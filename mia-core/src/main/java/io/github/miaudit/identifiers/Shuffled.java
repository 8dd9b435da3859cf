package io.github.miaudit.identifiers;

import io.github.miaudit.metrics.CounterRandom;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;

/** The numbers from 0 to a bound, exclusive, in random order, each made when it is asked for: a million cost nothing. */
final class Shuffled implements Iterator<Integer> {

    private final int bound;
    private final CounterRandom random;
    /** What stands at places that are not their own, as in the shuffle of Fisher and Yates. */
    private final Map<Integer, Integer> moved = new HashMap<>();
    private int next;

    Shuffled(int bound, CounterRandom random) {
        this.bound = bound;
        this.random = random;
    }

    @Override
    public boolean hasNext() {
        return next < bound;
    }

    @Override
    public Integer next() {
        if (!hasNext()) {
            throw new NoSuchElementException("all " + bound + " were drawn");
        }
        int other = next + random.nextInt(bound - next);
        Integer own = moved.remove(next);
        int here = own == null ? next : own;
        next++;
        if (other == next - 1) {
            return here;
        }
        Integer drawn = moved.put(other, here);
        return drawn == null ? other : drawn;
    }
}
