package io.github.miaudit.djl;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * What decides a training's result, next to what it starts from and the sentences.
 *
 * @param learningRate  the highest
 * @param warmUp        the share of the steps over which it rises
 * @param weightDecay   of the matrices, as a share of the learning rate
 * @param gradientLimit the longest gradient, as Euclidean norm over all weights
 * @param tokensPerStep about how many tokens an update looks at
 * @param tokenBudget   how many tokens pass through the network at once
 * @param seed          of first weights, order, masks and noise
 * @param precision     of the network and its gradients; weights, their updates and the loss are in float32
 * @param noise         of the gradients; empty for none
 */
record TrainingSettings(TrainingLength length, double learningRate, double warmUp, double weightDecay, double gradientLimit,
        int tokensPerStep, int tokenBudget, long seed, Precision precision, Optional<GradientNoise> noise) {

    /** For a network that starts from nothing. */
    static final TrainingSettings FROM_NOTHING = new TrainingSettings(new TrainingLength(TrainingLength.Unit.EPOCHS, 10), 1e-3, 0.06, 0.01,
            1, 1024, 2048, 1, Precision.FLOAT32, Optional.empty());

    /** For a network that knows a language already. */
    static final TrainingSettings FROM_CHECKPOINT = new TrainingSettings(new TrainingLength(TrainingLength.Unit.EPOCHS, 3), 5e-5, 0.06,
            0.01, 1, 4096, 2048, 1, Precision.FLOAT32, Optional.empty());

    /** A copy that can still be changed. */
    static final class Draft {
        TrainingLength length;
        double learningRate;
        double warmUp;
        double weightDecay;
        double gradientLimit;
        int tokensPerStep;
        int tokenBudget;
        long seed;
        Precision precision;
        Optional<GradientNoise> noise;

        private Draft(TrainingSettings settings) {
            this.length = settings.length;
            this.learningRate = settings.learningRate;
            this.warmUp = settings.warmUp;
            this.weightDecay = settings.weightDecay;
            this.gradientLimit = settings.gradientLimit;
            this.tokensPerStep = settings.tokensPerStep;
            this.tokenBudget = settings.tokenBudget;
            this.seed = settings.seed;
            this.precision = settings.precision;
            this.noise = settings.noise;
        }
    }

    TrainingSettings with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return new TrainingSettings(draft.length, draft.learningRate, draft.warmUp, draft.weightDecay, draft.gradientLimit,
                draft.tokensPerStep, draft.tokenBudget, draft.seed, draft.precision, draft.noise);
    }

    /**
     * The learning rate of a step, from 0: up in a line to the highest, then down in a line towards zero, which it would reach one
     * step after the last.
     */
    double learningRate(int step, int steps) {
        int rising = (int) Math.round(warmUp * steps);
        return learningRate * (step < rising ? (step + 1.0) / rising : (double) (steps - step) / (steps - rising));
    }
}
