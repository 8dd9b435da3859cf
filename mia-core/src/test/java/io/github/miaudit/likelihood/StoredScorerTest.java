package io.github.miaudit.likelihood;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.data.Sample;
import io.github.miaudit.io.AuditException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A scorer whose store is slow, full, or asked to stop; the store is a map. */
class StoredScorerTest {

    private static final ModelIdentity MODEL = new ModelIdentity("m", "d", "t", 10, Casing.CASED, "float32", LengthPolicy.REJECT, "e");
    private static final MaskingRule RULE = MaskingRule.maskless();

    private final List<Sample> sentences = IntStream.range(0, 20).mapToObj(number -> Sample.of("s" + number, "text " + number)).toList();
    private final MapStore store = new MapStore();

    @Test
    void theNextAreScoredWhileThoseBeforeThemAreStored() {
        CountDownLatch scoringAgain = new CountDownLatch(2);
        store.beforeAdding = () -> awaited(scoringAgain); // holds a chunk back until the one after it is being scored
        assertEquals(ids(sentences), ids(StoredScorer.of(new Counting() {
            @Override
            void scores(List<Sample> samples) {
                scoringAgain.countDown();
            }
        }, store), sentences));
        assertEquals(sentences.size(), store.scores.size());
        assertTrue(store.claims.isEmpty());
    }

    @Test
    void whatWasScoredIsStoredThoughScoringFails() {
        AuditException failure = assertThrows(AuditException.class, () -> StoredScorer.of(new Counting() {
            @Override
            void scores(List<Sample> samples) {
                if (samples.contains(sentences.get(7))) {
                    throw new AuditException("sentence s7 overflows");
                }
            }
        }, store).score(sentences, RULE));
        assertEquals("sentence s7 overflows", failure.getMessage());
        assertEquals(Set.copyOf(sentences.subList(0, 5)), store.scores.keySet()); // in chunks of 1, 4 and 16
    }

    @Test
    void aStoreThatFailsEndsTheRun() {
        store.beforeAdding = () -> {
            throw new AuditException("the disk is full");
        };
        Counting scorer = new Counting();
        assertEquals("the disk is full",
                assertThrows(AuditException.class, () -> StoredScorer.of(scorer, store).score(sentences, RULE)).getMessage());
        assertEquals(5, scorer.count, "the first and, meanwhile, the next");
    }

    @Test
    void whatIsScoredWhenItIsStoppedIsStored() {
        Cancellation cancellation = new Cancellation();
        Counting scorer = new Counting() {
            @Override
            void scores(List<Sample> samples) {
                if (count == 1) { // those before are stored or will be, and these too
                    cancellation.request(Duration.ZERO);
                }
            }
        };
        assertThrows(ScoringCancelledException.class,
                () -> StoredScorer.of(scorer, store).withCancellation(cancellation).score(sentences, RULE));
        assertEquals(5, scorer.count);
        assertEquals(5, store.scores.size());
        assertTrue(cancellation.request(Duration.ZERO), "nothing is in work");
    }

    @Test
    void whoAsksToStopWaitsNoLongerThanForWhatIsInWork() throws Exception {
        Cancellation cancellation = new Cancellation();
        FutureTask<Boolean> idle = new FutureTask<>(() -> cancellation.request(Duration.ofMinutes(1)));
        Thread asking = new Thread(idle);
        Counting scorer = new Counting() {
            @Override
            void scores(List<Sample> samples) {
                if (count == 1) {
                    asking.start();
                    while (asking.getState() != Thread.State.TIMED_WAITING) { // for what is in work
                        Thread.onSpinWait();
                    }
                }
            }
        };
        StoredScorer stored = StoredScorer.of(scorer, store).withCancellation(cancellation);
        assertTimeoutPreemptively(Duration.ofSeconds(20),
                () -> assertThrows(ScoringCancelledException.class, () -> stored.score(sentences, RULE)));
        assertTrue(idle.get(20, TimeUnit.SECONDS));
        assertEquals(5, store.scores.size());
    }

    private static List<String> ids(SequenceScorer scorer, List<Sample> samples) {
        return scorer.score(samples, RULE).stream().map(SequenceScore::id).toList();
    }

    private static List<String> ids(List<Sample> samples) {
        return samples.stream().map(Sample::id).toList();
    }

    private static void awaited(CountDownLatch event) {
        try {
            assertTrue(event.await(10, TimeUnit.SECONDS), "it does not come");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Scores by one token. */
    private static class Counting implements SequenceScorer {

        int count;

        @Override
        public ModelIdentity model() {
            return MODEL;
        }

        @Override
        public Map<MaskingRule, List<SequenceScore>> score(List<Sample> samples, Set<MaskingRule> rules, ScoringListener listener) {
            scores(samples);
            count += samples.size();
            return Map.of(RULE, samples.stream().map(sample -> new SequenceScore(sample, new int[] {1}, new double[] {-1})).toList());
        }

        void scores(List<Sample> samples) {
            // told before they are
        }

        @Override
        public void close() {
            // holds nothing
        }
    }

    private static final class MapStore implements ScoreStore {

        private final Map<Sample, SequenceScore> scores = new HashMap<>();
        private final Set<Sample> claims = new HashSet<>();
        private Runnable beforeAdding = () -> {
        };

        @Override
        public synchronized List<Optional<SequenceScore>> find(ModelIdentity model, MaskingRule rule, List<Sample> samples) {
            return samples.stream().map(sample -> Optional.ofNullable(scores.get(sample))).toList();
        }

        @Override
        public synchronized List<Sample> claim(ModelIdentity model, List<Sample> samples) {
            return new ArrayList<>(samples.stream().filter(claims::add).toList());
        }

        @Override
        public synchronized void add(ModelIdentity model, List<Sample> samples, Map<MaskingRule, List<SequenceScore>> added) {
            beforeAdding.run();
            for (int sample = 0; sample < samples.size(); sample++) {
                scores.put(samples.get(sample), added.get(RULE).get(sample));
                claims.remove(samples.get(sample));
            }
        }

        @Override
        public void close() {
            // a map
        }
    }
}
