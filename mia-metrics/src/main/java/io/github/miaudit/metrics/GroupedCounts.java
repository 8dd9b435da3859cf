package io.github.miaudit.metrics;

import java.util.Arrays;
import java.util.function.DoublePredicate;

/**
 * Trials that come in groups, such as sentences of patients, counted: how many succeed of each group. 4 bytes a group. Immutable.
 */
public final class GroupedCounts {

    private final int[] successes;
    private final Groups trials;

    private GroupedCounts(int[] successes, Groups trials) {
        this.successes = successes;
        this.trials = trials;
    }

    /**
     * Of outcomes, 1 or 0.
     *
     * @throws IllegalArgumentException if one is neither
     */
    public static GroupedCounts of(GroupedScores outcomes) {
        for (int trial = 0; trial < outcomes.size(); trial++) {
            if (outcomes.score(trial) != 0 && outcomes.score(trial) != 1) {
                throw new IllegalArgumentException("outcome " + trial + " is " + outcomes.score(trial) + "; it must be 0 or 1");
            }
        }
        return of(outcomes, outcome -> outcome == 1);
    }

    /** Of scores that are accepted or not. O(scores). */
    public static GroupedCounts of(GroupedScores scores, DoublePredicate accepted) {
        int[] successes = new int[scores.groupCount()];
        for (int trial = 0; trial < scores.size(); trial++) {
            if (accepted.test(scores.score(trial))) {
                successes[scores.group(trial)]++;
            }
        }
        return new GroupedCounts(successes, scores.groups());
    }

    /** The number of all trials. */
    public int trials() {
        return trials.rows();
    }

    /** The number of groups. */
    public int groupCount() {
        return successes.length;
    }

    /** The number of all successes. */
    public int successes() {
        return Arrays.stream(successes).sum();
    }

    /** The mean over groups of each group's share of successes, however many trials it has. */
    public double meanShare() {
        return Arrays.stream(shares()).sum() / successes.length;
    }

    /** Of each group. */
    double[] shares() {
        double[] shares = new double[successes.length];
        Arrays.setAll(shares, group -> (double) successes[group] / trials.size(group));
        return shares;
    }

    int successes(int group) {
        return successes[group];
    }

    int trials(int group) {
        return trials.size(group);
    }
}
