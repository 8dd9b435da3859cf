package io.github.miaudit.metrics;

/** Checks of arguments, written so that NaN fails. */
final class Arguments {

    private Arguments() {
    }

    static void requireScores(String name, double[] scores) {
        if (scores.length == 0) {
            throw new IllegalArgumentException("0 " + name + " scores; at least 1 is needed");
        }
        requireFinite(name, scores);
    }

    static void requireFinite(String name, double[] values) {
        for (int index = 0; index < values.length; index++) {
            if (!Double.isFinite(values[index])) {
                throw new IllegalArgumentException(name + " value " + index + " is " + values[index] + "; it must be finite");
            }
        }
    }

    static void requireRate(String name, double rate) {
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException(name + " is " + rate + "; it must lie in [0, 1]");
        }
    }

    /** As {@link #requireRate}, without 0. */
    static void requirePositiveRate(String name, double rate) {
        if (!(rate > 0 && rate <= 1)) {
            throw new IllegalArgumentException(name + " is " + rate + "; it must lie in (0, 1]");
        }
    }

    static void requireShare(String name, double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException(name + " is " + share + "; it must be in (0, 1]");
        }
    }

    static void requireLevel(double level) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("confidence level is " + level + "; it must lie in (0, 1)");
        }
    }

    static void requireAtLeast(String name, int number, int least) {
        if (number < least) {
            throw new IllegalArgumentException(name + " are " + number + "; at least " + least + (least == 1 ? " is" : " are") + " needed");
        }
    }

    static void requireSameLength(String first, int firstLength, String second, int secondLength) {
        if (firstLength != secondLength) {
            throw new IllegalArgumentException(
                    firstLength + " " + first + " but " + secondLength + " " + second + "; the lengths must be equal");
        }
    }
}
