package io.github.miaudit.likelihood;

import io.github.miaudit.data.Sample;
import io.github.miaudit.io.AuditException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A scorer that asks a store first: what is known is read, what is not is scored and stored, some sentences at a time, so that
 * an interrupted run goes on where it was. Sentences of the same text are scored once. Closing it closes the scorer, not the
 * store.
 *
 * <p>Progress counts texts that the store lacked, each once.
 */
public final class StoredScorer extends ForwardingScorer {

    /** What is scored between two commits takes about this long: at most twice as much is lost in a crash, and so long it takes to stop. */
    private static final Duration BETWEEN_COMMITS = Duration.ofSeconds(3);
    private static final int FIRST_BATCH = 1;
    private static final double GROWTH = 4;
    private static final int LARGEST_BATCH = 65_536;
    private static final Duration PATIENCE = Duration.ofMillis(200);

    private final ScoreStore store;
    private final boolean momentsRequired;
    private final Cancellation cancellation;

    private StoredScorer(SequenceScorer scorer, ScoreStore store, boolean momentsRequired, Cancellation cancellation) {
        super(scorer);
        this.store = store;
        this.momentsRequired = momentsRequired;
        this.cancellation = cancellation;
    }

    /**
     * A scorer with a store.
     *
     * @param scorer scores what the store lacks
     * @param store  may be shared with other scorers
     */
    public static StoredScorer of(SequenceScorer scorer, ScoreStore store) {
        return new StoredScorer(scorer, store, false, new Cancellation());
    }

    /** The scorer to which a stored score without {@link SequenceScore#moments()} is none. */
    public StoredScorer withMomentsRequired() {
        return new StoredScorer(scorer, store, true, cancellation);
    }

    /**
     * The scorer that can be stopped between two commits, which are a few seconds apart. Scoring then ends with a
     * {@link ScoringCancelledException}.
     *
     * @param other may be shared with other scorers
     */
    public StoredScorer withCancellation(Cancellation other) {
        return new StoredScorer(scorer, store, momentsRequired, other);
    }

    @Override
    public Map<MaskingRule, List<SequenceScore>> score(List<Sample> samples, Set<MaskingRule> rules, ScoringListener listener) {
        Map<String, Sample> byText = new LinkedHashMap<>();
        samples.forEach(sample -> byText.putIfAbsent(sample.text(), sample));
        Scores scores = new Scores(rules);
        List<Sample> unknown = scores.findIn(List.copyOf(byText.values()));
        scoreUnknown(unknown, scores, new ProgressCounter(listener, model(), unknown.size()));
        Map<MaskingRule, List<SequenceScore>> result = new LinkedHashMap<>();
        rules.forEach(rule -> result.put(rule, samples.stream().map(sample -> scores.of(rule, sample)).toList()));
        return result;
    }

    /** While some are scored, those before them are stored and those after them claimed. */
    private void scoreUnknown(List<Sample> unknown, Scores scores, ProgressCounter progress) {
        if (unknown.isEmpty()) {
            return;
        }
        try (StoreThread storing = new StoreThread(store, model(), scores.byRule.keySet())) {
            List<Sample> waiting = unknown;
            int size = FIRST_BATCH;
            double fit = LARGEST_BATCH; // of a speed that is not known yet
            storing.begin(waiting, size);
            while (!waiting.isEmpty()) {
                StoreThread.Claimed claimed = storing.result();
                List<Sample> toScore = scores.learn(claimed);
                int before = waiting.size();
                Set<Sample> inWork = Set.copyOf(toScore);
                waiting = waiting.stream().filter(sample -> !inWork.contains(sample) && !scores.has(sample)).toList();
                if (!toScore.isEmpty()) {
                    Cancellation.Work work = cancellation.begin();
                    size = (int) Math.max(1, Math.min(GROWTH * size, fit));
                    storing.begin(waiting, size);
                    long start = System.nanoTime();
                    storing.take(new StoreThread.Scored(toScore, scores.compute(toScore, work), work));
                    fit = Math.min(LARGEST_BATCH, toScore.size() * (BETWEEN_COMMITS.toNanos() / (double) (System.nanoTime() - start)));
                } else {
                    storing.begin(List.of(), 0); // somebody may wait for what is not stored yet, as this scorer does for others
                    storing.result();
                    if (claimed.sentences().isEmpty() && !waiting.isEmpty()) {
                        pause();
                        cancellation.throwIfRequested();
                        waiting = scores.findIn(waiting);
                    }
                    storing.begin(waiting, size);
                }
                progress.add(before - waiting.size());
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AuditException("interrupted while another process scores the last sentences; run again to go on", e);
        }
    }

    /** Scores by rule and text. */
    private final class Scores {

        private final Map<MaskingRule, Map<String, SequenceScore>> byRule = new LinkedHashMap<>();

        private Scores(Set<MaskingRule> rules) {
            rules.forEach(rule -> byRule.put(rule, new HashMap<>()));
        }

        /** Looks up and returns what the store lacks by some rule. */
        private List<Sample> findIn(List<Sample> samples) {
            byRule.forEach((rule, known) -> {
                List<Sample> open = samples.stream().filter(sample -> !known.containsKey(sample.text())).toList();
                List<Optional<SequenceScore>> found = store.find(model(), rule, open);
                for (int sample = 0; sample < open.size(); sample++) {
                    String text = open.get(sample).text();
                    found.get(sample).filter(this::suffices).ifPresent(score -> known.put(text, score));
                }
            });
            return samples.stream().filter(sample -> !has(sample)).toList();
        }

        /** Takes over what was found of claimed sentences and returns what is lacking by some rule. */
        private List<Sample> learn(StoreThread.Claimed claimed) {
            claimed.found().forEach((rule, found) -> {
                for (int sample = 0; sample < found.size(); sample++) {
                    String text = claimed.sentences().get(sample).text();
                    found.get(sample).filter(this::suffices)
                            .ifPresent(score -> Objects.requireNonNull(byRule.get(rule)).putIfAbsent(text, score));
                }
            });
            return claimed.sentences().stream().filter(sample -> !has(sample)).toList();
        }

        private boolean suffices(SequenceScore score) {
            return !momentsRequired || !score.status().isScored() || score.moments().isPresent();
        }

        private boolean has(Sample sample) {
            return byRule.values().stream().allMatch(known -> known.containsKey(sample.text()));
        }

        /** Scores; the work ends here only if that fails. */
        private Map<MaskingRule, List<SequenceScore>> compute(List<Sample> samples, Cancellation.Work work) {
            Map<MaskingRule, List<SequenceScore>> computed;
            try {
                computed = scorer.score(samples, byRule.keySet(), ScoringListener.NONE);
            } catch (RuntimeException | Error e) {
                work.close();
                throw e;
            }
            byRule.forEach((rule, known) -> {
                for (int sample = 0; sample < samples.size(); sample++) {
                    known.put(samples.get(sample).text(), Objects.requireNonNull(computed.get(rule)).get(sample));
                }
            });
            return computed;
        }

        private SequenceScore of(MaskingRule rule, Sample sample) {
            return Objects.requireNonNull(Objects.requireNonNull(byRule.get(rule)).get(sample.text())).withId(sample.id());
        }
    }
}
