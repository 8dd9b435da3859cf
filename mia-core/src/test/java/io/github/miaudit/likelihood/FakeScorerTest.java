package io.github.miaudit.likelihood;

class FakeScorerTest extends SequenceScorerContract {

    @Override
    protected SequenceScorer open() {
        return new FakeScorer("fake", "characters", 0);
    }
}
