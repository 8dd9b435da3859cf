package io.github.miaudit.cli;

import io.github.miaudit.djl.TrainingListener;
import io.github.miaudit.djl.TrainingProgress;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Prints a line for each epoch of a training and for each time that the held-out sentences are looked at; between them one a minute. */
final class TrainingLog implements TrainingListener {

    private final boolean quiet;
    private final LongSupplier nanoseconds;
    private final EveryMinute minute;
    private double losses;
    private int steps;
    private String model = "";
    private int firstStep;
    private long start;

    TrainingLog(boolean quiet, LongSupplier nanoseconds) {
        this.quiet = quiet;
        this.nanoseconds = nanoseconds;
        this.minute = new EveryMinute(nanoseconds);
    }

    @Override
    public void stepDone(TrainingProgress progress) {
        losses += progress.loss();
        steps++;
        boolean last = progress.step() == progress.steps();
        if (progress.step() % progress.stepsPerEpoch() == 0 || last) {
            System.out.printf("%s: step %d of %d, epoch %.1f, loss %.3f nats%n", progress.model(), progress.step(), progress.steps(),
                    (double) progress.step() / progress.stepsPerEpoch(), losses / steps);
            losses = 0;
            steps = 0;
        }
        if (!progress.model().equals(model)) { // the first that is seen of it; a training may be resumed
            model = progress.model();
            firstStep = progress.step();
            start = nanoseconds.getAsLong();
        }
        if (!quiet && !last && minute.isOver() && progress.step() > firstStep) {
            double each = (nanoseconds.getAsLong() - start) / (double) (progress.step() - firstStep);
            TerminalProgress.print(model, progress.step(), progress.steps(), "steps",
                    ", " + PlanText.text(Duration.ofNanos((long) (each * (progress.steps() - progress.step())))) + " left");
        }
    }

    @Override
    public void heldOutMeasured(String trained, int step, double loss) {
        System.out.printf("%s: step %d, held-out loss %.3f nats%n", trained, step, loss);
    }
}
