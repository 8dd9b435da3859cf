package io.github.miaudit.cli;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.preparation.PreparedDataset;
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

    @Option(names = "--dataset", paramLabel = "DIR",
            description = "A folder with members.jsonl, non_members.jsonl and, optionally, externals.jsonl.")
    private Path dataset;

    @Option(names = RecipeFile.OPTION, paramLabel = "FILE", converter = RecipeFile.Converter.class,
            description = "Or the dataset that mia prepare makes of notes by this recipe, or made by that of a datasheet.json.")
    private RecipeFile recipe;

    @Option(names = "--models", paramLabel = "N", defaultValue = "8", description = "How many, an even number (default: ${DEFAULT-VALUE}).")
    private int count;

    @Option(names = "--output", required = true, paramLabel = "DIR", description = "The folder for the models.")
    private Path output;

    @Mixin
    private TrainingOptions options;

    @Override
    void execute() {
        MaskedLmTrainer trainer = options.toTrainer();
        AttackDataset sentences = dataset();
        BadUsageException.ifRefused(() -> ShadowModels.train(sentences, count, trainer, output));
        System.out.println("written to " + output);
    }

    private AttackDataset dataset() {
        if ((dataset == null) == (recipe == null)) {
            throw new BadUsageException("the dataset is given by one of '--dataset' and '--recipe'");
        }
        if (recipe == null) {
            return AttackDataset.readJsonLines(dataset);
        }
        PreparedDataset prepared = recipe.toPreparation().prepare();
        recipe.changes(prepared.datasheet()).forEach(change -> System.err.println("mia: warning: " + change));
        return prepared.toDataset();
    }
}
