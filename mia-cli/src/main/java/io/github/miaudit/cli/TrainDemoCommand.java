package io.github.miaudit.cli;

import io.github.miaudit.io.OutputFolder;
import io.github.miaudit.io.OutputSet;
import io.github.miaudit.io.OutputSet.Earlier;
import io.github.miaudit.suite.ShippedTarget;
import java.nio.file.Path;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mia train-demo}: the demonstration's notes and models, from nothing, as {@code mia benchmark} makes them. */
@Command(name = "train-demo",
        description = "Makes the demonstration's notes and trains its models from nothing, in a few minutes: a target of mia benchmark, its"
                + " reference and a control.")
final class TrainDemoCommand extends MiaCommand {

    @Option(names = "--output", required = true, paramLabel = "DIR", description = "The folder for dataset, target, reference and control.")
    private Path output;

    @Option(names = "--cache", paramLabel = "DIR",
            description = "The folder of trained models, as mia benchmark has it (default: models, in the folder for the results).")
    private Path cache;

    @Override
    void execute() {
        Path models = cache == null ? output.resolve("models") : cache;
        OutputSet.requireFree(output, Set.of(), Earlier.KEPT);
        ShippedTarget.FOLDERS.forEach(name -> OutputFolder.at(output.resolve(name)).requireFree());
        makeFolder(models);
        ShippedTarget.write(output, models, trainingLog());
        System.out.println("written to " + output);
    }
}
