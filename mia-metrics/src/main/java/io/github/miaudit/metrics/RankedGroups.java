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

    /** So many replicates are walked together. */
    static final int LANES = 4;

    /** The bits that each of them has in a long, and the most that they hold. */
    private static final int LANE = Long.SIZE / LANES;
    private static final int MOST_IN_LANE = (1 << LANE) - 1;
    /** So many scores are walked before it is asked whether a rate is exceeded. */
    private static final int BLOCK = 1024;

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
        int[] memberOrder = SortedOrder.descending(members.values());
        int[] nonMemberOrder = SortedOrder.descending(nonMembers.values());
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

    /**
     * The TPR at each of some ascending rates, in each of up to {@value #LANES} replicates, in which each group counts so many times. The
     * replicates share a walk: their weights lie side by side in a long, so that one addition counts a score in all of them, a block of
     * scores at a time; where a rate is exceeded in a block, that replicate walks it again, score by score. O(scores) for all together.
     *
     * @param weights of each replicate, of each group, at most {@value #MOST_IN_LANE}
     */
    double[][] truePositiveRates(int[][] weights, double[] maximumFalsePositiveRates) {
        long[] packed = new long[2 * sizes.length]; // of members, and behind each its weight as a non-member
        int heaviest = 1;
        Walk[] walks = new Walk[weights.length];
        for (int lane = 0; lane < weights.length; lane++) {
            for (int group = 0; group < sizes.length; group++) {
                packed[group < memberGroups ? 2 * group : 2 * group + 1] |= (long) weights[lane][group] << LANE * lane;
                heaviest = Math.max(heaviest, weights[lane][group]);
            }
            walks[lane] = new Walk(weights[lane], maximumFalsePositiveRates);
        }
        int longest = MOST_IN_LANE / heaviest;
        boolean walking = true;
        for (int from = 0; from < groups.length && walking;) {
            int to = endOfBlock(from);
            long[] truePositives = new long[weights.length];
            long[] falsePositives = new long[weights.length];
            for (int start = from; start < to; start += longest) {
                addTo(truePositives, falsePositives, packed, start, Math.min(to, start + longest));
            }
            walking = false;
            for (int lane = 0; lane < weights.length; lane++) {
                walks[lane].over(from, to, truePositives[lane], falsePositives[lane]);
                walking |= walks[lane].isWalking();
            }
            from = to;
        }
        return Arrays.stream(walks).map(Walk::rates).toArray(double[][]::new);
    }

    /** Behind a score that is followed by a lower one. */
    private int endOfBlock(int from) {
        int to = Math.min(groups.length, from + BLOCK);
        while (to > from && !last[to - 1]) {
            to--;
        }
        if (to == from) { // more equals than fit
            to = Math.min(groups.length, from + BLOCK);
            while (!last[to - 1]) {
                to++;
            }
        }
        return to;
    }

    private void addTo(long[] truePositives, long[] falsePositives, long[] packed, int from, int to) {
        long ofMembers = 0;
        long ofNonMembers = 0;
        for (int place = from; place < to; place++) {
            int group = 2 * groups[place];
            ofMembers += packed[group];
            ofNonMembers += packed[group + 1];
        }
        for (int lane = 0; lane < truePositives.length; lane++) {
            truePositives[lane] += ofMembers >>> LANE * lane & MOST_IN_LANE;
            falsePositives[lane] += ofNonMembers >>> LANE * lane & MOST_IN_LANE;
        }
    }

    /** Of one replicate, from the highest score down. */
    private final class Walk {

        private final int[] weights;
        private final double[] maximumFalsePositiveRates;
        private final double[] rates;
        private final double allMembers;
        private final double allNonMembers;
        private int found; // rates
        private long truePositives; // as many as are accepted
        private long falsePositives;

        private Walk(int[] weights, double[] maximumFalsePositiveRates) {
            this.weights = weights;
            this.maximumFalsePositiveRates = maximumFalsePositiveRates;
            rates = new double[maximumFalsePositiveRates.length];
            allMembers = weightedSize(weights, 0, memberGroups);
            allNonMembers = weightedSize(weights, memberGroups, sizes.length);
        }

        private boolean isWalking() {
            return found < rates.length;
        }

        private boolean exceeds(long others) {
            return isWalking() && others / allNonMembers > maximumFalsePositiveRates[found];
        }

        /** A block, behind whose end the scores are lower, of which so many are members and so many not. */
        private void over(int from, int to, long members, long others) {
            if (exceeds(falsePositives + others)) {
                overEach(from, to);
            } else {
                truePositives += members;
                falsePositives += others;
            }
        }

        private void overEach(int from, int to) {
            long members = truePositives;
            for (int place = from; place < to; place++) {
                int group = groups[place];
                if (group < memberGroups) {
                    members += weights[group];
                } else {
                    falsePositives += weights[group];
                }
                if (last[place]) {
                    while (exceeds(falsePositives)) {
                        rates[found++] = truePositives / allMembers;
                    }
                    truePositives = members;
                }
            }
        }

        private double[] rates() {
            Arrays.fill(rates, found, rates.length, truePositives / allMembers);
            return rates;
        }
    }

    private long weightedSize(int[] weights) {
        return weightedSize(weights, 0, sizes.length);
    }

    private long weightedSize(int[] weights, int from, int to) {
        long size = 0;
        for (int group = from; group < to; group++) {
            size += (long) weights[group] * sizes[group];
        }
        return size;
    }
}
