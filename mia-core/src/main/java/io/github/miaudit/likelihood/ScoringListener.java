package io.github.miaudit.likelihood;

/** Is told how far scoring has come. Called on the scoring thread; must return quickly. */
@FunctionalInterface
public interface ScoringListener {

    /** Ignores everything. */
    ScoringListener NONE = (model, rule, rowsDone, rowsTotal) -> { };

    /**
     * Some rows are done. The first call of a run has 0 rows done, the last has all.
     *
     * @param model     the model that scores
     * @param rule      the rule being scored
     * @param rowsDone  rows passed through the model so far, in this call of the scorer
     * @param rowsTotal rows that this call of the scorer takes
     */
    void progressed(ModelIdentity model, MaskingRule rule, long rowsDone, long rowsTotal);
}
