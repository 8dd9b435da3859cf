package io.github.miaudit.likelihood;

import io.github.miaudit.data.Sample;
import io.github.miaudit.io.AuditException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** Compares readings of a model with the one that its files state, on one half of some sentences, and the best one on the other half. */
final class ReadingTrial {

    private static final int FEWEST = 2;

    private final List<Sample> sentences;
    private final List<SequenceScore> stated;

    /** The sentences with their scores, by {@link MaskingRule#partition()}, as the files state. */
    ReadingTrial(List<Sample> sentences, List<SequenceScore> stated) {
        this.sentences = sentences;
        this.stated = stated;
    }

    /** Nothing if there is no other reading that can score sentences, or too few of these. */
    Optional<ModelProbe.BestReading> best(List<OtherReading> readings) {
        int[] choosing = half(0);
        int[] measuring = half(1);
        if (measuring.length < FEWEST) {
            return Optional.empty();
        }
        record Tried(OtherReading reading, double gain) {
        }
        List<Tried> tried = readings.stream().flatMap(reading -> {
            OptionalDouble gain = Arrays.stream(gains(reading, choosing)).average();
            return gain.stream().mapToObj(mean -> new Tried(reading, mean));
        }).toList();
        return tried.stream().max(Comparator.comparingDouble(Tried::gain)).flatMap(best -> {
            double[] gains = gains(best.reading, measuring);
            return gains.length < FEWEST ? Optional.empty()
                    : Optional.of(new ModelProbe.BestReading(best.reading.words(), mean(gains), error(gains), tried.size(),
                            readings.size()));
        });
    }

    private int[] half(int first) {
        return IntStream.iterate(first, place -> place < sentences.size(), place -> place + 2)
                .filter(place -> stated.get(place).status().isScored() && stated.get(place).tokenCount() > 0).toArray();
    }

    /** Nats for each token that was stated, of what both show the whole of; none if the reading can't score it, as then it is no better. */
    private double[] gains(OtherReading reading, int[] places) {
        try (SequenceScorer scorer = reading.scorer().get()) {
            List<SequenceScore> scores = scorer.score(Arrays.stream(places).mapToObj(sentences::get).toList(), MaskingRule.partition());
            return IntStream.range(0, places.length)
                    .filter(row -> isWhole(scores.get(row)) && isWhole(stated.get(places[row]))
                            || Arrays.equals(scores.get(row).tokenIds(), stated.get(places[row]).tokenIds()))
                    .mapToDouble(row -> (scores.get(row).sum() - stated.get(places[row]).sum()) / stated.get(places[row]).tokenCount())
                    .toArray();
        } catch (AuditException e) {
            return new double[0];
        }
    }

    private static boolean isWhole(SequenceScore score) {
        return score.status() == SequenceScore.Status.SCORED;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double error(double[] values) {
        double mean = mean(values);
        return Math.sqrt(Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum() / (values.length - 1) / values.length);
    }
}
