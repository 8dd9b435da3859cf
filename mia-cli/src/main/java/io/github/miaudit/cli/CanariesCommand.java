package io.github.miaudit.cli;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Canaries;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Sample;
import io.github.miaudit.data.Samples;
import io.github.miaudit.io.InvalidFileException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mia canaries}: sentences to hide in training data, each by the toss of a coin. */
@Command(name = "canaries",
        description = "Makes canaries and tosses a coin for each: members.jsonl is to be trained on, non_members.jsonl to be left out."
                + " Later, mia audit --dataset DIR --canary-guesses R states a lower bound of epsilon.")
final class CanariesCommand extends MiaCommand {

    @Option(names = "--count", paramLabel = "N", defaultValue = "1000", description = "How many to make (default: ${DEFAULT-VALUE}).")
    private int count;

    @Option(names = "--from", paramLabel = "FILE",
            description = "Sentences to toss for instead: a .jsonl of {\"id\":…,\"text\":…}, or any other file as one sentence a line.")
    private Path from;

    @Option(names = "--seed", paramLabel = "N",
            description = "Of texts and coins; who knows it knows the members (default: a secret one, never shown).")
    private Long seed;

    @Option(names = "--output", required = true, paramLabel = "DIR", description = "The folder for members.jsonl and non_members.jsonl.")
    private Path output;

    @Override
    void execute() {
        long chosen = seed == null ? new SecureRandom().nextLong() : seed;
        AttackDataset tossed = toss(chosen);
        for (String name : List.of("members.jsonl", "non_members.jsonl")) {
            if (Files.exists(output.resolve(name))) { // perhaps the only record of what a model was trained on
                throw new InvalidFileException(output.resolve(name), "is there already; choose another folder, or remove it first");
            }
        }
        makeFolder(output);
        Samples.writeJsonLines(output.resolve("members.jsonl"), tossed.samples(Population.MEMBERS));
        Samples.writeJsonLines(output.resolve("non_members.jsonl"), tossed.samples(Population.NON_MEMBERS));
        System.out.printf("%d canaries to train on, %d to leave out, in %s%n", tossed.samples(Population.MEMBERS).size(),
                tossed.samples(Population.NON_MEMBERS).size(), output);
    }

    private AttackDataset toss(long chosen) {
        List<Sample> own = from == null ? List.of() : Samples.read(from);
        return BadUsageException.ifRefused(() -> Canaries.randomise(from == null ? Canaries.make(count, chosen) : own, chosen));
    }
}
