package io.github.miaudit.benchmarks;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * A job of buckets on executors that compute one at a time, as Spark runs it: buckets wait in their order; an executor that ends loses the
 * bucket in work, which waits again, and another takes its place after a while; with speculation, once so many buckets are finished, one
 * that is in work for so many times the median of the finished ones is begun a second time by an executor that is free, and whichever is
 * finished first ends the other. Times are seconds.
 */
final class SimulatedCluster {

    private static final int NOTHING = -1;

    /**
     * What an executor costs and what becomes of it.
     *
     * @param executors   how many there are
     * @param opening     what one takes for the model before its first bucket
     * @param replacement from an executor's end until another is there
     * @param slowness    by how much longer than usual the next executor takes for all it does
     * @param life        after how much time the next executor ends
     */
    record Executors(int executors, double opening, double replacement, DoubleSupplier slowness, DoubleSupplier life) {
    }

    /**
     * When a bucket is begun a second time; by Spark's defaults 0.9 and 3, where {@code spark.speculation} is set.
     *
     * @param quantile   share of the buckets that must be finished
     * @param multiplier how many times the median of what finished ones took
     */
    record Speculation(double quantile, double multiplier) {

        static final Speculation DEFAULTS = new Speculation(0.9, 3);
        static final Speculation NONE = new Speculation(1, Double.POSITIVE_INFINITY);
    }

    /**
     * What came of a job.
     *
     * @param wall   from its start until all buckets were finished
     * @param useful time of executors in tasks that finished a bucket, opening included
     * @param wasted time of executors in tasks that did not: lost with an executor, or overtaken
     * @param losses of the bucket that was lost most often; Spark gives a job up at the fourth ({@code spark.task.maxFailures})
     */
    record Outcome(double wall, double useful, double wasted, int losses) {
    }

    /** An executor, or the empty place of one. */
    private static final class Place {
        private double slowness;
        private double end; // of the executor; where there is none, until another is there
        private boolean alive;
        private boolean opened;
        private int bucket = NOTHING;
        private double begun;
        private double finished;
    }

    private final Executors executors;
    private final Speculation speculation;
    private final double[] work;
    private final Place[] places;
    private final Deque<Integer> waiting = new ArrayDeque<>();
    private final int[] running;
    private final int[] lost;
    private final List<Double> took = new ArrayList<>();
    private double median = Double.NaN;
    private double now;
    private double useful;
    private double wasted;

    private SimulatedCluster(Executors executors, Speculation speculation, double[] work) {
        this.executors = executors;
        this.speculation = speculation;
        this.work = work;
        this.running = new int[work.length];
        this.lost = new int[work.length];
        this.places = new Place[executors.executors];
        Arrays.setAll(places, place -> new Place());
        for (int bucket = 0; bucket < work.length; bucket++) {
            waiting.add(bucket);
        }
    }

    /** Runs a job of buckets that take an executor of usual speed so long. */
    static Outcome run(Executors executors, Speculation speculation, double... work) {
        return new SimulatedCluster(executors, speculation, work).run();
    }

    private Outcome run() {
        for (Place place : places) {
            begin(place);
        }
        while (took.size() < work.length) {
            for (Place place : places) {
                give(place);
            }
            now = next();
            for (Place place : places) {
                change(place);
            }
        }
        return new Outcome(now, useful, wasted, Arrays.stream(lost).max().orElse(0));
    }

    private void begin(Place place) {
        place.alive = true;
        place.opened = false;
        place.slowness = executors.slowness.getAsDouble();
        place.end = now + executors.life.getAsDouble();
    }

    private void give(Place place) {
        if (!place.alive || place.bucket != NOTHING) {
            return;
        }
        int bucket = waiting.isEmpty() ? slowest() : waiting.removeFirst();
        if (bucket != NOTHING) {
            place.bucket = bucket;
            place.begun = now;
            place.finished = now + place.slowness * (work[bucket] + (place.opened ? 0 : executors.opening));
            running[bucket]++;
        }
    }

    private boolean isSpeculating() {
        return took.size() >= Math.max(Math.floor(speculation.quantile * work.length), 1);
    }

    /** A bucket to begin a second time, or {@link #NOTHING}. */
    private int slowest() {
        if (!isSpeculating()) {
            return NOTHING;
        }
        for (Place other : places) {
            if (other.bucket != NOTHING && running[other.bucket] == 1 && now - other.begun >= threshold()) {
                return other.bucket;
            }
        }
        return NOTHING;
    }

    private double threshold() {
        if (Double.isNaN(median)) {
            double[] ascending = took.stream().mapToDouble(Double::doubleValue).sorted().toArray();
            median = ascending[ascending.length / 2];
        }
        return speculation.multiplier * median;
    }

    /** When something happens next. */
    private double next() {
        double next = Double.POSITIVE_INFINITY;
        for (Place place : places) {
            next = Math.min(next, place.end);
            if (place.bucket != NOTHING) {
                next = Math.min(next, place.finished);
                double due = isSpeculating() ? place.begun + threshold() : Double.POSITIVE_INFINITY;
                next = due > now ? Math.min(next, due) : next;
            }
        }
        return next;
    }

    private void change(Place place) {
        if (place.bucket != NOTHING && place.finished <= now) {
            int bucket = place.bucket;
            useful += now - place.begun;
            took.add(now - place.begun);
            median = Double.NaN;
            place.bucket = NOTHING;
            place.opened = true;
            for (Place other : places) {
                if (other.bucket == bucket) {
                    overtake(other);
                }
            }
        }
        if (place.end <= now) {
            if (place.alive) {
                lose(place);
            } else {
                begin(place);
            }
        }
    }

    private void overtake(Place place) {
        wasted += now - place.begun;
        place.opened |= now - place.begun >= place.slowness * executors.opening;
        place.bucket = NOTHING;
    }

    private void lose(Place place) {
        if (place.bucket != NOTHING) {
            wasted += now - place.begun;
            lost[place.bucket]++;
            if (--running[place.bucket] == 0) {
                waiting.addFirst(place.bucket);
            }
            place.bucket = NOTHING;
        }
        place.alive = false;
        place.end = now + executors.replacement;
    }
}
