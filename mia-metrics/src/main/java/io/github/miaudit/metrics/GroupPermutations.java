package io.github.miaudit.metrics;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Groups (patients) dealt anew to the two classes, as many to each as there are, with all their scores: how a figure varies if
 * membership had nothing to do with it. Groups are numbered from 0 in the order in which they first appear, members' first. A deal
 * depends on seed and number alone, so that several scores of the same groups can be dealt alike. Immutable.
 */
public final class GroupPermutations {

    private final RankedGroups ranked;
    private final int[] groups;

    private GroupPermutations(RankedGroups ranked) {
        this.ranked = ranked;
        groups = IntStream.range(0, ranked.groupCount()).toArray();
    }

    /** Of scores that are higher = more likely a member. */
    public static GroupPermutations of(GroupedScores members, GroupedScores nonMembers) {
        return new GroupPermutations(new RankedGroups(members, nonMembers));
    }

    /** How many groups are dealt to the members. */
    public int memberGroups() {
        return ranked.memberGroups();
    }

    /** The numbers of all groups in the random order of a deal: the first {@link #memberGroups()} are the members. */
    public int[] deal(long seed, int number) {
        return shuffled(groups, new CounterRandom(seed, number));
    }

    /** The numbers of all groups, those of the members in truth first, either class in a random order. */
    public int[] undealt(long seed) {
        CounterRandom random = new CounterRandom(seed);
        int members = ranked.memberGroups();
        int[] order = Arrays.copyOf(shuffled(Arrays.copyOf(groups, members), random), groups.length);
        int[] others = shuffled(Arrays.copyOfRange(groups, members, groups.length), random);
        System.arraycopy(others, 0, order, members, others.length);
        return order;
    }

    /** The AUC when the first {@link #memberGroups()} of an order are the members and all others are not; O(n). */
    public double areaUnderCurve(int[] order) {
        int[] asMembers = new int[groups.length];
        int[] asNonMembers = new int[groups.length];
        for (int place = 0; place < order.length; place++) {
            (place < ranked.memberGroups() ? asMembers : asNonMembers)[order[place]] = 1;
        }
        return ranked.areaUnderCurve(asMembers, asNonMembers);
    }

    private static int[] shuffled(int[] numbers, CounterRandom random) {
        return random.sample(numbers, numbers.length);
    }
}
