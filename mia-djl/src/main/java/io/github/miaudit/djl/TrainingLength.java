package io.github.miaudit.djl;

/** How long a training goes on. */
record TrainingLength(Unit unit, int count) {

    /** What is counted. */
    enum Unit {
        EPOCHS, STEPS
    }

    int steps(int stepsPerEpoch) {
        return unit == Unit.STEPS ? count : Math.multiplyExact(count, stepsPerEpoch);
    }
}
