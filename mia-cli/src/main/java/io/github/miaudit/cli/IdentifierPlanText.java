package io.github.miaudit.cli;

import io.github.miaudit.data.Sample;
import io.github.miaudit.djl.MaskedLmScorer;
import io.github.miaudit.exposure.IdentifierWork;
import io.github.miaudit.likelihood.Blank;
import io.github.miaudit.likelihood.BlankReading;
import io.github.miaudit.likelihood.ScoringListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** What {@code --dry-run} prints of an audit of identifiers. */
final class IdentifierPlanText {

    private static final int TIMED = 24;

    private final MaskedLmScorer scorer;
    private final BlankReading reading;
    private long rows;
    private long tokens;

    private IdentifierPlanText(MaskedLmScorer scorer, BlankReading reading) {
        this.scorer = scorer;
        this.reading = reading;
    }

    /** A line a model; candidates are tokenised, and only some mentions, spread over all, are passed through it and timed. */
    static void print(IdentifierWork work, BlankReading reading, List<MaskedLmScorer> scorers) {
        for (MaskedLmScorer scorer : scorers) {
            IdentifierPlanText plan = new IdentifierPlanText(scorer, reading);
            work.forEach(plan::add);
            System.out.println(String.format(Locale.ROOT, "%s: %,d mentions, %,d candidates, about %,d rows, %,d tokens, %s",
                    scorer.model().name(), work.mentions(), work.candidates(), plan.rows, plan.tokens, PlanText.text(plan.estimate(work))));
        }
        work.counts().types().forEach(type -> System.out.println(
                String.format(Locale.ROOT, "  %s: %,d of %,d mentions in the members have surrogates", type.type(), type.audited(),
                        type.mentions())));
    }

    /** By what some mentions take, once the first has warmed the model up. */
    private Duration estimate(IdentifierWork work) {
        List<Blank> timed = new ArrayList<>();
        long every = Math.max(1, work.mentions() / TIMED);
        AtomicLong place = new AtomicLong();
        work.forEach(blank -> {
            if (place.getAndIncrement() % every == 0) {
                timed.add(blank);
            }
        });
        if (timed.isEmpty()) {
            return Duration.ZERO;
        }
        scorer.blanks().fill(timed.subList(0, 1), reading, ScoringListener.NONE);
        long start = System.nanoTime();
        scorer.blanks().fill(timed, reading, ScoringListener.NONE);
        IdentifierPlanText passed = new IdentifierPlanText(scorer, reading);
        double nanos = System.nanoTime() - start;
        timed.forEach(passed::add);
        return Duration.ofNanos((long) (nanos / passed.tokens * tokens));
    }

    /** Candidates share a row where the sentence is the same once they are hidden. */
    private void add(Blank blank) {
        List<List<String>> sentences = blank.candidates().stream()
                .map(candidate -> scorer.tokens(Sample.of(blank.sample().id(), blank.with(candidate))).orElseThrow()).toList();
        int shortest = sentences.stream().mapToInt(List::size).min().orElseThrow();
        int before = common(sentences, shortest, 0, 1);
        int after = common(sentences, shortest - before, -1, -1);
        Set<List<?>> distinct = new HashSet<>();
        for (List<String> sentence : sentences) {
            int end = sentence.size() - after;
            int last = reading == BlankReading.WHOLE ? before : Math.max(before, end - 1);
            for (int seen = before; seen <= last; seen++) {
                if (distinct.add(List.of(sentence.size(), sentence.subList(before, seen)))) {
                    rows++;
                    tokens += sentence.size();
                }
            }
        }
    }

    /** How many tokens all have in common, from a place on. */
    private static int common(List<List<String>> sentences, int most, int from, int step) {
        int count = 0;
        while (count < most) {
            int distance = count * step;
            if (sentences.stream().map(tokens -> tokens.get(from < 0 ? tokens.size() + from + distance : from + distance)).distinct()
                    .count() > 1) {
                return count;
            }
            count++;
        }
        return count;
    }
}
