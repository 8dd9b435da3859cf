package io.github.miaudit.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Scores of one class with the group (patient) that each belongs to. Immutable.
 *
 * <p>Groups are what is drawn from the world, so they, not the sentences, are what intervals must count.
 */
public final class GroupedScores {

    private final double[] scores;
    private final Groups groups;

    /** Takes the array for its own. */
    private GroupedScores(double[] scores, Groups groups) {
        this.scores = scores;
        this.groups = groups;
    }

    /**
     * Scores of known groups, the group of each in the same order; equal values are the same group.
     *
     * @throws IllegalArgumentException if there is no score, one is not finite, or the lengths differ
     */
    public static GroupedScores of(double[] scores, List<?> groups) {
        return of(scores, Groups.of(groups));
    }

    /**
     * Scores of rows that are grouped; the grouping is shared, not copied.
     *
     * @throws IllegalArgumentException if there is no score, one is not finite, or the lengths differ
     */
    public static GroupedScores of(double[] scores, Groups groups) {
        Arguments.requireScores("grouped", scores);
        Arguments.requireSameLength("scores", scores.length, "groups", groups.rows());
        return new GroupedScores(scores.clone(), groups);
    }

    /**
     * Scores of which each is a group of its own.
     *
     * @throws IllegalArgumentException if there is no score or one is not finite
     */
    public static GroupedScores ungrouped(double[] scores) {
        return of(scores, Groups.each(scores.length));
    }

    /** The number of scores, at least 1. */
    public int size() {
        return scores.length;
    }

    /** The number of different groups, at least 1. */
    public int groupCount() {
        return groups.count();
    }

    /** The number of scores of each group, in the order in which groups first appear. */
    public int[] sizes() {
        return groups.sizes();
    }

    /** The group of each score. */
    public Groups groups() {
        return groups;
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
        return of(others, groups);
    }

    /**
     * Some of the scores, in groups that are numbered anew.
     *
     * @param rows their places from 0, at least one
     * @throws IllegalArgumentException  if there is none
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public GroupedScores at(int[] rows) {
        double[] some = new double[rows.length];
        Arrays.setAll(some, place -> scores[rows[place]]);
        Arguments.requireScores("grouped", some);
        return new GroupedScores(some, groups.at(rows));
    }

    /** One score a group, in the order in which groups first appear. */
    public double[] reduce(GroupReduction reduction) {
        double[][] members = new double[groups.count()][];
        int[] left = groups.sizes();
        Arrays.setAll(members, group -> new double[left[group]]);
        for (int index = scores.length - 1; index >= 0; index--) {
            members[groups.number(index)][--left[groups.number(index)]] = scores[index];
        }
        return Arrays.stream(members).mapToDouble(reduction::reduce).toArray();
    }

    /**
     * Of how many different groups the highest scores are, by how many scores: from none to all. Of equal scores the last counts as
     * higher. O(n).
     */
    public int[] groupsFromHighest() {
        return groupsIn(SortedOrder.descending(scores));
    }

    /** The same of the lowest scores; of equal scores the last counts as lower. */
    public int[] groupsFromLowest() {
        double[] negated = new double[scores.length];
        Arrays.setAll(negated, index -> -scores[index]);
        return groupsIn(SortedOrder.descending(negated));
    }

    private int[] groupsIn(int[] order) {
        boolean[] seen = new boolean[groups.count()];
        int[] groupsOf = new int[order.length + 1];
        for (int place = 0; place < order.length; place++) {
            int group = groups.number(order[place]);
            groupsOf[place + 1] = groupsOf[place] + (seen[group] ? 0 : 1);
            seen[group] = true;
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
        int groupCount = groups.count();
        if (groupCount < 2) {
            throw new IllegalArgumentException("1 group can't be halved; at least 2 are needed");
        }
        boolean[] first = new boolean[groupCount];
        for (int group : new CounterRandom(seed, groupCount).sample(IntStream.range(0, groupCount).toArray(), (groupCount + 1) / 2)) {
            first[group] = true;
        }
        return List.of(where(row -> first[groups.number(row)]), where(row -> !first[groups.number(row)]));
    }

    /** The same scores in at most so many groups, each a random part of these groups, of about as many. */
    GroupedScores inFewerGroups(int most) {
        int groupCount = groups.count();
        if (groupCount <= most) {
            return this;
        }
        int[] dealt = new CounterRandom(most, groupCount).sample(IntStream.range(0, groupCount).toArray(), groupCount);
        int[] part = new int[groupCount];
        for (int place = 0; place < dealt.length; place++) {
            part[dealt[place]] = place % most;
        }
        return new GroupedScores(scores, groups.merged(part, most));
    }

    /** Some of the scores, at least one. */
    GroupedScores where(boolean[] kept) {
        return where(row -> kept[row]);
    }

    private GroupedScores where(IntPredicate kept) {
        return at(IntStream.range(0, scores.length).filter(kept).toArray());
    }

    /** From 0. */
    int group(int index) {
        return groups.number(index);
    }

    /**
     * A score, by its place from 0.
     *
     * @throws IndexOutOfBoundsException if there is no such score
     */
    public double score(int index) {
        return scores[index];
    }

    /** The scores themselves, which nobody changes. */
    double[] values() {
        return scores;
    }
}
