package io.github.miaudit.examples;

import io.github.miaudit.djl.MaskedLmNeighbours;
import io.github.miaudit.djl.MaskedLmOptions;
import io.github.miaudit.djl.MaskedLmScorer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** The models that a command has opened; closed together, the last one first. */
final class Models implements AutoCloseable {

    private final Deque<Runnable> opened = new ArrayDeque<>();

    MaskedLmScorer scorer(Path folder, MaskedLmOptions options) {
        MaskedLmScorer scorer = MaskedLmScorer.open(folder, options);
        opened.push(scorer::close);
        return scorer;
    }

    MaskedLmNeighbours neighbours(Path folder, MaskedLmOptions options) {
        MaskedLmNeighbours neighbours = MaskedLmNeighbours.open(folder, options);
        opened.push(neighbours::close);
        return neighbours;
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            opened.pop().run();
        }
    }
}
