package io.github.miaudit.cli;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.djl.ControlModel;
import io.github.miaudit.djl.MaskedLmTrainer;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code mia train-control}: a model like the target that never saw whom the audit is about. */
@Command(name = "train-control", defaultValueProvider = RecipeFile.Defaults.class,
        description = "Trains a control for mia audit --control: a model like the target, of other patients. Give it the target's start,"
                + " options and about as many sentences of the same source; patients of the dataset are refused. The same command again"
                + " goes on after a kill.")
final class TrainControlCommand extends MiaCommand {

    @Option(names = "--dataset", required = true, paramLabel = "DIR", description = "The dataset of the audit, which it must not see.")
    private Path dataset;

    @Mixin
    private LearningOptions learning;

    @Option(names = "--output", required = true, paramLabel = "DIR",
            description = "The folder for the model; it appears when training is over.")
    private Path output;

    @Mixin
    private TrainingOptions options;

    @Override
    void execute() {
        MaskedLmTrainer trainer = options.toTrainer();
        ControlModel.train(AttackDataset.readJsonLines(dataset), learning.read(), trainer, output);
        System.out.println("written to " + output);
    }
}
