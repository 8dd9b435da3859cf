package io.github.miaudit.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class OverSeedsTest {

    @Test
    void theIntervalIsStudents() { // scipy.stats.t.interval(0.95, 4, mean, scipy.stats.sem(x)) of SciPy 1.17.1
        OverSeeds over = OverSeeds.of(List.of(.61, .58, .66, .70, .64));
        assertEquals(.638, over.mean(), 1e-12);
        assertEquals(.057170503819740454, over.halfWidth().getAsDouble(), 1e-9);
    }

    @Test
    void oneSeedHasNone() {
        assertEquals(new OverSeeds(.7, OptionalDouble.empty()), OverSeeds.of(List.of(.7)));
    }

    @Test
    void theMedianIsTheMiddle() {
        assertEquals(.6, OverSeeds.median(.9, .6, .5));
        assertEquals(.7, OverSeeds.median(.9, .6, .5, .8), 1e-12);
    }
}
