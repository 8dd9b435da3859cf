package io.github.miaudit.cli;

import io.github.miaudit.djl.TrainingListener;
import io.github.miaudit.djl.TrainingProgress;

/** Prints a line for each epoch of a training and for each time that the held-out sentences are looked at. */
final class TrainingLog implements TrainingListener {

    private double losses;
    private int steps;

    @Override
    public void stepDone(TrainingProgress progress) {
        losses += progress.loss();
        steps++;
        if (progress.step() % progress.stepsPerEpoch() == 0 || progress.step() == progress.steps()) {
            System.out.printf("%s: step %d of %d, epoch %.1f, loss %.3f nats%n", progress.model(), progress.step(), progress.steps(),
                    (double) progress.step() / progress.stepsPerEpoch(), losses / steps);
            losses = 0;
            steps = 0;
        }
    }

    @Override
    public void heldOutMeasured(String model, int step, double loss) {
        System.out.printf("%s: step %d, held-out loss %.3f nats%n", model, step, loss);
    }
}
