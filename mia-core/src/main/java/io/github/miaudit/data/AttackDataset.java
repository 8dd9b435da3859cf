package io.github.miaudit.data;

import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.Lines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The sentences an audit is made on, by population. Members and non-members are never empty; externals may be.
 * Within a population ids are unique. Implementations are immutable: every call gives the same sentences in the
 * same order.
 */
public interface AttackDataset {

    /**
     * The sentences of one population, in order.
     *
     * @param population which one
     * @return its sentences; empty only for {@link Population#EXTERNALS}
     */
    List<Sample> samples(Population population);

    /** How the dataset was made, if it was prepared from notes: {@code datasheet.json} as it was read. */
    default Optional<String> datasheet() {
        return Optional.empty();
    }

    /** A digest of everything in the dataset: populations, ids, groups, texts and their order: SHA-256 in hexadecimal. */
    default String digest() {
        return DatasetDigest.of(this);
    }

    /**
     * A dataset without externals.
     *
     * @param members    sentences that the target was trained on; not empty, ids unique
     * @param nonMembers sentences held out from training; not empty, ids unique
     * @throws IllegalArgumentException if a population is empty or repeats an id
     */
    static AttackDataset of(List<Sample> members, List<Sample> nonMembers) {
        return of(members, nonMembers, List.of());
    }

    /**
     * A dataset.
     *
     * @param members    sentences that the target was trained on; not empty, ids unique
     * @param nonMembers sentences held out from training; not empty, ids unique
     * @param externals  sentences from elsewhere; may be empty, ids unique
     * @throws IllegalArgumentException if members or non-members are empty or a population repeats an id
     */
    static AttackDataset of(List<Sample> members, List<Sample> nonMembers, List<Sample> externals) {
        return new InMemoryDataset(members, nonMembers, externals, Optional.empty());
    }

    /**
     * Reads a folder of JSON Lines files: {@code members.jsonl}, {@code non_members.jsonl} and, where it exists,
     * {@code externals.jsonl}; their format is that of {@link Samples#readJsonLines(Path)}. Where there is a
     * {@code datasheet.json}, as a prepared dataset has, the files must be those that it was written for.
     *
     * @throws InvalidFileException if a file is missing, empty, malformed, or not the one that the data sheet tells of
     */
    static AttackDataset readJsonLines(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new InvalidFileException(folder, "is no folder; expected one with members.jsonl and non_members.jsonl");
        }
        List<List<Sample>> sets = new ArrayList<>();
        for (Population population : Population.values()) {
            List<Sample> samples = new ArrayList<>();
            Path file = file(folder, population);
            if (population != Population.EXTERNALS || Files.exists(file) || DatasheetDigests.of(folder).tellOf(file)) {
                readJsonLines(folder, population, samples::add);
            }
            sets.add(samples);
        }
        return new InMemoryDataset(sets.get(0), sets.get(1), sets.get(2), DatasheetDigests.text(folder));
    }

    /**
     * Reads one population of such a folder as a stream, for datasets that memory should not hold: see
     * {@link Samples#readJsonLines(Path, Consumer)}. Where there is a data sheet, the file is compared with it first.
     *
     * @param folder     the folder
     * @param population which one
     * @param sink       takes each sentence, in order
     * @throws InvalidFileException if its file is missing, empty, malformed, or not the one that the data sheet tells of
     */
    static void readJsonLines(Path folder, Population population, Consumer<Sample> sink) {
        DatasheetDigests.of(folder).check(file(folder, population));
        Samples.readJsonLines(file(folder, population), sink);
    }

    private static Path file(Path folder, Population population) {
        return folder.resolve(population.label() + ".jsonl");
    }
}
