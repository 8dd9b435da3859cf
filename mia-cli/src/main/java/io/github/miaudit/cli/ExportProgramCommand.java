package io.github.miaudit.cli;

import io.github.miaudit.data.Samples;
import io.github.miaudit.djl.ProgramExport;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code mia export-program}: what scoring computes, for PyTorch without Java. */
@Command(name = "export-program",
        description = "Writes what scoring would compute, with the values that this machine computes in float32, so that any program"
                + " with PyTorch can check and time it on a machine of its own. It holds the sentences as token ids.")
final class ExportProgramCommand extends MiaCommand {

    @Option(names = "--model", required = true, paramLabel = "DIR", description = "A Hugging Face masked-LM folder.")
    private Path model;

    @Option(names = "--input", required = true, paramLabel = "FILE",
            description = "A .jsonl of {\"id\":…,\"text\":…}, or any other file as one UTF-8 sentence a line, taken as it is.")
    private Path input;

    @Option(names = "--output", required = true, paramLabel = "DIR", description = "The folder to make.")
    private Path output;

    @Mixin
    private RuleOptions rule;

    @Mixin
    private ModelOptions options;

    @Override
    void execute() {
        int batches = ProgramExport.write(model, options.toOptions(), Samples.read(input), rule.toRule(), output);
        System.out.println(output + ": " + batches + " batches");
    }
}
