package io.github.miaudit.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.github.miaudit.data.Sample;
import io.github.miaudit.data.Samples;
import io.github.miaudit.djl.MaskedLmScorer;
import io.github.miaudit.djl.PretendedScorers;
import io.github.miaudit.djl.PretendedScorers.Pace;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.SequenceScorer;
import io.github.miaudit.likelihood.StoredScorer;
import io.github.miaudit.store.SqliteScoreStore;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;

/**
 * Whether the host feeds its devices: rates of rules with a network that returns at once, and devices of given speeds that only wait.
 * Arguments: a folder with a tokenizer and a file of sentences (JSON lines); without them, a tokenizer whose tokens are words, and
 * sentences of a log-normal mix. Prints Markdown.
 */
public final class FeedReport {

    private static final int SENTENCES = 5_000;
    /** For devices that plan, which takes minutes. */
    private static final int FEW = 500;
    private static final int BUDGET = 16_384;
    private static final int ROUNDS = 2;
    private static final Duration PLAN = Duration.ofMillis(42);
    private static final NetworkShape SHAPE = NetworkShape.TINY;

    private final Path folder;
    private final List<Sample> sentences;

    private FeedReport(Path folder, List<Sample> sentences) {
        this.folder = folder;
        this.sentences = sentences;
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length == 2) {
            new FeedReport(Path.of(arguments[0]), Samples.readJsonLines(Path.of(arguments[1]))).print();
            return;
        }
        try (RandomCheckpoint checkpoint = RandomCheckpoint.create(SHAPE)) {
            Random random = new Random(1);
            List<Sample> sentences = new ArrayList<>();
            for (int length : Workload.drawn(SENTENCES, 1)) {
                sentences.add(RandomCheckpoint.sentence(SHAPE, "s" + sentences.size(), length, random));
            }
            new FeedReport(checkpoint.folder(), sentences).print();
        }
    }

    private void print() throws IOException {
        printRules();
        printDevices();
        printStore();
    }

    private void printRules() {
        System.out.println(
                "| rule | base tokens | tokens in rows | million tokens/s | million tokens/s a core | million base tokens/s a core |\n"
                        + "|---|---|---|---|---|---|");
        for (MaskingRule rule : List.of(MaskingRule.original(), MaskingRule.withinWordLeftToRight(), MaskingRule.energy(),
                MaskingRule.partition(), MaskingRule.maskless())) {
            long tokens = tokens(sentences, rule);
            long base = tokens(sentences, MaskingRule.maskless());
            try (MaskedLmScorer scorer = PretendedScorers.open(folder, Pace.INSTANT, 1, BUDGET)) {
                Taken taken = best(() -> scorer.score(sentences, rule));
                System.out.printf(Locale.ROOT, "| `%s` | %d | %d | %.2f | %.2f | %.2f |%n", rule.label(), base, tokens,
                        tokens / taken.seconds / 1e6, tokens / taken.coreSeconds / 1e6, base / taken.coreSeconds / 1e6);
            }
        }
    }

    private long tokens(List<Sample> scored, MaskingRule rule) {
        try (MaskedLmScorer scorer = PretendedScorers.open(folder, Pace.INSTANT, 1, BUDGET)) {
            return scorer.plan(scored, Set.of(rule)).tokens();
        }
    }

    private void printDevices() {
        System.out.println("\n| devices | million tokens/s each | a plan for each shape | s | s at their own speed | share |\n"
                + "|---|---|---|---|---|---|");
        for (int gpus : new int[] {1, 4}) {
            for (double speed : new double[] {2e6, 4e6, 8e6}) {
                Pace pace = new Pace(speed, Duration.ZERO);
                printDevices(sentences, gpus, pace);
            }
        }
        List<Sample> few = sentences.subList(0, Math.min(FEW, sentences.size()));
        printDevices(few, 1, new Pace(2e6, PLAN));
    }

    private void printDevices(List<Sample> scored, int gpus, Pace pace) {
        try (MaskedLmScorer scorer = PretendedScorers.open(folder, pace, gpus, BUDGET)) {
            Taken taken = taken(() -> scorer.score(scored, MaskingRule.original()));
            double own = tokens(scored, MaskingRule.original()) / pace.tokensPerSecond() / gpus;
            System.out.printf(Locale.ROOT, "| %d | %.0f | %s | %.2f | %.2f | %.0f %% |%n", gpus, pace.tokensPerSecond() / 1e6,
                    pace.plan().isZero() ? "no" : pace.plan().toMillis() + " ms", taken.seconds, own, 100 * own / taken.seconds);
        }
    }

    private void printStore() throws IOException {
        System.out.println("\n| device, million tokens/s | without a store, s | with a new one, s | more |\n|---|---|---|---|");
        for (double speed : new double[] {2e6, 8e6}) {
            try (MaskedLmScorer scorer = PretendedScorers.open(folder, new Pace(speed, Duration.ZERO), 1, BUDGET)) {
                double without = taken(() -> scorer.score(sentences, MaskingRule.original())).seconds;
                double with = withStore(stored -> taken(() -> stored.score(sentences, MaskingRule.original())).seconds, scorer);
                System.out.printf(Locale.ROOT, "| %.0f | %.2f | %.2f | %.1f %% |%n", speed / 1e6, without, with,
                        100 * (with / without - 1));
            }
        }
    }

    private static double withStore(Function<SequenceScorer, Double> work, SequenceScorer scorer) throws IOException {
        try (TemporaryFolder folder = TemporaryFolder.create();
                SqliteScoreStore store = SqliteScoreStore.open(folder.path().resolve("scores.db"))) {
            return work.apply(StoredScorer.of(scorer, store));
        }
    }

    /** Time on the clock and of all cores. */
    private record Taken(double seconds, double coreSeconds) {
    }

    private static Taken best(Runnable work) {
        work.run(); // warms up
        Taken best = taken(work);
        for (int round = 1; round < ROUNDS; round++) {
            Taken next = taken(work);
            best = new Taken(Math.min(best.seconds, next.seconds), Math.min(best.coreSeconds, next.coreSeconds));
        }
        return best;
    }

    private static Taken taken(Runnable work) {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long start = System.nanoTime();
        long cores = system.getProcessCpuTime();
        work.run();
        return new Taken((System.nanoTime() - start) / 1e9, (system.getProcessCpuTime() - cores) / 1e9);
    }
}
