package io.github.miaudit.djl;

import io.github.miaudit.metrics.CounterRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/**
 * Which sentences each update of a training looks at, and how they are masked. A pure function of sentences, settings
 * and the epoch's number, so that a training which is resumed knows what comes next by its step alone. Every epoch has
 * the same number of updates.
 */
record TrainingPlan(List<MaskableTokens> sentences, TokenMasker masker, TrainingSettings settings) {

    private static final int ORDER = 0;
    private static final int MASKS = 1;

    /** Of masks that are the same whatever the training's seed, so that losses compare. */
    private static final long HELD_OUT_SEED = 20261125;

    private record Shape(int length, int targets) {
    }

    /** Sentences of one shape, by their places in the list. */
    private record Group(int[] places, int tokens) {
    }

    int stepsPerEpoch() {
        return stepCount(groups(inOrder(), settings.tokensPerStep()));
    }

    /** How many an update looks at on average, over an epoch. */
    double sentencesPerStep() {
        return (double) sentences.size() / stepsPerEpoch();
    }

    /** What an update looks at: the sentences by shape, to be masked when their turn comes. */
    final class Step {

        private final int epoch;
        private final List<Group> groups = new ArrayList<>();
        private int tokens;

        private Step(int epoch) {
            this.epoch = epoch;
        }

        private void add(Group group) {
            groups.add(group);
            tokens += group.tokens;
        }

        List<TrainingBatch> batches() {
            return groups.stream().map(group -> masked(group, settings.seed(), MASKS, epoch)).toList();
        }
    }

    /** The updates of an epoch: all sentences once, in random order, with fresh targets. */
    List<Step> epoch(int epoch) {
        CounterRandom random = new CounterRandom(settings.seed(), ORDER, epoch);
        List<Group> groups = groups(random.sample(inOrder(), sentences.size()), settings.tokensPerStep());
        // The largest first, each to the update that has least so far: all then look at about as many tokens.
        groups.sort(Comparator.comparingInt(Group::tokens).reversed());
        List<Step> steps = new ArrayList<>();
        IntStream.range(0, stepCount(groups)).forEach(step -> steps.add(new Step(epoch)));
        PriorityQueue<Integer> least = new PriorityQueue<>(
                Comparator.<Integer>comparingInt(step -> steps.get(step).tokens).thenComparing(step -> step));
        IntStream.range(0, steps.size()).forEach(least::add);
        for (Group group : groups) {
            int step = least.remove();
            steps.get(step).add(group);
            least.add(step);
        }
        return Arrays.stream(random.sample(IntStream.range(0, steps.size()).toArray(), steps.size())).mapToObj(steps::get).toList();
    }

    /** All sentences in batches, masked the same way in every training. */
    List<TrainingBatch> heldOut() {
        return groups(inOrder(), Integer.MAX_VALUE).stream().map(group -> masked(group, HELD_OUT_SEED)).toList();
    }

    private int[] inOrder() {
        return IntStream.range(0, sentences.size()).toArray();
    }

    private int stepCount(List<Group> groups) {
        long tokens = groups.stream().mapToLong(Group::tokens).sum();
        return (int) Math.min(groups.size(), (tokens + settings.tokensPerStep() - 1) / settings.tokensPerStep());
    }

    private TrainingBatch masked(Group group, long seed, long... keys) {
        return new TrainingBatch(Arrays.stream(group.places).mapToObj(place -> {
            long[] ofSentence = Arrays.copyOf(keys, keys.length + 1);
            ofSentence[keys.length] = place;
            return masker.mask(sentences.get(place), new CounterRandom(seed, ofSentence));
        }).toList());
    }

    /** The sentences by shape, so that no batch needs padding, in groups within the token budget; at least one a group. */
    private List<Group> groups(int[] order, int mostTokens) {
        Map<Shape, List<Integer>> byShape = new LinkedHashMap<>();
        for (int place : order) {
            MaskableTokens sentence = sentences.get(place);
            byShape.computeIfAbsent(new Shape(sentence.length(), sentence.targetCount()), shape -> new ArrayList<>()).add(place);
        }
        List<Group> groups = new ArrayList<>();
        byShape.forEach((shape, places) -> {
            int most = Math.max(1, Math.min(mostTokens, settings.tokenBudget()) / shape.length);
            for (int from = 0; from < places.size(); from += most) {
                int[] some = places.subList(from, Math.min(from + most, places.size())).stream().mapToInt(Integer::intValue).toArray();
                groups.add(new Group(some, some.length * shape.length));
            }
        });
        return groups;
    }
}
