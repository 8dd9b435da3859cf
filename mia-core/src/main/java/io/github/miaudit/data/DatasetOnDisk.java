package io.github.miaudit.data;

import io.github.miaudit.io.LineIndex;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.List;
import java.util.Optional;
import java.util.RandomAccess;

/** A dataset whose sentences stay in their files, which must not change. */
record DatasetOnDisk(PerPopulation<List<Sample>> sets, Optional<String> datasheet) implements AttackDataset {

    /** A file's sentences by their places, each made when it is asked for. */
    private static final class Sentences extends AbstractList<Sample> implements RandomAccess {

        private final Path file;
        private final LineIndex lines;

        Sentences(Path file, LineIndex lines) {
            this.file = file;
            this.lines = lines;
        }

        @Override
        public Sample get(int place) {
            return Samples.parse(file, place + 1L, lines.line(place));
        }

        @Override
        public int size() {
            return lines.count();
        }

        /** Its length, never a text. */
        @Override
        public String toString() {
            return "Sentences[" + lines + "]";
        }
    }

    /** The sentences of a file; all are looked at once. */
    static List<Sample> sentences(Path file) {
        return new Sentences(file, Samples.index(file));
    }

    @Override
    public List<Sample> samples(Population population) {
        return sets.of(population);
    }

    /** Sizes, never texts. */
    @Override
    public String toString() {
        return "AttackDataset[" + sets.of(Population.MEMBERS).size() + " members, " + sets.of(Population.NON_MEMBERS).size()
                + " non-members, " + sets.of(Population.EXTERNALS).size() + " externals]";
    }
}
