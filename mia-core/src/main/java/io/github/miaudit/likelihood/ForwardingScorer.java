package io.github.miaudit.likelihood;

import io.github.miaudit.data.Sample;
import java.util.List;
import java.util.Optional;

/** A scorer that scores by another, and is that one in all else. */
abstract class ForwardingScorer implements SequenceScorer {

    final SequenceScorer scorer;

    ForwardingScorer(SequenceScorer scorer) {
        this.scorer = scorer;
    }

    @Override
    public ModelIdentity model() {
        return scorer.model();
    }

    @Override
    public boolean isKnownToBeTrainedOn(List<Sample> sentences) {
        return scorer.isKnownToBeTrainedOn(sentences);
    }

    @Override
    public Optional<List<String>> tokens(Sample sample) {
        return scorer.tokens(sample);
    }

    @Override
    public SequenceScorer forProbing() {
        return scorer.forProbing();
    }

    @Override
    public List<OtherReading> otherReadings() {
        return scorer.otherReadings();
    }

    @Override
    public void close() {
        scorer.close();
    }
}
