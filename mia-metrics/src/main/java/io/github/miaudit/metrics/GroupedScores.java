package io.github.miaudit.metrics;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Scores of one class with the group (patient) that each belongs to. Immutable.
 *
 * <p>Groups are what is drawn from the world, so they, not the sentences, are what intervals must count.
 */
public final class GroupedScores {

    private final double[] scores;
    private final int[] groups;
    private final int[] sizes;

    private GroupedScores(double[] scores, int[] groups, int groupCount) {
        this.scores = scores;
        this.groups = groups;
        sizes = new int[groupCount];
        for (int group : groups) {
            sizes[group]++;
        }
    }

    /**
     * Scores of known groups, the group of each in the same order; equal values are the same group.
     *
     * @throws IllegalArgumentException if there is no score, one is not finite, or the lengths differ
     */
    public static GroupedScores of(double[] scores, List<?> groups) {
        Arguments.requireScores("grouped", scores);
        Arguments.requireSameLength("scores", scores.length, "groups", groups.size());
        Map<Object, Integer> numbers = new HashMap<>();
        int[] numbered = new int[scores.length];
        int index = 0;
        for (Object group : groups) {
            numbered[index++] = numbers.computeIfAbsent(group, unseen -> numbers.size());
        }
        return new GroupedScores(scores.clone(), numbered, numbers.size());
    }

    /**
     * Scores of which each is a group of its own.
     *
     * @throws IllegalArgumentException if there is no score or one is not finite
     */
    public static GroupedScores ungrouped(double[] scores) {
        Arguments.requireScores("grouped", scores);
        return new GroupedScores(scores.clone(), IntStream.range(0, scores.length).toArray(), scores.length);
    }

    /** The number of scores, at least 1. */
    public int size() {
        return scores.length;
    }

    /** The number of different groups, at least 1. */
    public int groupCount() {
        return sizes.length;
    }

    /** The number of scores of each group, in the order in which groups first appear. */
    public int[] sizes() {
        return sizes.clone();
    }

    /** The scores, in order. */
    public double[] scores() {
        return scores.clone();
    }

    /**
     * Other scores of the same sentences, in the same order and groups.
     *
     * @throws IllegalArgumentException if the numbers differ or one is not finite
     */
    public GroupedScores withScores(double[] others) {
        Arguments.requireScores("grouped", others);
        Arguments.requireSameLength("scores", others.length, "groups", groups.length);
        return new GroupedScores(others.clone(), groups, sizes.length);
    }

    /** One score a group, in the order in which groups first appear. */
    public double[] reduce(GroupReduction reduction) {
        double[][] members = new double[sizes.length][];
        Arrays.setAll(members, group -> new double[sizes[group]]);
        int[] left = sizes.clone();
        for (int index = scores.length - 1; index >= 0; index--) {
            members[groups[index]][--left[groups[index]]] = scores[index];
        }
        return Arrays.stream(members).mapToDouble(reduction::reduce).toArray();
    }

    /**
     * Of how many different groups the highest scores are, by how many scores: from none to all. Of equal scores the first counts as
     * higher.
     */
    public int[] groupsFromHighest() {
        int[] order = SortedOrder.descending(scores);
        boolean[] seen = new boolean[sizes.length];
        int[] groupsOf = new int[scores.length + 1];
        for (int place = 0; place < order.length; place++) {
            groupsOf[place + 1] = groupsOf[place] + (seen[groups[order[place]]] ? 0 : 1);
            seen[groups[order[place]]] = true;
        }
        return groupsOf;
    }

    /**
     * Two halves that share no group: groups are dealt at random, the first half gets the odd one. For calibrating on one and
     * evaluating on the other.
     *
     * @throws IllegalArgumentException if there is one group
     */
    public List<GroupedScores> halves(long seed) {
        int groupCount = sizes.length;
        if (groupCount < 2) {
            throw new IllegalArgumentException("1 group can't be halved; at least 2 are needed");
        }
        boolean[] first = new boolean[groupCount];
        for (int group : new CounterRandom(seed, groupCount).sample(IntStream.range(0, groupCount).toArray(), (groupCount + 1) / 2)) {
            first[group] = true;
        }
        return List.of(where(first, true), where(first, false));
    }

    /** The same scores in at most so many groups, each a random part of these groups, of about as many. */
    GroupedScores inFewerGroups(int most) {
        if (sizes.length <= most) {
            return this;
        }
        int[] dealt = new CounterRandom(most, sizes.length).sample(IntStream.range(0, sizes.length).toArray(), sizes.length);
        int[] part = new int[sizes.length];
        for (int place = 0; place < dealt.length; place++) {
            part[dealt[place]] = place % most;
        }
        return new GroupedScores(scores, Arrays.stream(groups).map(group -> part[group]).toArray(), most);
    }

    /** Some of the scores, at least one. */
    GroupedScores where(boolean[] kept) {
        int[] rows = IntStream.range(0, scores.length).filter(row -> kept[row]).toArray();
        return of(Arrays.stream(rows).mapToDouble(row -> scores[row]).toArray(),
                Arrays.stream(rows).mapToObj(row -> groups[row]).toList());
    }

    private GroupedScores where(boolean[] first, boolean wanted) {
        int[] kept = IntStream.range(0, scores.length).filter(index -> first[groups[index]] == wanted).toArray();
        return of(Arrays.stream(kept).mapToDouble(index -> scores[index]).toArray(),
                Arrays.stream(kept).mapToObj(index -> groups[index]).toList());
    }

    /** From 0. */
    int group(int index) {
        return groups[index];
    }

    double score(int index) {
        return scores[index];
    }
}
