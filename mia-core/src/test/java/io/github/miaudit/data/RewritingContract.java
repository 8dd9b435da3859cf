package io.github.miaudit.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link Rewriting} must do; a rewriting's test extends this and says how to make one. */
public abstract class RewritingContract {

    private static final List<Sample> SAMPLES = List.of(Sample.of("1", "patient", "The patient was SEEN."), Sample.of("2", "übel"),
            Sample.of("3", ""));

    /**
     * Makes the rewriting.
     *
     * @return the same at every call
     */
    protected abstract Rewriting rewriting();

    @Test
    void keepsIdAndGroup() {
        for (Sample sample : SAMPLES) {
            for (Sample rewritten : rewriting().rewrite(sample)) {
                assertEquals(sample.id(), rewritten.id());
                assertEquals(sample.group(), rewritten.group());
            }
        }
    }

    @Test
    void isPure() {
        SAMPLES.forEach(sample -> assertEquals(rewriting().rewrite(sample), rewriting().rewrite(sample)));
    }

    @Test
    void manyAreRewrittenAsEachOfThem() {
        assertEquals(SAMPLES.stream().map(sample -> rewriting().rewrite(sample)).toList(), rewriting().rewriteAll(SAMPLES));
        assertEquals(List.of(), rewriting().rewriteAll(List.of()));
    }

    @Test
    void hasALabelWithoutText() {
        assertFalse(rewriting().label().isBlank());
    }
}
