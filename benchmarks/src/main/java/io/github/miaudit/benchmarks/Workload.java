package io.github.miaudit.benchmarks;

import io.github.miaudit.data.Sample;
import io.github.miaudit.likelihood.MaskedRow;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.TokenSequence;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;

/** Sentences of given lengths in tokens, special ones included, of at most 512, and what scoring them by a rule takes. */
record Workload(int[] lengths, MaskingRule rule) {

    private static final int ROWS_AT_LEAST = 200;
    private static final int MEDIAN = 20;
    private static final int SHORTEST = 3;
    private static final int LONGEST = 512;

    /**
     * A mix of lengths: a number is as many sentences of that length as make 200 rows; {@code log-normal} is 20 sentences at
     * the middles of twentieths of a log-normal distribution of median 20 and deviation 1; {@code log-normal-512} is 40
     * sentences drawn from it, of which the longest has 512 tokens.
     */
    static Workload of(String mix, MaskingRule rule) {
        return new Workload(switch (mix) {
            case "log-normal" -> quantiles(20);
            case "log-normal-512" -> drawn(40, 3); // seed 3 draws a sentence of 512
            default -> IntStream.generate(() -> Integer.parseInt(mix)).limit(1 + ROWS_AT_LEAST / (Integer.parseInt(mix) - 2)).toArray();
        }, rule);
    }

    private static int[] quantiles(int count) {
        NormalDistribution normal = new NormalDistribution();
        return IntStream.range(0, count).map(place -> length(normal.inverseCumulativeProbability((place + 0.5) / count))).toArray();
    }

    /** Lengths drawn from the log-normal distribution, cut at 512. */
    static int[] drawn(int count, int seed) {
        Random random = new Random(seed);
        return IntStream.range(0, count).map(sentence -> length(random.nextGaussian())).toArray();
    }

    private static int length(double deviations) {
        return (int) Math.max(SHORTEST, Math.min(LONGEST, Math.round(MEDIAN * Math.exp(deviations))));
    }

    /** Sentences of random words of a network's vocabulary. */
    List<Sample> sentences(NetworkShape shape) {
        Random random = new Random(1);
        List<Sample> sentences = new ArrayList<>();
        for (int length : lengths) {
            sentences.add(RandomCheckpoint.sentence(shape, "s" + sentences.size(), length, random));
        }
        return sentences;
    }

    long rows() {
        return sum(length -> rows(length).size());
    }

    long tokens() {
        return sum(length -> rows(length).size() * length);
    }

    /** As {@link NetworkShape#operations}. */
    double operations(NetworkShape shape) {
        return Arrays.stream(lengths)
                .mapToDouble(
                        length -> rows(length).values().stream().mapToDouble(targets -> shape.operations(length, targets.size())).sum())
                .sum();
    }

    private long sum(IntUnaryOperator ofLength) {
        return Arrays.stream(lengths).map(ofLength).asLongStream().sum();
    }

    /** Of a sentence whose tokens are words: the targets of each mask, each mask once, as they are computed. */
    private Map<IntBuffer, Set<Integer>> rows(int length) {
        boolean[] special = new boolean[length];
        special[0] = true;
        special[length - 1] = true;
        Map<IntBuffer, Set<Integer>> rows = new HashMap<>();
        for (MaskedRow row : rule.rows(new TokenSequence("", new int[length], IntStream.range(0, length).toArray(), special))) {
            Arrays.stream(row.targets()).forEach(rows.computeIfAbsent(IntBuffer.wrap(row.masked()), unseen -> new HashSet<>())::add);
        }
        return rows;
    }
}
