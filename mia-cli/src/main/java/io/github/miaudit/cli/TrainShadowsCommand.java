package io.github.miaudit.cli;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.djl.MaskedLmTrainer;
import io.github.miaudit.djl.ShadowModels;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code mia train-shadows}: models on random halves of a dataset, for LiRA. */
@Command(name = "train-shadows",
        description = "Trains models on random halves of a dataset, split by patient, and writes down in shadows.json which sentence was in"
                + " which. The same command again goes on after a kill.")
final class TrainShadowsCommand extends MiaCommand {

    @Option(names = "--dataset", required = true, paramLabel = "DIR",
            description = "A folder with members.jsonl, non_members.jsonl and, optionally, externals.jsonl.")
    private Path dataset;

    @Option(names = "--models", paramLabel = "N", defaultValue = "8", description = "How many, an even number (default: ${DEFAULT-VALUE}).")
    private int count;

    @Option(names = "--output", required = true, paramLabel = "DIR", description = "The folder for the models.")
    private Path output;

    @Mixin
    private TrainingOptions options;

    @Override
    void execute() {
        MaskedLmTrainer trainer = options.toTrainer();
        AttackDataset sentences = AttackDataset.readJsonLines(dataset);
        BadUsageException.ifRefused(() -> ShadowModels.train(sentences, count, trainer, output));
        System.out.println("written to " + output);
    }
}
