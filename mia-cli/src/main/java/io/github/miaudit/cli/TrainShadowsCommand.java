package io.github.miaudit.cli;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.djl.MaskedLmTrainer;
import io.github.miaudit.djl.ShadowModels;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mia train-shadows}: models on random halves of a dataset, for LiRA. */
@Command(name = "train-shadows", description = "Trains models on random halves of a dataset, split by patient, and writes down in shadows.json which sentence was in"
        + " which. The same command again goes on after a kill.")
public final class TrainShadowsCommand extends MiaCommand {

    @Spec
    private CommandSpec command;

    @Option(names = "--dataset", required = true, paramLabel = "DIR", description = "A folder with members.jsonl, non_members.jsonl and, optionally, externals.jsonl.")
    private Path dataset;

    @Option(names = "--models", paramLabel = "N", defaultValue = "8", description = "How many, an even number (default: ${DEFAULT-VALUE}).")
    private int count;

    @Option(names = "--output", required = true, paramLabel = "DIR", description = "The folder for the models.")
    private Path output;

    @Mixin
    private TrainingOptions options;

    private TrainShadowsCommand() {
    }

    /**
     * Runs this command alone.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        System.exit(run(new TrainShadowsCommand(), arguments));
    }

    @Override
    void execute() {
        MaskedLmTrainer trainer = options.toTrainer();
        AttackDataset sentences = AttackDataset.readJsonLines(dataset);
        try {
            ShadowModels.train(sentences, count, trainer, output);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(new CommandLine(command), e.getMessage());
        }
        System.out.println("written to " + output);
    }
}
