package io.github.miaudit.likelihood;

/** Is told how far scoring has come. Called on the scoring thread; must return quickly. */
@FunctionalInterface
public interface ScoringListener {

    /** Ignores everything. */
    ScoringListener NONE = progress -> {
    };

    /**
     * Some sentences are done. The first call of a run has none done, the last has all.
     *
     * @param progress how far the scorer's call has come
     */
    void progressed(ScoringProgress progress);
}
