package io.github.miaudit.likelihood;

/** What the rules with random masks share. */
final class RandomMasks {

    private RandomMasks() {
    }

    /** How many of some content tokens are masked together: max(1, floor(fraction N)). */
    static int count(double fraction, int contentCount) {
        return Math.max(1, (int) Math.floor(fraction * contentCount));
    }

    static double requireFraction(double fraction) {
        if (!(fraction > 0 && fraction <= 1)) {
            throw new IllegalArgumentException("masked fraction is " + fraction + "; it must be in (0, 1]");
        }
        return fraction;
    }

    static int requireCount(String what, int count) {
        if (count < 1) {
            throw new IllegalArgumentException(what + " are " + count + "; at least 1 is needed");
        }
        return count;
    }
}
