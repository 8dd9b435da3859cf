package io.github.miaudit.cli;

import io.github.miaudit.data.Sample;
import io.github.miaudit.djl.MaskedLmTrainer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Commands run as from a shell, and what they are given. */
final class Shell {

    private static final List<String> POPULATIONS = List.of("members.jsonl", "non_members.jsonl", "externals.jsonl");

    private Shell() {
    }

    /** What a command gave. */
    record Outcome(int exitCode, String out, String err) {
    }

    static Outcome mia(String... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(outBytes, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(errBytes, true, StandardCharsets.UTF_8));
            int exitCode = MiaCommand.run(Mia.called(arguments), arguments);
            return new Outcome(exitCode, outBytes.toString(StandardCharsets.UTF_8), errBytes.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    /** Another model, hardly different. */
    static Path trainedFurther(Path model, Path output) {
        MaskedLmTrainer.from(model).withSteps(2).train(List.of(Sample.of("1", "Seen on the ward.")), output);
        return output;
    }

    /** The first lines of each set of a dataset, as a dataset. */
    static void copyStart(Path dataset, Path smaller, int lines) {
        try {
            Files.createDirectories(smaller);
            for (String population : POPULATIONS) {
                List<String> all = Files.readAllLines(dataset.resolve(population));
                Files.write(smaller.resolve(population), all.subList(0, Math.min(lines, all.size())));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
