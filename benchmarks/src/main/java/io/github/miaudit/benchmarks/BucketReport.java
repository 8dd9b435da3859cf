package io.github.miaudit.benchmarks;

import io.github.miaudit.benchmarks.SimulatedCluster.Executors;
import io.github.miaudit.benchmarks.SimulatedCluster.Outcome;
import io.github.miaudit.benchmarks.SimulatedCluster.Speculation;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Into how many buckets to part sentences that are scored on a cluster: jobs of {@link SimulatedCluster}, seeded. The seconds of a sentence
 * follow from its length by the rates that {@code ScoringReport} and a GPU measured; each bucket costs what its task takes to read all
 * rows, which {@code OverheadReport} of {@code mia-spark} measured, and to write. Slow executors and ends of executors are assumptions.
 * Prints a Markdown table. The first argument is the number of jobs a row (default 200).
 */
public final class BucketReport {

    private static final int EXECUTORS = 64;
    private static final long SENTENCES = 10_000_000;
    private static final int[] BUCKETS = {64, 128, 192, 256, 512, 1024, 2048, 4096};

    /** Processor time of a task that reads a row of another bucket: Parquet, and SHA-256 of population and id. */
    private static final double READING = 1.8e-6;
    /** A file and a manifest, on a store across a network. */
    private static final double WRITING = 0.5;
    /** Copying and opening the model. */
    private static final double OPENING = 15;
    private static final double REPLACEMENT = 60;
    private static final double SLOW_SHARE = 0.05;
    private static final double SLOWNESS = 4;
    private static final double HOURS_OF_LIFE = 48;
    private static final double HOUR = 3600;
    private static final int MOST_LOSSES = 4;

    /** Executors of a kind, by passed tokens a second. */
    private record Kind(String name, double rate) {
    }

    /** What goes wrong. */
    private record World(String name, double slowShare, double life, Speculation speculation) {
    }

    /** Of lengths of sentences: what one costs, in passed tokens. */
    private record Cost(double mean, double deviation) {
    }

    private BucketReport() {
    }

    public static void main(String[] arguments) {
        int jobs = arguments.length == 0 ? 200 : Integer.parseInt(arguments[0]);
        Cost cost = cost(Workload.drawn(100_000, 1));
        System.out.printf("%d jobs a row; a sentence takes %.0f passed tokens, standard deviation %.0f.%n%n", jobs, cost.mean,
                cost.deviation);
        System.out.println("| executors | world | buckets | hours | reading and writing | lost or overtaken | idle"
                + " | jobs in which a bucket is lost four times |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        for (Kind kind : List.of(new Kind("4 cores", 2 * 989), new Kind("H200, float32", 257_000))) {
            for (World world : List.of(new World("nothing goes wrong", 0, Double.POSITIVE_INFINITY, Speculation.NONE),
                    new World("slow ones, ends", SLOW_SHARE, HOURS_OF_LIFE * HOUR, Speculation.NONE),
                    new World("slow ones, ends; speculation", SLOW_SHARE, HOURS_OF_LIFE * HOUR, Speculation.DEFAULTS),
                    new World("slow ones, ends; speculation from 1.5", SLOW_SHARE, HOURS_OF_LIFE * HOUR, new Speculation(0.75, 1.5)))) {
                for (int buckets : BUCKETS) {
                    row(kind, world, cost, buckets, jobs);
                }
            }
        }
    }

    /** By rule {@code within-word-l2r} where a word is a token: a row for each but the two special ones, of all. */
    private static Cost cost(int[] lengths) {
        double[] costs = Arrays.stream(lengths).mapToDouble(length -> (length - 2.0) * length).toArray();
        double mean = Arrays.stream(costs).average().orElseThrow();
        return new Cost(mean, Math.sqrt(Arrays.stream(costs).map(each -> (each - mean) * (each - mean)).average().orElseThrow()));
    }

    private static void row(Kind kind, World world, Cost cost, int buckets, int jobs) {
        List<Outcome> outcomes = IntStream.range(0, jobs).parallel().mapToObj(job -> job(kind, world, cost, buckets, job)).toList();
        double fixed = buckets * (SENTENCES * READING + WRITING);
        System.out.printf("| %s | %s | %d | %s | %s | %s | %s | %s |%n", kind.name, world.name, buckets,
                told(outcomes, outcome -> outcome.wall() / HOUR, "%.2f ± %.2f"),
                told(outcomes, outcome -> 100 * fixed / outcome.useful(), "%.1f ± %.1f %%"),
                told(outcomes, outcome -> 100 * outcome.wasted() / (outcome.useful() + outcome.wasted()), "%.1f ± %.1f %%"),
                told(outcomes, outcome -> 100 - 100 * (outcome.useful() + outcome.wasted()) / EXECUTORS / outcome.wall(),
                        "%.1f ± %.1f %%"),
                told(outcomes, outcome -> outcome.losses() < MOST_LOSSES ? 0 : 100, "%.0f ± %.0f %%"));
    }

    private static String told(List<Outcome> outcomes, ToDoubleFunction<Outcome> figure, String format) {
        double mean = outcomes.stream().mapToDouble(figure).average().orElseThrow();
        double variance = outcomes.stream().mapToDouble(each -> Math.pow(figure.applyAsDouble(each) - mean, 2)).sum()
                / (outcomes.size() - 1);
        return String.format(format, mean, Math.sqrt(variance / outcomes.size()));
    }

    private static Outcome job(Kind kind, World world, Cost cost, int buckets, int job) {
        RandomGenerator random = new SplittableRandom(job);
        double sentences = SENTENCES / (double) buckets;
        double deviation = Math.sqrt(sentences * (cost.mean * cost.mean + cost.deviation * cost.deviation));
        double[] work = IntStream.range(0, buckets).mapToDouble(bucket -> SENTENCES * READING + WRITING
                + Math.max(0, sentences * cost.mean + deviation * random.nextGaussian()) / kind.rate).toArray();
        return SimulatedCluster.run(new Executors(EXECUTORS, OPENING, REPLACEMENT,
                () -> random.nextDouble() < world.slowShare ? SLOWNESS : 1,
                () -> Double.isInfinite(world.life) ? world.life : world.life * random.nextExponential()), world.speculation, work);
    }
}
