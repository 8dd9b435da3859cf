package io.github.miaudit.cli;

import io.github.miaudit.djl.MaskedLmNeighbours;
import io.github.miaudit.djl.MaskedLmOptions;
import io.github.miaudit.djl.MaskedLmScorer;
import io.github.miaudit.likelihood.ScoreStore;
import io.github.miaudit.likelihood.SequenceScorer;
import io.github.miaudit.likelihood.StoredScorer;
import io.github.miaudit.membership.MembershipAttack;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The models that a command has opened, and their store; closed together, the last one first. */
final class Models implements AutoCloseable {

    private final Deque<Runnable> opened = new ArrayDeque<>();
    private final MaskedLmOptions options;
    private final Optional<ScoreStore> store;
    private final Optional<GracefulStop> stop;

    Models(ModelOptions models, StoreOptions stored) {
        options = models.toOptions();
        store = stored.open();
        store.ifPresent(open -> opened.push(open::close));
        stop = stored.file().map(GracefulStop::new);
        stop.ifPresent(open -> opened.push(open::close));
    }

    MaskedLmScorer scorer(Path folder) {
        return scorer(folder, options);
    }

    /** A target, of which some attacks need more. */
    MaskedLmScorer target(Path folder, List<MembershipAttack> attacks) {
        return scorer(folder, needMoments(attacks));
    }

    /** A model that may be asked what it expects of tokens. */
    MaskedLmScorer scorer(Path folder, boolean moments) {
        return scorer(folder, moments ? options.withVocabularyMoments() : options);
    }

    private MaskedLmScorer scorer(Path folder, MaskedLmOptions chosen) {
        MaskedLmScorer scorer = MaskedLmScorer.open(folder, chosen);
        opened.push(scorer::close);
        return scorer;
    }

    MaskedLmNeighbours neighbours(Path folder) {
        MaskedLmNeighbours neighbours = MaskedLmNeighbours.open(folder, options);
        opened.push(neighbours::close);
        return neighbours;
    }

    /** The scorer that asks the store first, if there is one. */
    SequenceScorer stored(MaskedLmScorer scorer) {
        return stored(scorer, false);
    }

    /** Likewise the scorer of a target. */
    SequenceScorer storedTarget(MaskedLmScorer scorer, List<MembershipAttack> attacks) {
        return stored(scorer, needMoments(attacks));
    }

    /** Likewise one whose stored scores must have moments, if it was asked for them. */
    SequenceScorer stored(MaskedLmScorer scorer, boolean moments) {
        if (store.isEmpty()) {
            return scorer;
        }
        StoredScorer stored = StoredScorer.of(scorer, store.get()).withCancellation(stop.orElseThrow().cancellation());
        return moments ? stored.withMomentsRequired() : stored;
    }

    private static boolean needMoments(List<MembershipAttack> attacks) {
        return attacks.stream().anyMatch(MembershipAttack::needsVocabularyMoments);
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            opened.pop().run();
        }
    }
}
