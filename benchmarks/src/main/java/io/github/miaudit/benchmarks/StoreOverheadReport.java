package io.github.miaudit.benchmarks;

import io.github.miaudit.data.Sample;
import io.github.miaudit.djl.MaskedLmScorer;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ScoreStore;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.likelihood.StoredScorer;
import io.github.miaudit.store.SqliteScoreStore;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a store costs a scoring run: RoBERTa-base shape, float32, rule {@code original}, sentences of a log-normal mix; without
 * and with a new store in turn. Prints Markdown; takes some minutes.
 */
public final class StoreOverheadReport {

    private static final int SENTENCES = 40;
    private static final int ROUNDS = 3;

    public static void main(String[] arguments) throws IOException {
        Workload workload = new Workload(Workload.drawn(SENTENCES, 2), MaskingRule.original());
        List<Sample> sentences = workload.sentences(NetworkShape.ROBERTA_BASE);
        double without = 0;
        double with = 0;
        double inStore = 0;
        try (RandomCheckpoint checkpoint = RandomCheckpoint.create(NetworkShape.ROBERTA_BASE);
                MaskedLmScorer scorer = checkpoint.scorer()) {
            scorer.score(sentences.subList(0, 3), workload.rule()); // warms up
            System.out.printf(
                    "%d sentences, %d rows, %d tokens%n%n| round | without a store, s | with one, s | more | in the store, s"
                            + " |%n|---|---|---|---|---|%n",
                    SENTENCES, workload.rows(), workload.tokens());
            for (int round = 1; round <= ROUNDS; round++) {
                double plain = seconds(() -> scorer.score(sentences, workload.rule()));
                TimedStore timed = new TimedStore();
                double stored = withStore(scorer, sentences, workload.rule(), timed);
                System.out.printf(Locale.ROOT, "| %d | %.2f | %.2f | %.1f %% | %.2f, %.1f %% |%n", round, plain, stored,
                        100 * (stored / plain - 1), timed.seconds, 100 * timed.seconds / plain);
                without += plain;
                with += stored;
                inStore += timed.seconds;
            }
        }
        System.out.printf(Locale.ROOT, "| all | %.2f | %.2f | %.1f %% | %.2f, %.1f %% |%n", without, with, 100 * (with / without - 1),
                inStore, 100 * inStore / without);
    }

    /** Opening the store counts; deleting it does not. */
    private static double withStore(MaskedLmScorer scorer, List<Sample> sentences, MaskingRule rule, TimedStore timed) throws IOException {
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            return seconds(() -> {
                timed.time(() -> timed.store = SqliteScoreStore.open(folder.path().resolve("scores.db")));
                StoredScorer.of(scorer, timed).score(sentences, rule);
                timed.close();
            });
        }
    }

    /** A store that says how long its work took. */
    private static final class TimedStore implements ScoreStore {

        private ScoreStore store;
        private double seconds;

        @Override
        public List<Optional<SequenceScore>> find(ModelIdentity model, MaskingRule rule, List<Sample> samples) {
            return time(() -> store.find(model, rule, samples));
        }

        @Override
        public List<Sample> claim(ModelIdentity model, List<Sample> samples) {
            return time(() -> store.claim(model, samples));
        }

        @Override
        public void add(ModelIdentity model, List<Sample> samples, Map<MaskingRule, List<SequenceScore>> scores) {
            seconds += StoreOverheadReport.seconds(() -> store.add(model, samples, scores));
        }

        @Override
        public void close() {
            seconds += StoreOverheadReport.seconds(store::close);
        }

        private <T> T time(Supplier<T> work) {
            long start = System.nanoTime();
            T result = work.get();
            seconds += (System.nanoTime() - start) / 1e9;
            return result;
        }
    }

    private static double seconds(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }
}
