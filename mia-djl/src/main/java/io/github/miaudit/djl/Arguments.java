package io.github.miaudit.djl;

/** Checks of arguments, written so that NaN fails. */
final class Arguments {

    private Arguments() {
    }

    static void requireAtLeast(String name, int value, int minimum) {
        if (value < minimum) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be at least " + minimum);
        }
    }

    static void requirePositive(String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be positive");
        }
    }
}
