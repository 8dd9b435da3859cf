package io.github.miaudit.djl;

import io.github.miaudit.likelihood.SequenceScorer;
import io.github.miaudit.likelihood.SequenceScorerContract;

class MaskedLmScorerTest extends SequenceScorerContract {

    @Override
    protected SequenceScorer open() {
        return MaskedLmScorer.open(Golden.FOLDER);
    }
}
