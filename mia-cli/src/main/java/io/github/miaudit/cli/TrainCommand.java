package io.github.miaudit.cli;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code mia train}: a reference model from one's own sentences. */
@Command(name = "train", defaultValueProvider = RecipeFile.Defaults.class,
        description = "Goes on training a masked language model, such as a reference from your own population. The same command again"
                + " goes on"
                + " after a kill.")
final class TrainCommand extends MiaCommand {

    @Mixin
    private LearningOptions learning;

    @Option(names = "--output", required = true, paramLabel = "DIR",
            description = "The folder for the model; it appears when training is over.")
    private Path output;

    @Mixin
    private TrainingOptions options;

    @Override
    void execute() {
        options.toTrainer().train(learning.read(), output);
        System.out.println("written to " + output);
    }
}
