package io.github.miaudit.metrics;

import java.util.Arrays;
import java.util.Optional;

/**
 * The scores of two classes in one order, so that a figure under other weights of the groups, or with groups dealt anew to the classes,
 * takes one walk: groups of non-members come after those of members. Immutable.
 */
final class RankedGroups {

    /** So many groups at most have a table of pairs, lest it take longer to make than it saves. */
    private static final int MOST_IN_PAIRS = 256;

    private final int[] sizes;
    private final int memberGroups;
    /** For each score, descending: its group. */
    private final int[] groups;
    /** For each score, descending: whether the next one is lower. */
    private final boolean[] last;
    /** Where there are few groups of many scores: for each two, twice the pairs of scores of which the first's is higher, ties half. */
    private final Optional<long[][]> pairs;

    RankedGroups(GroupedScores members, GroupedScores nonMembers) {
        memberGroups = members.groupCount();
        sizes = new int[memberGroups + nonMembers.groupCount()];
        System.arraycopy(members.sizes(), 0, sizes, 0, memberGroups);
        System.arraycopy(nonMembers.sizes(), 0, sizes, memberGroups, nonMembers.groupCount());
        int[] memberOrder = SortedOrder.descending(members.scores());
        int[] nonMemberOrder = SortedOrder.descending(nonMembers.scores());
        int size = Math.addExact(memberOrder.length, nonMemberOrder.length);
        groups = new int[size];
        last = new boolean[size];
        double previous = Double.POSITIVE_INFINITY;
        int member = 0;
        int nonMember = 0;
        for (int place = 0; place < size; place++) {
            boolean isMember = nonMember == nonMemberOrder.length
                    || member < memberOrder.length && members.score(memberOrder[member]) >= nonMembers.score(nonMemberOrder[nonMember]);
            double score = isMember ? members.score(memberOrder[member]) : nonMembers.score(nonMemberOrder[nonMember]);
            groups[place] = isMember ? members.group(memberOrder[member++]) : memberGroups + nonMembers.group(nonMemberOrder[nonMember++]);
            if (place > 0 && score != previous) {
                last[place - 1] = true;
            }
            previous = score;
        }
        last[size - 1] = true;
        pairs = sizes.length <= MOST_IN_PAIRS && sizes.length * sizes.length < size ? Optional.of(pairs()) : Optional.empty();
    }

    private long[][] pairs() {
        long[][] doubled = new long[sizes.length][sizes.length];
        long[] above = new long[sizes.length];
        int start = 0;
        for (int place = 0; place < groups.length; place++) {
            above[groups[place]]++; // of ties, one is for those above, and one for those that are not
            if (last[place]) {
                for (int tied = start; tied <= place; tied++) {
                    addTo(doubled, above, groups[tied]);
                }
                for (int tied = start; tied <= place; tied++) {
                    above[groups[tied]]++;
                }
                start = place + 1;
            }
        }
        return doubled;
    }

    private static void addTo(long[][] doubled, long[] above, int lower) {
        for (int group = 0; group < above.length; group++) {
            doubled[group][lower] += above[group];
        }
    }

    int memberGroups() {
        return memberGroups;
    }

    /** Of both classes. */
    int groupCount() {
        return sizes.length;
    }

    /** Of both classes. */
    int size() {
        return groups.length;
    }

    /**
     * The AUC when each group counts so many times as a member and so many times as a non-member; O(scores), or of few groups of many
     * scores O(groups squared). A table for each class, with 0 for the other's groups, spares a branch that nobody could predict.
     */
    double areaUnderCurve(int[] asMembers, int[] asNonMembers) {
        return doubledArea(asMembers, asNonMembers) / (2.0 * weightedSize(asMembers) * weightedSize(asNonMembers));
    }

    private long doubledArea(int[] asMembers, int[] asNonMembers) {
        if (pairs.isPresent()) {
            long doubledArea = 0;
            for (int member = 0; member < sizes.length; member++) {
                long[] lower = pairs.get()[member];
                for (int other = 0; asMembers[member] > 0 && other < sizes.length; other++) {
                    doubledArea += (long) asMembers[member] * asNonMembers[other] * lower[other];
                }
            }
            return doubledArea;
        }
        long truePositives = 0;
        long tiedTruePositives = 0;
        long tiedFalsePositives = 0;
        long doubledArea = 0;
        for (int place = 0; place < groups.length; place++) {
            tiedTruePositives += asMembers[groups[place]];
            tiedFalsePositives += asNonMembers[groups[place]];
            if (last[place]) {
                doubledArea += tiedFalsePositives * (2 * truePositives + tiedTruePositives);
                truePositives += tiedTruePositives;
                tiedTruePositives = 0;
                tiedFalsePositives = 0;
            }
        }
        return doubledArea;
    }

    /** The TPR at each of some ascending rates when each group counts so many times. */
    double[] truePositiveRates(int[] asMembers, int[] asNonMembers, double[] maximumFalsePositiveRates) {
        double allMembers = weightedSize(asMembers);
        double allNonMembers = weightedSize(asNonMembers);
        double[] rates = new double[maximumFalsePositiveRates.length];
        long truePositives = 0;
        long falsePositives = 0;
        long accepted = 0;
        int rate = 0;
        for (int place = 0; place < groups.length && rate < rates.length; place++) {
            truePositives += asMembers[groups[place]];
            falsePositives += asNonMembers[groups[place]];
            if (last[place]) {
                while (rate < rates.length && falsePositives / allNonMembers > maximumFalsePositiveRates[rate]) {
                    rates[rate++] = accepted / allMembers;
                }
                accepted = truePositives;
            }
        }
        Arrays.fill(rates, rate, rates.length, accepted / allMembers);
        return rates;
    }

    private long weightedSize(int[] weights) {
        long size = 0;
        for (int group = 0; group < sizes.length; group++) {
            size += (long) weights[group] * sizes[group];
        }
        return size;
    }
}
