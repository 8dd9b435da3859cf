package io.github.miaudit.cli;

import io.github.miaudit.data.Samples;
import io.github.miaudit.djl.MaskedLmTrainer;
import io.github.miaudit.djl.Precision;
import io.github.miaudit.djl.ScoringDevice;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiFunction;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of commands that train. */
final class TrainingOptions {

    static final class Length {

        @Option(names = "--epochs", paramLabel = "N", description = "Passes over the sentences (default: 3).")
        private Integer epochs;

        @Option(names = "--steps", paramLabel = "N", description = "Updates, instead of epochs.")
        private Integer steps;
    }

    @Option(names = "--from", required = true, paramLabel = "DIR", description = "The Hugging Face masked-LM folder to start from.")
    private Path from;

    @Option(names = "--held-out", paramLabel = "FILE",
            description = "Sentences to measure the loss on after each epoch, not to learn from; in the format of mia score's --input.")
    private Path heldOut;

    @ArgGroup
    private Length length;

    @Option(names = "--learning-rate", paramLabel = "X", description = "The highest (default: 5e-5).")
    private Double learningRate;

    @Option(names = "--warm-up", paramLabel = "SHARE", description = "Of the updates, over which the learning rate rises (default: 0.06).")
    private Double warmUp;

    @Option(names = "--weight-decay", paramLabel = "X", description = "Of matrices, decoupled (default: 0.01).")
    private Double weightDecay;

    @Option(names = "--tokens-per-step", paramLabel = "N", description = "About how many an update looks at (default: 4096).")
    private Integer tokensPerStep;

    @Option(names = "--token-budget", paramLabel = "N",
            description = "Tokens passed through the network at once; bounds memory (default: 2048).")
    private Integer tokenBudget;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Of order and masks (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--checkpoint-every", paramLabel = "N",
            description = "Updates after which a training that is killed can go on (default: 500).")
    private Integer checkpointEvery;

    @Option(names = "--device", paramLabel = "DEVICE", converter = ModelOptions.DeviceConverter.class, defaultValue = "auto",
            description = "auto, cpu, gpu or gpu:N (default: ${DEFAULT-VALUE}).")
    private ScoringDevice device;

    @Option(names = "--precision", paramLabel = "PRECISION",
            description = "Of the network and its gradients: float32 or bfloat16; weights are kept and updated in float32"
                    + " (default: float32).")
    private Precision precision;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    MaskedLmTrainer toTrainer() {
        return BadUsageException.ifRefused(() -> {
            MaskedLmTrainer trainer = MaskedLmTrainer.from(from).withSeed(seed).withDevice(device)
                    .withListener(((MiaCommand) command.userObject()).trainingLog());
            trainer = with(trainer, length == null ? null : length.epochs, MaskedLmTrainer::withEpochs);
            trainer = with(trainer, length == null ? null : length.steps, MaskedLmTrainer::withSteps);
            trainer = with(trainer, learningRate, MaskedLmTrainer::withLearningRate);
            trainer = with(trainer, warmUp, MaskedLmTrainer::withWarmUp);
            trainer = with(trainer, weightDecay, MaskedLmTrainer::withWeightDecay);
            trainer = with(trainer, tokensPerStep, MaskedLmTrainer::withTokensPerStep);
            trainer = with(trainer, tokenBudget, MaskedLmTrainer::withTokenBudget);
            trainer = with(trainer, precision, MaskedLmTrainer::withPrecision);
            trainer = with(trainer, checkpointEvery, MaskedLmTrainer::withCheckpointEvery);
            return with(trainer, heldOut, (all, file) -> all.withHeldOut(Samples.read(file)));
        });
    }

    /** The trainer with an option, if it is given. */
    private static <T> MaskedLmTrainer with(MaskedLmTrainer trainer, T option, BiFunction<MaskedLmTrainer, T, MaskedLmTrainer> setting) {
        return Optional.ofNullable(option).map(value -> setting.apply(trainer, value)).orElse(trainer);
    }
}
