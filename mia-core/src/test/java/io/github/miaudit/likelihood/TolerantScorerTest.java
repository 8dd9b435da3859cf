package io.github.miaudit.likelihood;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.data.Sample;
import io.github.miaudit.io.AuditException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Poison sentences among others. */
class TolerantScorerTest extends SequenceScorerContract {

    private static final MaskingRule RULE = MaskingRule.original();
    private static final List<Sample> SENTENCES = IntStream.range(0, 100).mapToObj(row -> Sample.of("s" + row, "text " + row)).toList();

    @Override
    protected SequenceScorer open() {
        return TolerantScorer.of(new FakeScorer("m", "t", 0), 0.1);
    }

    @Property(tries = 50)
    void thoseThatFailAreMarkedAndTheOthersAreScoredAsEver(@ForAll @Size(max = 10) Set<@IntRange(max = 99) Integer> poison) {
        Poisoned poisoned = new Poisoned(poison);
        List<SequenceScore> scores = TolerantScorer.of(poisoned, 0.1).score(SENTENCES, RULE);
        List<SequenceScore> healthy = new FakeScorer("m", "t", 0).score(SENTENCES, RULE);
        for (int row = 0; row < scores.size(); row++) {
            assertEquals("s" + row, scores.get(row).id());
            if (poison.contains(row)) {
                assertEquals(SequenceScore.Status.FAILED, scores.get(row).status());
                assertEquals("sentence s" + row + " is poison", scores.get(row).failure().orElseThrow());
            } else {
                assertEquals(healthy.get(row).sum(), scores.get(row).sum());
            }
        }
        assertTrue(poisoned.calls <= 1 + 2 * 7 * poison.size(), "halving takes few calls, not " + poisoned.calls);
    }

    @Test
    void moreThanTheShareEndTheCallAndAreNamed() {
        AuditException refused = assertThrows(AuditException.class,
                () -> TolerantScorer.of(new Poisoned(Set.of(3, 50, 70)), 0.02).score(SENTENCES, RULE));
        assertEquals("more than 2 of 100 sentences, which is the share of 0.02 that may fail, could not be scored, among them s3, s50, s70;"
                + " the last one: sentence s70 is poison", refused.getMessage());
    }

    @Test
    void asManyAsANumberMayFailToo() {
        List<SequenceScore> scores = TolerantScorer.upTo(new Poisoned(Set.of(3, 50)), 2).score(SENTENCES, RULE);
        assertEquals(2, scores.stream().filter(score -> score.status() == SequenceScore.Status.FAILED).count());
        assertEquals(
                "more than 2 of 100 sentences, as many as may fail, could not be scored, among them s3, s50, s70; the last one: sentence"
                        + " s70 is poison",
                assertThrows(AuditException.class,
                        () -> TolerantScorer.upTo(new Poisoned(Set.of(3, 50, 70)), 2).score(SENTENCES, RULE)).getMessage());
        assertThrows(IllegalArgumentException.class, () -> TolerantScorer.upTo(open(), -1));
    }

    @Test
    void withoutAShareTheFirstFailureIsTheError() {
        assertEquals("sentence s3 is poison", assertThrows(AuditException.class,
                () -> TolerantScorer.of(new Poisoned(Set.of(3)), 0).score(SENTENCES, RULE)).getMessage());
    }

    @Test
    void aShareIsBelowOne() {
        assertThrows(IllegalArgumentException.class, () -> TolerantScorer.of(open(), 1));
        assertThrows(IllegalArgumentException.class, () -> TolerantScorer.of(open(), Double.NaN));
    }

    /** Throws for the first poison sentence of a call, as scorers do. */
    private static final class Poisoned extends FakeScorer {

        private final Set<Integer> poison;
        private int calls;

        private Poisoned(Set<Integer> poison) {
            super("m", "t", 0);
            this.poison = poison;
        }

        @Override
        public Map<MaskingRule, List<SequenceScore>> score(List<Sample> samples, Set<MaskingRule> rules, ScoringListener listener) {
            calls++;
            samples.stream().filter(sample -> poison.contains(Integer.valueOf(sample.id().substring(1)))).findFirst().ifPresent(sample -> {
                throw new AuditException("sentence " + sample.id() + " is poison");
            });
            return super.score(samples, rules, listener);
        }
    }
}
