package io.github.miaudit.data;

import io.github.miaudit.io.InvalidFileException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

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
        return DatasetDigests.of(this).told();
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
        PerPopulation<List<Sample>> sets = sets(folder, Samples::readJsonLines);
        return new InMemoryDataset(sets.of(Population.MEMBERS), sets.of(Population.NON_MEMBERS), sets.of(Population.EXTERNALS),
                DatasheetDigests.text(folder));
    }

    /**
     * A folder as {@link #readJsonLines(Path)} reads it, whose sentences stay in the files: each is read when it is asked for, and memory
     * holds where every 32nd is, 8 bytes each. All are looked at once now. To read them in order is about as fast as it is from
     * memory the first time; to read them in any other order takes some microseconds each. The files stay open, and must not change: where
     * one does, the next look at it throws {@link InvalidFileException}. Thread-safe.
     *
     * @throws InvalidFileException as {@link #readJsonLines(Path)}
     */
    static AttackDataset openJsonLines(Path folder) {
        return new DatasetOnDisk(sets(folder, DatasetOnDisk::sentences), DatasheetDigests.text(folder));
    }

    private static PerPopulation<List<Sample>> sets(Path folder, Function<Path, List<Sample>> read) {
        if (!Files.isDirectory(folder)) {
            throw new InvalidFileException(folder, "is no folder; expected one with members.jsonl and non_members.jsonl");
        }
        DatasheetDigests digests = DatasheetDigests.of(folder);
        return PerPopulation.of(population -> {
            Path file = file(folder, population);
            if (population == Population.EXTERNALS && !Files.exists(file) && !digests.tellOf(file)) {
                return List.of();
            }
            digests.check(file);
            return read.apply(file);
        });
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
